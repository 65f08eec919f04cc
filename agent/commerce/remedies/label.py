"""The return label on one A4 page: what the warehouse scans above the line, what the customer does below it."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel.numbers import format_currency

from agent.commerce.papers import ReturnSlip
from agent.commerce.routing import WAREHOUSES

#: Fonts that every PDF viewer brings for scripts the standard ones do not have. There is none for Cyrillic, and Arabic would have to be
#: shaped besides: customers who write those get the English page.
_FONTS = {"zh": "STSong-Light", "ja": "HeiseiMin-W3"}
_CUT = 160  # millimetres above the lower edge
_MOST_LINES = 6


@lru_cache(maxsize=1)
def instructions() -> dict[str, dict[str, Any]]:
    """By language; what is missing here is written in English."""
    return tomllib.loads(files("agent.commerce.remedies").joinpath("instructions.toml").read_text(encoding="utf-8"))


def label(slip: ReturnSlip, sender_country: str, language: str = "en") -> bytes:
    """PDF bytes. It carries no name of the customer: the number says enough, and labels are read by strangers."""
    # Imported here: only the process that carries out returns pays for it.
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas: Any = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(f"Return label {slip.number}")
    canvas.setAuthor("Lumen & Loom")
    _draw_label(canvas, slip, sender_country)
    _draw_steps(canvas, slip, language if language in instructions() else "en")
    canvas.save()
    return buffer.getvalue()


def _draw_label(canvas: Any, slip: ReturnSlip, sender_country: str) -> None:
    from reportlab.graphics.barcode.code128 import Code128
    from reportlab.lib.units import mm

    canvas.rect(15 * mm, (_CUT + 8) * mm, 180 * mm, 120 * mm)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(22 * mm, (_CUT + 113) * mm, "Lumen & Loom - Return")
    _write(canvas, [f"From: order #{slip.order}, {sender_country}", "To:", *_destination(slip)], 22, _CUT + 102)
    _write(canvas, _contents(slip), 120, _CUT + 102)
    code: Any = Code128(slip.number, barWidth=0.5 * mm, barHeight=24 * mm, quiet=True)
    code.drawOn(canvas, (210 * mm - code.width) / 2, (_CUT + 24) * mm)
    canvas.setFont("Courier-Bold", 18)
    canvas.drawCentredString(105 * mm, (_CUT + 14) * mm, slip.number)
    canvas.setDash(3, 3)
    canvas.line(0, _CUT * mm, 210 * mm, _CUT * mm)
    canvas.setDash()


def _destination(slip: ReturnSlip) -> list[str]:
    address = WAREHOUSES[slip.warehouse].address
    return [address.name, address.street, f"{address.postcode} {address.city}", address.country]


def _contents(slip: ReturnSlip) -> list[str]:
    shown = [f"{pieces} x {sku}" for sku, pieces in slip.lines[:_MOST_LINES]]
    return [*shown, f"+ {len(slip.lines) - _MOST_LINES}"] if len(slip.lines) > _MOST_LINES else shown


def _write(canvas: Any, lines: list[str], left: float, top: float) -> None:
    """Lines downwards from `top` millimetres."""
    from reportlab.lib.units import mm

    canvas.setFont("Helvetica", 12)
    for index, line in enumerate(lines):
        canvas.drawString(left * mm, (top - 6.5 * index) * mm, line)


def _draw_steps(canvas: Any, slip: ReturnSlip, language: str) -> None:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph

    wrap: dict[str, Any] = {"wordWrap": "CJK"} if language in _FONTS else {}
    plain = ParagraphStyle("plain", fontName=_font(language), fontSize=12, leading=17, **wrap)
    head = ParagraphStyle("head", parent=plain, fontSize=16, leading=22)
    top = (_CUT - 14) * mm
    for at, text in enumerate(_texts(slip, language)):
        paragraph = Paragraph(text, plain if at else head)
        _, height = paragraph.wrap(180 * mm, 140 * mm)
        paragraph.drawOn(canvas, 15 * mm, top - height)
        top -= height + 4 * mm


def _texts(slip: ReturnSlip, language: str) -> list[str]:
    """Title, numbered steps, and what the label costs."""
    words = instructions()[language]
    texts = [words["title"], *(f"{at}. {step}" for at, step in enumerate(words["steps"], start=1))]
    if slip.fee.minor:
        # Narrow spaces are in no standard font.
        amount = format_currency(slip.fee.amount, slip.fee.currency, locale=language).replace("\u202f", " ").replace("\xa0", " ")
        texts.append(words["fee"].format(amount=amount))
    return texts


def _font(language: str) -> str:
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont

    name = _FONTS.get(language, "Helvetica")
    if language in _FONTS and name not in getRegisteredFontNames():
        registerFont(UnicodeCIDFont(name))
    return name
