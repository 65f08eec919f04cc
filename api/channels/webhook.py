"""The generic signed webhook: a bot platform posts messages here and gets replies at its callback URL."""

import hashlib
import hmac
import json
import time

import httpx
from pydantic import BaseModel, ConfigDict, Field

from agent.desk.inbox import MAX_TEXT, Inbound
from agent.desk.send import DeliveryError
from agent.errors import NotAuthenticated
from agent.settings import Settings

#: Seconds by which a signature's time may differ from ours; older deliveries are replays.
WINDOW = 300
TIMEOUT = 8.0


class WebhookMessage(BaseModel):
    """What the platform posts; unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore")
    id: str = Field(min_length=1, max_length=200)
    thread: str = Field(min_length=1, max_length=200)
    text: str
    market: str = Field(default="DE", pattern="^[A-Z]{2}$")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def verify(secret: str, timestamp: str, given: str, body: bytes, now: float | None = None) -> None:
    """Raises NotAuthenticated unless the raw bytes are signed by `secret` within the window."""
    fresh = timestamp.isascii() and timestamp.isdigit() and abs((now or time.time()) - int(timestamp)) <= WINDOW
    if not (secret and fresh and hmac.compare_digest(signature(secret, timestamp, body).encode(), given.encode())):
        raise NotAuthenticated("The signature does not match. Sign `timestamp.body` with HMAC-SHA256 and the webhook secret.")


def parse(body: bytes, account: str) -> Inbound:
    """Raises pydantic.ValidationError for a payload of another shape."""
    readable = body.decode("utf-8", "replace")
    found = WebhookMessage.model_validate(_json(readable))
    return Inbound(
        channel="webhook", account=account, thread=found.thread, external_id=found.id, text=storable(found.text), market=found.market
    )


def _json(text: str) -> object:
    """None for what is no JSON, which then fails as a shape we do not know."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def storable(text: str) -> str:
    """A platform cannot be asked to shorten a message: what is too long is cut, with a mark, and the rest is not lost on the way."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= MAX_TEXT else whole[: MAX_TEXT - 2] + " …"


class WebhookChannel:
    """Posts replies, signed the same way, to the callback URL of the settings."""

    def __init__(self, settings: Settings, client: httpx.AsyncClient | None = None) -> None:
        self._url = settings.webhook_callback
        self._secret = settings.webhook_secret.get_secret_value()
        self._client = client

    async def send(self, *, thread: str, text: str, key: str) -> None:
        if not self._url:
            raise DeliveryError("No callback URL. Set PORTSIDE_WEBHOOK_CALLBACK.", permanent=True)
        body = httpx.Request("POST", self._url, json={"thread": thread, "text": text, "id": key}).content
        timestamp = str(int(time.time()))
        headers = {
            "content-type": "application/json",
            "idempotency-key": key,
            "x-portside-timestamp": timestamp,
            "x-portside-signature": signature(self._secret, timestamp, body),
        }
        try:
            response = await self._post(body, headers)
        except httpx.HTTPError as error:
            raise DeliveryError(type(error).__name__, permanent=False) from error
        if response.status_code >= 400:
            permanent = 400 <= response.status_code < 500 and response.status_code not in (408, 425, 429)
            raise DeliveryError(f"HTTP {response.status_code}", permanent=permanent)

    async def _post(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        if self._client:
            return await self._client.post(self._url, content=body, headers=headers)
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            return await client.post(self._url, content=body, headers=headers)
