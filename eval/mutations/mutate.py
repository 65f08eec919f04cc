"""A right sentence, made wrong in one place. Every way is told by its kind. Pure; the same sentence gives the same mutants."""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from babel import Locale

from agent.domain.languages import UNSPACED
from agent.policy.checks.clauses import clauses
from agent.policy.checks.figures import Found, figures
from agent.policy.checks.lexicon import lexicon
from agent.policy.checks.plain import plain

_ENDS, _COMMAS = " .!?。！？؟", {"zh": "，", "ja": "、", "ar": "، "}
#: (kind of mistake, the sentence with it)
Mutant = tuple[str, str]
_LOCALE = {"zh": "zh_Hans", "pt": "pt_PT"}
_OTHER_SIGNS = {"€": "$", "EUR": "USD", "$": "€", "US$": "€", "£": "€", "¥": "€", "￥": "€", "USD": "EUR", "GBP": "EUR", "CNY": "EUR"}


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("eval").joinpath("mutations/words.toml").read_text(encoding="utf-8"))


def mutants(text: str, language: str) -> list[Mutant]:
    """All of them, without those that leave the sentence as it was."""
    read = plain(text)
    found = figures(text, language)
    made = [*_figures(read, found), *_swaps(read, found), *_dates(read, found, language), *_said(read, language)]
    return list(dict.fromkeys((kind, wrong) for kind, wrong in made if plain(wrong) != read))


def slips(text: str, language: str) -> list[str]:
    """The sentence with a clause more before its last mark: a demand, a secret that is asked for, a name, a crime, money. No mutants: some follow."""
    body, comma = text.rstrip(_ENDS), _COMMAS.get(language, ", ")
    return [f"{body}{comma}{slip}{text[len(body) :]}" for slip in _words()[language]["slips"]]


def _put(text: str, found: Found, new: str) -> str:
    return f"{text[: found.start]}{new}{text[found.end :]}"


def _figures(text: str, found: tuple[Found, ...]) -> Iterator[Mutant]:
    for each in found:
        written = text[each.start : each.end]
        if each.figure.kind in _KINDS:
            yield _KINDS[each.figure.kind], _put(text, each, _next_digit(written))
        if each.figure.kind == "money":
            yield "currency", _put(text, each, _other_currency(written))
        if each.figure.kind == "link":
            yield "link", _put(text, each, re.sub(r"(?<=//)[a-z]+", "evil", written))
        if each.figure.kind == "email":
            yield "e-mail", _put(text, each, written.replace("@", "@evil."))


_KINDS = {"id": "id", "money": "amount", "date": "date", "time": "time", "duration": "number", "number": "number", "percent": "number"}


def _next_digit(written: str) -> str:
    """The first digit that is not a leading zero, one higher: 12 May becomes 22 May, which is a date too where there is one."""
    place = re.search(r"[1-9]", written)
    if place is None:
        return f"{written}1"
    raised = str(int(place.group()) % 9 + 1)
    return f"{written[: place.start()]}{raised}{written[place.end() :]}"


def _other_currency(written: str) -> str:
    for sign in sorted(_OTHER_SIGNS, key=len, reverse=True):
        if sign in written:
            return written.replace(sign, _OTHER_SIGNS[sign])
    return written


def _swaps(text: str, found: tuple[Found, ...]) -> Iterator[Mutant]:
    """Two values of one kind in each other's place."""
    for one, other in combinations(found, 2):
        if one.figure.kind == other.figure.kind and one.figure != other.figure:
            first, second = text[one.start : one.end], text[other.start : other.end]
            yield "swap", f"{text[: one.start]}{second}{text[one.end : other.start]}{first}{text[other.end :]}"


def _dates(text: str, found: tuple[Found, ...], language: str) -> Iterator[Mutant]:
    """The next month's name; a weekday that it is not."""
    locale = Locale.parse(_LOCALE.get(language, language))
    months = [plain(name) for name in locale.months["format"]["wide"].values()]
    for each in found:
        if each.figure.kind != "date":
            continue
        written = text[each.start : each.end]
        for at, name in enumerate(months):
            if name in written and not name[:1].isdigit():
                yield "month", _put(text, each, written.replace(name, months[(at + 1) % 12]))
        day = _weekday(each.figure.value)
        if day is not None:
            wrong = plain(locale.days["format"]["wide"][(day + 1) % 7])
            yield "weekday", _put(text, each, f"{written} ({wrong})")


def _weekday(value: str) -> int | None:
    from datetime import date

    return date.fromisoformat(value).weekday() if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None


def _said(text: str, language: str) -> Iterator[Mutant]:
    words = _words()[language]
    for name, kind in (("negate", "negation"), ("opposites", "opposite")):
        for pair in words[name]:
            yield from ((kind, wrong) for wrong in _either_way(text, pair, language) if not _nonsense(wrong, text, language))
    space = "" if language in UNSPACED else " "
    yield from (("promise", f"{text}{space}{promise}") for promise in words["promises"])


def _nonsense(wrong: str, text: str, language: str) -> bool:
    """ "There is not no refund": a second denial in one clause, which says nothing else than the first."""
    denial = lexicon(language).negation
    before = [len(denial.findall(plain(text)[start:end])) for start, end in clauses(text, language)]
    after = [len(denial.findall(wrong[start:end])) for start, end in clauses(wrong, language)]
    return len(before) == len(after) and any(new > old > 0 for old, new in zip(before, after, strict=True))


def _either_way(text: str, pair: list[str], language: str) -> Iterator[str]:
    """The first place only. Where the longer of the two stands, the shorter is not looked for inside it."""
    short, long = sorted((plain(side) for side in pair), key=len)
    for old, new in ((long, short), (short, long)):
        place = _place(language)(old, text)
        if place:
            yield f"{text[: place.start()]}{new}{text[place.end() :]}"
            return


def _place(language: str) -> Callable[[str, str], re.Match[str] | None]:
    edge = (r"", r"") if language in UNSPACED else (r"(?<![\w'])", r"(?!\w)")
    return lambda word, text: re.search(f"{edge[0]}{re.escape(word)}{edge[1]}", text)
