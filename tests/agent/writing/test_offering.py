"""Offers in ten languages: numbered, every figure from the offer, nothing of staff, and the last check is passed."""

from dataclasses import replace

import pytest

from agent.brains.local.language import detect
from agent.commerce.remedies.procedures import PHRASES as STEPS
from agent.commerce.remedies.procedures import PROCEDURES
from agent.domain.commerce import InventoryLevel, OrderState, Piece, Product
from agent.domain.decision import Offer, Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from agent.domain.money import Money
from agent.phrasing import Phrases
from agent.policy.candidates import Situation
from agent.policy.channel_rules import RULES
from agent.policy.checks import faults
from agent.policy.offers import offers
from agent.writing.offering import HUMAN, NEEDS, labels, offer, span, weight, worth
from agent.writing.writer import Writer

LANGUAGES = sorted(SUPPORTED)
PHRASES = Phrases()
SKU = "EAR-130"


def remedy(kind: RemedyKind, **more) -> Remedy:
    return Remedy(kind=kind, intent=Intent.DAMAGED, order="1042", **more)


HOUSE = (("warehouse", "RTM"),)
AMOUNT = Money(7990, "EUR")
#: One of each.
ALL = {
    "offer-reship": Offer(remedy=remedy(RemedyKind.RESHIP, detail=HOUSE), key="offer-reship", days=(4, 8)),
    "offer-local": Offer(remedy=remedy(RemedyKind.RESHIP, detail=HOUSE), key="offer-local", days=(4, 8)),
    "offer-refund": Offer(remedy=remedy(RemedyKind.REFUND, amount=AMOUNT), key="offer-refund", days=(5, 10)),
    "offer-part-refund": Offer(remedy=remedy(RemedyKind.REFUND, amount=AMOUNT), key="offer-part-refund", days=(5, 10)),
    "offer-exchange": Offer(
        remedy=remedy(RemedyKind.EXCHANGE, pieces=(Piece(SKU),), others=(Piece("EAR-131"),), detail=HOUSE),
        key="offer-exchange",
        days=(4, 8),
    ),
    "offer-repair": Offer(
        remedy=remedy(RemedyKind.REPAIR, pieces=(Piece(SKU),), detail=(("day", "2026-05-25"), ("part_of_day", "morning"))),
        key="offer-repair",
    ),
    "offer-claim": Offer(remedy=remedy(RemedyKind.CLAIM, detail=(("tracking", "BL1"),)), key="offer-claim", days=(5, 5)),
    "offer-wait": Offer(remedy=remedy(RemedyKind.WAIT, detail=(("percent", "10"),)), key="offer-wait"),
    "offer-express": Offer(
        remedy=remedy(RemedyKind.CHANGE_SHIPPING, detail=(("service", "express"),)),
        key="offer-express",
        days=(3, 5),
        cost=Money(800, "EUR"),
        grams=900,
    ),
    "offer-express-free": Offer(
        remedy=remedy(RemedyKind.CHANGE_SHIPPING, detail=(("service", "express"),)), key="offer-express-free", days=(3, 5), grams=3700
    ),
    "offer-green": Offer(
        remedy=remedy(RemedyKind.CHANGE_SHIPPING, detail=(("service", "green"),)), key="offer-green", days=(6, 12), grams=250
    ),
    "offer-coupon": Offer(remedy=remedy(RemedyKind.COUPON, detail=(("minor", "815"), ("currency", "JPY"))), key="offer-coupon"),
    "offer-return": Offer(remedy=remedy(RemedyKind.RETURN, amount=AMOUNT), key="offer-return"),
    "offer-return-fee": Offer(remedy=remedy(RemedyKind.RETURN, amount=AMOUNT), key="offer-return-fee", cost=Money(690, "EUR")),
    "offer-cancel": Offer(remedy=remedy(RemedyKind.CANCEL), key="offer-cancel"),
}


@pytest.fixture
def view(make):
    blue = Product(sku="EAR-131", title="Murmo Earbuds Blue", category="audio", price=AMOUNT, text="")
    context = make.context(make.order(OrderState.DELIVERED), products=(blue,))
    return make.view(make.turn("It is broken"), make.triage(Intent.DAMAGED), context)


def test_every_kind_of_offer_has_an_example() -> None:
    assert ALL.keys() == NEEDS.keys()


