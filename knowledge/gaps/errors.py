"""What can go wrong with gaps and proposals."""

from __future__ import annotations

from knowledge.editorial.errors import EditorialError


class NoSuchGap(EditorialError):
    """It is not there any more: it was merged with another one, or somebody was faster. Reload the list."""

    status = 404
    code = "not_found"
