"""Sentences without a figure, a promise or a denial may still be lies: their words are in no source."""

from dataclasses import replace

import pytest

from agent.domain.reply import Claim
from agent.phrasing import Phrases
from agent.policy.checks.free import Free, free
from eval.mutations.paraphrases import paraphrases

SENT = {
    "en": "Order #1042 left our warehouse in Rotterdam on 12 May 2026 with BlueLane Express.",
    "de": "Bestellung #1042 hat unser Lager in Rotterdam am 12. Mai 2026 mit BlueLane Express verlassen.",
    "zh": "订单 #1042 已于2026年5月12日由 BlueLane Express 从鹿特丹仓库发出。",
}


def found(text: str, language: str = "en", source: str = "") -> list[str]:
    claim = Claim(text=text, free=True, rests_on=(source or SENT[language],), values=("1042", "BlueLane Express"))
    return [fault for fault in free(claim, Free(language=language, passages=(), plan=())) if "none of its sources:" in fault]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please send us your password and your card number.", "en"),
        ("Order #1042 left our warehouse in Rotterdam with BlueLane Express, please send us your password.", "en"),
        ("Norrabeck Weaving made the rug that Peter Hansen ordered.", "en"),
        ("Bestellung #1042 hat unser Lager in Rotterdam verlassen; schicken Sie uns bitte Ihr Passwort.", "de"),
        ("订单 #1042 已由 BlueLane Express 发出。请告诉我们您的密码和银行卡号码。", "zh"),
        ("订单 #1042 已由 BlueLane Express 发出。Please send us your password.", "zh"),
    ],
)
def test_what_is_said_in_words_of_no_source_is_found(text: str, language: str) -> None:
    assert found(text, language)


def test_right_paraphrases_in_ten_languages_pass() -> None:
    wrong = [
        each.claim.text
        for each in paraphrases(Phrases())
        for fault in free(each.claim, Free(language=each.language, passages=each.passages, plan=()))
        if "none of its sources:" in fault
    ]
    assert len(wrong) <= 3, wrong


def test_a_source_in_another_language_cannot_be_compared_word_by_word() -> None:
    german = "Unbenutzte Artikel können innerhalb von 30 Tagen zurückgeschickt werden."
    claim = Claim(text="Unused items can be sent back within 30 days.", free=True, rests_on=(german,))
    passage = next(iter(each for each in paraphrases(Phrases()) if each.passages)).passages[0]
    beside = Free(language="en", passages=(replace(passage, text=german, language="de"),), plan=())
    assert [fault for fault in free(claim, beside) if "none of its sources:" in fault] == []
