"""Folders and archives are read within bounds: no links out, no traversal, no bombs, nothing written."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from knowledge.article import Problem
from knowledge.errors import SourceFailed
from knowledge.sources import files as reading
from knowledge.sources.files import Raw, files, unzip

LIMITS = {".html": 1_000}


def zipped(members: dict[str, str | bytes]) -> BytesIO:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    made.seek(0)
    return made


def split(found: list[Raw | Problem]) -> tuple[list[str], list[str]]:
    return [item.name for item in found if isinstance(item, Raw)], [str(item) for item in found if isinstance(item, Problem)]


def test_a_folder_gives_its_files_in_order_and_says_what_it_can_not(tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text("x")
    root = tmp_path / "root"
    (root / "b").mkdir(parents=True)
    (root / "b" / "2.HTML").write_text("x")
    (root / "1.html").write_text("x")
    (root / ".hidden.html").write_text("x")
    (root / os.fsdecode(b"b\xff.html")).write_text("x")  # no name that could be shown
    (root / "other.txt").write_text("x")
    (root / "big.html").write_text("x" * 1_001)
    (root / "out.html").symlink_to(outside)
    (root / "self.html").symlink_to(root / "self.html")
    (root / "circle").symlink_to(root)
    os.mkfifo(root / "pipe.html")
    names, problems = split(list(files(root, LIMITS)))
    assert names == ["1.html", "b.html", "b/2.HTML"]
    assert len(problems) == 4
    assert any("leads out" in problem for problem in problems)
    assert any("not a regular file" in problem for problem in problems)


def test_a_place_that_is_not_there_or_of_another_kind_fails(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match="no file or folder"):
        list(files(tmp_path / "none", LIMITS))
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(SourceFailed, match="not of the kind"):
        list(files(tmp_path / "a.txt", LIMITS))


def test_an_archive_gives_what_is_safe(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {"t/en/a.html": "x", "t/evil.zip": "x", "t/style.css": "x", "__MACOSX/a.html": "x"}
    members |= {"../../etc/b.html": "x", "/etc/c.html": "x", "t/big.html": "y" * 1_001}
    (tmp_path / "e.zip").write_bytes(zipped(members).getvalue())
    names, problems = split(list(files(tmp_path / "e.zip", LIMITS)))
    assert names == ["t/en/a.html"]
    assert len(problems) == 4
    assert sum("leads out" in problem for problem in problems) == 2
    assert [path.name for path in tmp_path.rglob("*")] == ["e.zip"]


def test_the_one_folder_around_an_export_is_no_part_of_the_names() -> None:
    assert split(list(unzip(zipped({"2026-05/en/a.html": "x", "2026-05/b.html": "x"}), "e.zip", LIMITS)))[0] == ["b.html", "en/a.html"]


def test_bombs_and_damage_are_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_UNPACKED", 2_500)
    bomb = zipped({f"{number}.html": "x" * 1_000 for number in range(5)})
    names, problems = split(list(unzip(bomb, "e.zip", LIMITS)))
    assert len(names) == 2
    assert "unpacks to more than" in problems[0]
    monkeypatch.setattr(reading, "MOST_FILES", 3)
    assert "more than 3 files" in split(list(unzip(bomb, "e.zip", LIMITS)))[1][0]
    assert "not a readable ZIP" in split(list(unzip(BytesIO(b"PK\3\4 broken"), "e.zip", LIMITS)))[1][0]


def test_a_damaged_or_locked_member_leaves_the_others() -> None:
    data = bytearray(zipped({"a.html": os.urandom(500), "b.html": "fine"}).getvalue())
    data[100] ^= 0xFF
    names, problems = split(list(unzip(BytesIO(bytes(data)), "e.zip", LIMITS)))
    assert names == ["b.html"]
    assert "damaged" in problems[0]
    locked = bytearray(zipped({"a.html": "x"}).getvalue())
    locked[locked.index(b"PK\1\2") + 8] |= 1
    assert "password" in split(list(unzip(BytesIO(bytes(locked)), "e.zip", LIMITS)))[1][0]
