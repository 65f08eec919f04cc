"""How sure the agent must be, per remedy, before it acts alone. A remedy without a threshold is handed over."""

import json
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from agent.domain.decision import RemedyKind
from agent.errors import UnsafeSettings


@dataclass(frozen=True, slots=True)
class Threshold:
    """`bound`: upper bound of the wrong-resolution rate at 95 % confidence on `n` cases at this threshold, `wrong` of them wrong.

    `certified`: the bound is under `limit`. One that is not is provisional: the demo acts on it, nobody else.
    """

    minimum: float
    n: int
    bound: float
    wrong: int = 0
    limit: float = 0.0
    certified: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`basis` is "certified" when at least one remedy is, else "provisional".

    They hold for the `reader` whose confidences were measured: another's mean something else, and are in `others` if anybody measured them.
    `source` says what was measured ("calibration" cases or a live "log"), `data` is its digest, `measured` the day (ISO).
    """

    basis: str
    by_remedy: dict[RemedyKind, Threshold]
    data: str = ""
    measured: str = ""
    source: str = ""
    reader: str = "local"
    others: tuple["Thresholds", ...] = ()

    def minimum(self, kind: RemedyKind, *, demo: bool, reader: str = "local") -> float | None:
        """The least confidence of this reader for this remedy; None means: always hand over. The demo takes ours for any reader's."""
        measured = next((table for table in (self, *self.others) if table.reader == reader), self if demo else None)
        found = measured.by_remedy.get(kind) if measured else None
        return found.minimum if found and (found.certified or demo) else None


#: Fields of the file beside its remedies.
_FIELDS = frozenset({"basis", "remedies", "data", "measured", "source", "confidence", "reader"})


def load(text: str | None = None) -> Thresholds:
    """From the JSON file beside this module, or from `text`.

    Raises:
        ValueError: when a remedy or a field is unknown.
    """
    raw = json.loads(text or files("agent.policy").joinpath("thresholds.json").read_text(encoding="utf-8"))
    unknown = raw.keys() - _FIELDS
    if unknown:
        raise ValueError(f"thresholds.json: unknown {', '.join(sorted(unknown))}. Write it with: python -m eval calibrate")
    try:
        by_remedy = {RemedyKind(kind): Threshold(**entry) for kind, entry in raw["remedies"].items()}
    except TypeError as error:
        raise ValueError(f"thresholds.json: a remedy has minimum, n, wrong, bound, limit and certified ({error})") from error
    told = {name: raw[name] for name in ("data", "measured", "source", "reader") if name in raw}
    return Thresholds(raw["basis"], by_remedy, **told)


def with_others(path: Path | None) -> Thresholds:
    """Ours, and those of another reader in a file of the merchant.

    Raises:
        UnsafeSettings: it cannot be read, or is not one that `python -m eval calibrate` writes.
    """
    if path is None:
        return load()
    try:
        return replace(load(), others=(load(path.read_text(encoding="utf-8")),))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnsafeSettings(
            f"PORTSIDE_THRESHOLDS: {path} cannot be used ({error}). Write it with: python -m eval calibrate --to {path}"
        ) from error
