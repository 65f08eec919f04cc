"""Why a model gave no usable answer, in one word fit for a screen and a metric; and how long its endpoint wants to be left alone."""

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from agent.errors import PortsideError


class ModelFailed(PortsideError):
    """The language model gave no usable answer. Portside goes on with the local brain; check the endpoint, the key and the model's name."""

    status = 502
    code = "model_failed"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{type(self).__doc__} ({reason})")
        self.reason = reason


class TooLarge(Exception):
    """The response was larger than allowed, or compressed, and was cut off."""


#: By the name of a class, so that the libraries behind the endpoint need not be loaded to say it.
REASONS = {
    "TimeoutError": "Timeout",
    "APITimeoutError": "Timeout",
    "RateLimitError": "RateLimited",
    "AuthenticationError": "NotAuthorised",
    "PermissionDeniedError": "NotAuthorised",
    "InternalServerError": "ServerError",
    "APIStatusError": "Rejected",
    "APIConnectionError": "Refused",
    "LengthFinishReasonError": "Truncated",
    "ContentFilterFinishReasonError": "Filtered",
    "ValidationError": "WrongSchema",
}
#: The endpoint said so before any model worked: such a call costs nothing.
UNPAID = frozenset({"RateLimited", "NotAuthorised", "ServerError", "Rejected", "Refused"})

#: The message itself may have brought it about: by what it says, by its length, by what it makes the model say.
SPOILT = frozenset({"WrongSchema", "Truncated", "Garbage", "Empty", "Filtered", "ToolCall", "TooLarge", "Rejected"})


def reason(error: BaseException) -> str:
    """One word for it; "Garbage" for what nobody foresaw."""
    if isinstance(error, ModelFailed):
        return error.reason
    # A response that was cut off surfaces as a connection error: its root says more.
    link: BaseException | None = error
    for _ in range(10):
        if isinstance(link, TooLarge):
            return "TooLarge"
        link = link and (link.__cause__ or link.__context__)
    return next((REASONS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in REASONS), "Garbage")


def retry_after(error: BaseException, now: datetime | None = None) -> float | None:
    """The seconds that a Retry-After of the response asks for; None without a readable one."""
    response: Any = getattr(error, "response", None)
    said = response.headers.get("retry-after", "") if response is not None else ""
    try:
        seconds = float(said)
    except ValueError:
        return _until(said, now or datetime.now(UTC))
    return seconds if math.isfinite(seconds) else None


def _until(said: str, now: datetime) -> float | None:
    try:
        date = parsedate_to_datetime(said)
    except ValueError:
        return None
    return ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds()
