"""The generic signed webhook: a bot platform posts messages here and gets replies at its callback URL."""

import hashlib
import hmac
import time

import httpx
from pydantic import BaseModel, ConfigDict, Field

from agent.desk.inbox import Inbound
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
    text: str = Field(max_length=20_000)
    market: str = Field(default="DE", pattern="^[A-Z]{2}$")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def verify(secret: str, timestamp: str, given: str, body: bytes, now: float | None = None) -> None:
    """Raises NotAuthenticated unless the raw bytes are signed by `secret` within the window."""
    fresh = timestamp.isdigit() and abs((now or time.time()) - int(timestamp)) <= WINDOW
    if not (secret and fresh and hmac.compare_digest(signature(secret, timestamp, body), given)):
        raise NotAuthenticated("The signature does not match. Sign `timestamp.body` with HMAC-SHA256 and the webhook secret.")


def parse(body: bytes, account: str) -> Inbound:
    """Raises pydantic.ValidationError for a payload of another shape."""
    found = WebhookMessage.model_validate_json(body)
    return Inbound(
        channel="webhook", account=account, thread=found.thread, external_id=found.id, text=found.text, market=found.market
    )


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
            async with self._client or httpx.AsyncClient(timeout=TIMEOUT) as client:
                response = await client.post(self._url, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise DeliveryError(type(error).__name__, permanent=False) from error
        if response.status_code >= 400:
            permanent = 400 <= response.status_code < 500 and response.status_code not in (408, 425, 429)
            raise DeliveryError(f"HTTP {response.status_code}", permanent=permanent)
