"""The page is whole and safe: one file, nothing fetched, nothing unescaped, and words for every verdict."""

import re
from copy import deepcopy
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from agent.domain.decision import Outcome, RemedyKind
from agent.domain.intents import Intent
from eval.case import Case, CaseTurn, Gold
from eval.certify import Served, certify
from eval.gates import load, rule
from eval.identity import Identity
from eval.record import Record
from eval.report import assemble, figures
from eval.report.page import page

ATTACK = "<script>alert('x')</script><img src=x onerror=alert(1)>"
Report = dict[str, Any]


def identity() -> Identity:
    words = dict.fromkeys(("commit", "source", "data", "brain", "embedding", "heads", "prompts", "knowledge", "thresholds"), "a1b2c3d")
    return Identity(**words, mode="certified")


def case(name: str, text: str, language: str = "en") -> Case:
    gold = Gold(outcomes=(Outcome.RESOLVE,), intents=(Intent.ORDER_STATUS,))
    turns = (CaseTurn(text=text, photos=0, gold=gold),)
    now = datetime(2026, 5, 20, 9, tzinfo=UTC)
    return Case(id=name, scenario="status.one", author="a", language=language, market="DE", now=now, turns=turns)


def report(**parts: Any) -> Report:
    cases = [case("good-1", "Where is my parcel?"), case("bad-1", ATTACK, "ar"), case("gone-1", "Hello?")]
    seen: Report = {"sentiment": "neutral", "language": "en", "reply_language": "en", "timings": {"triage": 12.0, "decide": 0.2}}
    records = [
        Record(
            case="good-1",
            turn=0,
            outcome="resolve",
            reasons=("answered",),
            confidence=0.97,
            intents=(("order_status", 0.97),),
            reply="It is on its way.",
            **seen,
        ),
        Record(
            case="bad-1", turn=0, outcome="handoff", reasons=("unsure",), intents=(("praise", 0.4),), reply=f"So 4711! {ATTACK}", **seen
        ),
        Record(case="gone-1", turn=0, crash=f"ValueError: {ATTACK}"),
    ]
    run = assemble.Run(split="dev", identity=identity(), cases=cases, records=records, seconds=1.5)
    made = assemble.assemble(run, run.judged(), **parts)
    made["gates"] = [ruling.as_json() for ruling in rule(load(), made)]
    return made


@pytest.fixture(scope="module")
def plain() -> Report:
    return report()


@pytest.fixture
def full(plain: Report) -> Report:
    made = deepcopy(plain)
    talk = [{"who": "customer", "text": ATTACK, "photos": 1}, {"who": "agent", "text": "Refund of 4,711 <b>today</b>", "photos": 0}]
    failure = {"case": ATTACK, "turn": 0, "scorer": "UnsupportedClaim", "why": ATTACK, "spans": ["711"], "language": ATTACK, "talk": talk}
    failure |= {"expected": ATTACK, "got": ATTACK}
    made["failures"]["UnsupportedClaim"] = [failure]
    sure = [Served(0.95, wrong=False)] * 600
    made["certificates"] = assemble.certificates([certify(RemedyKind.ANSWER, sure), certify(RemedyKind.COUPON, sure[:20])])
    made["baseline"] = {
        "identity": made["identity"] | {"commit": "0ld"},
        "compared": 2,
        "rows": [{"scorer": "WrongResolution", "n": 100, "before": 2, "after": 40, "p": 0.0001, "p_corrected": 0.0002}],
        "broke": [failure],
        "mended": [],
    }
    made["suites"] = [
        {
            "name": "umsab",
            "what": ATTACK,
            "data": "d1",
            "n": 870,
            "measures": [
                {"name": "macro-F1", "value": 0.612, "share": None, "published": {"value": 0.693, "source": ATTACK, "note": "tuned on it"}},
                {"name": "found", "value": 0.5, "share": figures.share(5, 10), "published": None},
            ],
        },
        {"name": "tau_retail", "skipped": "no data there."},
    ]
    goal = {"goal": "track_parcel", "tries": 20, "passed": 17, "pass_k": {"1": 0.85, "2": 0.72}, "wilson": [0.64, 0.95], "turns": 2.4}
    lost = {"goal": "track_parcel", "language": "de", "seed": 1, "why": ATTACK, "talk": [{"who": "customer", "text": ATTACK}]}
    made["simulation"] = {"seeds": 2, "goals": [goal], "by_language": {"de": {"tries": 2, "passed": 1}}, "failures": [lost]}
    made["simulation"] |= {"all": goal, "spoiled": [{"goal": "track_parcel", "language": "de", "seed": 3, "why": ATTACK}]}
    apart = {
        "case": "bad-1",
        "turn": 0,
        "why": ATTACK,
        "language": "ar",
        "talk": talk,
        "label": "wrong",
        "verdict": "right",
        "reason": ATTACK,
    }
    table = {"labels": ["right", "wrong"], "verdicts": ["right", "wrong", "cannot_tell"], "counts": [[20, 5, 0], [10, 15, 4]]}
    made["judge"] = {"model": ATTACK, "prompt": "judge v1 abc", "n": 57, "failed": 3, "failures": {"NotAuthorised": 3}, "table": table}
    made["judge"] |= {"agreement": figures.share(35, 50), "kappa": 0.4, "kappa_interval": [0.15, 0.65], "helpful": 2.96, "polite": 4.6}
    made["judge"] |= {"disagreements": [apart]}
    return made


