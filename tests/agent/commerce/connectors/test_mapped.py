"""A mapping file over a REST endpoint: whatever the ERP calls it, it is our stock, batches and inspections; what is wrong is named."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent.commerce.connectors.client import Bounds, Http, SourceDown
from agent.commerce.connectors.mapped import MappedStock, build, load, mapped
from agent.commerce.connectors.mapped.mapping import Told
from agent.commerce.connectors.mapped.values import Customs, Unreadable, time, value, whole
from agent.commerce.connectors.toml_file import BadFile
from agent.domain.commerce import Availability

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MAPPING = """
zone = "Europe/Amsterdam"
[cities]
RTM = "Rotterdam"

[stock]
path = "v1/stock"
query = { skus = "{keys}" }
[stock.fields]
sku = "data.items[].article"
warehouse = { from = "data.items[].bins[].site", map = { "NL01" = "RTM", "QUAR" = "" } }
on_hand = { from = "data.items[].bins[].cartons", times = 12 }
committed = { from = "data.items[].bins[].reserved", default = 0 }
restock = { from = "data.items[].eta", format = "%d.%m.%Y" }

[batches]
path = "v1/lots/{key}"
[batches.fields]
id = "lot"
sku = "article"
supplier = "vendor.name"
produced = "made"
sold = "shipped"
complaints = { from = "claims", default = 0 }

[lines]
path = "v1/orders/SO-{key}/lots"
[lines.fields]
order = "order"
sku = "lines[].article"
batch = "lines[].lot"
quantity = "lines[].qty"

