"""Editors label photos, learn a category, and the agent's eye tells of the next photo what passed its check; no more and no sooner."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from agent.commerce.demo.damage.snap import jpeg, snap
from agent.domain.commerce import Line
from agent.domain.diagnosis import Defect, Diagnosis, Severity
from agent.domain.message import Photo
from agent.domain.money import Money

SKUS = ("SPK-300", "HPH-200", "EAR-110")
KINDS = (Defect.NONE, Defect.TORN_PACKAGING)


@pytest.fixture
async def editor(running):
    desk = await running.operator()
    return Editor(running, desk.headers)


class Editor:
    def __init__(self, running, headers):
        self.client, self.headers = running.client, headers

    async def get(self, path: str):
        return (await self.client.get(f"/api/photos{path}", headers=self.headers)).raise_for_status().json()

    async def send(self, kind: str, data: bytes, **fields: str):
        files = {"file": ("photo.jpg", data, "image/jpeg")}
        return await self.client.post(f"/api/photos/{kind}", files=files, data=fields, headers=self.headers)

    async def label(self, sku: str, defect: Defect, seed: int):
        return await self.send("examples", photo(sku, defect, seed), sku=sku, defect=defect.value)

    async def fit(self, category: str) -> list[tuple[str, dict]]:
        answer = await self.client.post("/api/photos/fit", json={"category": category}, headers=self.headers)
        assert answer.status_code == 200, answer.text
        blocks = [block.split("\n") for block in answer.text.strip().split("\n\n")]
        return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def photo(sku: str, defect: Defect, seed: int) -> bytes:
    return jpeg(snap(sku, defect, seed, Severity.MAJOR))


async def looked(running, sku: str, defect: Defect) -> Diagnosis:
    """A photo that a customer uploads, as the agent's eye sees it."""
    chat = await running.chat()
    files = {"file": ("photo.jpg", photo(sku, defect, 77), "image/jpeg")}
    sent = (await running.client.post("/api/chat/photos", files=files, headers=chat.headers)).raise_for_status().json()
    line = Line(sku=sku, title=sku, category="audio", quantity=1, price=Money(8990, "EUR"))
    return await running.p.parts.eye.diagnose(Photo(id=sent["id"], width=sent["width"], height=sent["height"]), [line])


async def test_what_was_learned_is_checked_by_product_and_told_once_it_passes(running, editor):
    for sku in SKUS:
        for defect in KINDS:
            for seed in range(5):
                made = await editor.label(sku, defect, seed)
                assert made.status_code == 201, made.text
    listed = await editor.get("/examples?category=audio")
    assert len(listed) == len(SKUS) * len(KINDS) * 5
    again = (await editor.label(SKUS[0], KINDS[0], 0)).json()
    assert again["fresh"] is False

    events = await editor.fit("audio")
    assert events[0][0] == "progress" and events[-1][0] == "done"
    report = events[-1][1]["report"]
    torn = next(one for one in report["classes"] if one["defect"] == "torn_packaging")
    assert torn["enabled"], torn
    fitted = next(one for one in (await editor.get(""))["categories"] if one["name"] == "audio")["fit"]
    assert fitted["report"]["n"] == len(listed) and "torn_packaging" in fitted["classes"]

    assert (await looked(running, "EAR-130", Defect.TORN_PACKAGING)).defect is Defect.TORN_PACKAGING
    unknown = await looked(running, "EAR-130", Defect.CRACK)
    assert unknown.defect in (None, Defect.NONE, Defect.TORN_PACKAGING)  # nobody has shown us a crack
    await few_cracks_stay_off(running, editor)

    assert (await editor.client.delete(f"/api/photos/examples/{listed[0]['id']}", headers=editor.headers)).status_code == 204
    left = (await editor.client.get(f"/api/photos/examples/{listed[0]['id']}", headers=editor.headers)).status_code
    assert left == 404


async def few_cracks_stay_off(running, editor) -> None:
    """Three cracks are learned, shown as off with the reason, and never told."""
    for sku in SKUS:
        assert (await editor.label(sku, Defect.CRACK, 0)).status_code == 201
    report = (await editor.fit("audio"))[-1][1]["report"]
    crack = next(one for one in report["classes"] if one["defect"] == "crack")
    assert (crack["enabled"], crack["why"]) == (False, "7 more examples are needed (3 of 10)")
    shown = next(one for one in (await editor.get(""))["categories"] if one["name"] == "audio")["fit"]
    assert "crack" not in shown["classes"] and crack in shown["report"]["classes"]
    (counts,) = await running.rows(
        "select count(*) n, count(*) filter (where active) active from photo_classifier where category = 'audio'"
    )
    assert counts == {"n": 2, "active": 1}
    assert (await looked(running, "EAR-130", Defect.CRACK)).defect is not Defect.CRACK


async def test_a_dark_photo_teaches_nothing_and_is_refused_with_its_cure(editor):
    dark = io.BytesIO()
    Image.open(io.BytesIO(photo("SPK-300", Defect.CRACK, 1))).point(lambda value: value * 0.1).save(dark, "JPEG")
    refused = await editor.send("examples", dark.getvalue(), sku="SPK-300", defect="crack")
    assert refused.status_code == 422 and "daylight" in refused.json()["error"]["message"]
    assert await editor.get("/examples?category=audio") == []


async def test_a_file_that_is_no_photo_an_unknown_article_and_a_defect_of_recognition_are_refused_with_their_cure(editor):
    broken = await editor.send("examples", b"<html>", sku="SPK-300", defect="crack")
    assert broken.status_code == 415 and "JPEG" in broken.json()["error"]["message"]
    foreign = await editor.send("examples", photo("SPK-300", Defect.NONE, 1), sku="NOPE-1", defect="crack")
    assert foreign.status_code == 404 and "NOPE-1" in foreign.json()["error"]["message"]
    taught = await editor.send("examples", photo("SPK-300", Defect.NONE, 1), sku="SPK-300", defect="wrong_item")
    assert taught.status_code == 422 and "recognising" in taught.json()["error"]["message"]
    (failed,) = [data for name, data in await editor.fit("audio") if name == "failed"]
    assert "nothing to tell apart" in failed["message"]


async def test_a_catalogue_picture_comes_and_goes_and_small_ones_are_small(editor):
    made = await editor.send("pictures", photo("SPK-300", Defect.NONE, 2), sku="SPK-300")
    assert made.status_code == 201, made.text
    path = f"/api/photos/pictures/SPK-300/{made.json()['id']}"
    small = await editor.client.get(f"{path}?small=true", headers=editor.headers)
    assert max(Image.open(io.BytesIO(small.content)).size) == 240
    (found,) = [each for each in await editor.get("/products?q=SPK-300") if each["sku"] == "SPK-300"]
    assert made.json()["id"] in {picture["id"] for picture in found["pictures"]}
    assert (await editor.client.delete(path, headers=editor.headers)).status_code == 204


async def test_an_operator_may_look_but_not_teach(running, editor):
    from api import auth

    await auth.set_password(running.p.engine, "looker@lumenandloom.example", "Looker", "a password of the tests", "operator")
    told = await running.client.post(
        "/api/desk/login", json={"email": "looker@lumenandloom.example", "password": "a password of the tests"}
    )
    looker = Editor(running, {"cookie": f"{auth.COOKIE}={told.cookies[auth.COOKIE]}", "x-csrf-token": told.json()["csrf"]})
    assert (await looker.get(""))["categories"] is not None
    assert (await looker.label("SPK-300", Defect.NONE, 1)).status_code == 403
    assert (await running.client.get("/api/photos", headers={"cookie": ""})).status_code == 401
