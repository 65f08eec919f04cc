"""Packs as files: which one is for whom, overlays, references, lines, and every slip of the pen with its line and cure."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from agent.domain.authority import Role
from agent.domain.decision import RemedyKind
from agent.domain.money import Money
from agent.policy.conditions import CONDITIONS
from agent.policy.pack import BadPack, load, named, packs, shipped
from agent.policy.terms import EU

ROOT = Path(__file__).parents[3]
HEAD = 'name = "shop"\nversion = "1"\nsays = "A shop."\nremedies = ["return"]\n'
LIMITS = '[limits.bot]\nsays = "All."\n'
RULE = (
    '[[rule]]\nid = "window"\nremedy = ["return"]\nrequire = { days_since_delivery_max = 30 }\n'
    'otherwise = "person"\nreason = "right_at_stake"\nsays = "30 days."\n'
)


def shop(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("country", "name"),
    [
        ("DE", "lumen-and-loom-eu"),
        ("GB", "lumen-and-loom-uk"),
        ("US", "lumen-and-loom-us"),
        ("CN", "lumen-and-loom-cn"),
        ("JP", "lumen-and-loom"),
    ],
)
def test_which_pack_is_for_whom(country: str, name: str) -> None:
    assert packs(country).name == name
    assert named(name.replace("-", "_")).name == name


def test_the_law_of_each_market() -> None:
    days = {name: pack.windows.withdrawal_days for name, pack in shipped().items()}
    assert days == {
        "lumen-and-loom": None,
        "lumen-and-loom-us": None,
        "lumen-and-loom-eu": 14,
        "lumen-and-loom-uk": 14,
        "lumen-and-loom-cn": 7,
        "tau-retail": None,
    }
    assert packs("GB").windows.reject_days == 30
    assert (packs("DE").warranty.legal_years, packs("US").warranty.legal_years) == (2, 0)
    assert set(packs("DE").countries) == EU
    assert packs("PT").zone("PT").key == "Europe/Lisbon"
    assert all(right.source for pack in shipped().values() for right in pack.right)


def test_an_overlay_changes_what_it_says_and_keeps_the_rest() -> None:
    base, eu = named("lumen-and-loom"), packs("DE")
    assert [rule.id for rule in eu.rule] == [rule.id for rule in base.rule]
    assert {rule.id for rule, old in zip(eu.rule, base.rule, strict=True) if rule != old} == {"withdrawal-right"}
    assert (eu.windows.return_days, eu.returns.fee, eu.limits) == (30, Money(690, "EUR"), base.limits)


def test_every_rule_names_the_line_it_stands_in() -> None:
    for pack in shipped().values():
        for entry in (*pack.rule, *pack.right, *pack.compensation):
            file, _, line = entry.place.rpartition(":")
            text = (ROOT / file).read_text(encoding="utf-8").splitlines()
            assert re.match(r"\[\[(rule|right|compensation)\]\]", text[int(line) - 1])
            assert text[int(line)] == f'id = "{entry.id}"'
            assert re.fullmatch(rf"[a-z-]+@[\w.-]+#{entry.id}:{line}", entry.ref)
        for role in pack.limits:
            file, _, line = pack.lines[f"limits.{role}"][1].rpartition(":")
            assert (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].startswith(f"[limits.{role}]")


def test_limits_rise_with_the_role() -> None:
    for pack in shipped().values():
        found = [pack.limits[role] for role in Role if role in pack.limits]
        for lower, higher in pairwise(found):
            assert all(lower.amounts[kind].minor <= amount.minor for kind, amount in higher.amounts.items() if kind in lower.amounts)
            assert higher.alone is None


def test_every_condition_says_what_it_is() -> None:
    assert len(CONDITIONS) > 40
    assert all(condition.says.endswith(".") for condition in CONDITIONS.values())


def test_a_merchants_folder(tmp_path: Path) -> None:
    over = 'name = "shop-fr"\nversion = "2"\nextends = "shop"\nsays = "France."\ncountries = ["FR"]\ndrop = ["window"]\n'
    found = load(shop(tmp_path, base=HEAD + LIMITS + RULE, france=over))
    assert (found.of("DE").ref, found.of("FR").ref) == ("shop@1", "shop-fr@2")
    assert [rule.id for rule in found.of("FR").rule if rule.ref.startswith("shop")] == []
    (rule,) = (rule for rule in found.base.rule if rule.id == "window")
    assert (rule.ref, rule.place) == ("shop@1#window:7", f"{tmp_path}/base.toml:7")
    assert found.base.rule[0].ref.startswith("portside@1#remedy-offered:")


def test_a_merchant_may_build_on_a_pack_that_ships(tmp_path: Path) -> None:
    text = 'name = "mine"\nversion = "1"\nextends = "lumen-and-loom"\nsays = "Mine."\n[windows]\nreturn_days = 60\n[limits.bot.amounts]\nrefund = 20\n'
    found = load(shop(tmp_path, mine=text)).of("DE")
    (rule,) = (rule for rule in found.rule if rule.id == "return-window")
    assert rule.require == {"days_since_delivery_max": 60}
    assert found.limits[Role.BOT].amounts[RemedyKind.REFUND] == Money(2000, "EUR")
    assert found.limits[Role.BOT].amounts[RemedyKind.COUPON] == Money(1500, "EUR")


SLIPS = {
    "no toml": ("name = ", r"shop\.toml:1: .*no TOML"),
    "no name": ('version = "1"\n', r'shop\.toml:1: .*name = "my-shop"'),
    "two lines": (HEAD + 'a = """\nx"""\n', r"shop\.toml:5: .*one line"),
    "unknown key": (HEAD + LIMITS + "[windows]\nretrun_days = 3\n", r'shop\.toml:8: "windows\.retrun_days" is not known'),
    "unknown table": (HEAD + LIMITS + "[window]\nreturn_days = 3\n", r'shop\.toml:7: "window" is not known'),
    "no limits": (HEAD, r'shop\.toml:1: "limits" is missing'),
    "wrong type": (HEAD + LIMITS + '[windows]\nreturn_days = "soon"\n', r"shop\.toml:8: .*integer"),
    "negative days": (HEAD + LIMITS + "[windows]\nreturn_days = -1\n", r"shop\.toml:8: .*greater than or equal to 0"),
    "odd amount": (HEAD + LIMITS + "[returns]\nfee = 6.905\n", r"shop\.toml:8: .*two decimals"),
    "negative amount": (HEAD + LIMITS + "[returns]\nfee = -1\n", r"shop\.toml:8: .*0 or more"),
    "unknown zone": ('timezone = "Mars"\n' + HEAD + LIMITS, r'shop\.toml:1: .*"Europe/Berlin"'),
    "unknown condition": (
        HEAD + LIMITS + RULE.replace("days_since_delivery_max", "days_since_delivery"),
        r'shop\.toml:7: .*Did you mean "days_since_delivery_max"',
    ),
    "wrong argument": (
        HEAD + LIMITS + RULE.replace("= 30", '= "x"'),
        r'shop\.toml:7: "window" gives days_since_delivery_max a wrong value',
    ),
    "unknown state": (
        HEAD + LIMITS + RULE.replace("days_since_delivery_max = 30", 'state_in = ["here"]'),
        r"shop\.toml:7: .*state_in a wrong value",
    ),
    "unknown reason": (HEAD + LIMITS + RULE.replace("right_at_stake", "because"), r"shop\.toml:7: .*reason"),
    "unknown rule key": (HEAD + LIMITS + RULE + "wehn = 1\n", r'shop\.toml:7: .*wehn" is not known'),
    "no sentence": (HEAD + LIMITS + RULE.replace('says = "30 days."\n', ""), r'shop\.toml:7: .*says" is missing'),
    "twice": (HEAD + LIMITS + RULE + RULE, r'shop\.toml:15: the rule "window" stands in line 7 already'),
    "of ours": (HEAD + LIMITS + RULE + 'ref = "x"\n', r'shop\.toml:14: "ref" is filled in by Portside'),
    "guard": (HEAD + LIMITS + RULE.replace('"window"', '"within-paid"'), r"shop\.toml:8: .*holds for every shop"),
    "reference": (HEAD + LIMITS + RULE.replace("30 }", '"@windows.x" }'), r'shop\.toml:\d+: "@windows\.x" leads nowhere'),
    "circle": (HEAD + LIMITS + '[sets]\na = ["@sets.b"]\nb = ["@sets.a"]\n', r"shop\.toml:\d+: .*circle"),
    "unknown parent": (HEAD + 'extends = "nobody"\n', r'shop\.toml:5: there is no pack "nobody"'),
    "of itself": (HEAD + 'extends = "shop"\n', r"shop\.toml:5: .*extend each other"),
    "nothing to drop": ('drop = ["x"]\nextends = "tau-retail"\n' + HEAD, r"shop\.toml:1: there is no x to drop"),
    "taken": (HEAD.replace('"shop"', '"tau-retail"') + LIMITS, r"tau_retail\.toml:\d+: .*is taken by|shop\.toml"),
    "no list": (HEAD + LIMITS + '[rule]\nid = "x"\n', r"shop\.toml:7: rule is a list of tables"),
    "country": (HEAD + 'countries = ["Germany"]\n' + LIMITS, r"shop\.toml:5: "),
    "all have countries": (HEAD + 'countries = ["DE"]\n' + LIMITS, r"exactly one pack"),
    "rightless": (
        HEAD + LIMITS + '[[right]]\nid = "r"\nremedy = ["return"]\napplies = { compensation_earned = true }\nsays = "x"\nsource = "y"\n',
        r"shop\.toml:7: .*cannot ask",
    ),
}


@pytest.mark.parametrize(("text", "message"), SLIPS.values(), ids=SLIPS)
def test_a_slip_of_the_pen_is_told_with_its_line_and_cure(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BadPack, match=message):
        load(shop(tmp_path, shop=text))


def test_two_packs_for_one_country(tmp_path: Path) -> None:
    over = 'name = "{}"\nversion = "1"\nextends = "shop"\nsays = "x"\ncountries = ["FR"]\n'
    with pytest.raises(BadPack, match="are for FR"):
        load(shop(tmp_path, shop=HEAD + LIMITS, a=over.format("a"), b=over.format("b")))


def test_an_empty_folder_and_an_unknown_name(tmp_path: Path) -> None:
    with pytest.raises(BadPack, match="no policy pack"):
        load(tmp_path)
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadPack, match="UTF-8"):
        load(tmp_path)
    with pytest.raises(BadPack, match="There are: lumen-and-loom,"):
        named("nobody")
