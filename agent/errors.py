"""Every error a caller can meet. The docstring is the message, `status` the HTTP status."""

import traceback
from typing import ClassVar


class PortsideError(Exception):
    """Something went wrong on our side. Nothing was lost; please try again."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class BadInput(PortsideError):
    """The request could not be read. Check it against /docs."""

    status = 422
    code = "bad_input"


class TooLong(BadInput):
    """The message is longer than 8,000 characters. Send it in several messages."""

    status = 413
    code = "too_long"


class PhotoRejected(BadInput):
    """The file is not a photo that can be read. Send a JPEG, PNG, WebP or HEIC of at most 10 MB."""

    status = 415
    code = "photo_rejected"


class PhotoTooLarge(PhotoRejected):
    """The photo is larger than 10 MB or 40 megapixels. Send a smaller one."""

    status = 413
    code = "photo_too_large"


class PhotosBusy(PortsideError):
    """Many photos are being looked at right now. Send yours again in a minute."""

    status = 503
    code = "photos_busy"


class NotAuthenticated(PortsideError):
    """Not signed in, or the session has expired. Sign in again."""

    status = 401
    code = "not_authenticated"


class Forbidden(PortsideError):
    """Not allowed. Reload the page and try again; ask a lead for the right if it persists."""

    status = 403
    code = "forbidden"


class NotFound(PortsideError):
    """There is nothing here under that id."""

    status = 404
    code = "not_found"


class Conflict(PortsideError):
    """Somebody else has changed this meanwhile. Reload and look again."""

    status = 409
    code = "conflict"


class TooManyRequests(PortsideError):
    """Too many requests. Wait a minute and try again."""

    status = 429
    code = "too_many_requests"


class NotReady(PortsideError):
    """Portside is not set up yet. Run `make run` once, or `portside doctor` to see what is missing."""

    status = 503
    code = "not_ready"


class SourceDown(PortsideError):
    """A source does not answer at the moment. What is known of it is shown with its age; try again later."""

    status = 503
    code = "source_down"


class BadSettings(PortsideError):
    """A setting cannot be used. Mend it in the environment or in .env; agent/settings.py lists them."""

    code = "bad_settings"


class UnsafeSettings(PortsideError):
    """The settings are not safe outside demo mode."""

    code = "unsafe_settings"


def frames(error: BaseException, last: int = 6) -> list[str]:
    """Where it happened, for the log. The error's own words are left out: they may hold a customer's."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-last:]]
