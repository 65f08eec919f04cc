"""A Git repository of articles: fetched without its history, then read like a folder."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SourceFailed
from knowledge.sources.folder import FolderSource
from knowledge.sources.markup import all_plain
from knowledge.sources.source import Loaded

_SECONDS = 60
_MOST_BLOCKS = 1_000_000  # of 512 bytes, for one file: bounds the pack that a server may send
_ADDRESS = re.compile(r"(https|ssh|file)://[^\s-]\S*|/\S*|[\w.]+@[\w.][\w.-]*:[\w./~-]+")
_BRANCH = re.compile(r"(?!.*\.\.)\w[\w./-]*")
_KEPT = re.compile("PATH|HOME|USER|LANG|SSH_AUTH_SOCK|SSL_CERT_(FILE|DIR)|TMPDIR|(https?|no|HTTPS|NO)_(proxy|PROXY)")
_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "credential.interactive": "false",
    "protocol.allow": "never",
    "protocol.https.allow": "always",
    "protocol.ssh.allow": "always",
    "protocol.file.allow": "always",
    "protocol.ext.allow": "never",
    "submodule.recurse": "false",
    "gc.auto": "0",
}


@dataclass(frozen=True, slots=True)
class GitSource:
    """The articles below `folder` of a branch ("" is the repository's default). The checkout is ours: it is made, reset and cleaned."""

    name: str
    url: str
    checkout: Path
    branch: str = ""
    folder: str = ""

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.url):
            raise ValueError("a repository is named by https://, ssh://, file://, user@host:path or an absolute path")
        if self.branch and not _BRANCH.fullmatch(self.branch):
            raise ValueError("not the name of a branch")

    async def load(self) -> Loaded:
        """Raises SourceFailed when the repository can not be fetched or holds no article."""
        if not self.checkout.exists():
            await self._fetch()
        elif not (self.checkout / ".git").is_dir():
            raise SourceFailed(f"{self.checkout} is there and is no checkout of ours: move it away")
        else:
            await self._refresh()
        return await asyncio.to_thread(self._read)

    async def _refresh(self) -> None:
        try:
            await self._fetch()
        except SourceFailed:
            # Perhaps a killed run left it half written; what was published last is in the database, so nothing is lost.
            await asyncio.to_thread(shutil.rmtree, self.checkout, ignore_errors=True)
            await self._fetch()

    async def _fetch(self) -> None:
        self.checkout.mkdir(parents=True, exist_ok=True)
        await self._git("init", "--quiet")
        # The address comes from the environment: its password stands neither in the checkout nor in the list of processes.
        await self._git("fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "source", self.branch or "HEAD")
        await self._git("reset", "--quiet", "--hard", "FETCH_HEAD")
        await self._git("clean", "--quiet", "-ffdx")

    def _read(self) -> Loaded:
        folder = self.checkout / self.folder
        if not folder.resolve().is_relative_to(self.checkout.resolve()):
            raise SourceFailed(f"{self.folder} leads out of the repository: name a folder inside it")
        if not folder.is_dir():
            raise SourceFailed(f"{self.folder} is not a folder of the repository")
        loaded = all_plain(FolderSource(folder, self.name).read())
        if not loaded.articles:
            raise SourceFailed(f"no article can be read; {next(iter(loaded.problems), 'there are no .md files')}")
        return loaded

    async def _git(self, *arguments: str) -> None:
        command = ["sh", "-c", f'ulimit -f {_MOST_BLOCKS}; exec git "$@"', "git", *arguments]
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=self.checkout,
            env=self._environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # git has children of its own, which must end with it
        )
        try:
            async with asyncio.timeout(_SECONDS):
                _, said = await process.communicate()
        except TimeoutError:
            raise SourceFailed(f"{self._safe(self.url)} did not answer within {_SECONDS} s") from None
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        if process.returncode:
            lines = said[-2_000:].decode(errors="replace").strip().splitlines()
            raise SourceFailed(f"{self._safe(self.url)}: {self._safe(lines[-1]) if lines else f'git ended with {process.returncode}'}")

    def _environment(self) -> dict[str, str]:
        settings = _SETTINGS | {"remote.source.url": self.url}
        pairs = {f"GIT_CONFIG_KEY_{number}": key for number, key in enumerate(settings)}
        pairs |= {f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(settings.values())}
        fixed = {"GIT_CONFIG_COUNT": str(len(settings)), "GIT_TERMINAL_PROMPT": "0", "GIT_LFS_SKIP_SMUDGE": "1", "GIT_ASKPASS": "true"}
        return (
            {name: value for name, value in os.environ.items() if _KEPT.fullmatch(name)}
            | pairs
            | fixed
            | {"GIT_SSH_COMMAND": "ssh -oBatchMode=yes"}
        )

    def _safe(self, text: str) -> str:
        """Without the password of the address, however git repeats it."""
        return re.sub(r"://[^/@\s]*@", "://***@", text)
