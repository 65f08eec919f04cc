"""Whatever is sent, the answer is clear: never a 500, never a trace."""

import io
import json
import time
from uuid import uuid4

import jwt
from PIL import Image

from api import auth

ID = "00000000-0000-4000-8000-000000000001"


def clear(answer, *statuses):
    """A refusal with code and message, and nothing of our insides."""
    assert answer.status_code in (statuses or range(400, 500)), answer.text
    error = answer.json()["error"]
    assert set(error) == {"code", "message"}
    assert error["message"]
    for inside in ("Traceback", "psycopg", "sqlalchemy", 'File "', "site-packages"):
        assert inside not in answer.text
    return error


#: Bodies for POST /api/chat/messages that are refused.
REFUSED = {
    "empty": {"client_id": ID, "text": ""},
    "blank": {"client_id": ID, "text": " \n\t\u3000 "},
    "too long": {"client_id": ID, "text": "x" * 20_000},
    "far too long": {"client_id": ID, "text": "x" * 500_000},
    "wrong types": {"client_id": 7, "text": ["a"], "photos": "b"},
    "no object": ["text"],
    "null": None,
    "missing field": {"text": "hi"},
    "unknown field": {"client_id": ID, "text": "hi", "admin": True},
    "no uuid": {"client_id": "../../etc/passwd", "text": "hi"},
    "foreign photo": {"client_id": ID, "text": "hi", "photos": ["0" * 64]},
    "photo with NUL": {"client_id": ID, "text": "hi", "photos": ["\0"]},
    "too many photos": {"client_id": ID, "text": "hi", "photos": ["a"] * 5},
    "lone surrogate": {"client_id": ID, "text": "hi \ud800"},
}


async def test_a_body_that_cannot_be_used_is_refused_with_a_reason(running):
    headers = (await running.chat()).headers | {"content-type": "application/json"}
    for name, body in REFUSED.items():
        answer = await running.client.post("/api/chat/messages", content=json.dumps(body), headers=headers)
        clear(answer, 413, 422)
        assert await running.rows("select 1 from message") == [], name


RAW = {
    "cut off": b"{",
    "nothing": b"",
    "no text": b"\xff\xfe\x00",
    "no UTF-8": b'{"client_id": "\xc3\x28"}',
    "deep": b"[" * 5000,
    "NaN": b'{"text": NaN}',
}


async def test_bytes_that_are_no_json_are_refused_with_a_reason(running):
    headers = (await running.chat()).headers | {"content-type": "application/json"}
    for raw in RAW.values():
        clear(await running.client.post("/api/chat/messages", content=raw, headers=headers), 400, 422)


#: Messages that are taken and answered, by the agent or by a person.
TAKEN = {
    "emoji only": "😡😡😡",
    "one letter": "a",
    "digits": "1234567890" * 30,
    "NUL": "Where is my order #1042? anna@example.com\0",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)> where is my order?",
    "SQL": "'; drop table conversation; --",
    "template": "{{ 7 * 7 }} ${7*7} %s %(x)s {0}",
    "long": "Where is my parcel? " * 390,
    "combining": "Z" + "\u0335" * 2000,
    "right to left override": "\u202e hello \u202d",
    "mixed languages": "Hola, where is my Bestellung #1042? anna@example.com 谢谢",
    "two orders": "Where are my orders #1042 and #1043? anna@example.com",
    "unknown language": "Hvor er pakken min? Jeg venter fortsatt på den, og ingen svarer meg.",
    "many numbers": "#1042 #1043 #1044 #1045 #1046 #1047 anna@example.com where are they",
}


async def test_a_strange_message_gets_an_ordinary_answer(running):
    for name, text in TAKEN.items():
        reply = await (await running.chat()).ask(text)
        assert reply["text"].strip(), name
        for inside in ("<script", "Traceback", "49", "LL-", "⟦"):
            assert inside not in reply["text"], name
    turns = await running.rows("select reasons from turn_record")
    assert len(turns) == len(TAKEN)
    assert not any("broken" in turn["reasons"] for turn in turns)


