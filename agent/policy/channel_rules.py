"""What a channel can carry. Pure; one row a channel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """`max_length` in characters; `markup` whether the channel shows Markdown or HTML."""

    max_length: int
    markup: bool = False
    photos: bool = True
    pull: bool = False  # the customer's page reads the tables itself; nothing has to be sent


RULES = {
    "web": ChannelRules(max_length=4000, pull=True),
    "webhook": ChannelRules(max_length=4000),
    "cli": ChannelRules(max_length=8000, pull=True),
}
DEFAULT = ChannelRules(max_length=1000, photos=False)


def rules(channel: str) -> ChannelRules:
    return RULES.get(channel, DEFAULT)
