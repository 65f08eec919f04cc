"""The editors' page of photos; its data comes from the JSON routes."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from agent.domain.diagnosis import Severity
from agent.vision.examples import TEACHABLE
from agent.vision.held_out import LIMITS
from api.deps import PageOperator
from api.routes.pages import UI

router = APIRouter(prefix="/desk/photos", include_in_schema=False, default_response_class=HTMLResponse)
_templates = Jinja2Templates(UI / "templates")


@router.get("")
async def photos(request: Request, operator: PageOperator) -> Response:
    taught = {"defects": [defect.value for defect in TEACHABLE], "severities": [degree.value for degree in Severity], "limits": LIMITS}
    return _templates.TemplateResponse(request, "desk/photos.html", {"csrf": operator.csrf, "operator": operator} | taught)
