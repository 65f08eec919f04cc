"""What a model folder speaks, read from its small files: no weights are loaded to find that out."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from agent.brains.translation.codes import NLLB, short
from agent.errors import NotReady

Kind = Literal["marian", "nllb", "m2m100"]
CURE = "Point PORTSIDE_TRANSLATION_MODEL at a folder of a MarianMT or NLLB model as `save_pretrained` writes it, or unset it."
#: Files that may list a tokenizer's languages.
_LISTS = ("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "tokenizer.json")
_PAIR = re.compile(r"opus-mt-(?:tc-)?(?:\w+-)?([a-z]{2,3})-([a-z]{2,3})$")


@dataclass(frozen=True, slots=True)
class Manifest:
    """`codes`: language -> as the model calls it; a Marian folder has one direction, `pair`."""

    name: str
    kind: Kind
    codes: dict[str, str]
    pair: tuple[str, str] | None = None

    def speaks(self, source: str, target: str) -> bool:
        if self.pair:
            return (source, target) == self.pair
        return source != target and source in self.codes and target in self.codes


def read(folder: Path) -> Manifest:
    """Raises NotReady, with the cure, for what is no such folder."""
    config, tokenizer = _json(folder, "config.json"), _json(folder, "tokenizer_config.json")
    kind = config.get("model_type")
    if kind == "marian":
        return _marian(folder, tokenizer)
    if kind != "m2m_100":
        raise NotReady(f"{folder} holds a model of the type {kind!r}. {CURE}")
    nllb = "Nllb" in str(tokenizer.get("tokenizer_class", ""))
    known = "".join(_text(folder / name) for name in _LISTS)
    names = NLLB if nllb else {code: f"__{code}__" for code in NLLB}
    codes = {code: name for code, name in names.items() if f'"{name}"' in known}
    if len(codes) < 2:
        raise NotReady(f"{folder} names fewer than two languages in {', '.join(_LISTS)}. {CURE}")
    return Manifest(folder.name, "nllb" if nllb else "m2m100", codes)


def _marian(folder: Path, tokenizer: dict[str, Any]) -> Manifest:
    source, target = tokenizer.get("source_lang"), tokenizer.get("target_lang")
    named = _PAIR.search(folder.name)
    if not (source and target) and named:
        source, target = named.groups()
    if not (isinstance(source, str) and isinstance(target, str)):
        raise NotReady(f"{folder}/tokenizer_config.json does not say source_lang and target_lang. Add them, such as de and en.")
    pair = short(source), short(target)
    return Manifest(folder.name, "marian", dict.fromkeys(pair, ""), pair)


def _json(folder: Path, name: str) -> dict[str, Any]:
    try:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotReady(f"{folder}/{name} cannot be read ({error}). {CURE}") from error
    return cast(dict[str, Any], found) if isinstance(found, dict) else {}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""
