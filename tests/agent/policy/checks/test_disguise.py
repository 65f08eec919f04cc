"""What only looks like a figure, a word or a link is found, whatever a model's sentence rests on."""

import time

import pytest

from agent.domain.context import Context
from agent.domain.reply import Claim, Reply
from agent.phrasing import Phrases
from agent.policy.channel_rules import RULES
from agent.policy.checks import faults
from agent.policy.checks.disguise import disguised

SENT = "Order #1042 left our warehouse in Rotterdam on 12 May 2026 with BlueLane Express."


def found(claim: Claim, source: Reply | None = None, language: str = "en") -> list[str]:
    reply = Reply(language=language, claims=(claim,), source=source)
    return faults(reply, (), Context(), (), RULES["web"], own_emails=frozenset())


@pytest.mark.parametrize(
    "tail",
    [
        "and ⑨⓪⓪ euros",
        "with ½ off",
        "with ²⁰ off",
        "and Ⅳ more",
        "and your 𝗿𝗲𝗳𝘂𝗻𝗱",
        "and your rеfund",
        "and your ʀᴇꜰᴜɴᴅ",
        "and your ⓡⓔⓕⓤⓝⓓ",
        "see evil。com",
    ],
)
def test_a_models_sentence_in_disguise_is_not_sent(tail: str) -> None:
    said = Claim(text=f"{SENT[:-1]} {tail}.", free=True, rests_on=(SENT,))
    assert any("in disguise" in fault for fault in found(said)), tail


def test_nor_does_a_translation_bring_a_figure_of_its_own() -> None:
    source = Reply(language="en", claims=(Claim(text="Hello", pattern="greeting"),))
    said = Claim(text="Cześć, ⑨⓪⓪ euro", pattern="greeting", free=True, rests_on=("Hello",))
    assert any("in disguise" in fault for fault in found(said, source, "pl"))


@pytest.mark.parametrize(
    ("text", "language", "source"),
    [
        ("Die Größe ist 40 × 60 cm – für 12,90 € „neu“.", "de", ""),
        ("Le nº d’œuvre coûte 5 €… ça va ?", "fr", ""),
        ("Ваш заказ №1042 с BlueLane-трекингом уже в пути.", "ru", ""),
        ("طلبك رقم 1042 في الطريق مع BlueLane.", "ar", ""),
        ("您的订单#1042已由BlueLane发出。预计〇月送达！", "zh", ""),
        ("ご注文#1042はBlueLaneで発送済みです。々ー、ＯＫ", "ja", ""),
        ("The rug has 2 m² and suits ½ a room.", "en", "A rug of 2 m², for ½ a room"),
        ("Zamówienie jest już w drodze, naprawdę.", "pl", ""),
    ],
)
def test_what_people_write_is_no_disguise(text: str, language: str, source: str) -> None:
    assert disguised(text, language, (source,)) == []


def test_our_own_sentences_hold_none() -> None:
    phrases = Phrases()
    for language in ("en", "de", "fr", "es", "it", "pt", "ru", "ar", "zh", "ja"):
        for key in ("disclosure", "out-of-scope", "draft-thanks", "draft-sorry", "greeting", "praise", "order-late"):
            text = phrases.render(key, language, {"brand": "Lumen & Loom", "order": "1042", "promised": "3", "days": 3})
            assert disguised(text, language, ()) == [], (language, key)


def test_long_words_cost_nothing() -> None:
    began = time.process_time()
    disguised("é" + "a" * 20_000, "en", ())
    disguised("é" + "а" * 20_000, "pl", ())
    assert time.process_time() - began < 0.5
