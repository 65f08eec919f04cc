"""Why a model gave no usable answer, in one word fit for a screen and a metric."""

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


def reason(error: BaseException) -> str:
    """One word for it; "Garbage" for what nobody foresaw."""
    # A response that was cut off surfaces as a connection error: its root says more.
    link: BaseException | None = error
    for _ in range(10):
        if isinstance(link, TooLarge):
            return "TooLarge"
        link = link and (link.__cause__ or link.__context__)
    return next((REASONS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in REASONS), "Garbage")
