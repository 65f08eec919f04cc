"""One file a channel: verify, parse, send, limits."""

from agent.desk.send import Channel
from agent.settings import Settings
from api.channels.webhook import WebhookChannel


def senders(settings: Settings) -> dict[str, Channel]:
    """The channels that messages are pushed to. The web chat reads the tables itself."""
    return {"webhook": WebhookChannel(settings)}