class Tags(HTMLParser):
    """Which elements and attributes a browser would see, and whether every element is closed."""

    VOID = frozenset({"meta", "img", "br", "input", "link"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def ids(self) -> list[str]:
        return [value for _, attrs in self.seen if (value := attrs.get("id"))]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("</style>")[1]).split())


def test_nothing_from_cases_or_models_becomes_markup(full: Report) -> None:
    html = page(full)
    tags = Tags(html)
    assert "script" not in {tag for tag, _ in tags.seen}
    assert "img" not in {tag for tag, _ in tags.seen}
    assert not [name for _, attrs in tags.seen for name in attrs if name.startswith("on")]
    assert html.count("&lt;script&gt;") >= 10


def test_nothing_is_fetched(full: Report) -> None:
    html = page(full)
    for _, attrs in Tags(html).seen:
        assert "src" not in attrs
        assert (attrs.get("href") or "#").startswith("#")
    assert not re.findall(r"url\((?!#)|@import|@font-face", html)


def test_elements_are_closed_and_ids_and_links_meet(full: Report) -> None:
    tags = Tags(page(full))
    assert tags.open == []
    assert len(tags.ids()) == len(set(tags.ids()))
    assert {(attrs["href"] or "")[1:] for tag, attrs in tags.seen if tag == "a"} <= set(tags.ids())


def test_tables_and_pictures_can_be_heard(full: Report) -> None:
    html = page(full)
    tables = re.findall(r"<table.*?</table>", html, re.S)
    assert tables
    for table in tables:
        assert re.search(r"<caption><span>.+?</span></caption>", table, re.S)
        assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", table))
    for chart in re.findall(r'<svg class="chart.*?</svg>', html, re.S):
        assert re.search(r"<title>.+?</title><desc>.+?</desc>", chart)


def test_conversations_read_from_their_own_side(full: Report) -> None:
    lines = [attrs for tag, attrs in Tags(page(full)).seen if tag == "p" and "dir" in attrs]
    assert len(lines) >= 4
    assert {attrs["dir"] for attrs in lines} == {"auto"}
    assert any(attrs.get("lang") == "ar" for attrs in lines)
    assert all(re.fullmatch(r"[A-Za-z-]+", attrs.get("lang") or "en") for attrs in lines)


def test_the_piece_at_fault_is_marked(full: Report) -> None:
    full["failures"]["UnsupportedClaim"][0]["spans"] = ["4", "711"]
    assert "Refund of <mark>4</mark>,<mark>711</mark> &lt;b&gt;today" in page(full)


def test_a_crash_breaks_its_gate_and_is_told(plain: Report) -> None:
    told = words(page(plain))
    assert "Broken No crash" in told
    assert "1 in 3 turns: failures of their own" in told


def test_what_runs_beside_is_shown(full: Report) -> None:
    told = words(page(full))
    assert "1 of 2 remedies" in told
    assert "Alone when it is at least 0.95 sure: 100.0% of 600 turns, 0 of 600 wrong" in told
    assert "None certified: handed over. 0 of 20 wrong at the lowest threshold; to prove 0.1% takes at least 2,995 turns" in told
    assert "worse, more than chance" in told
    assert "Commit 0ld a1b2c3d" in told
    assert "69.3%" in told and "tuned on it" in told
    assert "Skipped: no data there." in told
    assert "17 of 20 64.0% to 95.0% 85.0% 72.0%" in told
    assert "de 1 of 2" in told
    assert "Not counted: the customer itself failed 1" in told
    assert "A model as judge A second opinion on 57 turns" in told
    assert "70.0% 35 of 50 turns that it calls right or wrong; 95% interval 56.2% to 80.9%" in told
    assert "0.40 95% interval 0.15 to 0.65" in told
    assert "3.0, 4.6" in told and "3 of 57 not authorised 3 . A failed call is no verdict" in told
    assert "Right 20 5 0 Wrong 10 15 4" in told
    assert "Labels: wrong (" in told and "). Model: right. " in told


def test_a_judge_that_never_answered_claims_nothing(full: Report) -> None:
    empty = {"agreement": figures.share(0, 0), "kappa": None, "kappa_interval": None, "helpful": None, "polite": None, "disagreements": []}
    full["judge"] |= empty
    told = words(page(full)).split("A model as judge")[1].split("A failed call")[0]
    assert "It called no turn right or wrong" in told and "Not defined" in told and "It graded no turn" in told
    assert "%" not in told


def test_what_was_not_run_says_how(plain: Report) -> None:
    told = words(page(plain))
    assert told.count("Not run. To run it too: python -m eval run --all") == 2
    assert "python -m eval calibrate" in told
    assert "python -m eval run --split dev --baseline" in told
    assert "A model as judge" not in told


def test_an_empty_run_claims_nothing() -> None:
    run = assemble.Run(split="dev", identity=identity(), cases=[], records=[], seconds=0.0)
    made = assemble.assemble(run, [])
    made["gates"] = [ruling.as_json() for ruling in rule(load(), made)]
    told = words(page(made))
    assert "Not measured" in told
    assert "Holds" not in told and "hold " not in told.split("Verdict")[0].replace("not hold", "")
    assert "No gate was applied" in words(page({name: value for name, value in made.items() if name != "gates"}))
