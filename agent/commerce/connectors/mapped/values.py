"""A source's word for a fact becomes ours. Pure; nothing is guessed: what can be read in two ways is not read at all."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from agent.commerce.connectors.mapped.mapping import Kind, Told

_MOST = 10**9
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u202f\u2009"), " ")


class Unreadable(ValueError):
    """Says what is wrong with the value, and the cure."""


class Dropped(Exception):
    """The mapping leaves out rows with this word."""


@dataclass(frozen=True, slots=True)
class Customs:
    """How numbers and times are written at the source."""

    zone: ZoneInfo
    decimal: str = "."
    thousands: str = ""


def value(kind: Kind, told: Told, raw: Any, customs: Customs) -> Any:
    """`raw` None or "" stands for a fact that is not told: then the default, and without one None.

    Raises Unreadable, Dropped.
    """
    given = raw if raw is not None and str(raw).strip() else told.default
    if given is None:
        return None
    if kind == "whole":
        return whole(given, told.times, customs)
    if kind == "text":
        return _word(text(given), told)
    at = time(given, told.format, customs.zone)
    return at.date() if kind == "day" and isinstance(at, datetime) else at


def text(raw: Any) -> str:
    """Numbers as they are written: an article may be called 1001."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise Unreadable("is no text; a path to one value is needed")
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return " ".join(str(raw).split())


def _word(word: str, told: Told) -> str:
    if not told.map:
        return word
    ours = {key.strip().casefold(): value for key, value in told.map.items()}.get(word.casefold())
    if ours == "" or (ours is None and told.unknown == "drop"):
        raise Dropped
    return word if ours is None else ours


def whole(raw: Any, times: Decimal, customs: Customs) -> int:
    """Pieces; below 0 is the source's affair."""
    amount = _number(raw, customs) * times
    if amount != amount.to_integral_value() or abs(amount) > _MOST:
        raise Unreadable(f"{_quoted(raw)} is no whole number of pieces; set `times` if the source counts otherwise")
    return int(amount)


def _number(raw: Any, customs: Customs) -> Decimal:
    if isinstance(raw, bool):
        raise Unreadable("is yes or no, and a number is needed")
    written = repr(raw) if isinstance(raw, int | float) else _plain(str(raw).translate(_BLANKS).strip(), customs, raw)
    try:
        number = Decimal(written)
    except InvalidOperation:
        raise Unreadable(_no_number(raw)) from None
    if not number.is_finite():
        raise Unreadable(_no_number(raw))
    return number


def _plain(written: str, customs: Customs, raw: Any) -> str:
    """With a point and without groups. "12-" is what some systems write for -12."""
    if written.endswith("-"):
        written = f"-{written[:-1].strip()}"
    point, group = re.escape(customs.decimal), re.escape(customs.thousands)
    grouped = rf"[+-]?\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d+)?" if group else r"(?!)"
    if re.fullmatch(grouped, written):
        written = written.replace(customs.thousands, "")
    elif not re.fullmatch(rf"[+-]?\d+(?:{point}\d+)?", written):
        raise Unreadable(_no_number(raw))
    return written.replace(customs.decimal, ".")


def _no_number(raw: Any) -> str:
    return f"{_quoted(raw)} is no number as this source writes them; check `decimal` and `thousands`"


def time(raw: Any, format_: str, zone: ZoneInfo) -> datetime | date:
    """Aware; a day alone stays a day. A time without a zone is the source's own."""
    if format_ in ("epoch", "epoch_ms"):
        return _epoch(raw, 1000 if format_ == "epoch_ms" else 1)
    written = str(raw).strip()
    try:
        if format_:
            at = datetime.strptime(written, format_)
        elif len(written) == 10:
            return date.fromisoformat(written)
        else:
            at = datetime.fromisoformat(written)
    except ValueError:
        how = f"written as {format_}" if format_ else "in ISO 8601, as in 2026-11-22T14:05:00+01:00"
        raise Unreadable(f"{_quoted(raw)} is no date {how}; set `format`") from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _epoch(raw: Any, per_second: int) -> datetime:
    try:
        return datetime.fromtimestamp(float(str(raw)) / per_second, UTC)
    except (ValueError, OverflowError, OSError):
        raise Unreadable(f"{_quoted(raw)} is no number of seconds since 1970; set `format`") from None


def _quoted(raw: Any) -> str:
    shown = str(raw)
    return f'"{shown[:30]}..."' if len(shown) > 30 else f'"{shown}"'
