"""Translations by a MarianMT or NLLB folder: sentence by sentence, within a time, refused when anything that must survive did not."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Protocol

import structlog

from agent.brains.breaker import REST, Breaker
from agent.brains.local.text import clean
from agent.brains.translation import glossary, manifest
from agent.brains.translation.faithful import unlike
from agent.brains.translation.glossary import Glossary
from agent.brains.translation.manifest import Manifest
from agent.brains.translation.marks import FORMS, MARK, in_it, mask, ours, unmask, written
from agent.brains.translation.weights import TooLong, TooSlow, Weights
from agent.domain.languages import UNSPACED
from agent.domain.reply import Translation
from agent.settings import Settings
from knowledge.sentences import sentences

log = structlog.get_logger()

#: Characters of a text, and how many forms of marks a sentence is tried with.
LONGEST, TRIES = 4000, 3
SECONDS = 8.0
BEAMS = 2


class Speaker(Protocol):
    """The part of Weights that is used here."""

    def survives(self, mark: str) -> bool: ...

    def say(self, sentences: Sequence[str], source: str, target: str, until: float) -> list[str]: ...


class FolderTranslator:
    """One thread of its own; the model is loaded by the first text. Never raises: `Translation.text` is None, and `engine` says why.

    After a text that took too long it refuses others for `rest` seconds: they would wait behind it, and a turn has several.
    """

    def __init__(
        self,
        speaks: Manifest,
        load: Callable[[], Speaker],
        words: Glossary = glossary.NONE,
        *,
        seconds: float = SECONDS,
        rest: float = REST,
    ) -> None:
        self._manifest = speaks
        self._load = load
        self._glossary = words
        self._seconds = seconds
        self._speaker: Speaker | None = None
        self._forms: tuple[str, ...] = ()
        self._thread = ThreadPoolExecutor(1, "translation")
        self._breaker = Breaker(limit=1, rest=rest)

    @property
    def name(self) -> str:
        return f"folder {self._manifest.name}"

    def speaks(self, source: str, target: str) -> bool:
        return self._manifest.speaks(source, target)

    async def translate(self, text: str, source: str, target: str) -> Translation:
        """Line breaks stay; ids, figures, links and names byte for byte."""
        if source == target or not text.strip():
            return Translation(language=target, text=text)
        if why := self._refuses(text, source, target):
            return self._none(target, why)
        until = time.monotonic() + self._seconds
        work = partial(self._translated, clean(text), source, target, until)
        try:
            # The thread looks at the time itself; this is for what it cannot interrupt, such as the loading.
            found = await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._thread, work), self._seconds + 0.5)
        except (TooSlow, TimeoutError):
            self._breaker.tell(well=False)
            return self._none(target, f"took longer than {self._seconds:g} s")
        except TooLong:
            return self._none(target, "a sentence is too long")
        except Exception as error:  # whatever a folder holds, the turn goes on
            log.warning("translation.failed", reason=type(error).__name__)
            return self._none(target, f"failed: {type(error).__name__}")
        self._breaker.tell(well=True)
        if found is None:
            return self._none(target, "lost numbers, addresses or names, or did not translate")
        return Translation(language=target, text=found, engine=self.name, bridged=self.speaks(target, source))

    def _refuses(self, text: str, source: str, target: str) -> str:
        if not self.speaks(source, target):
            return f"does not speak {source} to {target}"
        if len(text) > LONGEST:
            return f"longer than {LONGEST} characters"
        return "" if self._breaker.allows() else "was too slow just now"

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _none(self, target: str, why: str) -> Translation:
        return Translation(language=target, text=None, engine=f"none ({self.name} {why})")

    def _translated(self, text: str, source: str, target: str, until: float) -> str | None:
        speaker = self._ready()
        if time.monotonic() >= until:
            raise TooSlow
        masked, kept = mask(text, self._glossary, target)
        lines = [list(sentences(line, source)) for line in masked.split("\n")]
        units = [unit for line in lines for unit in line]
        said = self._said(speaker, units, source, target, until)
        if said is None:
            return None
        space, rest = "" if target in UNSPACED else " ", iter(said)
        whole = "\n".join(space.join(next(rest) for _ in line) for line in lines)
        return None if unlike(masked, whole, target) else unmask(whole, kept)

    def _ready(self) -> Speaker:
        if self._speaker is None:
            self._speaker = self._load()
            survivors = [form for form in FORMS if all(self._speaker.survives(form.format(number)) for number in (1, 2, 10))]
            self._forms = tuple(survivors or FORMS)[:TRIES]
        return self._speaker

    def _said(self, speaker: Speaker, units: Sequence[str], source: str, target: str, until: float) -> list[str] | None:
        """Every unit with its own marks, tried in one form after the other; None when one of them cannot be kept whole."""
        said: dict[int, str] = {at: unit for at, unit in enumerate(units) if not any(char.isalpha() for char in MARK.sub("", unit))}
        for form in self._forms:
            left = [at for at in range(len(units)) if at not in said]
            if not left:
                break
            made = speaker.say([written(units[at], form) for at in left], source, target, until)
            for at, text in zip(left, made, strict=True):
                back = ours(text, form)
                if in_it(back) == in_it(units[at]) and MARK.sub("", back).strip():
                    said[at] = back
        return [said[at] for at in range(len(units))] if len(said) == len(units) else None


def open_folder(settings: Settings) -> FolderTranslator | None:
    """The configured folder with the merchant's glossary; None when none is configured.

    Raises:
        NotReady: it is no folder of such a model; the message says what is missing.
        BadGlossary: the glossary cannot be used.
    """
    folder = settings.translation_model
    if folder is None:
        return None
    speaks = manifest.read(folder)
    words = glossary.load(settings.glossary).keeping(settings.brand)
    return FolderTranslator(speaks, partial(Weights, folder, speaks, BEAMS), words)
