"""Names, addresses and accounts as customers write them: cut out where that can be told, else the text is left out whole."""

import pytest

from agent.signals.unnamed import question

NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "closing",
    [
        "Gruß, Tom Weber",
        "LG Anna Schmidt",
        "lg anna",
        "MfG Tom Weber",
        "MfG",
        "Viele Grüße Anna",
        "Mit freundlichem Gruß\nTom Weber",
        "VG, Tom",
        "Best wishes, Tom",
        "Rgds Tom Weber",
        "Regards Tom, and thanks",
        "Yours sincerely\nTom Weber",
        "Bien à vous, Marie Dupont",
        "Cdlt, Marie",
        "Un saludo, Ana García",
        "Atte. Ana",
        "Distinti saluti\nMarco Rossi",
        "Un saluto Marco",
        "Cumprimentos, João Silva",
        "Abraços, João",
        "С уважением, Иван Петров",
        "Всего доброго, Иван",
        "С ув. Иван",
        "祝好，张伟",
        "敬上 张伟",
        "よろしく、田中",
        "敬具 田中太郎",
        "مع تحياتي، أحمد علي",
        "تحياتي أحمد",
    ],
)
def test_a_closing_is_cut(closing: str) -> None:
    assert question(f"Can the Kolibri lamp be dimmed? {closing}", NOBODY) == "Can the Kolibri lamp be dimmed?"


@pytest.mark.parametrize(
    "said",
    [
        "Gruß, Tom Weber",
        "Geht das? Gruß Tom Weber. PS: geht es auch mit 12 V?",
        "LG Anna Schmidt, wann kommt mein Paket denn nun endlich an?",
        "Hi Anna Schmidt here, can I pay later",
        "hello, Anna here. Can I pay later?",
        "Anna Schmidt here - can I pay later?",
        "Hallo, Tom Weber hier, geht das?",
        "Bonjour, Marie Dupont ici. Puis-je payer plus tard ?",
        "Здравствуйте, Иван Петров здесь. Можно оплатить?",
        "My husband Peter Müller ordered it, can he return it?",
        "my wife Anna wants another colour",
        "Mein Mann Peter Müller hat bestellt",
        "Mon mari Paul Martin peut-il le retourner ?",
        "Mi hermana Ana García lo pidió",
        "Mio marito Marco Rossi può cambiarlo?",
        "Minha mãe Maria Silva pode trocar?",
        "Мой муж Иван Петров заказал лампу",
        "我老公张伟可以退货吗？",
        "我的朋友叫小明，可以退货吗",
    ],
)
def test_who_names_a_person_is_left_out_whole(said: str) -> None:
    assert question(said, NOBODY) is None


@pytest.mark.parametrize(
    "address",
    [
        "anna(at)example.com",
        "anna @ example . com",
        "anna [at] example [dot] com",
        "anna at example dot com",
        "anna.w (at) mail.example (dot) co (dot) uk",
        "anna@ example.com",
        "anna(ät)example(punkt)de",
        "anna＠example.com",
        "anna arroba example punto com",
    ],
)
def test_an_address_spelt_for_people_is_masked(address: str) -> None:
    assert question(f"Can you send the invoice to {address}?", NOBODY) == "Can you send the invoice to [e-mail]?"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Tag @annaschmidt92 when it is back", "Tag [account] when it is back"),
        ("Write me, telegram: annas_92", "Write me, telegram [account]"),
        ("Write me, Telegram @annas", "Write me, Telegram [account]"),
        ("Can you answer me on insta annas.92?", "Can you answer me on insta [account]?"),
        ("answer me please, insta annaschmidt", "answer me please, insta [account]"),
        ("My Instagram is annaschmidt, is it back?", "My Instagram [account], is it back?"),
        ("Мой телеграм: anna_s, ответьте", "Мой телеграм [account], ответьте"),
        ("我的微信号是anna92，请联系", "我的微信号 [account]，请联系"),
        ("واتساب: anna92 متى يتوفر؟", "واتساب [account] متى يتوفر؟"),
    ],
)
def test_an_account_is_masked(said: str, kept: str) -> None:
    assert question(said, NOBODY) == kept


@pytest.mark.parametrize(
    "said",
    [
        "Passt das an einen LG Fernseher",
        "Does the soundbar work with my LG TV",
        "Gibt es Grußkarten dazu?",
        "Can my husband return it?",
        "Do you have Instagram or Telegram?",
        "Is it at your shop in the city. Or not?",
        "Is the dimmer here in stock?",
        "I look for a lamp for my wife",
        "Kann meine Frau das umtauschen?",
        "我老公想退货，可以吗？",
        "Is it safe with 12 V @ 2 A?",
        "Can I look at it at example.com?",
        "Thanks, can the lamp be dimmed?",
        "Ich suche einen Freund der Lampe",
        "Ist die Lampe hier auf Lager?",
        "мой муж хочет вернуть лампу",
    ],
)
def test_what_names_nobody_stays(said: str) -> None:
    assert question(said, NOBODY) == said


@pytest.mark.parametrize(
    "unit",
    [
        "a@",
        "a .",
        "(at)",
        "insta ",
        "Gruß ",
        "my husband ",
        "Anna ",
        "telegram:",
        "@a.",
        "a at b dot ",
        "a.b",
        "hi Anna ",
        "lg ",
        "danke, ",
    ],
)
def test_no_text_takes_long(unit: str) -> None:
    question(unit * 3000, NOBODY)