@pytest.mark.parametrize("key", sorted(ALL))
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_offer_is_told_with_its_figures_and_passes_the_last_check(view, language: str, key: str) -> None:
    write = Writer(PHRASES, language)
    quick = offer(write, view.context.customer, (ALL[key],))
    reply = write.reply(quick_replies=quick)
    own = frozenset({"anna@example.com"})
    assert faults(reply, (), view.context, (), RULES["web"], own_emails=own) == []
    intro, told, *outro = reply.claims
    assert intro.pattern == "offers-intro-one"
    assert told.pattern == key
    assert told.text.startswith("1. ")
    assert told.evidence
    assert [claim.pattern for claim in outro][-1] == "offers-outro-one"
    assert "#1042" in intro.text
    assert len(reply.quick_replies) == 2
    assert all(0 < len(label) <= 36 for label in reply.quick_replies)


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_are_numbered_and_asked_for_by_number(view, language: str) -> None:
    three = (ALL["offer-reship"], ALL["offer-refund"], ALL["offer-claim"])
    write = Writer(PHRASES, language)
    assert offer(write, view.context.customer, three) == ("label-reship", "label-refund", "label-claim", HUMAN)
    text = write.reply().text
    assert [line[:3] for line in text.split("\n\n") if line[:1].isdigit()] == ["1. ", "2. ", "3. "]
    spoken, sure = detect(text)
    assert not sure or spoken == language


def test_the_label_of_a_paid_variant_is_that_of_the_kind() -> None:
    assert labels((ALL["offer-return-fee"], ALL["offer-express-free"])) == ("label-return", "label-express")


def test_the_other_variant_is_called_by_its_own_name(view) -> None:
    write = Writer(PHRASES, "en")
    offer(write, view.context.customer, (ALL["offer-exchange"],))
    assert "Murmo Earbuds Blue" in write.reply().text


def test_nothing_on_offer_says_nothing(view) -> None:
    write = Writer(PHRASES, "en")
    assert offer(write, view.context.customer, ()) == (HUMAN,)
    assert write.reply().claims == ()


def test_an_offer_that_lacks_a_figure_is_an_error_not_a_hole(view) -> None:
    bare = replace(ALL["offer-refund"], remedy=remedy(RemedyKind.REFUND))
    with pytest.raises(ValueError, match="needs an amount"):
        offer(Writer(PHRASES, "en"), view.context.customer, (bare,))
    with pytest.raises(ValueError, match="needs a cost"):
        offer(Writer(PHRASES, "en"), view.context.customer, (replace(ALL["offer-express"], cost=None),))


def seen(text: str) -> str:
    """Without the marks that keep the direction of figures."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_figures_in_the_readers_form() -> None:
    assert span(PHRASES, (3, 6), "en") == "3 to 6 business days"
    assert span(PHRASES, (5, 5), "en") == "up to 5 business days"
    assert span(PHRASES, (2, 4), "ru") == "2–4 рабочих дня"
    assert span(PHRASES, (3, 6), "ru") == "3–6 рабочих дней"
    assert seen(span(PHRASES, (3, 6), "ar")) == "3 إلى 6 أيام عمل"
    assert seen(span(PHRASES, (8, 15), "ar")) == "8 إلى 15 يوم عمل"
    assert weight(900, "en") == "900 g"
    assert weight(3700, "de") == "3,7 kg"
    assert weight(900, "ar") == "900 غرام"
    assert worth(ALL["offer-wait"].remedy, "de") == "10\xa0%"
    assert worth(ALL["offer-coupon"].remedy, "en") == "JP¥815"


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_stock_and_a_bad_batch_nothing_is_said(view, make, language: str) -> None:
    level = InventoryLevel(sku=SKU, warehouse="RTM", on_hand=734, committed=1, incoming=0, read_at=make.now)
    for bad in (False, True):
        s = Situation(
            order=make.order(OrderState.DELIVERED),
            intent=Intent.DEFECTIVE,
            now=make.now,
            judge=lambda remedy: Allowed(),
            stock=(level,),
            batch_bad=bad,
        )
        write = Writer(PHRASES, language)
        offer(write, view.context.customer, offers(s))
        assert "734" not in (said := write.reply().text)
        assert "EAR-130-B07" not in said


class Allowed:
    ruling, rule, reason, fee = "allow", "", None, None
    needs = "bot"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_that_a_customer_may_see_has_words(language: str) -> None:
    kinds = {kind.value for kind in PROCEDURES} & {"return", "exchange", "reship", "refund", "repair", "claim"} | {"other"}
    for key in (*STEPS, *(f"remedy-{kind}" for kind in kinds)):
        assert PHRASES.render(key, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_is_ordered_and_never_said_to_have_arrived(language: str) -> None:
    said = PHRASES.render("refund-ordered", language, {"amount": "A", "order": "1042", "span": "S"})
    arrived = {"en": "refunded", "de": "erstattet", "fr": "remboursé", "es": "reembolsado", "it": "rimborsato", "pt": "reembolsado"}
    others = {"ru": "возвращены", "ar": "تم رد", "zh": "已退款", "ja": "返金済み"}
    assert (arrived | others)[language] not in said
