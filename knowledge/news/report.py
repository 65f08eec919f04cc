"""What the supply chain can report: five kinds of news, each with its facts, all bounded and dated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, cast

from pydantic import AliasChoices, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, field_validator, model_validator

from knowledge.article import countries
from knowledge.news.plain import Code, Name, Note

LONGEST = timedelta(days=180)
_COUNTRIES = 60

Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Days = Annotated[int, Field(ge=1, le=60)]
Reason = Literal["weather", "strike", "customs", "peak", "flights", "other"]
Part = Literal["ingredient", "material", "label", "battery"]
Change = Literal["battery", "charging", "firmware", "sound", "material", "ingredients", "fit", "colour", "packaging", "accessories", "care"]
Tax = Literal["duty", "vat"]


class _Item(BaseModel):
    """What all news have. `at` is when it was so: an older report that comes late does not replace a newer one."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$")
    valid_from: date
    valid_to: date
    markets: tuple[Country, ...] = Field(default=(), max_length=_COUNTRIES)
    products: tuple[Code, ...] = Field(default=(), max_length=50)
    at: AwareDatetime | None = None
    note: Note = ""

    @field_validator("markets")
    @classmethod
    def _expand(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return countries(value)

    @model_validator(mode="after")
    def _bounded(self) -> _Item:
        if not timedelta() <= self.valid_to - self.valid_from <= LONGEST:
            raise ValueError(f"valid_to must lie within {LONGEST.days} days after valid_from")
        return self


class DelayedLane(_Item):
    """Parcels from one warehouse to `markets` take longer."""

    kind: Literal["delayed_lane"] = "delayed_lane"
    markets: tuple[Country, ...] = Field(min_length=1, max_length=_COUNTRIES)
    from_warehouse: Name  # its city
    carrier: Name | None = None  # the public name
    extra_days_min: Days
    extra_days_max: Days
    reason: Reason = "other"
    until: date | None = None  # when it should be over, if anybody knows

    @model_validator(mode="after")
    def _in_order(self) -> DelayedLane:
        if self.extra_days_min > self.extra_days_max:
            raise ValueError("extra_days_min is more than extra_days_max")
        return self


class _OfProduct(_Item):
    sku: Code
    title: Name

    @model_validator(mode="before")
    @classmethod
    def _own_product(cls, given: Any) -> Any:
        """The product itself need not be named twice."""
        if not isinstance(given, Mapping) or not isinstance(given.get("sku"), str):
            return given
        fields = cast(Mapping[str, Any], given)
        named = fields.get("products") or ()
        return fields if not isinstance(named, list | tuple) else {**fields, "products": tuple(dict.fromkeys((fields["sku"], *named)))}


class StockOut(_OfProduct):
    """Nothing left in any warehouse that serves `markets`; `warehouses` are for operators."""

    kind: Literal["stock_out"] = "stock_out"
    restock: date | None = None
    warehouses: tuple[Name, ...] = Field(default=(), max_length=20)


class BatchChange(_OfProduct):
    """Something in the product differs from a batch on. Batches are for operators, customers hear what differs."""

    kind: Literal["batch_change"] = "batch_change"
    batch: Code
    from_batch: Code | None = None
    what: Part
    old: Name | None = Field(default=None, validation_alias=AliasChoices("old", "from"))
    new: Name = Field(validation_alias=AliasChoices("new", "to"))
    allergens: tuple[Name, ...] = Field(default=(), max_length=12)


class Amount(BaseModel):
    """Money as customs rules state it, in major units."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    amount: Decimal = Field(ge=0, le=1_000_000, decimal_places=2)
    currency: str = Field(pattern="^[A-Z]{3}$")


class CustomsChange(_Item):
    """A country's new rule: up to what worth parcels are free, or at what rate (in percent) they are taxed, from a day on."""

    kind: Literal["customs_change"] = "customs_change"
    country: Country
    starts: date = Field(validation_alias=AliasChoices("starts", "from_date"))
    tax: Tax = "duty"
    threshold: Amount | None = None
    rate: Decimal | None = Field(default=None, ge=0, le=200, decimal_places=2)
    paid_by: Literal["shop", "recipient"] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> CustomsChange:
        if self.threshold is None and self.rate is None:
            raise ValueError("give a threshold, a rate, or both")
        return self

    @field_validator("country")
    @classmethod
    def _one_country(cls, value: str) -> str:
        return "GB" if value == "UK" else value


class Revised(BaseModel):
    """One thing that is new about a product; `text` is a name or measure that every customer can read, such as USB-C."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: Change
    text: Name | None = None


class ProductRevision(_OfProduct):
    """A new version of a product is delivered."""

    kind: Literal["product_revision"] = "product_revision"
    old: Name
    new: Name
    changes: tuple[Revised, ...] = Field(min_length=1, max_length=6)


Item = DelayedLane | StockOut | BatchChange | CustomsChange | ProductRevision
ITEM: TypeAdapter[Item] = TypeAdapter(Annotated[Item, Field(discriminator="kind")])


def parse(given: object) -> Item:
    """Raises pydantic.ValidationError."""
    return ITEM.validate_python(given)


def reach(item: Item) -> tuple[str, ...]:
    """The markets whose customers it concerns; a customs rule concerns its own country unless told otherwise."""
    return countries((item.country,)) if isinstance(item, CustomsChange) and not item.markets else item.markets


def detail(item: Item) -> dict[str, Any]:
    """The facts of its kind, as stored beside the columns that all kinds have."""
    return item.model_dump(mode="json", exclude={"id", "kind", "valid_from", "valid_to", "markets", "products", "at"}, exclude_none=True)


def happened(item: Item, now: datetime) -> datetime:
    """When it was so; a clock that runs ahead must not lock later reports out."""
    return min(item.at, now) if item.at else now
