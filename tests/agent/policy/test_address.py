"""Addresses of ten countries as customers type them; anything short of a whole one is refused."""

import pytest

from agent.domain.triage import Entity, EntityKind
from agent.policy.address import country_code, parse, without_postcodes

WHOLE = [
    ("Anna Weber, Kastanienallee 12, 10435 Berlin, Germany", ("10435", "Berlin", "DE")),
    ("Anna Weber\nKastanienallee 12\n10435 Berlin\nDeutschland", ("10435", "Berlin", "DE")),
    ("Neue Adresse: Anna Weber, Kastanienallee 12, D-10435 Berlin, Deutschland", ("D-10435", "Berlin", "DE")),
    ("Marie Laurent, 5 rue du Moulin, 69002 Lyon, France", ("69002", "Lyon", "FR")),
    ("Carmen Ruiz, Calle del Pozo 3, 46001 Valencia, España", ("46001", "Valencia", "ES")),
    ("Giulia Conti, Via Roma 7, 20121 Milano, Italia", ("20121", "Milano", "IT")),
    ("Rui Alves, Rua Nova 9, 1100-148 Lisboa, Portugal", ("1100-148", "Lisboa", "PT")),
    ("John Carter, 14 Willow Road, LS2 7EW Leeds, UK", ("LS2 7EW", "Leeds", "GB")),
    ("John Carter, 14 Willow Road, Leeds LS2 7EW, United Kingdom", ("LS2 7EW", "Leeds", "GB")),
    ("John Carter, 14 Willow Road, Leeds, LS2 7EW, United Kingdom", ("LS2 7EW", "Leeds", "GB")),
    ("Jan de Vries, Kade 4, 3011 AA Rotterdam, Nederland", ("3011 AA", "Rotterdam", None)),
    ("Eve Moss, 22 Harbor Avenue, Portland 97201, USA", ("97201", "Portland", "US")),
    ("Иван Петров, ул. Лесная 5, 050000 Алматы, Казахстан", ("050000", "Алматы", "KZ")),
    ("李伟，人民路88号，上海 200010，中国", ("200010", "上海", "CN")),
    ("山田花子、桜通り2-4、大阪 530-0001、日本", ("530-0001", "大阪", "JP")),
    ("سارة أحمد، شارع الورد 5، الرياض 12211، السعودية", ("12211", "الرياض", "SA")),
]
REFUSED = [
    "",
    "Berlin",
    "Kastanienallee 12, 10435 Berlin",
    "Anna Weber, Kastanienallee, 10435 Berlin, Germany",
    "Anna Weber, Kastanienallee 12, Berlin, Germany",
    "Anna Weber, Kastanienallee 12, 10435, Germany",
    "Anna Weber, Kastanienallee 12, 10435 Berlin, Germany 5",
    "4711, Kastanienallee 12, 10435 Berlin, Germany",
    "Anna, flat 2, Kastanienallee 12, 10435, Berlin, Germany",
    "Anna Weber, " + "a" * 80 + " 12, 10435 Berlin, Germany",
    "Hello, I ordered 2 weeks ago, nothing came, please help",
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_parse(text: str, expected: tuple[str, str, str | None]) -> None:
    found = parse(text)
    assert found is not None
    assert (found.postcode, found.city) == expected[:2]
    assert expected[2] is None or country_code(found.country) == expected[2]


@pytest.mark.parametrize("text", REFUSED)
def test_half_an_address_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("digits", ["٣", "３"])
def test_house_numbers_of_other_scripts_are_numbers(digits: str) -> None:
    assert parse(f"سارة أحمد، شارع الورد {digits}، الرياض 12211، السعودية") is not None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *((name, "DE") for name in ("germany", " DE ", "Alemania", "德国", "ドイツ", "Германия", "ألمانيا")),
        *(("uk", "GB"), ("England", "GB"), ("USA", "US"), ("Holland", "NL"), ("Atlantis", None), ("", None)),
    ],
)
def test_country_code(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_without_postcodes_keeps_everything_else() -> None:
    text = "Rui Alves, Rua Nova 9, 1100-148 Lisboa, Portugal"
    order, postcode = Entity(EntityKind.ORDER, "1042", 0, 4), Entity(EntityKind.ORDER, "1100", 5, 9)
    phone = Entity(EntityKind.PHONE, "1100", 9, 12)
    assert without_postcodes([text, "hello"], (order, postcode, phone)) == (order, phone)
    assert without_postcodes(["hello"], (order, postcode)) == (order, postcode)
