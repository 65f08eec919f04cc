"""The API's own pages, from packages on this machine: they work offline and under our content policy."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portside API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/vendor/swagger-ui.css"></head>
<body><div id="swagger"></div>
<script src="/static/vendor/swagger-ui-bundle.js"></script><script src="/static/site/docs.js"></script></body></html>"""


@router.get("/docs")
async def docs() -> HTMLResponse:
    return HTMLResponse(
        PAGE, headers={"content-security-policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"}
    )
