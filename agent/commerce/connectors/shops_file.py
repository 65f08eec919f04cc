"""`shops.toml`: the merchant's shops, carriers and warehouses. Every key is explained in README.md beside this file."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from agent.commerce.connectors import toml_file
from agent.commerce.connectors.toml_file import BadFile
from agent.domain.commerce import OrderState, Tier
from agent.errors import UnsafeSettings

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:\d{1,5})?")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,99}")
_LOCAL = frozenset({"127.0.0.1", "localhost"})
_GRAMS = {"g": 1, "kg": 1000, "lbs": 454, "oz": 28}


def _address(text: str) -> str:
    """https, or this machine: a key never travels in the open."""
    found = urlsplit(text)
    if found.scheme not in ("https", "http") or not _HOST.fullmatch(found.netloc.lower()) or found.query or found.fragment:
        raise ValueError('write a whole address, such as "https://shop.example"')
    if found.scheme == "http" and found.hostname not in _LOCAL:
        raise ValueError("the address must begin with https://, because keys are sent there")
    return text.rstrip("/")


def _origin(text: str) -> str:
    """It goes into a header of ours: nothing but scheme, host and port."""
    found = urlsplit(_address(text))
    if found.path:
        raise ValueError('an origin has no path: write it like "https://www.shop.example"')
    return f"{found.scheme}://{found.netloc.lower()}"


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        raise ValueError("write the NAME of an environment variable here, such as SHOP_TOKEN, never the secret itself")
    return text


def _digits(text: str) -> str:
    if not (text.isascii() and text.isdecimal()):
        raise ValueError('write the digits that its order numbers begin with, such as "10"')
    return text


Address = Annotated[str, AfterValidator(_address)]
Origin = Annotated[str, AfterValidator(_origin)]
Variable = Annotated[str, AfterValidator(_variable)]
Digits = Annotated[str, AfterValidator(_digits)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Strict):
    """Whatever is asked. `ttl` is the age in seconds up to which an answer is told without asking again."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    ttl: float = Field(default=60.0, gt=0, le=86_400)


class _Shop(Source):
    brand: str = ""
    markets: tuple[Country, ...] = ()
    numbers: tuple[Digits, ...] = ()  # digits that its order numbers begin with; needed when there are several shops
    origins: tuple[Origin, ...] = ()  # sites that may embed the chat


class TokenSecrets(_Strict):
    """Names of environment variables. `webhook` signs what the source tells of its own accord."""

    token: Variable
    webhook: Variable | None = None


class PairSecrets(_Strict):
    key: Variable
    secret: Variable
    webhook: Variable | None = None


class MappedSecrets(_Strict):
    token: Variable | None = None
    user: Variable | None = None
    password: Variable | None = None


class ShopifyShop(_Shop):
    kind: Literal["shopify"]
    address: Address  # https://name.myshopify.com
    secrets: TokenSecrets
    prefix: str = "#"  # what the shop writes before an order's digits, and after them
    suffix: str = ""
    transit_days: int = Field(default=10, ge=1, le=90)  # promised when neither shop nor carrier promises anything
    tiers: dict[str, Tier] = {}  # a customer's tag -> loyalty tier


class WooShop(_Shop):
    kind: Literal["woocommerce"]
    address: Address
    secrets: PairSecrets
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    prefix: str = ""
    renumbered: bool = False  # a plugin numbers the orders, so that number and id differ
    states: dict[str, OrderState] = {}  # of plugins: theirs -> ours
    transit_days: int = Field(default=10, ge=1, le=90)
    location: str = "store"
    language: str = ""
    weight: Literal["g", "kg", "lbs", "oz"] = "kg"

    @property
    def grams(self) -> int:
        return _GRAMS[self.weight]


class DemoShop(_Shop):
    kind: Literal["demo"]


class _NoShop(Source):
    model_config = ConfigDict(extra="allow")
    kind: Literal["mapped"]

    @model_validator(mode="after")
    def _elsewhere(self) -> "_NoShop":
        raise ValueError("a mapped source has stock, batches and inspections, but no orders: put it under [[stock]]")