async def test_somebody_elses_order_is_not_shown_even_to_a_signed_in_customer(running):
    chat = await running.chat("anna@example.com")
    reply = await chat.ask("Where is order #1045?")
    assert not {"John", "Leeds", "delivered"} & set(reply["text"].split())
    (shipment,) = await running.rows("select tracking from demo_shop.shipment where order_number = '1045'")
    assert shipment["tracking"] not in reply["text"]


def token(running, secret=None, **claims):
    body = {"sub": "t", "mkt": "DE", "aud": "widget", "exp": int(time.time()) + 60} | claims
    return jwt.encode(body, secret or running.p.settings.secret.get_secret_value(), algorithm="HS256")


async def test_a_token_that_is_missing_expired_forged_or_meant_for_something_else_is_refused(running):
    unsigned = jwt.encode({"sub": "t", "aud": "widget", "exp": int(time.time()) + 60}, None, algorithm="none")
    tokens = [
        "",
        "Bearer",
        "Basic abc",
        "Bearer " + token(running, exp=1),
        "Bearer " + token(running, secret="another secret of 32 characters or more"),
        "Bearer " + token(running, aud="portside"),
        "Bearer " + unsigned,
        "Bearer a.b.c",
    ]
    for value in tokens:
        for call in (
            running.client.get("/api/chat/messages", headers={"authorization": value}),
            running.client.get("/api/chat/events", headers={"authorization": value}),
        ):
            assert clear(await call, 401)["code"] == "not_authenticated"


async def test_an_expired_token_finds_its_conversation_again_but_a_forged_identity_does_not(running):
    chat = await running.chat()
    await chat.ask("Hello")
    thread = jwt.decode(chat.token, options={"verify_signature": False})["sub"]
    old = token(running, sub=thread, exp=int(time.time()) - 60)
    opened = await running.client.post("/api/chat/session", json={"token": old})
    again = await running.client.get("/api/chat/messages", headers={"authorization": f"Bearer {opened.json()['token']}"})
    assert len(again.json()["messages"]) == 2
    forged = jwt.encode({"email": "anna@example.com", "aud": "portside", "exp": 9e9}, "x" * 32, algorithm="HS256")
    clear(await running.client.post("/api/chat/session", json={"identity": forged}), 401)
    ancient = token(running, sub=thread, exp=1_000_000_000)
    clear(await running.client.post("/api/chat/session", json={"token": ancient}), 401)
    for body in ({"market": "xx"}, {"market": 7}, {"language": "x" * 99}, {"unknown": 1}):
        clear(await running.client.post("/api/chat/session", json=body), 422)


async def test_the_desk_is_closed_without_a_session_and_changes_need_the_csrf_token(running):
    for path in ("/cases", "/conversations", "/cases/x", "/events", "/photos/x"):
        clear(await running.client.get(f"/api/desk{path}"), 401)
    desk = await running.operator()
    cookie = {"cookie": desk.headers["cookie"]}
    for headers in (cookie, cookie | {"x-csrf-token": "guessed"}):
        clear(await running.client.post("/api/desk/conversations/x/take", headers=headers), 403)
    clear(await running.client.get("/api/desk/cases", headers={"cookie": f"{auth.COOKIE}=forged"}), 401)
    wrong = await running.client.post("/api/desk/login", json={"email": "operator@lumenandloom.example", "password": "guess"})
    unknown = await running.client.post("/api/desk/login", json={"email": "nobody@example.com", "password": "guess"})
    assert clear(wrong, 401) == clear(unknown, 401)


async def test_sign_in_is_slowed_down_after_ten_guesses(running):
    body = {"email": "operator@lumenandloom.example", "password": "guess"}
    statuses = [(await running.client.post("/api/desk/login", json=body)).status_code for _ in range(12)]
    assert statuses == [401] * 10 + [429] * 2


