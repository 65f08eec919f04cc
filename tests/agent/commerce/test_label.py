"""The return label as a PDF that is read back: in the customer's language where a font allows it, with nothing secret on it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from agent.commerce.memory import MemoryEffects, MemoryShop
from agent.commerce.papers import ReturnSlip
from agent.commerce.remedies.label import instructions, label
from agent.domain.effect import PlannedEffect
from agent.domain.languages import SUPPORTED
from agent.domain.money import Money

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
SLIP = ReturnSlip(number="RL-ABC234", order="1042", lines=(("EAR-110", 1), ("TWL-430", 2)), warehouse="RTM", fee=Money(0, "EUR"), at=NOW)
WRITTEN = tuple(instructions())


def text_of(content: bytes) -> str:
    (page,) = PdfReader(BytesIO(content)).pages
    return "".join(page.extract_text().split())


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", WRITTEN)
def test_one_page_with_number_destination_and_the_steps(language: str) -> None:
    read = text_of(label(SLIP, "DE", language))
    assert all(squeezed(part) in read for part in ("RL-ABC234", "order #1042, DE", "Voorbeeldkade 40", "2 x TWL-430"))
    words = instructions()[language]
    assert all(squeezed(text) in read for text in (words["title"], *words["steps"]))
    assert squeezed(words["fee"].partition("{")[0]) not in read or not words["fee"].partition("{")[0].strip()


def test_other_languages_get_the_english_page() -> None:
    assert set(SUPPORTED) - set(WRITTEN) == {"ar", "ru"}
    assert label(SLIP, "SA", "ar") == label(SLIP, "SA", "en")
    assert label(SLIP, "KZ", "xx") == label(SLIP, "KZ", "en")


@pytest.mark.parametrize(
    ("language", "fee", "said"),
    [("fr", Money(690, "EUR"), "6,90 €"), ("ja", Money(1125, "JPY"), "1,125"), ("pt", Money(4209, "BRL"), "42,09")],
)
def test_a_label_that_costs_something_says_so(language: str, fee: Money, said: str) -> None:
    assert squeezed(said) in text_of(label(replace(SLIP, fee=fee), "JP", language))


def test_every_language_has_the_same_parts() -> None:
    for words in instructions().values():
        assert set(words) == {"title", "steps", "fee"} and len(words["steps"]) == 4 and words["fee"].count("{amount}") == 1


def test_small_and_the_same_for_the_same_slip() -> None:
    many = replace(SLIP, lines=tuple((f"SKU-{at}", 1) for at in range(20)))
    for language in WRITTEN:
        made = label(many, "DE", language)
        assert made == label(many, "DE", language) and len(made) < 8000
    assert "+14" in text_of(label(many, "DE"))


async def test_strangers_learn_nothing_of_the_customer() -> None:
    shop = MemoryEffects(MemoryShop.demo(today=date(2026, 5, 20), now=lambda: NOW))
    done = await shop.carry_out(PlannedEffect(key="k", kind="return", order="1050", payload={}))
    content = await shop.document(done.data["document"])
    order = shop.books.shop.orders["1050"]
    read, raw = text_of(content), content.decode("latin-1")
    for secret in (order.customer.email, order.address.street, order.address.phone, *order.address.name.split(), done.data["document"]):
        assert not secret or (squeezed(secret) not in read and secret not in raw)
    assert done.data["return"] in read and squeezed("ご返品の四つの手順") in read
