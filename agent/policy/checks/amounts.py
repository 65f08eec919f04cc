"""Numbers, money and percentages as they are written in any of the languages. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache, partial

from agent.policy.checks.lexicon import CODES, Lexicon

#: 1,299.00  1.299,00  1 299,00  1'299  4.90  12
NUM = r"(?<!\d)(?<!\d[.,])(?:\d{1,3}(?:[ .,']\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)?)"
_MULTIPLES = {"千": 1000, "万": 10_000, "萬": 10_000, "億": 10**8, "亿": 10**8}
_MULTIPLE = "[千万萬億亿]"
_CJK = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CJK_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
CJK_NUM = "[零〇一二两兩三四五六七八九十百千万]+"


def number(written: str) -> str:
    """One way of writing: "1.299,00" and "1,299" are "1299", "4,90" is "4.9". Three digits behind the only mark are thousands, as in prices."""
    digits = re.sub(r"(?<=\d)[ '](?=\d{3})", "", written)
    marks = [char for char in digits if char in ".,"]
    if len(set(marks)) == 2:
        digits = digits.replace(marks[0], "").replace(marks[-1], ".")
    elif len(marks) > 1 or re.search(r"^[1-9]\d{0,2}[.,]\d{3}$", digits):
        digits = re.sub("[.,]", "", digits)
    return _shortest(Decimal(digits.replace(",", ".")))


def _shortest(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def cjk_number(written: str) -> int:
    """ "二十四" is 24. Characters without a unit are read digit by digit."""
    total = current = 0
    for char in written:
        if char in _CJK:
            current = _CJK[char] if not current or any(unit in written for unit in _CJK_UNITS) else current * 10 + _CJK[char]
        elif char == "万":
            total, current = (total + current) * 10_000, 0
        else:
            total, current = total + (current or 1) * _CJK_UNITS[char], 0
    return total + current


def times_ten(written: str, multiple: str | None) -> str:
    return _shortest(Decimal(number(written)) * _MULTIPLES[multiple]) if multiple else number(written)


@lru_cache(maxsize=64)
def _money(words: Lexicon) -> re.Pattern[str]:
    signs = sorted(words.currencies, key=len, reverse=True)
    every = "|".join(map(partial(_sign, dense=words.dense), signs))
    before = rf"(?<![A-Za-z])(?P<c1>{every})\s?(?P<n1>{NUM})(?P<m1>{_MULTIPLE})?"
    return re.compile(rf"{before}|(?P<n2>{NUM})\s?(?P<m2>{_MULTIPLE})?\s?(?P<c2>{every})", re.IGNORECASE)


@lru_cache(maxsize=64)
def _codes(words: Lexicon) -> dict[str, str]:
    return {sign.casefold(): code for sign, code in words.currencies.items()}


def _sign(sign: str, dense: bool) -> str:
    """Codes are written in capitals: "try" is no Turkish lira. A word ends where its letters end; a sign or a Chinese word need not."""
    ends = r"(?![^\W\d_])" if sign[-1:].isalpha() and not dense else ""
    return f"(?-i:{sign}){ends}" if sign in CODES else f"{re.escape(sign)}{ends}"


def money(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    """As "79.9 EUR"."""
    for match in _money(words).finditer(text):
        side = "1" if match["n1"] else "2"
        value = times_ten(match[f"n{side}"], match[f"m{side}"])
        yield match.start(), match.end(), f"{value} {_codes(words)[match[f'c{side}'].casefold()]}"


@lru_cache(maxsize=64)
def _percent(words: Lexicon) -> re.Pattern[str]:
    said = words.any_of(words.words("percent"))
    return re.compile(rf"(?P<a>{NUM})\s?(?:%|{said})|%\s?(?P<b>{NUM})", re.IGNORECASE)


_OF_HUNDRED = re.compile(rf"百分之(?:(?P<d>\d+(?:\.\d+)?)|(?P<c>{CJK_NUM}))|(?:(?P<fd>\d(?:\.\d)?)|(?P<fc>[一二三四五六七八九]))折")


def percents(text: str, words: Lexicon) -> Iterator[tuple[int, int, str]]:
    """A Chinese "nine tenths" of the price is ten per cent off."""
    for match in _percent(words).finditer(text):
        yield match.start(), match.end(), number(match["a"] or match["b"])
    for match in _OF_HUNDRED.finditer(text) if words.dense else ():
        fold = match["fd"] or match["fc"]
        if fold:
            yield match.start(), match.end(), _shortest(100 - 10 * Decimal(fold if fold.isascii() else cjk_number(fold)))
        else:
            yield match.start(), match.end(), number(match["d"]) if match["d"] else str(cjk_number(match["c"]))
