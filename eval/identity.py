"""What was measured: equal identities give equal results, so that a run can be resumed and compared."""

import hashlib
import json
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from agent.brains.local import heads
from agent.policy.thresholds import Thresholds
from agent.settings import Settings
from eval import shelf
from knowledge.encoder import model
from knowledge.entry import entries
from knowledge.sources.folder import FolderSource

ROOT = Path(__file__).parents[1]
#: What decides how a case comes out. The scorers are not among it: they look at records afterwards.
SOURCES = ("agent", "knowledge", "prompts", "eval/world.py", "eval/world.toml", "eval/stage.py", "eval/faults.py", "eval/record.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    commit: str  # with "+" when files differ from it
    source: str  # digest of the code and texts that were run
    data: str  # digest of the cases
    brain: str
    embedding: str
    heads: str
    prompts: str
    knowledge: str
    thresholds: str
    mode: str  # "certified" or "demo"
    seed: int = 0

    @property
    def key(self) -> str:
        """Equal for runs whose records are interchangeable."""
        same = {name: value for name, value in asdict(self).items() if name != "commit"}
        return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()[:12]


def identify(settings: Settings, thresholds: Thresholds, data: str, *, demo: bool, seed: int = 0) -> Identity:
    prepared = model.read(settings.models)
    return Identity(
        commit=commit(),
        source=_digest(ROOT / name for name in SOURCES),
        data=data,
        brain=settings.model_small or "local",
        embedding=prepared.fingerprint,
        heads=heads.path(settings.models, prepared.fingerprint).stem,
        prompts=_digest([ROOT / "prompts"]),
        knowledge=shelf.digest(entries(FolderSource(settings.corpus).read().articles)),
        thresholds=hashlib.sha256(repr(thresholds).encode()).hexdigest()[:12],
        mode="demo" if demo else "certified",
        seed=seed,
    )


def commit() -> str:
    """Short hash of the checkout; "" outside one."""

    def git(*words: str) -> str:
        try:
            return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, timeout=10, check=True).stdout.strip()  # noqa: S603,S607
        except (OSError, subprocess.SubprocessError):
            return ""

    return git("rev-parse", "--short", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")


def _digest(paths: Iterable[Path]) -> str:
    made = hashlib.sha256()
    for path in paths:
        files = [path] if path.is_file() else sorted(path.rglob("*"))
        for file in files:
            if file.is_file() and file.suffix in {".py", ".yaml", ".toml", ".ftl", ".md", ".json"}:
                made.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return made.hexdigest()[:12]
