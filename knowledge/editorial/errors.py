"""What can go wrong while articles are edited; the docstring of an error is its message and names the cure."""

from __future__ import annotations

from typing import Any, ClassVar

from knowledge.errors import KnowledgeError


class EditorialError(KnowledgeError):
    """The article could not be changed."""

    code: ClassVar[str] = "knowledge"

    def __init__(self, message: str = "", **more: Any) -> None:
        """`more` is shown beside the message, as JSON."""
        Exception.__init__(self, message or " ".join((type(self).__doc__ or "").split()))
        self.more = more


class DraftConflict(EditorialError):
    """Somebody saved this article meanwhile. Nothing was overwritten: compare the two and choose."""

    status: ClassVar[int] = 409
    code = "conflict"


class NoSuchText(EditorialError):
    """There is no such article, draft or revision. Look in the list of articles."""

    status: ClassVar[int] = 404
    code = "not_found"


class NotFit(EditorialError):
    """The draft is not fit to be published yet. Mend what is named, then try again."""

    status: ClassVar[int] = 422
    code = "problems"


class NotAllowed(EditorialError):
    """You may not do this with this draft. Ask a reviewer who did not edit it."""

    status: ClassVar[int] = 403
    code = "forbidden"


class TooLarge(EditorialError):
    """The article is larger than 200,000 characters. Split it into several."""

    status: ClassVar[int] = 413
    code = "too_large"
