"""The merchant's glossary: names that every translation keeps, and terms that have one right word in a language.

keep = ["Lumen & Loom", "Drift", "Beacon"]

[terms.de]                  # the language translated into
"store credit" = "Guthaben"
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from agent.errors import PortsideError

#: A letter or digit of a script that puts spaces between words: beside one, a name is part of a longer word.
_JOINED = r"[^\W\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]"
LONGEST = 120
_CODE = re.compile(r"[a-z]{2,3}")


class BadGlossary(PortsideError):
    """The glossary cannot be used. Mend what the message names; agent/brains/translation/glossary.py shows the form."""

    code = "bad_glossary"


@dataclass(frozen=True, slots=True)
class Glossary:
    """`keep`: names, letter for letter. `terms`: language -> a term as it may stand in a text, in any case -> its word in that language."""

    keep: tuple[str, ...] = ()
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    def keeping(self, *names: str) -> "Glossary":
        """With further names."""
        return replace(self, keep=tuple(dict.fromkeys([*self.keep, *(name for name in names if name.strip())])))

    def places(self, text: str, target: str) -> Iterator[tuple[int, int, str]]:
        """Where names and terms stand, longest first, and what is to stand there in `target`."""
        terms = self.terms.get(target, {})
        words = sorted([*((name, name, False) for name in self.keep), *((term, word, True) for term, word in terms.items())], key=_length)
        for said, becomes, any_case in words:
            for match in _whole(said, any_case).finditer(text):
                yield *match.span(), becomes if any_case else match.group()


NONE = Glossary()


def _length(word: tuple[str, str, bool]) -> int:
    return -len(word[0])


@lru_cache(maxsize=2048)
def _whole(word: str, any_case: bool) -> re.Pattern[str]:
    before = f"(?<!{_JOINED})" if re.match(_JOINED, word[0]) else ""
    after = f"(?!{_JOINED})" if re.match(_JOINED, word[-1]) else ""
    return re.compile(before + r"\s+".join(map(re.escape, word.split())) + after, re.IGNORECASE if any_case else 0)


def load(path: Path) -> Glossary:
    """An empty glossary where there is no file.

    Raises:
        BadGlossary: naming file and key.
    """
    if not path.exists():
        return NONE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadGlossary(f"{path}: cannot be read ({error}). Save it as a UTF-8 text file that the service may read.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadGlossary(f"{path}: is not TOML: {error}. Mend that line; texts stand between quotes.") from error
    if unknown := sorted(raw.keys() - {"keep", "terms"}):
        raise BadGlossary(f"{path}: does not know {', '.join(unknown)}. It has `keep`, a list of names, and tables [terms.LANGUAGE].")
    return Glossary(tuple(_word(path, "keep", name) for name in _list(path, raw.get("keep", []))), _terms(path, raw.get("terms", {})))


def _list(path: Path, found: Any) -> Sequence[Any]:
    if not isinstance(found, list):
        raise BadGlossary(f'{path}: keep must be a list of names: keep = ["Lumen & Loom"]')
    return cast(list[Any], found)


def _terms(path: Path, found: Any) -> dict[str, dict[str, str]]:
    tables = cast(dict[str, Any], found) if isinstance(found, dict) else {"": found}
    made: dict[str, dict[str, str]] = {}
    for code, table in tables.items():
        if not _CODE.fullmatch(code) or not isinstance(table, dict):
            raise BadGlossary(f'{path}: terms.{code} is no table of a language. Write [terms.de], below it "term" = "word".')
        words = cast(dict[str, Any], table)
        made[code] = {_word(path, f"terms.{code}", term): _word(path, f"terms.{code}.{term}", word) for term, word in words.items()}
    return made


def _word(path: Path, key: str, found: Any) -> str:
    if not isinstance(found, str) or not found.strip() or len(found) > LONGEST or re.search(r"[⟦⟧\n]", found):
        raise BadGlossary(f"{path}: {key}: {found!r} is no name or term. Give one line of at most {LONGEST} characters.")
    return found.strip()
