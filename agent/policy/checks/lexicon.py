"""The words of one language that the checks look for: its own list in words/, months and money from Babel. Loaded once. Pure data."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_symbol

from agent.domain.languages import SUPPORTED
from agent.policy.checks.plain import is_dense, plain

_LOCALE = {"zh": "zh_Hans", "pt": "pt_PT", "en": "en_GB"}
#: What a bare sign means where the language itself does not say.
_SIGNS = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "₽": "RUB",
    "₹": "INR",
    "₩": "KRW",
    "zł": "PLN",
    "kr": "SEK",
    "Fr.": "CHF",
    "₺": "TRY",
}
CODES = (
    *("EUR", "USD", "GBP", "JPY", "CNY", "RUB", "SAR", "AED", "CHF", "BRL", "MXN", "CAD", "AUD", "SGD", "HKD"),
    *("INR", "KRW", "PLN", "SEK", "NOK", "DKK", "CZK", "HUF", "TRY", "NZD", "ZAR", "KWD", "MAD", "QAR"),
)
NEVER = re.compile(r"(?!)")
#: What may be written on to the front of an Arabic word: and, so, in, to, like, the.
_JOINED = "(?:[وف])?(?:[بلكس])?(?:ال|لل)?"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """`data` is the file's; a language without a file has months and money alone."""

    language: str
    data: Mapping[str, Any]

    @property
    def dense(self) -> bool:
        return is_dense(self.language)

    def words(self, name: str) -> list[str]:
        return list(self.data.get(name, ()))

    def table(self, name: str) -> dict[str, Any]:
        return dict(self.data.get(name, {}))

    def any_of(self, entries: Iterable[str]) -> str:
        """A pattern's source: any of the entries as whole words, the longest first."""
        made = sorted({plain(entry) for entry in entries}, key=len, reverse=True)
        if not made:
            return NEVER.pattern
        every = "|".join(re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for entry in made)
        if self.dense:
            return f"(?:{every})"
        return rf"(?<!\w){_JOINED if self.language == 'ar' else ''}(?:{every})(?!\w)"

    def pattern(self, entries: Iterable[str]) -> re.Pattern[str]:
        return re.compile(self.any_of(entries), re.IGNORECASE)

    @cached_property
    def locale(self) -> Locale:
        try:
            return Locale.parse(_LOCALE.get(self.language, self.language), sep="_")
        except (UnknownLocaleError, ValueError):
            return Locale("en")

    @cached_property
    def months(self) -> dict[str, int]:
        names = {}
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names |= {plain(name).casefold().rstrip("."): month for month, name in self.locale.months[form][width].items()}
        return {name: month for name, month in names.items() if not name[:1].isdigit()}

    @cached_property
    def weekdays(self) -> dict[str, str]:
        """Word -> weekday1 (Monday) ... weekday7."""
        names: dict[str, str] = {}
        if self.language not in {"ru", "ar", "zh", "ja"}:  # declined, ambiguous or short: their own lists say it
            for form in ("format", "stand-alone"):
                names |= {f"{plain(name).casefold()}*": f"weekday{day + 1}" for day, name in self.locale.days[form]["wide"].items()}
        return names

    @cached_property
    def currencies(self) -> dict[str, str]:
        """Sign, code or word -> ISO code."""
        found = _SIGNS | {code: code for code in CODES}
        found |= {plain(get_currency_symbol(code, self.locale)): code for code in CODES}
        return found | {plain(word): code for code, words in self.table("currencies").items() for word in words}

    @cached_property
    def negation(self) -> re.Pattern[str]:
        return self.pattern(self.words("negations"))

    @cached_property
    def ignored(self) -> re.Pattern[str]:
        return self.pattern(self.words("ignored"))

    @cached_property
    def conditions(self) -> re.Pattern[str]:
        """Words without which a rule holds always."""
        return self.pattern(self.words("conditions"))

    @cached_property
    def capitals(self) -> re.Pattern[str]:
        """Words that are written large in the middle of a sentence, and are no names."""
        return self.pattern(self.words("capitals"))

    @cached_property
    def commits(self) -> re.Pattern[str]:
        return self.pattern(self.words("commits"))

    @cached_property
    def done(self) -> re.Pattern[str]:
        return self.pattern([*self.words("commits"), *self.words("dones")])

    @cached_property
    def until(self) -> re.Pattern[str]:
        return self.pattern(self.words("until"))

    @cached_property
    def whiles(self) -> re.Pattern[str]:
        return self.pattern(self.words("whiles"))

    @cached_property
    def pending(self) -> re.Pattern[str]:
        return self.pattern(self.words("pending"))

    @cached_property
    def topics(self) -> dict[str, re.Pattern[str]]:
        return {name: self.pattern(entries) for name, entries in self.table("topics").items()}

    @cached_property
    def sided(self) -> re.Pattern[str]:
        """All words that have an opposite."""
        return self.pattern(entry for sides in self.table("antonyms").values() for side in sides for entry in side)

    def sides(self, said: str) -> tuple[tuple[str, bool], ...]:
        """What such a word stands for: (what it is about, which side)."""
        folded = " ".join(said.casefold().split())
        exact, stems = self._sides
        if folded in exact:
            return exact[folded]
        fitting = [entry for entry in (*exact, *stems) if folded.endswith(entry) or (entry in stems and entry in folded)]
        best = max(fitting, key=len, default="")
        return stems.get(best) or exact.get(best, ())

    @cached_property
    def _sides(self) -> tuple[dict[str, tuple[tuple[str, bool], ...]], dict[str, tuple[tuple[str, bool], ...]]]:
        """Whole words, and beginnings of words."""
        exact: dict[str, tuple[tuple[str, bool], ...]] = {}
        stems: dict[str, tuple[tuple[str, bool], ...]] = {}
        for name, both in self.table("antonyms").items():
            for side, entries in zip((True, False), both, strict=True):
                for entry in (plain(each).casefold() for each in entries):
                    table = stems if "*" in entry else exact
                    key = entry.rstrip("*")
                    table[key] = (*table.get(key, ()), (name, side))
        return exact, stems


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    if language not in SUPPORTED:
        return Lexicon(language, {})
    source = files("agent").joinpath(f"policy/checks/words/{language}.toml")
    return Lexicon(language, tomllib.loads(source.read_text(encoding="utf-8")))
