"""Draws the pictures in this folder anew, after a change of a shape or colour: `python -m agent.commerce.demo.photos.draw`. Needs a Chromium."""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from agent.commerce.demo.catalogue import products
from agent.commerce.demo.photos import SIDE
from agent.commerce.demo.pictures import picture
from agent.errors import NotReady
from agent.vision.intake import take_in

#: As a photographer's table: one plain colour that no article has.
GROUND = "#dbe2ea"
FOLDER = Path(__file__).parent
#: A headless browser's window may be less high than it was asked to be: what is missing is cut away from a higher one.
SPARE = 200


def main() -> None:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        raise NotReady("There is no Chromium on the PATH. Install the package chromium.")
    with tempfile.TemporaryDirectory() as scratch:
        for product in products():
            data = take_in(_shot(browser, picture(product.sku), Path(scratch))).data
            (FOLDER / f"{product.sku}.jpg").write_bytes(data)
            sys.stderr.write(f"{product.sku} {len(data)} bytes\n")


def _shot(browser: str, svg: str, scratch: Path) -> bytes:
    page, shot = scratch / "page.html", scratch / "shot.png"
    plain = re.sub(r'<rect width="400".*?<ellipse', f'<rect width="400" height="400" fill="{GROUND}"/><ellipse', svg)
    page.write_text(f"<style>body{{margin:0}}svg{{width:{SIDE}px;height:{SIDE}px;display:block}}</style>{plain}", encoding="utf-8")
    flags = (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--window-size={SIDE},{SIDE + SPARE}",
        f"--screenshot={shot}",
    )
    subprocess.run([browser, *flags, page.as_uri()], check=True, capture_output=True, timeout=60)  # noqa: S603 - our own page
    out = io.BytesIO()
    with Image.open(shot) as whole:
        whole.convert("RGB").crop((0, 0, SIDE, SIDE)).save(out, "PNG")
    return out.getvalue()


if __name__ == "__main__":
    main()
