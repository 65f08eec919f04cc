"""Settings from the environment (prefix PORTSIDE_, or a .env file). Unsafe defaults are refused outside demo mode."""

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.errors import BadSettings, UnsafeSettings


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
    model_small: str = ""  #: reads and translates; unset = local brain only
    model_large: str = ""  #: writes, and reads what the small one is unsure of; unset = the small one
    model_vision: str = ""  #: looks at photos; unset = no model does
    model_judge: str = ""  #: judges and plays customers in the evaluation; unset = the small one
    model_use: Literal["cascade", "always"] = "cascade"  #: always: every message by the large model, to compare with
    model_timeout: float = Field(8.0, gt=0, le=15)  #: seconds for one model call
    model_prices: str = "small 0.5 2, large 3 15, vision 3 15"  #: euro for a million tokens in and out, by class
    budget_conversation: float = Field(0.25, ge=0)  #: euro that one conversation may cost in model calls
    budget_hour: float = Field(5.0, ge=0)  #: ... all of them in an hour, so that one flood of strangers does not use up the day
    budget_day: float = Field(25.0, ge=0)  #: ... and all of them in a day (UTC)
    budget_month: float = Field(300.0, ge=0)  #: ... and the merchant in a month
    #: ... and the share of hour, day and month for writers of whom nothing is proven; the rest is kept for customers
    budget_strangers: float = Field(0.5, ge=0, le=1)
    translation_model: Path | None = None  #: folder of a MarianMT or NLLB model; a glossary and marks guard it
    entailment_model: Path | None = None  #: folder of a sequence classifier with an "entailment" class; checks what a model wrote
    vision_model: str = ""  #: CLIP or SigLIP, a folder or a hub's name; recognises and diagnoses without examples
    glossary: Path = Path("glossary.toml")  #: names and terms that translations keep
    voice: Path | None = None  #: the merchant's voice guide; unset = prompts/voice.toml
    thresholds: Path | None = None  #: certified thresholds of a brain other than the local one, from: python -m eval calibrate

    worker_concurrency: int = 8
    embed_threads: int = 1
    log_level: str = "INFO"

    @property
    def models(self) -> Path:
        return self.data / "models"

    @property
    def url(self) -> str:
        return self.public_url or f"http://{self.host}:{self.port}"


def read_settings() -> Settings:
    """From the environment and .env.

    Raises:
        BadSettings: naming every variable that cannot be used, without what it holds: that may be a secret.
    """
    try:
        chosen = Settings.model_validate({})
    except ValidationError as error:
        wrong = "; ".join(f"{_variable(str(found['loc'][0]))}: {found['msg']}" for found in error.errors())
        raise BadSettings(f"{wrong}. Mend it in the environment or in .env.") from None
    if "glossary" in chosen.model_fields_set and not chosen.glossary.is_file():  # without the usual file there is none
        raise BadSettings("PORTSIDE_GLOSSARY: there is no such file. Unset it, or write one as agent/brains/translation/glossary.py shows.")
    return chosen


def _variable(field: str) -> str:
    return field if field.isupper() else f"PORTSIDE_{field.upper()}"


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
