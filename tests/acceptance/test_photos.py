"""Photos over HTTP: hostile files become a clear answer, good ones a bare copy that only its own chat sees."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import httpx
import pytest
from PIL import Image

from agent.vision import intake
from agent.vision.guard import Guard

pytestmark = pytest.mark.filterwarnings("ignore")
SECRET = "52.5200N13.4050E"


def photo(kind: str = "JPEG", size: tuple[int, int] = (320, 240), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def telling() -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET
    exif.get_ifd(0x8825)[1] = SECRET
    return photo(exif=exif, comment=SECRET.encode())


def bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (9400, 9400)).save(out, "PNG")
    return out.getvalue()


async def upload(chat: Any, data: bytes, name: str = "photo.jpg") -> httpx.Response:
    return await chat.running.client.post("/api/chat/photos", files={"file": (name, data)}, headers=chat.headers)


async def test_a_photo_is_kept_upright_and_bare_and_only_its_own_chat_sees_it(running: Any) -> None:
    chat, other = await running.chat(), await running.chat()
    kept = (await upload(chat, telling(), f"../../{SECRET}.svg")).raise_for_status().json()
    assert (kept["width"], kept["height"]) == (240, 320)
    shown = await running.client.get(kept["url"], headers=chat.headers)
    assert shown.headers["content-type"] == "image/jpeg" and shown.headers["x-content-type-options"] == "nosniff"
    assert SECRET.encode() not in shown.content and b"Exif" not in shown.content
    assert (await running.client.get(kept["url"], headers=other.headers)).status_code == 404
    stolen = await other.post("My photo", photos=[kept["id"]])
    assert stolen.status_code == 422
    assert (await chat.post("See my photo", photos=[kept["id"]])).status_code == 202
    rows = await running.rows("select data from photo")
    assert len(rows) == 1 and SECRET.encode() not in bytes(rows[0]["data"])


@pytest.mark.parametrize(
    ("make", "status", "code"),
    [
        (lambda: b"", 415, "photo_rejected"),
        (lambda: b"<html><script>alert(1)</script></html>", 415, "photo_rejected"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "photo_rejected"),
        (lambda: photo("TIFF"), 415, "photo_rejected"),
        (lambda: photo()[:500], 415, "photo_rejected"),
        (bomb, 413, "photo_too_large"),
        (lambda: photo() + bytes(10 * 1024 * 1024), 413, "photo_too_large"),
    ],
)
async def test_what_is_no_photo_is_refused_with_the_cure(running: Any, make: Any, status: int, code: str) -> None:
    refused = await upload(await running.chat(), make())
    assert refused.status_code == status
    error = refused.json()["error"]
    assert error["code"] == code and "Send" in error["message"]
    assert await running.rows("select id from photo") == []


async def test_hostile_photos_take_no_turn_of_anybody_else(running: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes, one place to wait: those who come on top are told to come again, and the service goes on."""
    small = Guard(processes=1, waiting=1, seconds=1)
    monkeypatch.setattr(intake, "GUARD", small)
    try:
        data = photo("JPEG", (6000, 6000), progressive=True)
        endless = data[:-2] + data[data.rindex(b"\xff\xda") : -2] * 40 + data[-2:]
        assert len(endless) < intake.MAX_BYTES
        chat = await running.chat()
        answers = await asyncio.gather(*(upload(chat, endless) for _ in range(6)))
        # A quick machine may even read one in time; nobody waits behind it.
        assert 503 in {answer.status_code for answer in answers} <= {201, 415, 503}
        busy = [answer for answer in answers if answer.status_code == 503]
        assert busy and busy[0].json()["error"]["code"] == "photos_busy"
        assert (await upload(chat, photo())).status_code == 201
        assert (await chat.post("And a question?")).status_code == 202
    finally:
        small.close()


async def test_a_photo_after_the_hand_off_is_acknowledged_once_and_reaches_the_case_under_its_first_name(running: Any) -> None:
    chat = await running.chat(market="GB")
    await chat.ask("My earbuds from order #1045 stopped working and I want my money back. john@example.com")
    desk = await running.operator()
    first = (await desk.case())["packet"]
    for shade in (3, 5):
        kept = (await upload(chat, photo(size=(320 + shade, 240)))).raise_for_status().json()
        await chat.post("Please hurry", photos=[kept["id"]])
        await running.quiet()
    case = await desk.case()
    replies = [message["text"] for message in await chat.replies()]
    assert replies[1:] == ["Thank you, your photos are with the case."]
    packet = case["packet"]
    assert packet["summary"].startswith(f"{first['summary']}\nSince then: ") and packet["summary"].count("a photo") == 2
    assert packet["intents"][: len(first["intents"])] == first["intents"]
    assert len(packet["photos"]) == len(packet["diagnoses"]) == 2
