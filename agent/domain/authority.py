"""Who may decide on a remedy, and how well its customer must be known."""

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """In rising order: a limit that one role has, every higher role has at least."""

    BOT = "bot"
    OPERATOR = "operator"
    LEAD = "lead"
    FINANCE = "finance"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


class Proof(IntEnum):
    """How the writer showed to be the customer. Facts need ORDER_EMAIL; money needs STRONG."""

    NONE = 0
    ORDER_EMAIL = 1  # order number and e-mail belong together
    STRONG = 2  # signed by the shop, or a code sent to the order's own e-mail came back
