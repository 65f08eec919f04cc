"""What comes in: messages, and the turn they form together."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from agent.domain.authority import Proof
from agent.domain.pending import CodeCheck, Pending

#: Characters of a turn that are read.
MAX_TEXT = 12_000


class Author(StrEnum):
    CUSTOMER = "customer"
    BOT = "bot"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A stored, re-encoded picture; `id` is the SHA-256 of its bytes, sides in pixels."""

    id: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation; `seq` counts up from 1 within it."""

    seq: int
    author: Author
    text: str
    at: datetime
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is proven about the writer: a signed e-mail, one that a code was sent to, or orders matched by number + e-mail."""

    signed_email: str | None = None
    code_email: str | None = None
    proven_orders: tuple[str, ...] = ()

    @property
    def email(self) -> str | None:
        """The address that is proven strongly."""
        return self.signed_email or self.code_email

    @property
    def known(self) -> bool:
        """Whether anything is proven."""
        return bool(self.email or self.proven_orders)

    def proof(self, email: str) -> Proof:
        """How well the writer has shown to be the customer with this address; asked only for orders that are proven at all."""
        strong = {each.casefold() for each in (self.signed_email, self.code_email) if each}
        return Proof.STRONG if email.casefold() in strong else Proof.ORDER_EMAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """All inbound messages of a conversation not answered yet, with what is remembered of it."""

    id: str  # conversation:last_inbound_seq, also the graph's thread
    conversation: str
    channel: str
    market: str  # ISO 3166 alpha-2 of the shop the customer writes to
    messages: tuple[Message, ...]
    history: tuple[Message, ...] = ()
    identity: Identity = field(default_factory=Identity)
    language: str | None = None  # of the conversation so far
    asked: int = 0  # questions asked in a row without getting on
    failed: int = 0  # turns in a row that failed
    mismatches: int = 0  # order numbers and e-mails that did not belong together, since the last proof
    first_contact: bool = True
    owner: str = "bot"
    epoch: int = 0  # of the owner, when the turn was read
    forced: str | None = None  # a reason why this turn must be handed over, known before it is read
    pending_intents: tuple[str, ...] = ()  # what the last question was about
    pending: Pending | None = None  # what the customer may choose from
    code: CodeCheck = CodeCheck.NONE
    codes_left: int = 0  # tries until the code is spent
    now: datetime

    @property
    def last_seq(self) -> int:
        return self.messages[-1].seq

    @property
    def text(self) -> str:
        """All of it, bounded: nobody reads further, and no pattern should have to."""
        return "\n".join(message.text for message in self.messages if message.text.strip())[:MAX_TEXT]

    @property
    def photos(self) -> tuple[Photo, ...]:
        return tuple(photo for message in self.messages for photo in message.photos)
