"""What a webhook of any source comes down to: something changed there. It is read again; the message itself is never taken for the truth.

Every connector with webhooks has a module `webhooks` with two functions:
`verify(secret, headers, body, now)` on the raw bytes, which raises BadSignature or Replayed, and
`parse(source, headers, body, now)`, which gives the Change, or None for what is of no interest. `now` stands in for a time the message does not tell.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from agent.errors import NotAuthenticated

#: How old a message may be. Sources repeat a failed delivery for hours; the ledger of deliveries keeps ids for longer than this.
WINDOW = timedelta(hours=48)
#: How far a source's clock may be ahead of ours.
AHEAD = timedelta(minutes=5)


class BadSignature(NotAuthenticated):
    """The message is not signed with this shop's webhook secret. Check the secret that the shops file names."""

    code = "bad_signature"


class Replayed(NotAuthenticated):
    """The message is older than two days, or from the future. Check the clocks; what it told of is read from the source anyway."""

    code = "replayed"


class ChangeKind(StrEnum):
    """What has to be read again; the same words as the mirror's `kind`."""

    ORDER = "order"  # with its payments, refunds, returns and parcels
    TRACKING = "tracking"
    STOCK = "stock"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something changed at `source`. Messages come late, twice and in any order: `changed_at` says which is newer."""

    source: str  # the shop's name in the shops file
    kind: ChangeKind
    id: str  # the source's own id: of the order, the tracking number, the SKU or inventory item
    changed_at: datetime  # aware, UTC; the source's own time
    delivery: str  # unique per message; the same when it is sent again
    number: str = ""  # the order's number in digits, where the message tells it


def check_signature(secret: str, body: bytes, signature: str) -> None:
    """Base64 of HMAC-SHA256 over the raw bytes, in constant time. Raises BadSignature."""
    if not secret or not hmac.compare_digest(_bytes(signature), hmac.new(secret.encode(), body, hashlib.sha256).digest()):
        raise BadSignature()


def check_age(sent: datetime, now: datetime, window: timedelta = WINDOW) -> None:
    """Raises Replayed."""
    if not -AHEAD <= now - sent <= window:
        raise Replayed()


def header(headers: Mapping[str, str], name: str) -> str:
    """By its name in whatever case; "" when it is missing."""
    return next((value for key, value in headers.items() if key.lower() == name.lower()), "")


def text_of(value: Any) -> str:
    """An id as text: sources send numbers and texts alike. "" for what is no id."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""


def _bytes(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return b""
