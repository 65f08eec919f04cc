"""What a model call costs: the merchant's prices, and the most that a call can cost before it is made."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import cast, get_args

from agent.domain.model_call import Size
from agent.errors import NotReady

#: Tokens of a message's frame, and of one picture at the size that we send.
FRAME, PICTURE = 16, 1600
#: Answers are bounded by step. A translation may be as long as what it translates.
TOKENS_OUT = {"triage": 600, "argue": 500, "translate": 4000, "summarise": 400, "diagnose": 700}
DEFAULT_OUT = 2000
#: Letters of English words share tokens; other signs of ASCII have their own; other scripts take up to two a character, pictographs four.
_LETTERS, _ASCII, _WIDE = re.compile(r"[A-Za-z ]+"), re.compile(r"[\x00-\x7f]"), re.compile(r"[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Price:
    """Euro for a million tokens, which is micro-euro for one: in, out, and in from the provider's prefix cache."""

    read: float
    written: float
    cached: float

    def of(self, tokens_in: int, tokens_out: int, tokens_cached: int = 0) -> int:
        """Micro-euro, rounded up."""
        cached = min(tokens_cached, tokens_in)
        return math.ceil((tokens_in - cached) * self.read + cached * self.cached + tokens_out * self.written)


def prices(text: str) -> dict[Size, Price]:
    """Read "small 0.5 2, large 3 15 0.3": by class the euro for a million tokens in, out and, if told, in from the cache.

    Raises:
        NotReady: a class is missing, or a figure is none.
    """
    found: dict[Size, Price] = {}
    for part in text.split(","):
        size, *figures = part.split() or [""]
        if size not in get_args(Size) or len(figures) not in (2, 3) or not all(_is_price(figure) for figure in figures):
            raise NotReady(
                f'PORTSIDE_MODEL_PRICES: "{part.strip()}" is no price. Write, for each class: small 0.5 2, large 3 15, vision 3 15'
            )
        read, written, *cached = map(float, figures)
        found[cast(Size, size)] = Price(read, written, cached[0] if cached else read)
    if missing := [size for size in get_args(Size) if size not in found]:
        raise NotReady(f"PORTSIDE_MODEL_PRICES names no price for {', '.join(missing)}. Add it, or 0 0 for a model of your own.")
    return found


def _is_price(figure: str) -> bool:
    return re.fullmatch(r"\d{1,6}(\.\d{1,6})?", figure) is not None


def most_out(prompt: str) -> int:
    return TOKENS_OUT.get(prompt, DEFAULT_OUT)


def most_in(texts: Iterable[str], pictures: int = 0) -> int:
    """More tokens than the texts are likely to have with any tokeniser."""
    return sum(_tokens(text) + FRAME for text in texts) + pictures * PICTURE


@lru_cache(maxsize=64)
def _tokens(text: str) -> int:
    # Cached: a prompt's instructions are the same from turn to turn.
    bare = _LETTERS.sub("", text)
    foreign = len(_ASCII.sub("", bare))
    return math.ceil((len(text) - len(bare)) / 3) + len(bare) + foreign + 2 * len(_WIDE.findall(bare))
