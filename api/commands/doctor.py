"""`doctor`: is everything there, and how to mend what is not."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import typer
from rich.console import Console
from rich.markup import escape

from agent.brains.local import heads
from agent.brains.translation import glossary
from agent.errors import PortsideError
from agent.settings import Settings, check_safe
from agent.store.engine import check_schema, database_url, make_engine
from agent.vision.features import FILE
from api.commands import sources
from api.configured import settings as load
from knowledge.alerts import Alert, alerts
from knowledge.embed import OnnxEmbedder
from knowledge.snapshot import Pointer, pointer

Finding = tuple[bool, str]


def doctor() -> None:
    """Checks settings, models, database, vector store, knowledge, model endpoint, and every shop, carrier and warehouse."""
    settings, console = load(), Console()
    healthy = True
    for name, (good, said) in (*((name, _tried(check, settings)) for name, check in CHECKS.items()), *_sources(settings)):
        healthy &= good
        console.print(f"{'[green]ok  [/green]' if good else '[red]mend[/red]'} {name:14} {escape(said)}", highlight=False)
    raise typer.Exit(0 if healthy else 1)


def _tried(check: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return check(settings)
    except PortsideError as error:
        return False, str(error)
    except Exception as error:  # a check that breaks is a finding, not a crash
        return False, f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"


def _sources(settings: Settings) -> list[tuple[str, Finding]]:
    try:
        return asyncio.run(sources.look(settings))
    except Exception as error:
        return [("shops", (False, f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"))]


def _settings(settings: Settings) -> Finding:
    check_safe(settings)
    return True, "demo mode" if settings.demo else "production"


def _disk(settings: Settings) -> Finding:
    settings.data.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data).free / 1e9
    return free > 1, f"{free:.1f} GB free for {settings.data}" + ("" if free > 1 else "; free at least 1 GB")


def _model(settings: Settings) -> Finding:
    if not (settings.models / "model.onnx").is_file():
        return False, "the embedding model is missing: run `portside models prepare`"
    embedder = OnnxEmbedder(settings.models)
    vector = asyncio.run(embedder.queries(["Where is my parcel?"]))
    if not heads.path(settings.models, embedder.fingerprint).is_file():
        return False, "the classifiers do not fit the present examples: run `portside models fit`"
    return True, f"{vector.shape[1]} dimensions, {embedder.fingerprint[:12]}"


def _database(settings: Settings) -> Finding:
    from api.setup import reachable

    fault = reachable(database_url(settings))
    kind = "yours" if settings.database_url else "embedded"
    return (True, kind) if fault is None else (False, f"{fault}: start it, or unset DATABASE_URL for the embedded one")


def _vectors(settings: Settings) -> Finding:
    if settings.chroma_url:
        answer = httpx.get(f"{settings.chroma_url.rstrip('/')}/api/v2/heartbeat", timeout=5)
        return answer.is_success, f"server {settings.chroma_url}" + ("" if answer.is_success else ": start it with `chroma run`")
    folder: Path = settings.data / "chroma"
    return folder.is_dir(), f"folder {folder}" + ("" if folder.is_dir() else " is missing: run `portside setup`")


def _knowledge(settings: Settings) -> Finding:
    async def look() -> tuple[Pointer | None, tuple[Alert, ...]]:
        engine = make_engine(database_url(settings), pool=1)
        try:
            await check_schema(engine)
            async with engine.connect() as connection:
                return await pointer(connection), await alerts(connection)
        finally:
            await engine.dispose()

    now, open_alerts = asyncio.run(look())
    if now is None:
        return False, "nothing published: run `portside sync`"
    return not open_alerts, f"snapshot {now.snapshot}" + "".join(f"; {alert.id}: {alert.message}" for alert in open_alerts)


def _endpoint(settings: Settings) -> Finding:
    if not settings.model_small:
        return True, "no language model configured; the local brain answers (set PORTSIDE_MODEL_SMALL and OPENAI_API_KEY for one)"
    base = settings.openai_base_url or "https://api.openai.com/v1"
    key = settings.openai_api_key.get_secret_value()
    try:
        answer = httpx.get(f"{base.rstrip('/')}/models", headers={"authorization": f"Bearer {key}"}, timeout=8)
    except httpx.HTTPError as error:
        return False, f"{base} does not answer ({error}): start it, or mend OPENAI_BASE_URL"
    return answer.is_success, f"{base} answers {answer.status_code}" + (
        "" if answer.is_success else ": check OPENAI_BASE_URL and OPENAI_API_KEY"
    )


def _own_models(settings: Settings) -> Finding:
    """Folders and files that are opened when they are first needed: a mistake in one would show in no other place."""
    glossary.load(settings.glossary)
    folders = {name: str(getattr(settings, name) or "") for name in ("translation_model", "entailment_model", "vision_model")}
    missing = [name for name, at in folders.items() if at and not Path(at).is_dir() and (name != "vision_model" or at[0] in "/.~")]
    if missing:
        return False, "; ".join(f"PORTSIDE_{name.upper()}: there is no folder {folders[name]}; mend or unset it" for name in missing)
    if not (settings.models / FILE).is_file():
        return False, "nothing looks at photos: run `portside models prepare`"
    return True, ", ".join(name for name, at in folders.items() if at) or "photos offline; none of your own"


CHECKS: dict[str, Callable[[Settings], Finding]] = {
    "settings": _settings,
    "disk": _disk,
    "models": _model,
    "database": _database,
    "vector store": _vectors,
    "knowledge": _knowledge,
    "model endpoint": _endpoint,
    "other models": _own_models,
}
