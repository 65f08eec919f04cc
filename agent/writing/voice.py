"""The merchant's voice guide: how a brand writes on a channel in a language, and what a text of a model breaks of it."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.domain.languages import UNSPACED
from agent.errors import NotReady

#: How many emoji "few" are.
FEW = 2
Emoji = Literal["none", "few"]
NONE: Emoji = "none"
#: "*" stands for every language.
ALL = "*"
_PICTURE = r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\u2B55][\U0001F3FB-\U0001F3FF\uFE0F\u20E3]*"
#: One of them is what a reader sees as one: with its skin tone, family or flag.
_EMOJI = re.compile(rf"[\U0001F1E6-\U0001F1FF]{{2}}|{_PICTURE}(?:\u200D{_PICTURE})*")

Said = TypeVar("Said")
Code = Annotated[str, Field(pattern=r"^(?:[a-z]{2}|\*)$")]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\n⟦⟧]+$")]


class Layer(BaseModel):
    """What one part of the guide says; None and {} say nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    tone: Line | None = None
    letter: bool | None = None
    greeting: dict[Code, Line] = {}
    greeting_unnamed: dict[Code, Line] = {}
    closing: dict[Code, Line] = {}
    emoji: Emoji | None = None
    formality: dict[Code, Line] = {}
    sentence_words: Annotated[int, Field(ge=5, le=80)] | None = None
    forbidden: dict[Code, list[Line]] = {}


class BrandLayer(Layer):
    channel: dict[str, Layer] = {}


class Guide(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    base: Layer = Layer()
    channel: dict[str, Layer] = {}
    brand: dict[str, BrandLayer] = {}


@dataclass(frozen=True)
class Voice:
    """How one brand writes on one channel in one language. Greetings and closing are "" where none is said, or a reply is no letter."""

    language: str
    tone: str = ""
    greeting: str = ""
    greeting_unnamed: str = ""
    closing: str = ""
    emoji: Emoji = NONE
    formality: str = ""
    sentence_words: int = 24
    forbidden: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """For a prompt, one rule a line."""
        unit = f"{2 * self.sentence_words} characters" if self.language in UNSPACED else f"{self.sentence_words} words"
        told = [f"tone: {self.tone}"] if self.tone else []
        told += [f"address the customer as: {self.formality}"] if self.formality else []
        told += [
            f"no sentence of more than {unit}",
            "no emoji" if self.emoji == "none" else f"at most {FEW} emoji, none when the customer is upset",
        ]
        return told + ([f"never use: {'; '.join(self.forbidden)}"] if self.forbidden else [])

    def faults(self, text: str) -> list[str]:
        """What a text that a model wrote breaks: forbidden words, too many emoji. Quotations are not to be shown to it."""
        text = unicodedata.normalize("NFC", text)
        found = [
            f"a word that the voice guide forbids: {word}" for word in dict.fromkeys(match.group() for match in self._words.finditer(text))
        ]
        count = len(_EMOJI.findall(text))
        if count > (0 if self.emoji == "none" else FEW):
            found.append(f"more emoji than the voice guide allows ({count})")
        return found

    def greeted(self, name: str) -> str:
        return self.greeting.replace("{name}", name) if name else self.greeting_unnamed

    def closed(self, brand: str) -> str:
        return self.closing.replace("{brand}", brand)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        if not self.forbidden:
            return re.compile(r"(?!)")
        edge = "" if self.language in UNSPACED else r"\b"
        words = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else edge) for word in self.forbidden)
        return re.compile(f"{edge}(?:{'|'.join(words)})", re.IGNORECASE)


class Voices:
    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._known: dict[tuple[str, str, str], Voice] = {}

    def of(self, brand: str, channel: str, language: str) -> Voice:
        key = (brand, channel, language)
        if key not in self._known:
            self._known[key] = _voice(self._layers(brand, channel), language)
        return self._known[key]

    def _layers(self, brand: str, channel: str) -> list[Layer]:
        own = self._guide.brand.get(brand, BrandLayer())
        return [self._guide.base, self._guide.channel.get(channel, Layer()), own, own.channel.get(channel, Layer())]


def _voice(layers: list[Layer], language: str) -> Voice:
    letter = _last((layer.letter for layer in layers), False)
    words = [word for layer in layers for code in (ALL, language) for word in layer.forbidden.get(code, [])]
    return Voice(
        language=language,
        tone=_last((layer.tone for layer in layers), ""),
        greeting=_last((_in(layer.greeting, language) for layer in layers), "") if letter else "",
        greeting_unnamed=_last((_in(layer.greeting_unnamed, language) for layer in layers), "") if letter else "",
        closing=_last((_in(layer.closing, language) for layer in layers), "") if letter else "",
        emoji=_last((layer.emoji for layer in layers), NONE),
        formality=_last((_in(layer.formality, language) for layer in layers), ""),
        sentence_words=_last((layer.sentence_words for layer in layers), 24),
        forbidden=tuple(dict.fromkeys(unicodedata.normalize("NFC", word) for word in words)),
    )


def _in(texts: dict[str, str], language: str) -> str | None:
    return texts.get(language, texts.get(ALL))


def _last(said: Iterable[Said | None], otherwise: Said) -> Said:
    return ([value for value in said if value is not None] or [otherwise])[-1]


def load(path: Path | None = None) -> Voices:
    """The merchant's guide, else the one that Portside brings.

    Raises:
        NotReady: the file is missing or wrong; the message names file, key and cure.
    """
    source: Traversable = path or files("prompts").joinpath("voice.toml")
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotReady(f"The voice guide {source} can not be read ({error.strerror}). Mend PORTSIDE_VOICE, or unset it.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotReady(f"The voice guide {source} is not TOML: {error}. Mend it there.") from error
    try:
        return Voices(Guide.model_validate(raw))
    except ValidationError as error:
        raise NotReady(f"The voice guide {source} is wrong: {_first(error)}. prompts/voice.toml shows every key.") from error


def _first(error: ValidationError) -> str:
    """The first fault with the key it is at."""
    fault = error.errors()[0]
    key = ".".join(str(part) for part in fault["loc"] if part != "[key]")
    return f"{key}: there is no such key" if fault["type"] == "extra_forbidden" else f"{key}: {fault['msg'].lower()}"
