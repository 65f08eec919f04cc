"""The return label: an A6 page with where it goes, what it is, and a code the warehouse scans."""

from io import BytesIO
from typing import Any

from agent.commerce.papers import ReturnSlip
from agent.commerce.routing import WAREHOUSES


def label(slip: ReturnSlip, sender_country: str, language: str = "en") -> bytes:
    """PDF bytes. It carries no name of the customer: the number says enough, and labels are read by strangers."""
    # Imported here: only the process that carries out returns pays for it.
    from reportlab.graphics.barcode.code128 import Code128
    from reportlab.lib.pagesizes import A6
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    width, height = A6  # points
    buffer = BytesIO()
    canvas: Any = Canvas(buffer, pagesize=A6, invariant=1)
    canvas.setTitle(f"Return label {slip.number}")
    canvas.setAuthor("Lumen & Loom")
    canvas.rect(5 * mm, 5 * mm, width - 10 * mm, height - 10 * mm)
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(10 * mm, height - 17 * mm, "Lumen & Loom - Return")
    _write(canvas, [f"From: order #{slip.order}, {sender_country}", "To:", *_destination(slip)], height / mm - 27)
    _write(canvas, [f"{pieces} x {sku}" for sku, pieces in slip.lines[:6]], 68)
    code: Any = Code128(slip.number, barWidth=0.42 * mm, barHeight=18 * mm, quiet=True)
    code.drawOn(canvas, (width - code.width) / 2, 20 * mm)
    canvas.setFont("Courier-Bold", 16)
    canvas.drawCentredString(width / 2, 11 * mm, slip.number)
    canvas.save()
    return buffer.getvalue()


def _destination(slip: ReturnSlip) -> list[str]:
    address = WAREHOUSES[slip.warehouse].address
    return [address.name, address.street, f"{address.postcode} {address.city}", address.country]


def _write(canvas: Any, lines: list[str], top: float) -> None:
    """Lines downwards from `top` millimetres."""
    from reportlab.lib.units import mm

    canvas.setFont("Helvetica", 11)
    for index, line in enumerate(lines):
        canvas.drawString(10 * mm, (top - 5.2 * index) * mm, line)
