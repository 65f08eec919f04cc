"""Self-service over HTTP: who sees which help pages, in which order, and what nobody outside may see."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from agent.desk.asked import AskedNow, count
from agent.errors import PortsideError
from agent.store.tables import conversation, turn_record
from knowledge.tables import snapshot_variant
from tests.acceptance.conftest import Running

HIDDEN = ("lost-parcel-playbook", "operator-playbook-goodwill", "supplier-batch-facts")


async def listed(running: Running, headers=None, **query):
    found = await running.client.get("/api/faq", params=query, headers=headers or {})
    return found.raise_for_status().json()["articles"]


async def ask(running: Running, intent: str, times: int, ago: timedelta, market="DE", language="de", cited="") -> None:
    """So many conversations about one thing."""
    at = datetime.now(UTC) - ago
    ids = [uuid.uuid4().hex for _ in range(times)]
    source = [{"id": "e1", "kind": "passage", "ref": f"{cited}/de/0", "label": "", "at": ""}] if cited else []
    turn = {"outcome": "resolve", "desk": "", "reasons": [], "intents": [intent, "greeting"], "language": language}
    async with running.p.engine.begin() as connection:
        talks = [{"id": i, "channel": "web", "account": "web", "thread": i, "market": market} for i in ids]
        await connection.execute(insert(conversation), talks)
        records = [turn | {"id": i, "turn": i, "conversation": i, "detail": {"sources": source}, "created_at": at} for i in ids]
        await connection.execute(insert(turn_record), records)


async def test_the_order_of_help_follows_the_customers_own_orders_and_only_with_proof(running):
    anna = await running.chat("anna@example.com")
    mine = await listed(running, anna.headers, language="de", limit=4)
    assert mine[0]["why"] == "order"
    stranger = await running.chat()
    for headers in ({}, stranger.headers):
        assert "order" not in {item["why"] for item in await listed(running, headers, language="de", limit=50)}


async def test_a_signed_customer_whose_orders_cannot_be_read_still_finds_help(start):
    class Away:
        async def of_customer(self, email, limit=5):
            raise PortsideError

    async with start(orders=Away()) as running:
        anna = await running.chat("anna@example.com")
        assert len(await listed(running, anna.headers, limit=4)) == 4


async def test_a_token_makes_the_answer_private_and_a_forged_one_is_refused(running):
    anna = await running.chat("anna@example.com")
    assert (await running.client.get("/api/faq")).headers["cache-control"] == "public, max-age=60"
    assert (await running.client.get("/api/faq", headers=anna.headers)).headers["cache-control"] == "private, no-store"
    forged = await running.client.get("/api/faq", headers={"authorization": "Bearer no.such.token"})
    assert forged.status_code == 401


async def test_what_others_in_the_market_ask_now_comes_first(running):
    await ask(running, "invoice", 9, timedelta(hours=2))
    await ask(running, "order_status", 9, timedelta(hours=2))
    await ask(running, "order_status", 9 * 20, timedelta(days=10))
    first = (await listed(running, language="de", market="DE", limit=1))[0]
    assert (first["id"], first["why"]) == ("invoices-vat", "asked_now")


async def test_one_customer_who_asks_all_day_is_one_customer(running):
    await ask(running, "coupon", 1, timedelta(hours=1))
    only = (await running.rows("select conversation from turn_record"))[0]["conversation"]
    turn = {"turn": "t", "conversation": only, "outcome": "resolve", "desk": "", "reasons": [], "intents": ["coupon"], "language": "de"}
    async with running.p.engine.begin() as connection:
        await connection.execute(insert(turn_record), [turn | {"id": f"r{n}", "detail": {"sources": []}} for n in range(20)])
    assert (await count(running.p.engine, datetime.now(UTC))).of("DE", "de").now["coupon"] == 1


async def test_the_articles_that_replies_rest_on_are_the_popular_ones(running):
    await ask(running, "product_question", 30, timedelta(days=5), cited="care-textiles")
    first = (await listed(running, language="en", market="US", limit=1))[0]
    assert (first["id"], first["why"]) == ("care-textiles", "popular")


async def test_counting_again_waits_a_minute(running):
    now, seconds = datetime.now(UTC), 0.0
    asked = AskedNow(running.p.engine, ttl=60, clock=lambda: seconds)
    assert not (await asked.current(now)).rows
    await ask(running, "coupon", 3, timedelta(hours=1))
    assert not (await asked.current(now)).rows
    seconds = 61.0
    assert len((await asked.current(now)).rows) == 2


@pytest.mark.parametrize("name", HIDDEN)
async def test_what_is_not_for_customers_is_not_there(running, name):
    desk = await running.operator()
    for path in (f"/api/faq/{name}", f"/faq/{name}"):
        for headers in ({}, desk.headers):
            answer = await running.client.get(path, headers=headers)
            assert answer.status_code == 404
    found = await listed(running, q="lost parcels playbook for operators goodwill supplier batch cost prices")
    assert not {item["id"] for item in found} & set(HIDDEN)
    assert not {item["id"] for item in await listed(running, limit=50)} & set(HIDDEN)


async def test_an_article_of_another_market_is_not_there_and_the_page_says_so(running):
    here, there = [await running.client.get("/api/faq/withdrawal-right", params={"market": m}) for m in ("DE", "US")]
    assert (here.status_code, there.status_code) == (200, 404)
    page = await running.client.get("/faq/withdrawal-right", params={"market": "US", "lang": "en"})
    assert page.status_code == 404 and "does not apply in your country" in page.text


async def test_an_article_is_read_in_the_visitors_language_else_in_english(running):
    async with running.p.engine.begin() as connection:
        await connection.execute(snapshot_variant.delete().where(snapshot_variant.c.variant_id.startswith("returns/fr/")))
    german = (await running.client.get("/api/faq/returns", params={"language": "de-AT"})).json()
    assert german["language"] == "de" and german["html"].startswith("<p>") and "<h2>" in german["html"]
    french = (await running.client.get("/api/faq/returns", params={"language": "fr"})).json()
    assert french["language"] == "en"
    assert 'lang="en"' in (await running.client.get("/faq/returns", params={"lang": "fr"})).text


async def test_a_search_finds_articles_or_says_that_it_found_nothing(running):
    answer = (await running.client.get("/api/faq", params={"q": "how long do I have to send something back?", "language": "en"})).json()
    assert answer["answerable"] and "returns" in [item["id"] for item in answer["articles"][:3]]
    nothing = (await running.client.get("/api/faq", params={"q": "who won the world cup in 1998", "language": "en"})).json()
    assert (nothing["answerable"], nothing["articles"]) == (False, [])
    page = await running.client.get("/faq", params={"q": "who won the world cup in 1998", "lang": "en"})
    assert "We found no sure answer" in page.text


async def test_the_pages_speak_ten_languages_and_keep_what_was_chosen(running):
    for language in ("en", "de", "fr", "es", "it", "pt", "ru", "ar", "zh", "ja"):
        page = await running.client.get("/faq", params={"lang": language, "market": "DE"})
        assert page.status_code == 200 and f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page.text
        assert f"/faq/returns?lang={language}&amp;market=DE" in page.text
    chosen = await running.client.get("/faq", headers={"accept-language": "tlh, pt-BR;q=0.8, en;q=0.5"})
    assert '<html lang="pt"' in chosen.text


async def test_what_a_visitor_writes_into_the_address_stays_text(running):
    hostile = '"><script>alert(1)</script>'
    for params in ({"q": hostile}, {"lang": hostile[:20]}, {"as": hostile}):
        page = await running.client.get("/faq", params=params)
        assert page.status_code == 200 and "<script>alert" not in page.text
    assert (await running.client.get("/faq", params={"market": hostile})).status_code == 422
    assert (await running.client.get(f"/faq/{hostile}")).status_code == 404


async def test_only_the_demo_signs_in_by_address(start, settings):
    async with start(settings=settings.model_copy(update={"demo": True})) as running:
        page = await running.client.get("/faq", params={"as": "anna@example.com", "lang": "en"})
        assert 'data-why="order"' in page.text and page.headers["cache-control"] == "private, no-store"
        running.p.settings.demo = False
        page = await running.client.get("/faq", params={"as": "anna@example.com", "lang": "en"})
        assert 'data-why="order"' not in page.text and "anna@example.com" not in page.text


async def test_searching_is_bounded_and_does_not_use_up_the_chats_sessions(running):
    found = [await running.client.get("/api/faq", params={"q": "ret", "limit": 1}) for _ in range(121)]
    assert [answer.status_code for answer in found[-2:]] == [200, 429]
    assert await running.chat()
