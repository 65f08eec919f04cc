"""The shop's terms: windows, fees and country sets, as the demo merchant's packs say them. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from agent.domain.money import Money
from agent.policy.pack import named, shipped
from agent.policy.schema import Pack

_BASE, _EU = named("lumen-and-loom"), named("lumen-and-loom-eu")
EU = frozenset(_EU.countries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Days are calendar days unless named otherwise; windows count from the day of delivery, which is day 0."""

    return_days: int
    exchange_days: int
    withdrawal_days: int
    report_days: int  # damaged, wrong, missing, "delivered but not there"
    late_days: int  # more than this past the promised date is late
    lost_days: int  # this long without a scan is treated as lost
    refund_business_days: tuple[int, int]
    inquiry_business_days: int
    customs_business_days: tuple[int, int]
    return_fee: Money
    keep_below: Money  # a damaged item below this need not come back
    late_coupon_percent: int
    customs_off: Money | None  # what a long stay in customs earns; None = nothing
    coupon_days: int
    coupon_minimum: Money
    coupon_cap: Money  # largest goodwill amount on one order
    coupon_cap_percent: int
    warranty_months_audio: int
    warranty_months: int
    legal_guarantee_years: int  # in the EU
    eu: frozenset[str]
    withdrawal_countries: frozenset[str]
    free_return_countries: frozenset[str]

    def return_until(self, delivered: date) -> date:
        """Last day on which a return may be opened."""
        return delivered + timedelta(days=self.return_days)

    def withdrawal_until(self, delivered: date) -> date:
        """Last day of the legal right of withdrawal, where there is one."""
        return delivered + timedelta(days=self.withdrawal_days)

    def may_withdraw(self, country: str, delivered: date | None, today: date) -> bool:
        """Whether the legal right still runs; it also runs before the goods have arrived."""
        return country in self.withdrawal_countries and (delivered is None or today <= self.withdrawal_until(delivered))

    def fee_for_return(self, country: str) -> Money:
        """What is deducted for the label."""
        return Money(0, self.return_fee.currency) if country in self.free_return_countries else self.return_fee

    def is_late(self, promised: date, today: date) -> bool:
        return today > promised + timedelta(days=self.late_days)

    def is_lost(self, last_scan: date, today: date) -> bool:
        return today >= last_scan + timedelta(days=self.lost_days)

    def warranty_for(self, category: str) -> int:
        """Months of the shop's own warranty."""
        return self.warranty_months_audio if category == "audio" else self.warranty_months


def terms(base: Pack, law: Pack) -> Terms:
    """What a base pack promises everybody; `law` is the overlay whose right of withdrawal is told of. Raises ValueError where one is silent."""
    windows, returns, coupons, warranty = base.windows, base.returns, base.coupons, base.warranty
    withdrawal, promise = law.windows.withdrawal_days, late_promise(base)
    return Terms(
        return_days=_said(windows.return_days, "windows.return_days"),
        exchange_days=_said(windows.exchange_days, "windows.exchange_days"),
        withdrawal_days=_said(withdrawal, "windows.withdrawal_days"),
        report_days=_said(windows.report_days, "windows.report_days"),
        late_days=_said(windows.late_days, "windows.late_days"),
        lost_days=_said(windows.lost_days, "windows.lost_days"),
        refund_business_days=windows.refund_business_days or (5, 10),
        inquiry_business_days=_said(windows.inquiry_business_days, "windows.inquiry_business_days"),
        customs_business_days=windows.customs_business_days or (3, 7),
        return_fee=returns.fee,
        keep_below=returns.keep_below,
        late_coupon_percent=promise,
        customs_off=_customs_promise(base),
        coupon_days=coupons.days,
        coupon_minimum=coupons.minimum,
        coupon_cap=coupons.cap or Money(0, "EUR"),
        coupon_cap_percent=coupons.cap_percent,
        warranty_months_audio=warranty.by_category.get("audio", warranty.months),
        warranty_months=warranty.months,
        legal_guarantee_years=law.warranty.legal_years,
        eu=EU,
        withdrawal_countries=_withdrawing(base, withdrawal),
        free_return_countries=frozenset(returns.free_countries),
    )


def late_promise(pack: Pack) -> int:
    """Percent of the code that the agent gives unasked; 0 when it gives none."""
    return next((item.percent for item in pack.compensation if item.auto and item.percent), 0)


def _customs_promise(pack: Pack) -> Money | None:
    return next((item.amount for item in pack.compensation if item.amount and "days_in_customs_over" in item.applies), None)


def _withdrawing(base: Pack, days: int | None) -> frozenset[str]:
    """Where the right has just this length: a shorter one is told of by a person."""
    family = (pack for pack in shipped().values() if pack.name.startswith(base.name))
    return frozenset(country for pack in family if pack.windows.withdrawal_days == days for country in pack.countries)


def _said(value: int | None, name: str) -> int:
    if value is None:
        raise ValueError(f"The policy pack says nothing of {name}; write it.")
    return value


TERMS = terms(_BASE, _EU)