[inspections]
path = "v1/inspections"
query = { since = "{since}" }
next = "links.next"
[inspections.fields]
return = "items[].rma"
order = "items[].order"
sku = "items[].article"
grade = { from = "items[].result", map = { "OK" = "A", "OPEN" = "B", "SCRAP" = "D" } }
note = "items[].remark"
at = "items[].at"
"""


@pytest.fixture
def mapping_file(tmp_path: Path) -> Path:
    path = tmp_path / "erp.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture
async def source(erp: Any, mapping_file: Path) -> Any:
    http = Http("erp", erp.url, bounds=Bounds(per_second=1000, timeout=3.0, attempts=1))
    yield mapped("erp", load(mapping_file), mapping_file.parent, http, now=lambda: NOW)
    await http.aclose()


def bin_(site: str, cartons: Any, **more: Any) -> dict[str, Any]:
    return {"site": site, "cartons": cartons, **more}


async def test_stock_is_added_up_by_warehouse(source: Any, erp: Any) -> None:
    items = [
        {"article": "AU-1", "bins": [bin_("NL01", 2, reserved=3), bin_("NL01", 1), bin_("DE09", -1), bin_("quar", 9)]},
        {"article": 1001, "bins": []},
        {"article": "AU-2", "eta": "03.12.2026", "bins": [bin_("NL01", 0)]},
    ]
    erp.answers["/v1/stock"] = {"data": {"items": items}}
    levels = await source.stock.levels(["AU-1", "1001", "AU-9", "AU-1"])
    assert [(level.warehouse, level.on_hand, level.committed, level.free) for level in levels] == [("DE09", -12, 0, 0), ("RTM", 36, 3, 33)]
    assert levels[0].read_at == NOW and levels[0].source == "erp" and not levels[0].stale
    assert erp.seen[0].query == {"skus": "AU-1,1001,AU-9"}
    found = await source.stock.availability(["AU-1", "AU-2", "AU-9"])
    assert found == (
        Availability(sku="AU-1", available=True, warehouses=("Rotterdam",)),
        Availability(sku="AU-2", available=False, restock=date(2026, 12, 3)),
    )


async def test_a_place_without_a_name_for_customers_is_not_named(source: Any, erp: Any) -> None:
    erp.answers["/v1/stock"] = {"data": {"items": [{"article": "A", "bins": [bin_("SECRET-7", 1)]}]}}
    assert await source.stock.availability(["A"]) == (Availability(sku="A", available=True),)


async def test_an_answer_without_the_list_is_no_empty_shelf(source: Any, erp: Any) -> None:
    erp.answers["/v1/stock"] = {"status": "maintenance"}
    with pytest.raises(SourceDown, match=r"data\.items"):
        await source.stock.levels(["A"])


async def test_rows_that_cannot_be_read_are_left_out_and_told(source: Any, erp: Any) -> None:
    items = [{"article": f"A{n}", "bins": [bin_("NL01", 1)]} for n in range(20)] + [{"article": "B", "bins": [bin_("NL01", "many")]}]
    erp.answers["/v1/stock"] = {"data": {"items": items}}
    assert len(await source.stock.levels([f"A{n}" for n in range(20)] + ["B"])) == 20
    (fault,) = source.faults()
    assert "row 21, on_hand" in fault and '"many" is no number' in fault and "decimal" in fault
    erp.answers["/v1/stock"] = {"data": {"items": items[-3:]}}
    with pytest.raises(SourceDown, match="1 of 3 rows"):
        await source.stock.levels(["B"])


async def test_batches_one_by_one(source: Any, erp: Any) -> None:
    erp.answers["/v1/lots/L%2F7"] = {
        "lot": "L/7",
        "article": "AU-1",
        "vendor": {"name": "Hu"},
        "made": "2026-02-01",
        "shipped": 200,
        "claims": 5,
    }
    (batch,) = await source.stock.batches(["L/7", "L-404", ".."])
    assert (batch.id, batch.supplier, batch.produced, batch.complaint_rate) == ("L/7", "Hu", date(2026, 2, 1), 0.025)
    assert sorted(seen.path for seen in erp.seen) == ["/v1/lots/L%2F7", "/v1/lots/L-404"]


async def test_an_order_is_traced_to_its_batches(source: Any, erp: Any) -> None:
    erp.answers["/v1/orders/SO-1042/lots"] = {"order": "SO-1042", "lines": [{"article": "AU-1", "lot": "L7", "qty": "2"}]}
    (line,) = await source.stock.traced("#1042")
    assert (line.sku, line.batch, line.quantity) == ("AU-1", "L7", 2)
    assert await source.stock.traced("1043") == () and await source.stock.traced("x") == ()


async def test_inspections_are_events_in_order(source: Any, erp: Any) -> None:
    def item(rma: str, result: str, at: str) -> dict[str, Any]:
        return {"rma": rma, "order": "#1042", "article": "AU-1", "result": result, "at": at}

    # In Amsterdam the hour between two and three comes twice on this day.
    first, second = (
        [item("R-2", "scrap", "2026-10-25T02:30:00+01:00")],
        [item("R-1", "OK", "2026-10-25 02:30"), item("R-3", "??", "2026-11-01")],
    )
    erp.answers["/v1/inspections"] = {"items": first, "links": {"next": f"{erp.url}/v1/inspections/2"}}
    erp.answers["/v1/inspections/2"] = {"items": second, "links": {"next": ""}}
    found = await source.inspections.inspections(datetime(2026, 10, 1, tzinfo=UTC))
    assert [(each.number, each.grade, each.said) for each in found] == [("R-1", "A", "A"), ("R-2", "D", "D"), ("R-3", None, "??")]
    assert found[1].at - found[0].at == timedelta(hours=1) and found[0].order == "1042" and found[0].quantity == 1
    assert [each.key for each in await source.inspections.inspections(datetime(2026, 10, 1, tzinfo=UTC))] == [each.key for each in found]


async def test_a_next_page_elsewhere_is_not_followed(source: Any, erp: Any) -> None:
    erp.answers["/v1/inspections"] = {"items": [], "links": {"next": "https://evil.example/x"}}
    assert await source.inspections.inspections(NOW) == ()
    assert [seen.path for seen in erp.seen] == ["/v1/inspections", "/https://evil.example/x"]


CUSTOMS = Customs(ZoneInfo("Europe/Berlin"), ",", ".")


@pytest.mark.parametrize(
    ("written", "pieces"),
    [("12", 12), (" 1.200 ", 1200), ("1.234.567", 1234567), ("12,0", 12), ("7-", -7), ("-7", -7), (12.0, 12), (3, 3), ("1.200,000", 1200)],
)
def test_numbers_as_they_are_written(written: Any, pieces: int) -> None:
    assert whole(written, Decimal(1), CUSTOMS) == pieces


@pytest.mark.parametrize(
    "written", ["12.5", "1.20", "1,5", "abc", "1e3", "", "--1", "1 200", True, float("nan"), float("inf"), "9" * 30, "0x10"]
)
def test_what_can_be_read_in_two_ways_is_not_read(written: Any) -> None:
    with pytest.raises(Unreadable):
        whole(written, Decimal(1), CUSTOMS)


@pytest.mark.parametrize(
    ("written", "format_", "utc"),
    [
        ("2026-07-01T10:00:00", "", "2026-07-01T08:00:00+00:00"),
        ("2026-01-01 10:00", "", "2026-01-01T09:00:00+00:00"),
        ("2026-07-01T10:00:00Z", "", "2026-07-01T10:00:00+00:00"),
        ("01.07.26 10:00", "%d.%m.%y %H:%M", "2026-07-01T08:00:00+00:00"),
        (1782900000, "epoch", "2026-07-01T10:00:00+00:00"),
        ("1782900000000", "epoch_ms", "2026-07-01T10:00:00+00:00"),
    ],
)
def test_times_with_and_without_a_zone(written: Any, format_: str, utc: str) -> None:
    at = time(written, format_, ZoneInfo("Europe/Berlin"))
    assert isinstance(at, datetime) and at.astimezone(UTC).isoformat() == utc


def test_defaults_and_days() -> None:
    assert value("whole", Told(from_="a", default=3), "", CUSTOMS) == 3
    assert value("day", Told(from_="a"), None, CUSTOMS) is None
    assert value("day", Told(from_="a", format="%Y%m%d"), "20261122", CUSTOMS) == date(2026, 11, 22)
    with pytest.raises(Unreadable, match="format"):
        value("day", Told(from_="a"), "22/11/2026", CUSTOMS)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('zone = "Europe/Amsterdam"', 'zone = "Mars"', 2, "no such time zone"),
        ('sku = "data.items[].article"', 'sko = "data.items[].article"', 10, "There are: sku, warehouse"),
        ('id = "lot"\n', "", 18, "id is missing: add it"),
        ("times = 12", "times = 'x'", 12, "decimal"),
        ('path = "v1/lots/{key}"', 'path = "v1/lots/{key}"\nfile = "x.csv"', 16, "either a path"),
        ('path = "v1/lots/{key}"', 'pth = "v1/lots/{key}"', 17, "no such key"),
        ('eta", format', 'eta[].x", format', 14, "another list"),
        ('order = "order"', "order = {}", 29, "say where it is"),
    ],
)
def test_a_mistake_in_the_mapping_is_named_with_its_line(mapping_file: Path, old: str, new: str, line: int, said: str) -> None:
    mapping_file.write_text(MAPPING.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as told:
        load(mapping_file)
    assert f"erp.toml:{line}:" in str(told.value) and said in str(told.value)


async def test_a_source_without_a_part_has_nothing_of_it() -> None:
    from agent.commerce.connectors.mapped.mapping import Mapping

    mapping = Mapping.model_validate({"stock": {"path": "x", "fields": {"sku": "a", "warehouse": "b", "on_hand": "c"}}})
    bare = MappedStock("erp", mapping, {})
    assert (await bare.levels(["A"]), await bare.batches(["B"]), await bare.traced("1")) == ((), (), ())


def test_the_example_is_a_mapping_file() -> None:
    example = load(Path(build.__file__).with_name("example.toml"))
    assert example.stock and example.batches and example.lines and example.inspections
