"""A repository is fetched, refreshed and mended; whatever goes wrong is a failed source without a password in its message."""

import subprocess
import time
from pathlib import Path

import pytest

from knowledge.errors import SourceFailed
from knowledge.sources import git
from knowledge.sources.git import GitSource

ARTICLE = "---\nid: {id}\ntitle: T\nlanguage: en\n---\n{body}\n"


def run(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def commit(repository: Path, **articles: str) -> None:
    for name, body in articles.items():
        (repository / "docs" / f"{name}.md").write_text(ARTICLE.format(id=name, body=body))
    run(repository, "add", "-A")
    run(repository, "commit", "-q", "-m", "Change")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    made = tmp_path / "origin"
    (made / "docs").mkdir(parents=True)
    run(made, "init", "-q")
    commit(made, one="First <script>x</script>text")
    return made


async def bodies(source: GitSource) -> dict[str, str]:
    return {article.id: article.body for article in (await source.load()).articles}


async def test_it_is_fetched_and_refreshed(repository: Path, tmp_path: Path) -> None:
    source = GitSource("kb", f"file://{repository}", tmp_path / "data" / "kb", folder="docs")
    assert await bodies(source) == {"one": "First text"}
    commit(repository, two="Second")
    (repository / "docs" / "one.md").unlink()
    commit(repository, three="Third")
    (source.checkout / "docs" / "stray.md").write_text(ARTICLE.format(id="stray", body="x"))
    assert await bodies(source) == {"two": "Second", "three": "Third"}


async def test_a_branch_and_a_path(repository: Path, tmp_path: Path) -> None:
    run(repository, "checkout", "-q", "-b", "next/one")
    commit(repository, one="On the branch")
    run(repository, "checkout", "-q", "main")
    assert await bodies(GitSource("kb", str(repository), tmp_path / "kb", "next/one", "docs")) == {"one": "On the branch"}
    with pytest.raises(SourceFailed, match="nowhere"):
        await GitSource("kb", str(repository), tmp_path / "kb", "nowhere").load()


async def test_a_checkout_left_half_done_is_made_anew(repository: Path, tmp_path: Path) -> None:
    source = GitSource("kb", str(repository), tmp_path / "kb")
    await source.load()
    (tmp_path / "kb" / ".git" / "index.lock").write_text("")
    (tmp_path / "kb" / ".git" / "HEAD").write_text("broken")
    assert await bodies(source) == {"one": "First text"}


async def test_nothing_of_others_is_overwritten(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("x")
    with pytest.raises(SourceFailed, match="no checkout of ours"):
        await GitSource("kb", str(repository), tmp_path / "mine").load()
    assert (tmp_path / "mine" / "file").exists()


async def test_hooks_and_settings_of_a_repository_are_not_run(repository: Path, tmp_path: Path) -> None:
    source = GitSource("kb", str(repository), tmp_path / "kb")
    await source.load()
    hook = tmp_path / "kb" / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    hook.chmod(0o755)
    await source.load()
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("folder", ["../", "/etc", "out", "none"])
async def test_a_folder_inside_stays_inside(repository: Path, tmp_path: Path, folder: str) -> None:
    (repository / "out").symlink_to(tmp_path)
    commit(repository, two="x")
    with pytest.raises(SourceFailed, match=r"leads out|not a folder"):
        await GitSource("kb", str(repository), tmp_path / "kb", folder=folder).load()


@pytest.mark.parametrize(
    "url",
    ["ext::sh -c touch% x", "--upload-pack=x", "http://a.example/x", "git://a.example/x", "relative/path", "ssh://-oProxyCommand=x/y"],
)
def test_addresses_that_could_run_something_are_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is named by"):
        GitSource("kb", url, tmp_path)


def test_branches_that_are_options_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="branch"):
        GitSource("kb", "/r", tmp_path, branch="--upload-pack=x")


async def test_a_failure_shows_no_password(tmp_path: Path) -> None:
    source = GitSource("kb", "https://user:hunter2@127.0.0.1:1/kb.git", tmp_path / "kb")
    with pytest.raises(SourceFailed) as failed:
        await source.load()
    assert "127.0.0.1" in str(failed.value)
    assert "hunter2" not in str(failed.value)
    assert not any("hunter2" in file.read_text(errors="replace") for file in (tmp_path / "kb").rglob("*") if file.is_file())


async def test_a_server_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "_SECONDS", 1)
    (tmp_path / "bin").mkdir()
    slow = tmp_path / "bin" / "git"
    slow.write_text("#!/bin/sh\nsleep 60 & echo $! > pid; wait\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    started = time.monotonic()
    with pytest.raises(SourceFailed, match="did not answer"):
        await GitSource("kb", str(tmp_path), tmp_path / "kb").load()
    assert time.monotonic() - started < 15
    child = int((tmp_path / "kb" / "pid").read_text())
    assert not running(child)


def running(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().split()[2] != "Z"
