"""The demo shop's mailbox: what was mailed to a customer, since the demo sends nothing out."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import select

from agent.commerce.tables import document
from agent.errors import NotFound
from api.deps import App
from api.routes.pages import render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
#: Documents of the demo shop that are mails.
_MAILS = ("mail", "tracking_mail")
#: The newest mails that are looked through for those to one address.
_NEWEST = 200


@router.get("/shop/mail")
async def mailbox(request: Request, p: App, who: Annotated[str, Query(alias="as", max_length=254)] = "") -> Response:
    """Anybody may open any mailbox: the demo has no secrets. Outside the demo there is no such page."""
    if not p.settings.demo:
        raise NotFound("The mailbox is part of the demo. Set PORTSIDE_DEMO=true to see it.")
    newest = select(document).where(document.c.kind.in_(_MAILS)).order_by(document.c.created_at.desc()).limit(_NEWEST)
    async with p.engine.connect() as connection:
        rows = (await connection.execute(newest)).all()
    mails = [_mail(row.content, row.created_at) for row in rows]
    mine = [mail for mail in mails if mail["to"].casefold() == who.casefold()]
    return render(request, "mailbox.html", brand=p.settings.brand, who=who, mails=mine)


def _mail(content: bytes, at: Any) -> dict[str, Any]:
    mail = message_from_bytes(content, EmailMessage, policy=policy.default)
    return {"to": mail["To"] or "", "subject": mail["Subject"] or "", "text": mail.get_content(), "at": at}
