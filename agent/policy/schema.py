"""What a policy pack may say: typed, frozen, and closed (an unknown key is an error). Amounts are euro, days are calendar days."""

from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from agent.domain.authority import Role
from agent.domain.commerce import Tier
from agent.domain.decision import Reason, RemedyKind
from agent.domain.money import Money


def _euro(value: object) -> object:
    """6.9 -> 690 cents; more than two decimals or a negative amount is a slip of the pen."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return value
    cents = Decimal(str(value)) * 100
    if cents < 0 or cents != cents.to_integral_value():
        raise ValueError("an amount in euro is 0 or more with at most two decimals, as 6.90")
    return Money(int(cents), "EUR")


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f'no time zone is called "{value}"; write one as "Europe/Berlin"') from error
    return value


Euro = Annotated[Money, BeforeValidator(_euro)]
Zone = Annotated[str, AfterValidator(_zone)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Days = Annotated[int, Field(ge=0, le=3660)]
Span = Annotated[tuple[Days, Days], Field(description="from, to")]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Windows(Part):
    """Counted from the day of delivery, which is day 0, unless the name says otherwise. None = there is no such window."""

    return_days: Days | None = None
    exchange_days: Days | None = None
    withdrawal_days: Days | None = None  # the legal right to send back without reasons
    reject_days: Days | None = None  # the legal right to reject faulty goods for the full price
    report_days: Days | None = None  # damaged, wrong, missing, "delivered but not there"
    guarantee_days: Days | None = None  # the legal guarantee on faults
    late_days: Days | None = None  # more than this past the promised date is late
    lost_days: Days | None = None  # this long without a scan is treated as lost
    customs_days: Days | None = None  # longer than this in customs is a delay
    refund_business_days: Span | None = None
    inquiry_business_days: Days | None = None
    customs_business_days: Span | None = None


class Returns(Part):
    """Who pays for the way back, and what need not come back."""

    fee: Euro = Money(0, "EUR")
    free_countries: tuple[Country, ...] = ()
    free_intents: tuple[str, ...] = ()  # the shop's own faults are never charged
    keep_below: Euro = Money(0, "EUR")


class Coupons(Part):
    days: Days = 90
    minimum: Euro = Money(0, "EUR")
    order_max: Euro | None = None  # on top of a larger order it needs a person
    cap: Euro | None = None  # largest goodwill amount on one order
    cap_percent: int = Field(default=100, ge=0, le=100)


class Warranty(Part):
    months: int = Field(default=0, ge=0)
    by_category: dict[str, int] = {}
    legal_years: int = Field(default=0, ge=0)


class Conduct(Part):
    """How long the agent tries before a person takes over, and when a batch is bad."""

    questions_in_a_row: int = Field(default=2, ge=0)
    failed_turns: int = Field(default=2, ge=1)
    mismatches: int = Field(default=3, ge=1)
    bad_batch_rate: float = Field(default=0.05, ge=0, le=1)
    bad_batch_sold: int = Field(default=20, ge=0)


Amounts = dict[RemedyKind, Euro]


class Limit(Part):
    """What one role may grant. `alone`: the remedies it may grant at all (None = all). `amounts`: at most so much on one order, with all that
    was given on it before; a remedy without one is without bound. `day`: at most so much by one person in a day. `tiers` raises amounts.
    """

    alone: tuple[RemedyKind, ...] | None = None
    amounts: Amounts = {}
    tiers: dict[Tier, Amounts] = {}
    day: Euro | None = None
    says: str


class Proofs(Part):
    """How well a customer must be known before the agent acts."""

    default: Literal["none", "order_email", "strong"] = "none"
    strong: tuple[RemedyKind, ...] = ()


class Auto(Part):
    """Remedies that the agent may grant alone on certain articles, up to an amount an order. `sku` takes patterns as "CBL-*"."""

    id: Name
    remedy: tuple[RemedyKind, ...]
    sku: tuple[str, ...]
    amount: Euro
    says: str
    ref: str = ""
    place: str = ""


#: As written: name of a condition -> its argument. The loader has checked both.
Conditions = dict[str, Any]


class Rule(Part):
    """A requirement. Where `applies` holds, `require` must; if it does not, `otherwise`: nobody may grant it, or only a person from `needs` up."""

    id: Name
    remedy: tuple[RemedyKind, ...]
    applies: Conditions = {}
    require: Conditions
    otherwise: Literal["refuse", "person"]
    needs: Role = Role.OPERATOR
    reason: Reason
    form: bool = False  # it says how, not whether: a statutory right does not lift it
    says: str
    source: str = ""  # where a legal rule can be read
    ref: str = ""  # pack@version#rule:line
    place: str = ""  # file:line


class Right(Part):
    """A statutory right. Where it applies, no machine refuses: a refusal becomes a person's decision."""

    id: Name
    remedy: tuple[RemedyKind, ...]
    applies: Conditions
    says: str
    source: str
    ref: str = ""
    place: str = ""


class Compensation(Part):
    """What the shop gives for a trouble. `auto`: the agent gives it unasked; else only when it is chosen or a person grants it."""

    id: Name
    applies: Conditions
    percent: int | None = Field(default=None, ge=1, le=100)
    amount: Euro | None = None
    auto: bool = False
    says: str
    ref: str = ""
    place: str = ""


class Pack(Part):
    name: Name
    version: str = Field(pattern=r"^[0-9A-Za-z.-]+$")
    says: str
    countries: tuple[Country, ...] = ()  # whose customers it is for; () = everybody's
    timezone: Zone = "UTC"
    timezones: dict[Country, Zone] = {}
    sets: dict[str, tuple[str, ...]] = {}
    remedies: tuple[RemedyKind, ...]
    windows: Windows = Windows()
    returns: Returns = Returns()
    coupons: Coupons = Coupons()
    warranty: Warranty = Warranty()
    conduct: Conduct = Conduct()
    proof: Proofs = Proofs()
    limits: dict[Role, Limit]
    auto: tuple[Auto, ...] = ()
    compensation: tuple[Compensation, ...] = ()
    right: tuple[Right, ...] = ()
    rule: tuple[Rule, ...] = ()
    lines: dict[str, tuple[str, str]] = {}  # "limits.bot" -> reference and file:line of where it stands

    @property
    def ref(self) -> str:
        return f"{self.name}@{self.version}"

    def zone(self, country: str) -> ZoneInfo:
        return ZoneInfo(self.timezones.get(country, self.timezone))
