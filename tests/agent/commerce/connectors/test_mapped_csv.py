"""CSV files as other systems drop them: encodings, separators, half-written ones; every fault names file, row, column and cure."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent.commerce.connectors.client import SourceDown
from agent.commerce.connectors.mapped import csv_file, mapped
from agent.commerce.connectors.mapped.csv_file import CsvFeed, parse
from agent.commerce.connectors.mapped.mapping import Mapping, Place
from agent.commerce.connectors.mapped.table import BadTable, Table

NOW = datetime.now(UTC)
FIELDS = {"sku": "Artikel", "warehouse": "Lager", "on_hand": "Bestand", "committed": {"from": "Reserviert", "default": 0}}


def place(**more: Any) -> Place:
    return Place.model_validate({"file": "stock*.csv", "separator": ";", "fields": FIELDS} | more)


def read(text: str, encoding: str = "utf-8", **more: Any) -> Table:
    return parse("stock", place(encoding=encoding, **more), "UTC", text.encode(encoding), "stock.csv", NOW)


GOOD = "Artikel;Lager;Bestand;Reserviert\nAU-1;RTM;12;2\nAU-2;Köln;0;\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    found = read(GOOD.replace("Köln", "上海") if encoding == "gb18030" else GOOD, encoding)
    assert found.by["AU-1"] == [{"sku": "AU-1", "warehouse": "RTM", "on_hand": 12, "committed": 2, "incoming": None, "restock": None}]
    assert found.by["AU-2"][0]["warehouse"] in ("Köln", "上海")


def test_a_bom_nobody_mentioned_is_no_part_of_the_first_column() -> None:
    assert read("\ufeff" + GOOD).by.keys() == {"AU-1", "AU-2"}


def test_decimal_commas_quotes_and_blank_lines() -> None:
    text = 'lager; Artikel ;Bestand;Reserviert\r\n"RT;M";AU-1;"1.200,00";3-\r\n\r\nRTM;AU-2;5;\r\n'
    found = read(text, decimal=",", thousands=".")
    assert (found.by["AU-1"][0]["warehouse"], found.by["AU-1"][0]["on_hand"], found.by["AU-1"][0]["committed"]) == ("RT;M", 1200, -3)


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        (
            GOOD.replace("Bestand", "Menge"),
            {},
            ['stock.csv: row 1: there is no column "Bestand" (for on_hand)', "It has: Artikel, Lager, Menge"],
        ),
        (GOOD.replace(";", ","), {}, ["Only one column was found: is `separator` ';' right?"]),
        (GOOD.replace("Reserviert", "Bestand"), {}, ['more than one column "Bestand"']),
        (GOOD.replace("12", "a dozen"), {}, ['1 of 2 rows cannot be read. stock.csv: row 2, on_hand ("Bestand"): "a dozen" is no number']),
        (GOOD.replace("12", ""), {}, ["row 2, on_hand", "it is empty; fill it, or set `default`"]),
        (GOOD.replace("AU-1;", "AU;1;"), {}, ["stock.csv: row 2, column 5: it has more fields than the header: quote the separator"]),
        (GOOD[:-1], {}, ["its last row does not end", 'whole = "any"']),
        (GOOD.replace("AU-2", '"AU-2'), {}, ["row 3", "A quotation mark is open"]),
        (GOOD, {"trailer": "EOF"}, ['does not end with "EOF"']),
        ("", {}, ["it is empty"]),
        ("\n \n", {}, ["it is empty"]),
        (";;;\n", {}, ["row 1: there is no column"]),
    ],
)
def test_a_fault_names_file_row_column_and_cure(text: str, more: dict[str, Any], said: list[str]) -> None:
    with pytest.raises(BadTable) as told:
        read(text, **more)
    assert [words for words in said if words not in str(told.value)] == []


def test_a_wrong_encoding_is_told_with_its_row() -> None:
    with pytest.raises(BadTable, match=r"row 3: it is not written in utf-8\. Set `encoding`"):
        parse("stock", place(), "UTC", GOOD.encode("cp1252"), "stock.csv", NOW)


def test_one_bad_row_of_many_is_left_out_and_told() -> None:
    rows = "".join(f"AU-{n};RTM;1;0\n" for n in range(30))
    found = read("Artikel;Lager;Bestand;Reserviert\n" + rows + "AU-X;RTM;?;0\nAU-Y;RTM\n")
    assert len(found.rows) == 30 and [fault.partition(":")[0] for fault in found.faults] == ["stock.csv", "stock.csv"]
    assert "row 32, on_hand" in found.faults[0] and "row 33, column 3: it has fewer fields" in found.faults[1]


def test_a_trailer_is_no_row() -> None:
    assert read(GOOD + "EOF;2;;\n", trailer="EOF").by.keys() == {"AU-1", "AU-2"}
    assert read(GOOD[:-1] + "1", whole="any").by.keys() == {"AU-1", "AU-2"}


def drop(folder: Path, text: str, name: str = "stock.csv", age: float = 60.0) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time.time() - age, time.time() - age))


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CsvFeed:
    monkeypatch.setattr(csv_file, "_LOOK_AGAIN", -1.0)
    return CsvFeed("stock", place(), tmp_path, "UTC", now=lambda: datetime.now(UTC))


async def pieces(feed: CsvFeed) -> tuple[int, bool]:
    found = await feed.rows()
    return found.by["AU-1"][0]["on_hand"], found.stale


async def test_a_half_written_file_leaves_the_last_whole_one(feed: CsvFeed, tmp_path: Path) -> None:
    with pytest.raises(SourceDown, match="no such file"):
        await feed.rows()
    drop(tmp_path, GOOD[:-20])
    with pytest.raises(SourceDown, match="its last row does not end"):
        await feed.rows()
    drop(tmp_path, GOOD)
    assert await pieces(feed) == (12, False) and feed.faults == ()
    drop(tmp_path, GOOD.replace("12", "99")[:-1], age=30)
    assert await pieces(feed) == (12, True) and "written only in part" in feed.faults[0]
    drop(tmp_path, GOOD.replace("12", "99"), age=20)
    assert await pieces(feed) == (99, False) and feed.faults == ()
    (tmp_path / "stock.csv").unlink()
    assert await pieces(feed) == (99, True) and "no such file" in feed.faults[0]


async def test_a_file_that_is_being_written_is_left_to_rest(feed: CsvFeed, tmp_path: Path) -> None:
    drop(tmp_path, GOOD)
    assert await pieces(feed) == (12, False)
    drop(tmp_path, GOOD.replace("12", "13"), age=0)
    assert await pieces(feed) == (12, False)
    drop(tmp_path, GOOD.replace("12", "13"), age=5)
    assert await pieces(feed) == (13, False)


async def test_of_several_files_the_newest_whole_one_counts(feed: CsvFeed, tmp_path: Path) -> None:
    drop(tmp_path, GOOD, "stock-1.csv", age=300)
    drop(tmp_path, GOOD.replace("12", "13"), "stock-2.csv", age=200)
    drop(tmp_path, GOOD.replace("12", "14")[:-1], "stock-3.csv", age=100)
    assert await pieces(feed) == (13, True)
    found = await feed.rows()
    assert 190 < (datetime.now(UTC) - found.read_at).total_seconds() < 220  # as old as the file


async def test_old_files_are_told_as_old(feed: CsvFeed, tmp_path: Path) -> None:
    drop(tmp_path, GOOD, age=25 * 3600)
    assert await pieces(feed) == (12, True)


async def test_levels_carry_the_age_of_the_file(tmp_path: Path) -> None:
    drop(tmp_path, GOOD, age=25 * 3600)
    mapping = Mapping.model_validate({"stock": {"file": "stock.csv", "separator": ";", "fields": FIELDS}})
    (level,) = await mapped("wms", mapping, tmp_path, None).stock.levels(["AU-1"])
    assert level.stale and (datetime.now(UTC) - level.read_at).total_seconds() > 24 * 3600


def test_fifty_thousand_rows_in_a_second() -> None:
    text = "Artikel;Lager;Bestand;Reserviert\n" + "".join(f"AU-{n};RTM;{n};0\n" for n in range(50_000))
    begun = time.process_time()
    assert len(read(text).by) == 50_000
    assert time.process_time() - begun < 5.0
