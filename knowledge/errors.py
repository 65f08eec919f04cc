"""What can go wrong around the knowledge base; the docstring of an error is its message and names the cure."""

from __future__ import annotations

from typing import ClassVar


class KnowledgeError(Exception):
    """The knowledge base could not do what was asked."""

    status: ClassVar[int] = 500

    def __init__(self, detail: str = "") -> None:
        message = " ".join((type(self).__doc__ or "").split())
        super().__init__(f"{message} ({detail})" if detail else message)


class IndexLocked(KnowledgeError):
    """The vector index folder is open in another process and would be damaged by two.

    Stop that process, or run a Chroma server and set CHROMA_URL for both.
    """

    status: ClassVar[int] = 409


class IndexUnavailable(KnowledgeError):
    """The vector index can not be opened. Check that CHROMA_URL names a running Chroma server, or unset it and use a local folder."""

    status: ClassVar[int] = 503


class SyncRunning(KnowledgeError):
    """Another sync or prune of this knowledge base is running. Wait until it ends; it can be started again at any time."""

    status: ClassVar[int] = 409


class SyncOvertaken(KnowledgeError):
    """Somebody switched to another snapshot while this sync ran, so its work was not published. Sync again: it is quick now."""

    status: ClassVar[int] = 409


class SyncRefused(KnowledgeError):
    """The sources look damaged, so the active snapshot was left as it is. Check the folder; if the change is meant: portside sync --force."""

    status: ClassVar[int] = 422


class NoSuchSnapshot(KnowledgeError):
    """There is no such snapshot to switch to. List the snapshots and name one of them."""

    status: ClassVar[int] = 404


class BadPassagesFile(KnowledgeError):
    """The passages file has no usable line. It needs one JSON object a line with `id`, `text` and `language`."""

    status: ClassVar[int] = 422


class SourceFailed(KnowledgeError):
    """A source of articles could not be read. What it gave before stays published; mend the source, the next sync tries it again."""

    status: ClassVar[int] = 502
