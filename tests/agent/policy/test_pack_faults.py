"""What is well written and cannot be meant is found, and a verdict is explained rule by rule."""

import re
from pathlib import Path
from typing import Any

import pytest

from agent.policy.explain import explain
from agent.policy.pack import load, named, shipped
from agent.policy.pack_faults import faults

HEAD = 'name = "shop"\nversion = "1"\nsays = "A shop."\nremedies = ["return", "cancel"]\n'
BOT = '[limits.bot]\nalone = ["return"]\namounts = { return = 10 }\nsays = "x"\n'
TAIL = 'otherwise = "refuse"\nreason = "not_allowed"\nsays = "x"\n'


def rule(name: str, require: str, applies: str = "", kind: str = "return", tail: str = TAIL) -> str:
    about = f"applies = {{ {applies} }}\n" if applies else ""
    return f'[[rule]]\nid = "{name}"\nremedy = ["{kind}"]\n{about}require = {{ {require} }}\n{tail}'


DELIVERED, OWN = 'state_in = ["delivered"]', "pieces_named = true"
PERSON = TAIL.replace("refuse", "person")
CASES = {
    "not offered": (rule("a", OWN, kind="repair"), "offers none"),
    "contradiction": (rule("a", OWN, 'state_in = ["paid"], state_not_in = ["paid", "packed"]'), "cannot be"),
    "the same again": (rule("a", OWN) + rule("b", OWN, DELIVERED), '"a" .* decides before it'),
    "state shut out": (rule("a", DELIVERED) + rule("b", OWN, 'state_in = ["paid"]'), "decides before it"),
    "limits fall": (BOT + '[limits.operator]\namounts = { return = 5 }\nsays = "x"\n', "operator may grant less of return than bot"),
    "a bound above none": (
        BOT.replace("amounts = { return = 10 }\n", "") + '[limits.lead]\namounts = { return = 5 }\nsays = "x"\n',
        "lead may",
    ),
    "barred above": (BOT + '[limits.lead]\nalone = ["cancel"]\nsays = "x"\n', "lead may grant less of return"),
    "right to nothing": ('[[right]]\nid = "r"\nremedy = ["repair"]\napplies = {}\nsays = "x"\nsource = "y"\n', 'right "r"'),
    "auto of nothing": ('[[auto]]\nid = "r"\nremedy = ["repair"]\nsku = ["*"]\namount = 1\nsays = "x"\n', '"r" grants'),
}


@pytest.mark.parametrize(("text", "message"), CASES.values(), ids=CASES)
def test_what_cannot_be_meant_is_found(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "shop.toml").write_text(HEAD + ("" if "[limits.bot]" in text else BOT) + text, encoding="utf-8")
    (fault,) = faults(load(tmp_path).base)
    assert fault.startswith(f"{tmp_path}/shop.toml:")
    assert re.search(message, fault), fault


@pytest.mark.parametrize(
    "text",
    [
        rule("a", OWN, DELIVERED) + rule("b", OWN),
        rule("a", OWN, tail=PERSON) + rule("b", OWN),  # a person who passes the first meets the second
        rule("a", DELIVERED) + rule("b", OWN, DELIVERED),
    ],
    ids=["wider after narrower", "refused after a person", "the state that is left"],
)
def test_what_can_be_meant_is_no_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / "shop.toml").write_text(HEAD + BOT + text, encoding="utf-8")
    assert faults(load(tmp_path).base) == ()


def test_the_packs_that_ship_have_no_fault() -> None:
    assert {name: faults(pack) for name, pack in shipped().items()} == dict.fromkeys(shipped(), ())


def test_why_was_this_refused(ask: Any) -> None:
    found = explain(named("lumen-and-loom"), ask("return", age=31))
    rules = {step.rule.partition("#")[2].partition(":")[0]: step for step in found.steps}
    assert rules["return-arrived"].applies and not rules["return-arrived"].fault
    assert not rules["withdrawal-right"].applies
    assert rules["return-window"].fault == "days_since_delivery_max"
    assert rules["return-window"].meaning.startswith("It arrived at most")
    assert "cancel-open" not in rules
    assert found.text.startswith("person (needs operator): A return is opened within 30 days")
    assert found.text.endswith(f"[{found.verdict.rule}] {found.verdict.place}")
