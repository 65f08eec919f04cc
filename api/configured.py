"""The settings as commands use them: in demo mode with secrets that are generated once and kept."""

import json
import os
import secrets
from pathlib import Path

from pydantic import SecretStr

from agent.settings import Settings, read_settings


def settings() -> Settings:
    return with_secrets(read_settings())


def with_secrets(settings: Settings) -> Settings:
    """In demo mode, secrets that are not set are generated once and kept in the data folder, readable by the owner only."""
    if not settings.demo:
        return settings
    path = settings.data / "secrets.json"
    kept: dict[str, str] = json.loads(path.read_text()) if path.is_file() else {}
    names = ("secret", "shop_secret", "webhook_secret")
    missing = [name for name in names if name not in kept]
    if missing:
        kept |= {name: secrets.token_urlsafe(32) for name in missing}
        write_private(path, json.dumps(kept))
    chosen = {name: getattr(settings, name) if getattr(settings, name).get_secret_value() else SecretStr(kept[name]) for name in names}
    return settings.model_copy(update=chosen)


def write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".tmp")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    os.replace(partial, path)
