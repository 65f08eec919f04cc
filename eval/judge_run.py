"""Every scorer on every turn that was played."""

from collections.abc import Sequence

from eval.case import Case
from eval.record import Record
from eval.scorers import SCORERS, Played, Verdict

#: A turn and what each scorer says of it.
Judged = tuple[Played, dict[str, Verdict | None]]


def judge(cases: Sequence[Case], records: Sequence[Record]) -> list[Judged]:
    """Turns that crashed are left out: they are counted as what they are."""
    by_id = {case.id: case for case in cases}
    told: dict[str, list[Record]] = {}
    found: list[Judged] = []
    for record in records:
        earlier = told.setdefault(record.case, [])
        if not record.crash:
            played = Played(case=by_id[record.case], index=record.turn, record=record, earlier=tuple(earlier))
            found.append((played, {name: scorer(played) for name, scorer in SCORERS.items()}))
        earlier.append(record)
    return found
