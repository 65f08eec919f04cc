"""Settings from the environment (prefix PORTSIDE_, or a .env file). Unsafe defaults are refused outside demo mode."""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.errors import UnsafeSettings


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PORTSIDE_", env_file=".env", extra="ignore", populate_by_name=True)

    demo: bool = True  #: demo shop, generated secrets, provisional thresholds
    data: Path = Path(".portside")  #: models, embedded database, vector store, generated secrets
    host: str = "127.0.0.1"
    port: int = 8700
    public_url: str = ""
    database_url: str = Field("", validation_alias=AliasChoices("DATABASE_URL", "PORTSIDE_DATABASE_URL"))
    chroma_url: str = Field("", validation_alias=AliasChoices("CHROMA_URL", "PORTSIDE_CHROMA_URL"))
    embedding_model: str = Field("", validation_alias=AliasChoices("EMBEDDING_MODEL", "PORTSIDE_EMBEDDING_MODEL"))
    reranker_model: str = Field("", validation_alias=AliasChoices("RERANKER_MODEL", "PORTSIDE_RERANKER_MODEL"))
    corpus: Path = Path(__file__).parent.parent / "knowledge" / "corpus"
    sources: Path = Path("sources.toml")  #: further sources of articles; see knowledge/sources/README.md
    shops: Path = Path("shops.toml")  #: the merchant's shops, carriers and warehouses; see agent/commerce/connectors/README.md
    policy: Path | None = None  #: folder of policy packs; unset = the demo merchant's, in agent/policy/packs
    smtp_url: str = ""  #: smtp://user:password@host:587 or smtps://...:465; mails codes. The demo keeps its mails itself
    mail_from: str = "care@lumenandloom.example"
    brand: str = "Lumen & Loom"
    four_eyes: Literal["marked", "always"] = "marked"  #: which articles a second person must read: those marked, or all for customers

    secret: SecretStr = SecretStr("")  #: signs widget tokens; generated in demo mode
    shop_secret: SecretStr = SecretStr("")  #: the shop signs its customers' identities with it
    webhook_secret: SecretStr = SecretStr("")  #: signs webhook deliveries, both ways
    webhook_callback: str = ""  #: where replies of the webhook channel are posted
    secure_cookies: bool = False

    openai_api_key: SecretStr = Field(SecretStr(""), validation_alias=AliasChoices("OPENAI_API_KEY"))
    openai_base_url: str = Field("", validation_alias=AliasChoices("OPENAI_BASE_URL"))
    model_small: str = ""  #: unset = local brain only
    model_timeout: float = 8.0  #: seconds for one model call

    worker_concurrency: int = 8
    embed_threads: int = 1
    log_level: str = "INFO"

    @property
    def models(self) -> Path:
        return self.data / "models"

    @property
    def url(self) -> str:
        return self.public_url or f"http://{self.host}:{self.port}"


def check_safe(settings: Settings) -> None:
    """Refuse to start outside demo mode with secrets unset or cookies open.

    Raises:
        UnsafeSettings: naming every variable to set.
    """
    if settings.demo:
        return
    missing = [
        f"PORTSIDE_{name.upper()}"
        for name in ("secret", "shop_secret", "webhook_secret")
        if len(getattr(settings, name).get_secret_value()) < 32
    ]
    if not settings.public_url.startswith("https://"):
        missing.append("PORTSIDE_PUBLIC_URL=https://...")
    if not settings.secure_cookies:
        missing.append("PORTSIDE_SECURE_COOKIES=true")
    if missing:
        raise UnsafeSettings("Outside demo mode these must be set (secrets: 32 characters or more): " + ", ".join(missing))
