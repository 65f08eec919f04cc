"""The bounded client against a server that fails in every way: nothing hangs, nothing is changed twice, no key goes astray."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from agent.commerce.connectors.client import Bounds, Http, SourceDown, SourceRefused, Unanswered


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
async def http(erp: Any) -> Any:
    made = Http("erp", erp.url, headers={"x-api-key": "k"}, bounds=Bounds(timeout=0.3, patience=1.5, per_second=1000, most_bytes=1_000_000))
    erp.answers["/v1/stock"] = {"ok": 1}
    yield made
    await made.aclose()


async def test_reads_json_with_its_key(http: Http, erp: Any) -> None:
    assert await http.get("v1/stock", sku="A 1/ü", page=None) == {"ok": 1}
    assert erp.seen[0].query == {"sku": "A 1/ü"} and erp.seen[0].headers["x-api-key"] == "k"
    assert await http.get("/v1/nothing") is None


@pytest.mark.parametrize("fault", ["500", "503 0.1", "429 0.1", "408", "drop", "half"])
async def test_a_passing_fault_is_tried_again(http: Http, erp: Any, fault: str) -> None:
    erp.fail(fault)
    assert await http.get("v1/stock") == {"ok": 1}
    assert len(erp.seen) == 2


@pytest.mark.parametrize("fault", ["500", "429 9", "drop", "half", "garbage", "deep", "empty", "html", "hang", "drip"])
async def test_a_lasting_fault_is_told_within_bounds(http: Http, erp: Any, fault: str) -> None:
    erp.always = fault
    begun = time.monotonic()
    with pytest.raises(SourceDown) as told:
        await http.get("v1/stock")
    assert time.monotonic() - begun < 8
    assert not isinstance(told.value, Unanswered) and str(told.value) != "erp does not answer ()."


async def test_a_retry_after_that_is_too_long_is_not_waited_for_but_kept_to(erp: Any) -> None:
    clock = Hand()
    http = Http("erp", erp.url, bounds=Bounds(per_second=1000, longest_wait=0.5, rest=20), clock=clock)
    erp.answers["/a"] = 1
    erp.fail("429 7")
    with pytest.raises(SourceDown):
        await http.get("a")
    with pytest.raises(SourceDown, match="rest"):
        await http.get("a")
    assert len(erp.seen) == 1  # asked once, then left alone
    clock.at += 8
    assert await http.get("a") == 1
    await http.aclose()


async def test_a_retry_after_may_be_a_date(http: Http, erp: Any) -> None:
    erp.fail("429 " + format_datetime(datetime.now(UTC) - timedelta(seconds=5), usegmt=True))
    assert await http.get("v1/stock") == {"ok": 1}
    erp.fail("429 " + format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True))
    with pytest.raises(SourceDown):
        await http.get("v1/stock")


@pytest.mark.parametrize("fault", ["301", "401 html", "403", "422"])
async def test_a_refusal_is_no_outage(http: Http, erp: Any, fault: str) -> None:
    erp.fail(fault)
    with pytest.raises(SourceRefused) as refused:
        await http.get("v1/stock")
    assert refused.value.http == int(fault[:3]) and len(erp.seen) == 1
    assert ("moved" in str(refused.value)) == (fault == "301")


async def test_too_much_is_not_read(http: Http, erp: Any) -> None:
    erp.fail("huge")
    with pytest.raises(SourceRefused, match="more than 1000000 bytes"):
        await http.get("v1/stock")


async def test_the_breaker_opens_and_recovers(erp: Any) -> None:
    clock = Hand()
    http = Http("erp", erp.url, bounds=Bounds(attempts=1, per_second=1000, failures=3, rest=15), clock=clock)
    erp.answers["/a"] = 1
    erp.always = "500"
    for _ in range(5):
        with pytest.raises(SourceDown):
            await http.get("a")
    assert len(erp.seen) == 3
    with pytest.raises(SourceDown) as told:
        await http.change("a", {})
    assert not isinstance(told.value, Unanswered) and len(erp.seen) == 3  # it never left
    clock.at += 16
    with pytest.raises(SourceDown):
        await http.get("a")  # one try, and closed again
    with pytest.raises(SourceDown):
        await http.get("a")
    assert len(erp.seen) == 4
    clock.at += 16
    erp.always = ""
    assert await http.get("a") == 1
    erp.always = "500"
    with pytest.raises(SourceDown):
        await http.get("a")
    with pytest.raises(SourceDown):
        await http.get("a")
    assert len(erp.seen) == 7  # it starts to count anew
    await http.aclose()


async def test_a_refusal_shows_that_the_source_is_there(erp: Any) -> None:
    http = Http("erp", erp.url, bounds=Bounds(attempts=1, per_second=1000, failures=2))
    erp.answers["/a"] = 1
    for fault in ("500", "403", "500", "422"):
        erp.fail(fault)
        with pytest.raises((SourceDown, SourceRefused)):
            await http.get("a")
    assert await http.get("a") == 1
    await http.aclose()


@pytest.mark.parametrize("fault", ["500", "503 0.1", "drop after", "half", "garbage", "huge", "html", "hang", "drip"])
async def test_a_change_is_never_sent_twice(http: Http, erp: Any, fault: str) -> None:
    erp.answers["/v1/refunds"] = {"id": 1}
    erp.fail(fault)
    with pytest.raises(Unanswered):
        await http.change("v1/refunds", {"minor": 100}, key="refund:1")
    assert len(erp.seen) == 1 and erp.seen[0].headers["idempotency-key"] == "refund:1"


@pytest.mark.parametrize("fault", ["404", "409", "422", "401 html", "301"])
async def test_a_change_that_is_refused_was_not_done(http: Http, erp: Any, fault: str) -> None:
    erp.fail(fault)
    with pytest.raises(SourceRefused) as refused:
        await http.change("v1/refunds", {})
    assert refused.value.http == int(fault[:3]) and erp.done == []


async def test_a_change_that_was_not_worked_on_is_no_riddle(http: Http, erp: Any) -> None:
    erp.fail("429 0.1")
    with pytest.raises(SourceDown) as told:
        await http.change("v1/refunds", {})
    assert not isinstance(told.value, Unanswered) and erp.done == []
    nobody = Http("erp", "http://127.0.0.1:9", bounds=Bounds(timeout=0.3))
    with pytest.raises(SourceDown) as told:
        await nobody.change("v1/refunds", {})
    assert not isinstance(told.value, Unanswered)
    await nobody.aclose()


async def test_a_change_may_be_answered_by_nothing(http: Http, erp: Any) -> None:
    erp.answers["/v1/refunds"] = {"id": 1}
    erp.fail("empty")
    assert await http.change("v1/refunds", {}) is None and len(erp.done) == 1


async def test_the_key_goes_nowhere_else(http: Http, erp: Any) -> None:
    """A next page below our own address is followed; one that only begins like it is asked of our own server."""
    assert await http.get(f"{erp.url}/v1/stock") == {"ok": 1}
    assert await http.get(f"{erp.url}.evil.example/v1/stock") is None
    assert await http.get("https://evil.example/v1/stock") is None
    assert len(erp.seen) == 3


async def test_a_burst_is_spread_and_bounded(erp: Any) -> None:
    http = Http("erp", erp.url, bounds=Bounds(per_second=50, longest_wait=0.2))
    erp.answers["/a"] = 1
    begun = time.monotonic()
    answers = await asyncio.gather(*(http.get("a") for _ in range(40)), return_exceptions=True)
    assert time.monotonic() - begun < 8
    assert 10 <= answers.count(1) <= 20 and all(answer == 1 or isinstance(answer, SourceDown) for answer in answers)
    assert await http.get("a") == 1  # the queue of our own is no fault of the source: the breaker stays shut
    await http.aclose()
