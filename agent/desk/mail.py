"""Mail to a customer's own address: by SMTP, or into the demo shop's mailbox, which anybody may open."""

import asyncio
import secrets
import smtplib
import ssl
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from agent.commerce.tables import document
from agent.desk.send import DeliveryError
from agent.errors import UnsafeSettings
from agent.settings import Settings

#: Seconds that the mail server may take.
PATIENCE = 8.0
#: Kind of the demo's documents that are mails.
MAIL = "mail"


class Mailer(Protocol):
    async def send(self, *, to: str, subject: str, text: str) -> None:
        """Hand one mail over. Raises DeliveryError."""
        ...


def composed(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """Raises DeliveryError for an address that is none."""
    mail = EmailMessage()
    try:
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    except ValueError as error:
        raise DeliveryError("bad address", permanent=True) from error
    mail.set_content(text)
    return mail


class DemoMailbox:
    """Keeps mails as the demo shop's documents instead of sending them."""

    def __init__(self, engine: AsyncEngine, sender: str) -> None:
        self._engine, self._sender = engine, sender

    async def send(self, *, to: str, subject: str, text: str) -> None:
        row = {
            "id": secrets.token_urlsafe(18),
            "kind": MAIL,
            "content_type": "message/rfc822",
            "content": composed(self._sender, to, subject, text).as_bytes(),
        }
        async with self._engine.begin() as connection:
            await connection.execute(insert(document).values(row))


class NoMailer:
    """Nothing can be mailed: whoever needs it is handed over."""

    async def send(self, *, to: str, subject: str, text: str) -> None:
        raise DeliveryError("no mail server; set PORTSIDE_SMTP_URL", permanent=True)


def mailer(settings: Settings, engine: AsyncEngine) -> Mailer:
    """Raises UnsafeSettings for an address of a mail server that is none."""
    if settings.smtp_url:
        return SmtpMailer(settings.smtp_url, settings.mail_from)
    return DemoMailbox(engine, settings.mail_from) if settings.demo else NoMailer()


class SmtpMailer:
    """`url` is smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465."""

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise UnsafeSettings("PORTSIDE_SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host:465.")
        self._parts, self._sender = parts, sender

    async def send(self, *, to: str, subject: str, text: str) -> None:
        mail = composed(self._sender, to, subject, text)
        try:
            await asyncio.to_thread(self._hand_over, mail)
        except smtplib.SMTPRecipientsRefused as error:
            raise DeliveryError("the mail server refuses the address", permanent=True) from error
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(type(error).__name__, permanent=False) from error

    def _hand_over(self, mail: EmailMessage) -> None:
        host, context = self._parts.hostname or "", ssl.create_default_context()
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, self._parts.port or 465, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(host, self._parts.port or 587, timeout=PATIENCE)
        with server:
            if self._parts.scheme == "smtp":
                server.starttls(context=context)
            if self._parts.username:
                server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
            server.send_message(mail)
