"""What a photo looks like, in 1,280 figures: EfficientNet-Lite0's features, by onnxruntime without torch."""

import hashlib
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Protocol, cast

import numpy as np
import numpy.typing as npt

from agent.errors import NotReady
from agent.vision.pixels import Pixels

FILE: Final = "photo-features.onnx"
SIZE: Final = 1280
SIDE: Final = 224
#: float32, length 1, shape (1280,).
Vector = npt.NDArray[np.float32]


class Extracts(Protocol):
    """What recognition and diagnosis need of an extractor. Features of different fingerprints do not compare."""

    @property
    def fingerprint(self) -> str: ...

    def vector(self, pixels: Pixels) -> Vector: ...


class Extractor:
    """Loads at the first photo. Thread-safe; a call takes 15 ms of CPU: make it in a thread."""

    def __init__(self, models: Path) -> None:
        self._file = models / FILE
        self._lock = threading.Lock()
        self._session: Any = None

    @property
    def fingerprint(self) -> str:
        """Raises NotReady when the network is not prepared."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(self._read()).hexdigest()[:16]

    def vector(self, pixels: Pixels) -> Vector:
        """Raises NotReady when the network is not prepared."""
        outputs = self._loaded().run(["features"], {"pictures": prepared(pixels)})
        return cast("Vector", outputs[0][0])

    def _loaded(self) -> Any:
        with self._lock:
            if self._session is None:
                import onnxruntime

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = options.inter_op_num_threads = 1
                options.log_severity_level = 3
                # Its own arena stays: without one, the heap grew by 300 MB while 28 pictures were looked at.
                self._session = onnxruntime.InferenceSession(self._read(), options, providers=["CPUExecutionProvider"])
        return self._session

    def _read(self) -> bytes:
        try:
            return self._file.read_bytes()
        except OSError as error:
            raise NotReady(
                f"The network that looks at photos is not prepared in {self._file.parent}. Run: portside models prepare"
            ) from error


def prepared(pixels: Pixels) -> npt.NDArray[np.float32]:
    """As the network was trained: the whole picture at 224 x 224, bicubic, RGB, (x - 127) / 128; shape (1, 3, 224, 224)."""
    from PIL import Image

    small = Image.fromarray(pixels).resize((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
    scaled = (np.asarray(small, np.float32) - 127.0) / 128.0
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[np.newaxis])


def prepare(models: Path, step: Callable[[str], None]) -> Path:
    """Write the network to the models folder, once. torch is loaded by a process of its own, so that ours stays small."""
    target = models / FILE
    if not target.is_file():
        step("photos: writing the network that looks at them")
        models.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "agent.vision.network", str(target)], capture_output=True, text=True, check=False, timeout=300
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
            raise NotReady(f"The network that looks at photos could not be written: {last[0]}. Run `portside models prepare` again.")
    return target
