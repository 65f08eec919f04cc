"""Customers' words in ten languages: which offer they choose, and when they choose none."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.domain.decision import Offer, Remedy, RemedyKind
from agent.domain.intents import Intent
from agent.domain.languages import SUPPORTED
from agent.phrasing import Phrases
from agent.policy.choice import Declined, Unclear, asked, chosen
from agent.policy.offers import name

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


#: Offers are LOST: 1 a new parcel, 2 the full refund, 3 an inquiry with the carrier.
SENTENCES: dict[str, list[tuple[str, str]]] = {
    "en": [
        ("2", "refund"),
        ("2.", "refund"),
        ("2️⃣", "refund"),
        ("② please", "refund"),
        ("option b", "refund"),
        ("The second one, please", "refund"),
        ("I'd like option 1 because I still need it", "reship"),
        ("Number 3 please", "claim"),
        ("refund please", "refund"),
        ("I would rather have my money back", "refund"),
        ("Please send me a new one", "reship"),
        ("the last one", "claim"),
        ("two", "refund"),
        ("ok, #2", "refund"),
        ("1042: option 2", "refund"),
        ("how long would 2 take?", NOTHING),
        ("how long would option 2 take", NOTHING),
        ("Can I have the refund?", UNCLEAR),
        ("1 or 2, not sure", UNCLEAR),
        ("1 and 2", UNCLEAR),
        ("refund and a new parcel", UNCLEAR),
        ("ok", UNCLEAR),
        ("yes please", UNCLEAR),
        ("👍", UNCLEAR),
        ("4", UNCLEAR),
        ("not 2", UNCLEAR),
        ("I don't want a refund", UNCLEAR),
        ("2 if it is here before Friday", UNCLEAR),
        ("none of them", DECLINED),
        ("I want to talk to a person", DECLINED),
        ("no thanks", DECLINED),
        ("I have been waiting for 2 weeks now", NOTHING),
        ("I ordered 2 pieces", NOTHING),
        ("What is your return policy?", NOTHING),
        ("482913", NOTHING),
        ("Where is my refund for the other order?", NOTHING),
    ],
    "de": [
        ("2", "refund"),
        ("Nummer 2 bitte", "refund"),
        ("Die zweite Möglichkeit, bitte", "refund"),
        ("Ich nehme das Erste", "reship"),
        ("Ich hätte lieber mein Geld zurück", "refund"),
        ("Erstattung bitte", "refund"),
        ("Bitte ein neues Paket", "reship"),
        ("Option 1, weil ich es noch brauche", "reship"),
        ("zwei", "refund"),
        ("2, danke!", "refund"),
        ("Wie lange dauert 2?", NOTHING),
        ("Wie lange dauert Möglichkeit 2", NOTHING),
        ("Kann ich die Erstattung haben?", UNCLEAR),
        ("1 oder 2", UNCLEAR),
        ("Ja, gern", UNCLEAR),
        ("Keine Erstattung", UNCLEAR),
        ("2, wenn es bis Freitag klappt", UNCLEAR),
        ("Keine davon", DECLINED),
        ("Ich möchte mit einem Menschen sprechen", DECLINED),
        ("Ich warte schon seit 2 Wochen", NOTHING),
    ],
    "fr": [
        ("2", "refund"),
        ("n° 2", "refund"),
        ("La deuxième, s'il vous plaît", "refund"),
        ("Je préfère le remboursement", "refund"),
        ("Je voudrais un nouveau colis", "reship"),
        ("l'option 1", "reship"),
        ("numero 3 svp", "claim"),
        ("deux", "refund"),
        ("Le premier, merci", "reship"),
        ("Combien de temps prend la 2 ?", NOTHING),
        ("Combien de temps prendrait l'option 2", NOTHING),
        ("Puis-je avoir le remboursement ?", UNCLEAR),
        ("Oui, merci", UNCLEAR),
        ("la 1 ou la 2", UNCLEAR),
        ("Pas de remboursement", UNCLEAR),
        ("Aucune des deux", DECLINED),
        ("Je veux parler à un conseiller", DECLINED),
        ("J'attends depuis 2 semaines", NOTHING),
    ],
    "es": [
        ("2", "refund"),
        ("La segunda, por favor", "refund"),
        ("opcion 2", "refund"),
        ("Sí, la opción 1", "reship"),
        ("Prefiero el reembolso", "refund"),
        ("Quiero que me envíen un paquete nuevo", "reship"),
        ("nº 3", "claim"),
        ("dos", "refund"),
        ("La primera, gracias", "reship"),
        ("¿Cuánto tarda la 2?", NOTHING),
        ("Cuánto tardaría la opción 2", NOTHING),
        ("¿Puedo tener el reembolso?", UNCLEAR),
        ("Sí", UNCLEAR),
        ("la 1 o la 2", UNCLEAR),
        ("No quiero reembolso", UNCLEAR),
        ("Ninguna de las tres", DECLINED),
        ("Quiero hablar con una persona", DECLINED),
        ("Llevo 2 semanas esperando", NOTHING),
    ],
    "it": [
        ("2", "refund"),
        ("La seconda, per favore", "refund"),
        ("opzione 1", "reship"),
        ("Preferisco il rimborso", "refund"),
        ("Vorrei un nuovo pacco", "reship"),
        ("il numero 3", "claim"),
        ("due", "refund"),
        ("Sì, la prima", "reship"),
        ("Quanto ci vuole per la 2?", NOTHING),
        ("Quanto ci vorrebbe per l'opzione 2", NOTHING),
        ("Posso avere il rimborso?", UNCLEAR),
        ("Va bene", UNCLEAR),
        ("la 1 o la 2", UNCLEAR),
        ("Non voglio il rimborso", UNCLEAR),
        ("Nessuna delle tre", DECLINED),
        ("Vorrei parlare con una persona", DECLINED),
        ("Aspetto da 2 settimane", NOTHING),
    ],
    "pt": [
        ("2", "refund"),
        ("A segunda, por favor", "refund"),
        ("opção 1", "reship"),
        ("Prefiro o reembolso", "refund"),
        ("Quero uma nova encomenda", "reship"),
        ("número 3", "claim"),
        ("dois", "refund"),
        ("Sim, a primeira", "reship"),
        ("Quanto tempo demora a 2?", NOTHING),
        ("Quanto tempo demora a opção 2", NOTHING),
        ("Posso receber o reembolso?", UNCLEAR),
        ("Está bem", UNCLEAR),
        ("a 1 ou a 2", UNCLEAR),
        ("Não quero reembolso", UNCLEAR),
        ("Nenhuma delas", DECLINED),
        ("Quero falar com uma pessoa", DECLINED),
        ("Estou à espera há 2 semanas", NOTHING),
    ],
    "ru": [
        ("2", "refund"),
        ("Второй вариант, пожалуйста", "refund"),
        ("вариант 1", "reship"),
        ("Верните деньги, пожалуйста", "refund"),
        ("Лучше новую посылку", "reship"),
        ("№ 3", "claim"),
        ("два", "refund"),
        ("Я выбираю первый", "reship"),
        ("Сколько времени займёт 2?", NOTHING),
        ("Сколько времени займёт вариант 2", NOTHING),
        ("Можно возврат денег?", UNCLEAR),
        ("Да, хорошо", UNCLEAR),
        ("1 или 2", UNCLEAR),
        ("Не хочу возврат", UNCLEAR),
        ("Ничего из этого", DECLINED),
        ("Хочу поговорить с человеком", DECLINED),
        ("Я жду уже 2 недели", NOTHING),
    ],
    "ar": [
        ("٢", "refund"),
        ("الخيار ٢", "refund"),
        ("الخيار الثاني من فضلك", "refund"),
        ("رقم 1", "reship"),
        ("أريد استرداد المبلغ", "refund"),
        ("أريد طردا جديدا", "reship"),
        ("أفضّل رد المبلغ", "refund"),
        ("الأول", "reship"),
        ("كم يستغرق الخيار ٢؟", NOTHING),
        ("كم يستغرق الخيار ٢", NOTHING),
        ("هل يمكنني استرداد المبلغ؟", UNCLEAR),
        ("نعم", UNCLEAR),
        ("١ أو ٢", UNCLEAR),
        ("لا أريد استرداد المبلغ", UNCLEAR),
        ("لا شيء منها", DECLINED),
        ("أريد التحدث إلى موظف", DECLINED),
        ("أنتظر منذ ٢ أسابيع", NOTHING),
    ],
    "zh": [
        ("2", "refund"),
        ("２", "refund"),
        ("选2", "refund"),
        ("第二个", "refund"),
        ("我选第一个，谢谢", "reship"),
        ("退款吧", "refund"),
        ("请给我换一个新的", "reship"),
        ("方案二", "refund"),
        ("3号", "claim"),
        ("2需要多久？", NOTHING),
        ("方案2需要多久", NOTHING),
        ("可以退款吗？", UNCLEAR),
        ("好的", UNCLEAR),
        ("1或者2", UNCLEAR),
        ("我不要退款", UNCLEAR),
        ("都不要", DECLINED),
        ("转人工", DECLINED),
        ("我已经等了2周", NOTHING),
        ("我要2个", NOTHING),
    ],
    "ja": [
        ("2", "refund"),
        ("２でお願いします", "refund"),
        ("2番でお願いします", "refund"),
        ("二番目", "refund"),
        ("一つ目を希望します", "reship"),
        ("返金をお願いします", "refund"),
        ("新しい荷物を送ってください", "reship"),
        ("返金してください", "refund"),
        ("2はどのくらいかかりますか", NOTHING),
        ("2番はいつ届きますか？", NOTHING),
        ("返金していただけますか？", UNCLEAR),
        ("はい", UNCLEAR),
        ("1か2で迷っています", UNCLEAR),
        ("返金は希望しません", UNCLEAR),
        ("どれも希望しません", DECLINED),
        ("担当者と話したい", DECLINED),
        ("もう2週間も待っています", NOTHING),
    ],
}
ROWS = [(language, text, expected) for language, rows in SENTENCES.items() for text, expected in rows]


@pytest.mark.parametrize(("language", "text", "expected"), ROWS)
def test_what_customers_say(language: str, text: str, expected: str) -> None:
    assert read(text, language) == expected


def test_every_language_is_covered() -> None:
    assert SENTENCES.keys() == SUPPORTED
    assert all(len(rows) >= 16 for rows in SENTENCES.values())


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


def test_an_unserved_language_is_read_as_english() -> None:
    assert read("option 2", "fi") == "refund"


@settings(max_examples=400, deadline=None)
@given(text=st.text(max_size=200), language=st.sampled_from(sorted(SUPPORTED)))
def test_any_text_has_an_outcome_and_questions_choose_nothing(text: str, language: str) -> None:
    assert read(text, language) in {"reship", "refund", "claim", UNCLEAR, DECLINED, NOTHING}
    if not any(PHRASES.render(f"label-{name(each)}", language) in text for each in LOST):
        assert read(f"{text}?", language) in {UNCLEAR, DECLINED, NOTHING}


@given(number=st.integers(1, 3), digits=st.sampled_from(["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"]))
def test_digits_of_any_script(number: int, digits: str) -> None:
    assert chosen(digits[number], LOST, "en") == LOST[number - 1]
    assert chosen(digits[number], (replace(LOST[0]), *LOST[1:]), "ar") == LOST[number - 1]
