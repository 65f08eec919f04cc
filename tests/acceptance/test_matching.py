"""Over HTTP: remedies under way for their own customer alone, and likely matches for signed-in operators alone."""

from __future__ import annotations

from typing import Any

ANNA = "anna@example.com"


async def conversation_of(running: Any, words: str) -> str:
    async def found() -> list[dict[str, Any]]:
        return await running.rows("select conversation from message where text = %(words)s", words=words)

    return (await running.until(found))[0]["conversation"]


async def begin(running: Any, conversation: str) -> None:
    """A return as the ledger begins it, and its first move."""
    await running.rows(
        "with made as (insert into procedure (id, conversation, order_number, kind, step) values ('p1', %(at)s, '1042', 'return', 'labelled') returning id)"
        " insert into procedure_step (procedure, key, event, before, after, actor) select id, 'k', 'confirmed', 'requested', 'labelled', 'bot' from made returning id",
        at=conversation,
    )


async def test_a_page_shows_the_remedies_of_its_own_chat_in_its_language(running: Any) -> None:
    mine, other = await running.chat(ANNA), await running.chat(ANNA)
    await mine.ask("Wo ist meine Bestellung #1042?")
    await other.ask("Hallo!")
    await begin(running, await conversation_of(running, "Wo ist meine Bestellung #1042?"))

    async def shown(headers: dict[str, str], language: str = "de-AT") -> Any:
        return await running.client.get("/api/chat/remedies", params={"language": language}, headers=headers)

    (found,) = (await shown(mine.headers)).json()["remedies"]
    assert (found["kind"], found["order"], found["over"]) == ("return", "1042", False)
    assert [step["state"] for step in found["steps"]] == ["done", "now", "next", "next"]
    english = (await shown(mine.headers, "xx")).json()["remedies"][0]["steps"]
    assert english[1]["text"] == "Label sent" != found["steps"][1]["text"]
    assert (await shown(other.headers)).json() == {"remedies": []}
    assert (await shown((await running.chat()).headers)).json() == {"remedies": []}
    assert (await shown({})).status_code == 401


async def test_only_operators_see_and_judge_likely_matches(running: Any) -> None:
    one, two = await running.chat(ANNA), await running.chat(ANNA)
    await one.ask("Wo ist meine Bestellung #1042?")
    await two.ask("Und wo ist #1042 jetzt?")
    first, second = (
        await conversation_of(running, "Wo ist meine Bestellung #1042?"),
        await conversation_of(running, "Und wo ist #1042 jetzt?"),
    )
    path = f"/conversations/{first}/matches"
    for answer in (await running.client.get(f"/api/desk{path}"), await running.client.get(f"/api/desk{path}", headers=one.headers)):
        assert answer.status_code == 401

    desk = await running.operator()
    (found,) = (await desk.get(path))["matches"]
    assert (found["conversation"], found["reasons"][0], found["email"], found["confirmed"]) == (second, "signed_email", ANNA, None)
    forged = {name: value for name, value in desk.headers.items() if name != "x-csrf-token"}
    assert (await running.client.post(f"/api/desk{path}", json={"other": second, "same": True}, headers=forged)).status_code == 403
    (confirmed,) = (await desk.post(path, other=second, same=True)).json()["matches"]
    assert (confirmed["confirmed"], confirmed["by"]) == (True, "operator@lumenandloom.example")
    assert (await desk.post(path, other=second, same=False)).json() == {"matches": []}
    assert (await desk.post(path, other="no-such", same=True)).status_code == 409
    assert (await desk.post("/conversations/no-such/matches", other=second, same=True)).status_code == 404