class Tracking(Source):
    name: str = Field(default="aftership", pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    kind: Literal["aftership"]
    address: Address | None = None
    secrets: TokenSecrets
    ttl: float = Field(default=300.0, gt=0, le=86_400)


class MappedStock(Source):
    kind: Literal["mapped"]
    mapping: Path  # beside the shops file
    address: Address | None = None
    secrets: MappedSecrets = MappedSecrets()


AnyShop = ShopifyShop | WooShop | DemoShop
AnySource = AnyShop | Tracking | MappedStock


class Shops(_Strict):
    shop: tuple[Annotated[ShopifyShop | WooShop | DemoShop | _NoShop, Field(discriminator="kind")], ...] = Field(min_length=1)
    tracking: Tracking | None = None
    stock: tuple[MappedStock, ...] = ()

    @property
    def shops(self) -> tuple[AnyShop, ...]:
        return tuple(shop for shop in self.shop if not isinstance(shop, _NoShop))


DEMO = Shops(shop=(DemoShop(name="demo-shop", kind="demo"),))


def environment() -> dict[str, str]:
    """Of the process, and below it of the .env file, as for all other settings."""
    return {**{key: value for key, value in dotenv_values(".env").items() if value}, **os.environ}


def load(path: Path, *, demo: bool, given: Mapping[str, str] | None = None) -> Shops:
    """The demo shop when there is no such file. `given` is the environment.

    Raises BadFile or UnsafeSettings, naming line and cure and never a secret.
    """
    if not path.exists():
        if demo:
            return DEMO
        raise UnsafeSettings(f"Outside demo mode Portside must know the shop: write {path} (PORTSIDE_SHOPS names another place).")
    shops, text = toml_file.read(path, Shops)
    for loc, said in _clashes(shops):
        raise BadFile(toml_file.located(path, text, loc, said))
    for loc, said in _unsafe(shops, demo, environment() if given is None else given):
        raise UnsafeSettings(toml_file.located(path, text, loc, said))
    return shops


Fault = tuple[tuple[int | str, ...], str]


def _clashes(shops: Shops) -> Iterator[Fault]:
    names: set[str] = set()
    for loc, source in _placed(shops):
        if source.name in names:
            yield (*loc, "name"), f"{source.name} is taken: give each source a name of its own"
        names.add(source.name)
    if len(shops.shop) > 1:
        yield from _overlaps(shops)


def _overlaps(shops: Shops) -> Iterator[Fault]:
    """An order number must say whose it is: "1042" proven at one shop must never open the order of that number at another."""
    taken: dict[str, str] = {}
    for at, shop in enumerate(shops.shops):
        if not shop.numbers:
            yield ("shop", at, "numbers"), 'with several shops, each needs the digits its order numbers begin with: numbers = ["10"]'
        for digits in shop.numbers:
            for other, name in taken.items():
                if digits.startswith(other) or other.startswith(digits):
                    yield ("shop", at, "numbers"), f"{digits} overlaps with {other} of {name}: an order number must belong to one shop"
            taken[digits] = shop.name


def _unsafe(shops: Shops, demo: bool, given: Mapping[str, str]) -> Iterator[Fault]:
    for loc, source in _placed(shops):
        if source.kind == "demo" and not demo:
            yield (*loc, "kind"), "the demo shop is fiction: name your own shop, or set PORTSIDE_DEMO=true"
        if demo and isinstance(source, ShopifyShop | WooShop) and urlsplit(source.address).hostname not in _LOCAL:
            yield (*loc, "kind"), "in the demo anybody may be any customer and open their mails: set PORTSIDE_DEMO=false for a real shop"
        secrets = cast(BaseModel | None, getattr(source, "secrets", None))
        for role, variable in (secrets.model_dump() if secrets else dict[str, Any]()).items():
            if variable and not given.get(variable):
                yield (*loc, "secrets", role), f"the environment has no {variable}: set it"


def _placed(shops: Shops) -> Iterator[tuple[tuple[int | str, ...], AnySource]]:
    for at, shop in enumerate(shops.shops):
        yield ("shop", at), shop
    if shops.tracking:
        yield ("tracking",), shops.tracking
    for at, stock in enumerate(shops.stock):
        yield ("stock", at), stock
