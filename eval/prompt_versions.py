"""Prompts as they are and as they were: another folder or commit laid out to be read, and the record of what was last evaluated."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from eval.identity import ROOT
from prompts import Prompt, PromptError
from prompts.loader import read

FOLDER = ROOT / "prompts"
RECORD = Path(__file__).parent / "baselines" / "prompts.json"
State = Literal["same", "changed", "new", "gone", "unreadable"]
CURE = "Run: python -m eval prompts --record"


@dataclass(frozen=True, slots=True)
class Change:
    """A prompt then and now, as hashes; "" where there is none. An unreadable one was written for another loader."""

    name: str
    before: str
    after: str
    state: State


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a prompt's text was when it was last played through the cases. `model` is "none" when none was at hand."""

    version: int = 0
    hash: str = ""
    model: str = "none"
    split: str = ""
    turns: int = 0
    day: str = ""


def present(folder: Path = FOLDER) -> dict[str, Prompt]:
    """Raises PromptError."""
    return {file.stem: read(file, file.stem) for file in sorted(folder.glob("*.md"))}


def lay_out(against: str, into: Path) -> list[Change]:
    """Fills `into` with the prompts of a folder or a commit; where it has none that can be read, with today's.

    Raises:
        ValueError: there is no such folder or commit.
    """
    theirs = into / "theirs"
    theirs.mkdir(parents=True)
    _fetch(against, theirs)
    now, changes = present(), list[Change]()
    for name in sorted({*now, *(file.stem for file in theirs.glob("*.md"))}):
        file, today = theirs / f"{name}.md", now[name].hash if name in now else ""
        change = _change(name, file, today)
        changes.append(change)
        chosen = file if change.state in {"same", "changed", "gone"} else FOLDER / f"{name}.md"
        if chosen.is_file():
            shutil.copyfile(chosen, into / f"{name}.md")
    return changes


def _change(name: str, file: Path, today: str) -> Change:
    if not file.is_file():
        return Change(name, "", today, "new")
    try:
        then = read(file, name).hash
    except PromptError:
        return Change(name, "?", today, "unreadable")
    return Change(name, then, today, "gone" if not today else "same" if then == today else "changed")


def _fetch(against: str, into: Path) -> None:
    if Path(against).is_dir():
        for file in Path(against).glob("*.md"):
            shutil.copyfile(file, into / file.name)
        return
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{against}^{{commit}}").strip()
    if not commit:
        raise ValueError(f"{against!r} is neither a folder nor a commit. Name one: python -m eval prompts --against HEAD~1")
    for name in _git("ls-tree", "--name-only", commit, "prompts/").splitlines():
        if name.endswith(".md"):
            (into / Path(name).name).write_text(_git("show", f"{commit}:{name}"), encoding="utf-8")


def _git(*words: str) -> str:
    """Its output; "" when it fails."""
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=20, check=True)  # noqa: S603,S607
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def recorded(file: Path | None = None) -> dict[str, Evaluated]:
    """Raises ValueError when the file is no such record."""
    file = file or RECORD
    if not file.is_file():
        return {}
    try:
        return {name: Evaluated(**row) for name, row in json.loads(file.read_text(encoding="utf-8")).items()}
    except (ValueError, TypeError, AttributeError):
        raise ValueError(f"{file} is no record of prompts. {CURE}") from None


def faults(now: Mapping[str, Prompt], known: Mapping[str, Evaluated]) -> list[str]:
    """Prompts whose text is not the one on record, each with its cure."""
    found = [f"prompts/{name}.md is on record but gone. {CURE}" for name in sorted(known.keys() - now.keys())]
    for name, prompt in now.items():
        row = known.get(name)
        if row is None:
            found.append(f"prompts/{name}.md was never evaluated. {CURE}")
        elif row.hash != prompt.hash:
            found.append(
                f"prompts/{name}.md is not the one that was evaluated ({row.hash}, now {prompt.hash}). See what it changes. {CURE}"
            )
    return found


def record(
    now: Mapping[str, Prompt], known: Mapping[str, Evaluated], done: Evaluated, asked: Set[str] = frozenset(), file: Path | None = None
) -> list[str]:
    """Takes today's texts as evaluated. `done` tells how those that a model was `asked` with were; the other ones that changed have no model.

    Raises:
        ValueError: a text changed and its version did not: stored replies would tell two texts by one number.
    """
    changed = [name for name, prompt in now.items() if name not in known or known[name].hash != prompt.hash]
    if stale := [name for name in changed if name in known and now[name].version <= known[name].version]:
        told = ", ".join(f"prompts/{name}.md above {known[name].version}" for name in stale)
        raise ValueError(f"A text changed and its version did not. Raise `version` of {told}.")
    rows = {name: known[name] for name in now.keys() - set(changed)}
    rows |= {name: Evaluated(now[name].version, now[name].hash, "none", day=done.day) for name in changed}
    rows |= {name: replace(done, version=now[name].version, hash=now[name].hash) for name in asked & now.keys()}
    file = file or RECORD
    file.parent.mkdir(parents=True, exist_ok=True)
    body = {name: asdict(row) for name, row in sorted(rows.items())}
    file.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return sorted({*changed, *asked} & now.keys())
