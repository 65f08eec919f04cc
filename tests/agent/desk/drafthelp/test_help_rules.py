"""What help does without a model: drafts shorter, friendlier and in other languages, with the figures they had."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from agent.desk.help.case_file import reply_of
from agent.desk.help.recompose import recompose
from agent.desk.help.relocalise import said_in
from agent.desk.help.reworded import friendlier, shorter
from agent.desk.help.told import CannotHelp
from agent.domain.commerce import Order, OrderState
from agent.domain.languages import SUPPORTED
from agent.domain.money import Money
from agent.domain.reply import Claim, Reply
from agent.phrasing import Phrases, day, moment, money, percent
from agent.writing.answer import WAREHOUSES
from agent.writing.facts import SCANS, order_facts
from agent.writing.offering import span
from agent.writing.writer import Writer
from eval import world
from knowledge.search import Passage

NEAR = date(2026, 5, 20)
PHRASES = Phrases()
SPOKEN = sorted(SUPPORTED)
TEXT = {"de": "Erste Regel. Zweite Regel mit 30 Tagen.", "en": "First rule. Second rule of 30 days."}


def passage(language: str) -> Passage:
    return Passage(f"p-{language}", "returns", language, "Returns", "", TEXT[language], 0.9)


async def twin(passage_id: str, language: str) -> Passage | None:
    return passage(language) if language in TEXT and passage_id.startswith("p-") else None


async def nothing(passage_id: str, language: str) -> None:
    return None


def orders() -> list[Order]:
    """One of the world in every state it has."""
    return list({order.state: order for order in world.orders().values()}.values())


def draft(language: str, order: Order, *, quoted: bool = False) -> Reply:
    write = Writer(PHRASES, language)
    write.say("draft-hello", name="Anna Weber")
    write.paragraph()
    write.say("draft-thanks")
    write.say("draft-sorry")
    order_facts(write, order, today_late=3 if order.state is OrderState.LATE else 0)
    write.paragraph()
    write.say(
        "draft-refund",
        write.cite("order", order.number, f"#{order.number}"),
        amount=money(Money(123450, "EUR"), language),
        order=order.number,
    )
    if quoted:
        write.quote(passage(language))
    write.paragraph()
    write.say("draft-closing", brand="Lumen & Loom")
    return write.reply()


def test_values_come_back_exactly_in_all_pairs_of_languages() -> None:
    forth: list[tuple[str, Any]] = [("warehouse", lambda lang, key=key: PHRASES.render(key, lang)) for key in WAREHOUSES.values()]
    forth += [("state", lambda lang, key=key: PHRASES.render(key, lang)) for key in sorted(set(SCANS.values()))]
    forth += [("date", lambda lang, month=month: day(date(2026, month, month + 3), lang)) for month in range(1, 13)]
    forth += [("time", lambda lang, month=month: moment(datetime(2026, month, 28, 9, 5, tzinfo=UTC), lang)) for month in range(1, 13)]
    forth += [
        ("amount", lambda lang, code=code: money(Money(123456, code), lang)) for code in ("EUR", "USD", "GBP", "JPY", "CNY", "SAR", "BRL")
    ]
    forth += [("span", lambda lang: span(PHRASES, (3, 6), lang)), ("worth", lambda lang: percent(10, lang))]
    wrong = [
        (name, source, target)
        for name, say in forth
        for source in SPOKEN
        for target in SPOKEN
        if said_in(name, say(source), source, target, PHRASES, NEAR) != say(target)
    ]
    assert wrong == []


@pytest.mark.parametrize("value", ["next Tuesday", "1,2,3 EUR", "", "€79", "31 February 2026"])
def test_what_is_not_certain_is_refused(value: str) -> None:
    name = "amount" if "EUR" in value or "€" in value else "date"
    with pytest.raises(CannotHelp, match="by hand"):
        said_in(name, value, "en", "de", PHRASES, NEAR)


def test_an_unknown_variable_is_refused_and_a_slot_is_kept() -> None:
    with pytest.raises(CannotHelp):
        said_in("mood", "fine", "en", "de", PHRASES, NEAR)
    assert said_in("date", "⟦k|valid_until⟧", "en", "de", PHRASES, NEAR) == "⟦k|valid_until⟧"
    assert said_in("days", "3", "en", "ru", PHRASES, NEAR) == 3


@pytest.mark.parametrize("source", SPOKEN)
async def test_a_draft_composed_again_is_the_draft_composed_there(source: str) -> None:
    for order in orders():
        for target in SPOKEN:
            made = await recompose(draft(source, order), target, PHRASES, nothing, order.placed_at.date() + timedelta(days=20))
            assert made.reply.text == draft(target, order).text
            assert not made.lost


async def test_quotations_come_from_the_article_of_that_language_or_are_named_as_lost() -> None:
    order = orders()[0]
    made = await recompose(draft("en", order, quoted=True), "de", PHRASES, twin, NEAR)
    assert made.reply.text == draft("de", order, quoted=True).text
    assert any(item.ref == "p-de" for item in made.reply.evidence)
    gone = await recompose(draft("en", order, quoted=True), "fr", PHRASES, twin, NEAR)
    assert [claim.text for claim in gone.lost] == [TEXT["en"]] and TEXT["en"] not in gone.reply.text


async def test_a_models_draft_and_a_changed_pattern_are_refused() -> None:
    free = Reply(language="en", claims=(Claim(text="It is fine.", free=True, rests_on=("x",)),))
    with pytest.raises(CannotHelp, match="model"):
        await recompose(free, "de", PHRASES, twin, NEAR)
    old = Reply(language="en", claims=(Claim(text="Thanks a lot!", pattern="draft-thanks"),))
    with pytest.raises(CannotHelp, match="another version"):
        await recompose(old, "de", PHRASES, twin, NEAR)


@pytest.mark.parametrize("language", SPOKEN)
def test_shorter_leaves_out_courtesies_and_tails_and_says_so(language: str) -> None:
    order = next(order for order in orders() if order.state is OrderState.IN_TRANSIT)
    whole = draft(language, order, quoted=language in TEXT)
    made = shorter(whole)
    assert len(made.reply.text) < len(whole.text)
    assert {claim.pattern for claim in whole.claims} - {claim.pattern for claim in made.reply.claims} >= {"draft-thanks", "draft-sorry"}
    assert all(claim.text in whole.text for claim in made.reply.claims)
    kept = {claim.pattern for claim in made.reply.claims}
    assert {"draft-refund", "order-in-transit", "order-tracking"} <= kept
    if language == "en":
        assert made.left_out[-1] == "Second rule of 30 days."
    with pytest.raises(CannotHelp, match="as short"):
        shorter(made.reply)


def test_friendlier_adds_what_is_missing_after_the_greeting() -> None:
    whole = draft("en", orders()[0])
    bare = reply_of(
        {
            "language": "en",
            "evidence": [],
            "claims": [
                {"text": c.text, "pattern": c.pattern, "group": c.group}
                for c in whole.claims
                if c.pattern not in {"draft-sorry", "draft-thanks"}
            ],
        }
    )
    patterns = [claim.pattern for claim in friendlier(bare, PHRASES).claims]
    assert patterns[:3] == ["draft-hello", "draft-thanks", "draft-sorry"]
    with pytest.raises(CannotHelp, match="PORTSIDE_MODEL_SMALL"):
        friendlier(whole, PHRASES)