async def test_ids_that_cannot_exist_are_not_found(running):
    desk, chat = await running.operator(), await running.chat()
    for strange in ("x", "%00", "..%2F..%2Fetc", "9" * 400, "%F0%9F%98%80", "%ED%A0%80"):
        for path in (
            f"/api/desk/cases/{strange}",
            f"/api/desk/conversations/{strange}",
            f"/api/desk/photos/{strange}",
            f"/documents/{strange}",
        ):
            clear(await running.client.get(path, headers=desk.headers), 404, 422)
        clear(await running.client.get(f"/api/chat/photos/{strange}", headers=chat.headers), 404, 422)
        clear(await desk.post(f"/conversations/{strange}/take"), 404, 409, 422)
        clear(await desk.post(f"/conversations/{strange}/release"), 404, 409, 422)
        clear(await desk.post(f"/conversations/{strange}/messages", client_id=ID, text="hi"), 404, 409, 422)
        clear(await desk.post(f"/cases/{strange}/answer", version=1, action="approve"), 404, 409, 422)


async def test_numbers_out_of_every_range_are_refused(running):
    desk, chat = await running.operator(), await running.chat()
    await chat.ask("I want to talk to a human")
    case = await desk.case()
    for number in (-1, 2**31, 2**63, 10**30):
        answer = await running.client.get("/api/chat/messages", params={"after": number}, headers=chat.headers)
        assert answer.status_code == 200 or clear(answer, 422)
        clear(await desk.post(f"/cases/{case['id']}/answer", version=number, action="approve"), 409, 422)
    clear(await desk.post(f"/cases/{case['id']}/answer", version=1, action="delete"), 422)
    clear(await desk.post(f"/cases/{case['id']}/answer", version=1, action="edit", text="  "), 422)
    clear(await desk.post(f"/cases/{case['id']}/answer", version=1, action="edit", text="x" * 9000), 422)
    nul = await desk.post(f"/cases/{case['id']}/answer", version=case["version"], action="edit", text="a\0b")
    assert nul.status_code == 202 or clear(nul, 422)


async def upload(chat, data, name="photo.jpg"):
    return await chat.running.client.post("/api/chat/photos", files={"file": (name, data, "image/jpeg")}, headers=chat.headers)


async def test_a_file_that_is_no_photo_or_too_large_is_refused(running):
    chat = await running.chat()
    assert clear(await upload(chat, b"x" * 12 * 1024 * 1024), 413)
    assert clear(await upload(chat, b"\xff\xd8\xff" + b"x" * (10 * 1024 * 1024 + 1)), 413)
    for data in (
        b"",
        b"not a photo",
        b"%PDF-1.7 ...",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0 cut off",
        b"\x89PNG\r\n\x1a\n",
    ):
        clear(await upload(chat, data), 415, 422)
    bomb = io.BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    clear(await upload(chat, bomb.getvalue()), 413)
    clear(await running.client.post("/api/chat/photos", headers=chat.headers), 422)
    assert await running.rows("select 1 from photo") == []


async def test_a_body_without_a_declared_length_is_bounded_too(running):
    chat = await running.chat()

    async def endless():
        for _ in range(13):
            yield b"x" * 1024 * 1024

    answer = await running.client.post("/api/chat/messages", content=endless(), headers=chat.headers | {"content-type": "application/json"})
    clear(answer, 413)


async def test_another_chats_photo_is_neither_shown_nor_sent(running):
    mine, other = await running.chat(), await running.chat()
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    photo = (await upload(mine, picture.getvalue())).json()
    assert (await running.client.get(photo["url"], headers=mine.headers)).status_code == 200
    clear(await running.client.get(photo["url"], headers=other.headers), 404)
    clear(await other.post("look", photos=[photo["id"]]), 422)


async def test_an_unknown_path_and_a_wrong_method_are_told_in_the_same_shape(running):
    clear(await running.client.get("/api/nothing"), 404)
    clear(await running.client.delete("/api/chat/messages"), 405)
    clear(await running.client.post("/api/chat/session", content=b"{", headers={"content-type": "application/json"}), 422)


async def test_sixty_messages_a_minute_are_enough(running):
    chat = await running.chat()
    client_id = str(uuid4())
    statuses = [(await chat.post("hi", client_id)).status_code for _ in range(61)]
    assert statuses == [202] * 60 + [429]
