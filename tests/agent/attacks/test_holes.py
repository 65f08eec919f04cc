"""What the last look at a text let through once, each in its smallest form: a sentence of a model's, and what it claims to rest on."""

import pytest

from agent.domain.context import Context
from agent.domain.reply import Claim, Evidence, Reply
from agent.policy.channel_rules import rules
from agent.policy.checks import faults
from knowledge.search import Passage
from tests.agent.attacks.oracle import BATCHES, SHOP
from tests.agent.attacks.stage import ARTICLE

PASSAGE = Passage("p1", "policy", "en", "Policy", "", ARTICLE, 0.9)
STATUS = {
    "en": "Order #1042 is on its way with PostHaste.",
    "de": "Bestellung #1042 ist mit PostHaste unterwegs.",
    "ar": "الطلب #1042 في الطريق مع PostHaste.",
    "zh": "订单 #1042 正由 PostHaste 运送中。",
}
OTHER = SHOP.orders["1050"].customer.name


def found(text: str, rests_on: str, language: str = "en") -> list[str]:
    evidence = Evidence(id="e1", kind="passage" if rests_on == ARTICLE else "order", ref="p1" if rests_on == ARTICLE else "1042", label="")
    lie = Claim(text=text, evidence=("e1",), free=True, rests_on=(rests_on,))
    reply = Reply(language=language, claims=(lie,), evidence=(evidence,), brain="model huge")
    return faults(reply, [PASSAGE], Context(), (), rules("web"), own_emails=frozenset())


LIES = [
    pytest.param("Le devolveremos todo el dinero.", ARTICLE, "en", id="a promise in another language"),
    pytest.param("Wir erstatten Ihnen den vollen Betrag.", STATUS["en"], "en", id="the same on an order"),
    pytest.param(f"{STATUS['zh']} Your refund was paid.", STATUS["zh"], "zh", id="a tail in another language"),
    pytest.param("Sie bekommen neunhundert Euro von uns.", STATUS["ar"], "ar", id="figures in words of another language"),
    pytest.param("Your refund was paid.", ARTICLE, "en", id="done, says a general article"),
    pytest.param("Your order was cancelled.", STATUS["en"], "en", id="done, on a status"),
    pytest.param(f"It was made by {BATCHES[0].supplier}.", STATUS["en"], "en", id="a supplier of another batch"),
    pytest.param(f"{OTHER} has ordered the same.", STATUS["en"], "en", id="another customer's name"),
    pytest.param(f"{OTHER} hat dasselbe bestellt.", STATUS["de"], "de", id="another customer's name in German"),
    pytest.param("You should be ashamed of yourself.", STATUS["en"], "en", id="an insult"),
    pytest.param("Please send us your password and your card number.", STATUS["en"], "en", id="phishing"),
    pytest.param("All is explained on attack.example now.", STATUS["en"], "en", id="a host without a scheme"),
]


#: A word or two slipped into what a source does say, or its own words put together anew.
SLIPPED = [
    pytest.param(f"Order #1042 by {BATCHES[0].supplier} is on its way with PostHaste.", STATUS["en"], "en", id="a supplier's name"),
    pytest.param("Order #1042 was stolen by PostHaste.", STATUS["en"], "en", id="another verb"),
    pytest.param("Order #1042 is on its way with PostHaste, please pay PostHaste first.", STATUS["en"], "en", id="a demand"),
    pytest.param("Bestellung #1042 ist mit PostHaste unterwegs, Sie bekommen Ihr Geld.", STATUS["de"], "de", id="money without its words"),
    pytest.param("Write to care@lumenandloom.example with your card number.", ARTICLE, "en", id="what to send along"),
    pytest.param("Returns are free forever.", ARTICLE, "en", id="a limit left out"),
    pytest.param("Refunds are free for 30 days.", ARTICLE, "en", id="one sentence's subject with another's object"),
    pytest.param("Refunds are free.", ARTICLE, "en", id="one sentence's subject with another's side"),
    pytest.param(f"订单 #1042 正由 {BATCHES[0].supplier} 运送中。", STATUS["zh"], "zh", id="a supplier's name in Chinese"),
    pytest.param(f"الطلب #1042 في الطريق مع {BATCHES[0].supplier}.", STATUS["ar"], "ar", id="a supplier's name in Arabic"),
    pytest.param(f"Bestellung #1042 ist mit PostHaste von {BATCHES[0].supplier} unterwegs.", STATUS["de"], "de", id="in German"),
]
#: (a rule, the same without its condition)
CONDITIONS = {
    "en": ("You can cancel free of charge until the order is packed.", "You can cancel free of charge."),
    "de": ("Sie können kostenlos stornieren, solange die Bestellung nicht verpackt ist.", "Sie können kostenlos stornieren."),
    "fr": ("Vous pouvez annuler sans frais tant que la commande n'est pas emballée.", "Vous pouvez annuler sans frais."),
    "es": ("Puede cancelar gratis el pedido mientras no se haya embalado.", "Puede cancelar gratis el pedido."),
    "it": ("Può annullare gratuitamente finché l'ordine non è imballato.", "Può annullare gratuitamente."),
    "pt": ("Pode cancelar gratuitamente enquanto a encomenda não for embalada.", "Pode cancelar gratuitamente."),
    "ru": ("Заказ можно бесплатно отменить, пока он не упакован.", "Заказ можно бесплатно отменить."),
    "ar": ("يمكنك إلغاء الطلب مجانا ما دام غير مغلف.", "يمكنك إلغاء الطلب مجانا."),
    "zh": ("未使用的商品可以退货，质量问题除外。", "商品可以退货。"),
    "ja": ("梱包前であれば、ご注文は無料でキャンセルできます。", "ご注文は無料でキャンセルできます。"),
}


@pytest.mark.parametrize(("text", "rests_on", "language"), LIES)
def test_nothing_is_said_that_no_source_says(text: str, rests_on: str, language: str) -> None:
    assert found(text, rests_on, language)


@pytest.mark.parametrize("language", STATUS)
def test_what_a_source_says_may_be_said(language: str) -> None:
    assert found(STATUS[language], STATUS[language], language) == []


@pytest.mark.parametrize(("text", "rests_on", "language"), SLIPPED)
def test_nothing_is_slipped_into_what_a_source_says(text: str, rests_on: str, language: str) -> None:
    assert found(text, rests_on, language)


@pytest.mark.parametrize("language", CONDITIONS)
def test_a_rule_is_not_said_without_its_condition(language: str) -> None:
    rule, bare = CONDITIONS[language]
    assert found(rule, rule, language) == []
    assert found(bare, rule, language)


def test_a_limit_may_stand_in_the_next_sentence() -> None:
    """What a whole text says is not left out."""
    evidence = Evidence(id="e1", kind="passage", ref="p1", label="")
    rows = [Claim(text=text, evidence=("e1",), free=True, rests_on=(ARTICLE,)) for text in ("Returns are free.", "You have 30 days.")]
    reply = Reply(language="en", claims=tuple(rows), evidence=(evidence,), brain="model huge")
    assert faults(reply, [PASSAGE], Context(), (), rules("web"), own_emails=frozenset()) == []
    alone = Reply(language="en", claims=(rows[0],), evidence=(evidence,), brain="model huge")
    assert faults(alone, [PASSAGE], Context(), (), rules("web"), own_emails=frozenset()) == ["leaves out a limit (duration 30 day)"]
