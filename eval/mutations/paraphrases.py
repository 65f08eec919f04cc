"""Right sentences as a model could write them, in ten languages, each with what it rests on. Ours; no model has written them."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

from agent.domain.money import Money
from agent.domain.reply import Claim
from agent.phrasing import Phrases, day, moment, money
from knowledge.search import Passage

#: Whether the checks were tuned on it.
TUNED, FRESH = "paraphrases", "paraphrases not tuned on"
Value = str | int | date | datetime | Money
#: Patterns and the facts that fill them: no two orders, dates or amounts are the same.
VALUES: dict[str, dict[str, Value]] = {
    "order-in-transit": {"order": "1042", "warehouse": "RTM", "date": date(2026, 5, 12), "carrier": "BlueLane Express"},
    "order-promised": {"date": date(2026, 5, 20)},
    "order-paid": {"order": "1043", "date": date(2026, 5, 17)},
    "order-unpaid": {"order": "1044", "date": date(2026, 5, 16)},
    "order-late": {"order": "1042", "promised": date(2026, 5, 14), "days": 6},
    "order-customs": {"order": "1045", "warehouse": "SZX", "date": date(2026, 5, 6), "carrier": "Kestrel Logistics"},
    "order-delivered": {"carrier": "PostHaste", "order": "1046", "date": date(2026, 5, 15)},
    "order-scan": {"state": "state-departed", "place": "Duisburg", "time": datetime(2026, 5, 16, 9, 40)},
    "order-tracking": {"tracking": "BL123456789NL", "url": "https://track.example/BL123456789NL"},
    "order-part-shipped": {"order": "1048", "parcels": 3, "date": date(2026, 5, 13)},
    "refund-done": {"amount": Money(7990, "EUR"), "date": date(2026, 5, 18)},
    "refund-started": {"amount": Money(129900, "EUR"), "date": date(2026, 5, 19)},
    "refund-none": {"order": "1046"},
    "stock-yes": {"product": "Murmo Earbuds Sage", "warehouse": "RTM"},
    "stock-restock": {"product": "Murmo Earbuds Sage", "date": date(2026, 6, 8)},
    "stock-no": {"product": "Murmo Earbuds Sage"},
}


@dataclass(frozen=True, slots=True)
class Paraphrase:
    language: str
    claim: Claim
    passages: tuple[Passage, ...]
    group: str


def paraphrases(phrases: Phrases) -> list[Paraphrase]:
    source = tomllib.loads(files("eval").joinpath("mutations/paraphrases.toml").read_text(encoding="utf-8"))
    return [_one(language, entry, phrases, at) for language, entries in source.items() for at, entry in enumerate(entries)]


def _one(language: str, entry: dict[str, Any], phrases: Phrases, at: int) -> Paraphrase:
    rests: list[str] = []
    filled: list[SimpleNamespace] = []
    passages: list[Passage] = []
    for key in entry["says"]:
        if key.startswith("> "):
            rests.append(key[2:])
            passages.append(Passage(f"{language}{at}", "article", language, "", "", key[2:], 0.9))
            filled.append(SimpleNamespace())
            continue
        values = {name: _shown(value, language, phrases) for name, value in VALUES[key].items()}
        rests.append(phrases.render(key, language, values))
        filled.append(SimpleNamespace(**values))
    claim = Claim(text=entry["text"].format(*filled), free=True, rests_on=tuple(rests))
    return Paraphrase(language, claim, tuple(passages), FRESH if entry.get("fresh") else TUNED)


def _shown(value: Value, language: str, phrases: Phrases) -> str | int:
    if isinstance(value, Money):
        return money(value, language)
    if isinstance(value, datetime):
        return moment(value, language)
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, str) and value.startswith("state-"):
        return phrases.render(value, language)
    return phrases.render(f"warehouse-{value}", language) if value in {"RTM", "SZX"} else value
