"""A turn that asks a model is measured against local turns of the same texts: dear texts must not pass for dear models, nor cheap ones hide them."""

import pytest

from eval.bench.figures import of_models
from eval.bench.model_turn import ALWAYS, CASCADE, LOCAL, Costs, Turned
from eval.bench.turn import BLOCK


def costs(*, cheap: float, dear: float) -> Costs:
    """The local brain takes 10 ms, 100 for the last kind of text; the cascade asks for that one alone."""
    made = Costs()
    for kind in range(BLOCK):
        usual = 100.0 if kind == BLOCK - 1 else 10.0
        made.turns[LOCAL].append(Turned(kind, usual, 0))
        made.turns[CASCADE].append(Turned(kind, usual * dear, 1) if kind == BLOCK - 1 else Turned(kind, usual, 0))
        made.turns[ALWAYS].append(Turned(kind, usual * cheap, 2))
    return made


def test_turns_that_ask_are_compared_with_local_turns_of_the_same_texts() -> None:
    found = costs(cheap=1.5, dear=1.2)
    assert found.against_local(CASCADE) == pytest.approx(1.2)
    assert found.against_local(ALWAYS) == pytest.approx(1.5)
    assert found.against_local(LOCAL) == 1.0  # nobody asked


@pytest.mark.parametrize(("dear", "ok"), [(1.29, True), (1.31, False)])
def test_the_cascade_alone_has_a_bound(dear: float, ok: bool) -> None:
    assert all(figure.ok for figure in of_models(costs(cheap=9.0, dear=dear))) is ok
