"""A real service in a process of its own, a real Chromium, and pages that tell what went wrong in them."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg
import pytest
from playwright.sync_api import Browser, ConsoleMessage, FrameLocator, Page, expect, sync_playwright

from agent.store.engine import make_engine
from api import auth

ROOT = Path(__file__).parents[2]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
FIRST = "operator@lumenandloom.example"
#: Seconds a machine under load may take for what is done in a fraction of one.
PATIENCE = 20
#: What the tests ask about; the whole corpus would take half a minute to read.
LANGUAGES = ("ar", "de", "en")
ARTICLES = ("returns", "tracking-words", "contact-human")

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        pytest.skip("There is no Chromium on the PATH. Install the package chromium to run the browser tests.")
    return found


@pytest.fixture(scope="session")
def models() -> Path:
    folder = Path(os.environ.get("PORTSIDE_TEST_MODELS") or ROOT / ".portside" / "models").resolve()
    if not list(folder.glob("heads-*.npz")):
        pytest.skip("The models are not prepared. Run: make models")
    if not (ROOT / "node_modules" / "bootstrap").is_dir():
        pytest.skip("The front-end packages are not installed. Run: make setup")
    return folder


@dataclass(frozen=True)
class Service:
    """A running service: where it listens, and who may sign in at its desk."""

    url: str
    database: str
    password: str

    def hire(self, email: str, name: str, role: auth.Role = "operator") -> None:
        """A further operator with the same password."""
        with ThreadPoolExecutor(1) as elsewhere:  # Playwright keeps an event loop in this thread
            elsewhere.submit(asyncio.run, self._hire(email, name, role)).result()

    async def _hire(self, email: str, name: str, role: auth.Role) -> None:
        engine = make_engine(self.database, pool=1)
        await auth.set_password(engine, email, name, self.password, role)
        await engine.dispose()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def corpus(folder: Path) -> Path:
    for language, article in itertools.product(LANGUAGES, ARTICLES):
        (folder / language).mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "knowledge" / "corpus" / language / f"{article}.md", folder / language)
    return folder


@pytest.fixture(scope="session")
def service(chromium: str, models: Path, pg_server: str) -> Iterator[Service]:
    """Set up and started by its own command line, as anybody would."""
    data = Path(tempfile.mkdtemp(prefix="psb"))
    (data / "models").mkdir()
    for part in models.iterdir():  # links, so that what set-up fits or throws away here is no loss elsewhere
        (data / "models" / part.name).symlink_to(part)
    with psycopg.connect(pg_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE browser TEMPLATE template0")
    url, port = pg_server.replace("/postgres?", "/browser?", 1), free_port()
    chosen = {"DATA": str(data), "PORT": str(port), "DATABASE_URL": url, "CORPUS": str(corpus(data / "corpus")), "LOG_LEVEL": "WARNING"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PORTSIDE_", "OPENAI_", "CHROMA_")) and name != "DATABASE_URL"
    }
    environment = kept | {f"PORTSIDE_{name}": value for name, value in chosen.items()}
    command = [sys.executable, "-m", "api.cli"]
    subprocess.run([*command, "setup"], cwd=ROOT, env=environment, check=True, capture_output=True, timeout=180)
    process = subprocess.Popen([*command, "serve"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        listening(process, f"http://127.0.0.1:{port}/healthz")
        yield Service(f"http://127.0.0.1:{port}", url, (data / "operator-password").read_text().strip())
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        shutil.rmtree(data, ignore_errors=True)


def listening(process: subprocess.Popen[bytes], url: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, f"the service ended with {process.returncode}"
        try:
            if httpx.get(url, timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    pytest.fail("the service does not answer")


@pytest.fixture(scope="module")  # while it lives its event loop runs in this thread, which no async test can bear
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield launched
        launched.close()


@dataclass
class Visit:
    """Opens pages, each in a browser context of its own, and keeps their complaints."""

    browser: Browser
    service: Service
    complaints: list[str] = field(default_factory=list)
    #: Words in a complaint that a test causes on purpose.
    expected: list[str] = field(default_factory=list)

    def page(self, path: str, width: int = 1280, height: int = 860, **context: object) -> Page:
        opened = self.browser.new_context(base_url=self.service.url, viewport={"width": width, "height": height}, **context)  # pyright: ignore[reportArgumentType]
        page = opened.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.goto(path)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        """Refusals by the content security policy arrive here too, as errors."""
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def shop(self, language: str, customer: str = "", **context: object) -> Page:
        return self.page(f"/shop?lang={language}&as={customer}", **context)  # pyright: ignore[reportArgumentType]

    def desk(self, email: str = FIRST, path: str = "/desk") -> Page:
        """The desk, signed in."""
        page = self.page(f"/desk/login?next={path}", width=1440, height=900)
        sign_in(page, email, self.service.password)
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        return page


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def chat(page: Page) -> FrameLocator:
    """The widget, opened by its button and ready to write in."""
    page.locator("portside-chat button").click()
    frame = page.frame_locator("portside-chat iframe")
    expect(frame.locator("main")).not_to_have_attribute("aria-busy", "true")
    return frame


def write(frame: FrameLocator, text: str) -> None:
    frame.locator("#text").fill(text)
    frame.locator("#text").press("Enter")


@pytest.fixture
def visit(browser: Browser, service: Service) -> Iterator[Visit]:
    """After the test no page may have complained, but of what the test expects."""
    made = Visit(browser, service)
    yield made
    for context in browser.contexts:
        context.close()
    left = [line for line in made.complaints if not any(words in line for words in made.expected)]
    assert not left, left
