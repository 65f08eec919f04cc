"""What the customer's page relies on: the stream of events, photos without metadata, two pages of one chat."""

import asyncio
import io
import json
import socket
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn
from PIL import Image


@pytest.fixture
async def served(running):
    """The service behind a real socket, because a stream never ends: its base URL."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(running.app, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
        task = asyncio.create_task(server.serve(sockets=[bound]))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        await task


@asynccontextmanager
async def listening(base, path, headers):
    """An async function giving the next (event, data) of a stream."""
    async with httpx.AsyncClient(base_url=base, timeout=20) as client, client.stream("GET", path, headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()

        async def event():
            name = ""
            async for line in lines:
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    return name, json.loads(line.removeprefix("data: "))
            raise AssertionError("the stream has ended")

        yield event


async def collect(event, stop):
    found = []
    while not found or not stop(*found[-1]):
        found.append(await asyncio.wait_for(event(), 20))
    return found


def from_bot(name, data):
    return name == "message" and data["author"] == "bot"


async def test_the_stream_tells_of_messages_typing_and_state_and_goes_on_where_it_stopped(running, served):
    chat = await running.chat()
    await chat.ask("Hello")
    async with listening(served, "/api/chat/events?after=2", chat.headers) as event:
        assert await event() == ("state", {"owner": "bot", "waiting": False})
        await chat.post("Where is my order #1042? anna@example.com")
        told = await collect(event, from_bot)
    assert {"message", "typing"} <= {name for name, _ in told}
    texts = [data for name, data in told if name == "message"]
    assert [message["seq"] for message in texts] == [3, 4]
    assert [name for name, _ in told].index("typing") < len(told) - 1
    async with listening(served, f"/api/chat/events?after={texts[0]['seq']}", chat.headers) as event:
        again = await collect(event, from_bot)
    assert [data["id"] for name, data in again if name == "message"] == [texts[1]["id"]]


async def test_the_stream_tells_when_a_person_takes_over_and_what_they_write(running, served):
    chat = await running.chat(market="GB")
    async with listening(served, "/api/chat/events", chat.headers) as event:
        await chat.post("I want to talk to a human, please.")
        told = await collect(event, lambda name, data: name == "state" and data["owner"] == "desk")
        assert told[-1] == ("state", {"owner": "desk", "waiting": True})
        desk = await running.operator()
        case = await desk.case()
        await desk.answer(case, "edit", text="Hello, this is Mia.")
        told = await collect(event, lambda name, data: name == "state" and data["owner"] == "bot")
    assert [data["text"] for name, data in told if name == "message"] == ["Hello, this is Mia."]


async def test_the_desk_hears_of_a_new_case(running, served):
    desk, chat = await running.operator(), await running.chat()
    async with listening(served, "/api/desk/events", desk.headers) as event:
        await chat.post("I want to talk to a human")
        told = await collect(event, lambda name, data: name == "case")
    assert told[-1][1]["conversation"] == (await desk.case())["conversation"]


def photo_with_place():
    """JPEG bytes that say where and with what they were taken."""
    exif = Image.Exif()
    exif[0x010F] = "SpyCam Deluxe"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    data = io.BytesIO()
    Image.new("RGB", (2400, 1200), "teal").save(data, "JPEG", exif=exif, comment=b"home address")
    assert b"SpyCam" in data.getvalue()
    return data.getvalue()


async def test_a_photo_is_kept_without_place_or_camera_and_goes_to_the_operator(running):
    chat = await running.chat()
    sent = await running.client.post("/api/chat/photos", files={"file": ("me.jpg", photo_with_place(), "image/jpeg")}, headers=chat.headers)
    photo = sent.json()
    assert sent.status_code == 201
    assert (photo["width"], photo["height"]) == (1600, 800)
    kept = (await running.client.get(photo["url"], headers=chat.headers)).content
    assert not any(trace in kept for trace in (b"SpyCam", b"home address", b"Exif"))
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}
    reply = await chat.ask("The duvet of my order #1045 arrived torn, here is a photo. john@example.com", photos=[photo["id"]])
    assert "photos" in reply["text"]
    desk = await running.operator()
    case = await desk.case()
    assert case["packet"]["photos"] == [photo["id"]]
    seen = await running.client.get(f"/api/desk/photos/{photo['id']}", headers=desk.headers)
    assert (seen.content, seen.headers["content-type"]) == (kept, "image/jpeg")


async def test_the_first_reply_says_that_it_is_a_machine_and_the_second_does_not(running):
    chat = await running.chat(market="GB")
    first, second = [await chat.ask(text) for text in ("Hello", "How long does delivery to Germany take?")]
    assert "AI assistant" in first["text"]
    assert "AI assistant" not in second["text"]
    assert second["sources"]
    assert second["sources"][0]["kind"] == "passage"
    assert any("person" in quick for quick in second["quick_replies"])


async def test_status_pages_and_safe_headers_are_there(running):
    health = (await running.client.get("/healthz")).json()
    assert (health["status"], health["brain"], health["demo"]) == ("ok", "local", True)
    assert health["snapshot"]
    assert (await running.client.get("/metrics")).status_code == 200
    for path in ("/", "/shop", "/widget", "/desk/login"):
        page = await running.client.get(path)
        assert page.status_code == 200, path
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in page.headers["content-security-policy"]
