"""A folder that can not be read in full is a source that failed: what it gave before must not be unpublished."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import SourceFailed
from knowledge.sources import files as reading
from knowledge.sources.config import PlainFolder
from knowledge.sources.folder import FolderSource

ARTICLE = "---\nid: {}\ntitle: T\nlanguage: {}\n---\nAn answer.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language in ("de", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "a.md").write_text(ARTICLE.format("a", language))
    return tmp_path


def failing(list_: Callable[..., Any], place: Path) -> Callable[..., Any]:
    """As a share does that is away for a moment; permissions mean nothing to root."""

    def listed(path: Any = ".") -> Any:
        if Path(path) == place:
            raise OSError(5, "Input/output error", str(path))
        return list_(path)

    return listed


def test_a_folder_below_that_can_not_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(FolderSource(folder).read().articles) == 2
    monkeypatch.setattr(os, "listdir", failing(os.listdir, folder / "de"))
    with pytest.raises(SourceFailed, match=r"de can not be read: Input/output error"):
        FolderSource(folder).read()


def test_the_same_for_files_of_other_kinds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(list(reading.files(folder, {".md": 1000}))) == 2
    monkeypatch.setattr(os, "scandir", failing(os.scandir, folder / "de"))
    with pytest.raises(SourceFailed, match=r"de can not be read: Input/output error"):
        list(reading.files(folder, {".md": 1000}))


async def test_a_configured_folder_without_articles_is_not_mounted(folder: Path) -> None:
    assert len((await PlainFolder("wiki", folder).load()).articles) == 2
    (folder / "empty").mkdir()
    with pytest.raises(SourceFailed, match="mounted"):
        await PlainFolder("wiki", folder / "empty").load()
