"""Customers' words in ten languages: which offer they choose, and when they choose none."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain.decision import Offer, Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from agent.phrasing import Phrases
from agent.policy.choice import Declined, Unclear, asked, chosen
from agent.policy.offers import name
from tests.examples import many

PHRASES = Phrases()
KINDS = {
    "reship": RemedyKind.RESHIP,
    "local": RemedyKind.RESHIP,
    "refund": RemedyKind.REFUND,
    "part-refund": RemedyKind.REFUND,
    "exchange": RemedyKind.EXCHANGE,
    "repair": RemedyKind.REPAIR,
    "claim": RemedyKind.CLAIM,
    "wait": RemedyKind.WAIT,
    "express": RemedyKind.CHANGE_SHIPPING,
    "green": RemedyKind.CHANGE_SHIPPING,
    "coupon": RemedyKind.COUPON,
    "return": RemedyKind.RETURN,
    "cancel": RemedyKind.CANCEL,
}


def offer(kind: str) -> Offer:
    return Offer(remedy=Remedy(kind=KINDS[kind], intent=Intent.DAMAGED, order="1042"), key=f"offer-{kind}")


LOST = tuple(offer(kind) for kind in ("reship", "refund", "claim"))
LATE = tuple(offer(kind) for kind in ("wait", "local", "refund"))
WRONG = tuple(offer(kind) for kind in ("exchange", "return", "part-refund"))
ONE = (offer("refund"),)
UNCLEAR, DECLINED, NOTHING = "unclear", "declined", ""


def read(text: str, language: str, offers: tuple[Offer, ...] = LOST) -> str:
    found = chosen(text, offers, language)
    if isinstance(found, Offer):
        return name(found)
    return UNCLEAR if isinstance(found, Unclear) else DECLINED if isinstance(found, Declined) else NOTHING


SENTENCES = tomllib.loads((Path(__file__).parent / "choices.toml").read_text(encoding="utf-8"))
ROWS = [(language, text, expected) for language, rows in SENTENCES.items() for text, expected in rows["said"]]


@pytest.mark.parametrize(("language", "text", "expected"), ROWS)
def test_what_customers_say(language: str, text: str, expected: str) -> None:
    assert read(text, language) == expected


def test_every_language_is_covered() -> None:
    assert SENTENCES.keys() == SUPPORTED
    assert all(len(rows["said"]) >= 16 for rows in SENTENCES.values())


def test_sentences_that_came_later_are_hardly_missed_and_never_taken_for_another_offer() -> None:
    rows = [(language, text, expected) for language, both in SENTENCES.items() for text, expected in both["later"]]
    read_as = [(read(text, language), expected) for language, text, expected in rows]
    assert [(found, expected) for found, expected in read_as if found != expected and found in {name(each) for each in LOST}] == []
    assert sum(found == expected for found, expected in read_as) / len(rows) >= 0.85


LATE_ROWS = [
    ("en", "I'll wait", "wait"),
    ("en", "I'd rather take the code and keep waiting", "wait"),
    ("en", "a new parcel please", "local"),
    ("en", "ship locally please", "local"),
    ("de", "Ich warte lieber", "wait"),
    ("de", "Paket aus der Nähe bitte", "local"),
    ("fr", "Je préfère attendre", "wait"),
    ("es", "Prefiero esperar", "wait"),
    ("it", "Preferisco aspettare", "wait"),
    ("pt", "Prefiro aguardar", "wait"),
    ("ru", "Я подожду", "wait"),
    ("ar", "أفضل الانتظار", "wait"),
    ("zh", "我愿意继续等待", "wait"),
    ("ja", "このまま待ちます", "wait"),
]
WRONG_ROWS = [
    ("en", "exchange please", "exchange"),
    ("en", "I'd like to exchange it", "exchange"),
    ("en", "I'll send it back", "return"),
    ("en", "I'll keep it", "part-refund"),
    ("en", "partial refund please", "part-refund"),
    ("en", "refund please", UNCLEAR),  # after sending it back, or in part?
    ("de", "lieber umtauschen", "exchange"),
    ("de", "ich möchte es zurückschicken", "return"),
    ("fr", "je préfère l'échange", "exchange"),
    ("es", "prefiero cambiarlo", "exchange"),
    ("it", "preferisco il cambio", "exchange"),
    ("pt", "prefiro a troca", "exchange"),
    ("ru", "лучше обменять", "exchange"),
    ("ar", "أفضل الاستبدال", "exchange"),
    ("zh", "换一个新的", "exchange"),
    ("zh", "换货", "exchange"),
    ("ja", "交換をお願いします", "exchange"),
]


@pytest.mark.parametrize(("language", "text", "expected"), LATE_ROWS)
def test_the_ways_of_a_late_parcel(language: str, text: str, expected: str) -> None:
    assert read(text, language, LATE) == expected


@pytest.mark.parametrize(("language", "text", "expected"), WRONG_ROWS)
def test_the_ways_of_goods_that_arrived_wrong(language: str, text: str, expected: str) -> None:
    assert read(text, language, WRONG) == expected


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_a_button_is_its_offer_with_and_without_its_number(language: str) -> None:
    for offers in (LOST, LATE, WRONG, tuple(offer(kind) for kind in ("express", "green", "cancel")), (offer("repair"), offer("coupon"))):
        for number, each in enumerate(offers, start=1):
            label = PHRASES.render(f"label-{name(each)}", language)
            for text in (label, label.upper(), f"{label}.", f"{number}. {label}", f" {number} {label}"):
                assert chosen(text, offers, language) == each, (language, text)


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_the_quick_reply_of_a_person_declines(language: str) -> None:
    assert read(PHRASES.render("quick-human", language), language) == DECLINED


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The box is crushed, I want my money back", RemedyKind.REFUND),
        ("en", "It is broken. Can you send me a new one?", RemedyKind.RESHIP),
        ("en", "I don't want a refund, please send a replacement", RemedyKind.RESHIP),
        ("en", "refund or replacement, whatever is faster", None),
        ("en", "I have been waiting for my code", None),
        ("de", "Die Decke hat ein Loch, ich möchte sie umtauschen", RemedyKind.EXCHANGE),
        ("fr", "Je voudrais être remboursée", RemedyKind.REFUND),
        ("es", "Está roto, quiero un reembolso", RemedyKind.REFUND),
        ("it", "È rotto, vorrei un rimborso", RemedyKind.REFUND),
        ("pt", "Veio partido, quero o reembolso", RemedyKind.REFUND),
        ("ru", "Товар сломан, верните деньги", RemedyKind.REFUND),
        ("ar", "المنتج مكسور وأريد استرداد المبلغ", RemedyKind.REFUND),
        ("zh", "坏了，我要换货", RemedyKind.EXCHANGE),
        ("ja", "壊れていたので返金してください", RemedyKind.REFUND),
        ("fi", "hello", None),
    ],
)
def test_what_a_customer_asks_for_before_anything_is_offered(language: str, text: str, kind: RemedyKind | None) -> None:
    assert asked(text, language) is kind


YES = {
    "en": "yes, do that",
    "de": "ja bitte",
    "fr": "oui",
    "es": "sí",
    "it": "va bene",
    "pt": "sim",
    "ru": "да",
    "ar": "نعم",
    "zh": "好的",
    "ja": "はい",
}


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_a_bare_yes_takes_a_single_offer(language: str) -> None:
    assert read(YES[language], language, ONE) == "refund"
    assert read("ok", language, ONE) == "refund"
    assert read("1", language, ONE) == "refund"
    assert read("2", language, ONE) == UNCLEAR
    assert read("👍", language, ONE) == "refund"


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_any_language_is_answered_in_english_too(language: str) -> None:
    assert read("refund please", language) == "refund"
    assert read("the second one", language) == "refund"
    assert read("how long does a refund take?", language) == NOTHING


@pytest.mark.parametrize("language", sorted(SUPPORTED))
def test_two_that_are_named_are_never_one(language: str) -> None:
    for text in ("1 2", "1, 2", "2 / 3"):
        assert read(text, language) == UNCLEAR


def test_nothing_is_chosen_where_nothing_is_offered() -> None:
    assert chosen("2", (), "en") is None


def test_an_unserved_language_knows_the_word_option() -> None:
    assert read("option 2", "fi") == "refund"


@settings(max_examples=many(400), deadline=None)
@given(text=st.text(max_size=200), language=st.sampled_from(sorted(SUPPORTED)))
def test_any_text_has_an_outcome_and_questions_choose_nothing(text: str, language: str) -> None:
    assert read(text, language) in {"reship", "refund", "claim", UNCLEAR, DECLINED, NOTHING}
    if not any(PHRASES.render(f"label-{name(each)}", language) in text for each in LOST):
        assert read(f"{text}?", language) in {UNCLEAR, DECLINED, NOTHING}


@given(number=st.integers(1, 3), digits=st.sampled_from(["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"]))
def test_digits_of_any_script(number: int, digits: str) -> None:
    assert chosen(digits[number], LOST, "en") == LOST[number - 1]
    assert chosen(digits[number], (replace(LOST[0]), *LOST[1:]), "ar") == LOST[number - 1]


@pytest.mark.parametrize(
    ("text", "taken"), [("2", 1), ("2.", 1), ("(1)", 0), ("nie 2", None), ("not the refund", None), ("9", None), ("wymiana", None)]
)
def test_in_a_language_without_words_of_ours_only_a_bare_number_is_a_choice(text, taken):
    assert chosen(text, LOST, "pl") == (LOST[taken] if taken is not None else None)
