"""The shop's terms: windows, fees and country sets, as the demo merchant's packs say them. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from agent.domain.money import Money
from agent.policy.pack import named
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
    eu: frozenset[str]
    free_return_countries: frozenset[str]

    def return_until(self, delivered: date) -> date:
        """Last day on which a return may be opened."""
        return delivered + timedelta(days=self.return_days)

    def fee_for_return(self, country: str) -> Money:
        """What is deducted for the label."""
        return Money(0, self.return_fee.currency) if country in self.free_return_countries else self.return_fee

    def warranty_for(self, category: str) -> int:
        """Months of the shop's own warranty."""
        return self.warranty_months_audio if category == "audio" else self.warranty_months


def terms(base: Pack, law: Pack) -> Terms:
    """What a base pack promises everybody; `law` is the overlay whose right of withdrawal is told of. Raises ValueError where one is silent."""
    windows, returns, coupons, warranty = base.windows, base.returns, base.coupons, base.warranty
    promise = late_promise(base)
    return Terms(
        return_days=_said(windows.return_days, "windows.return_days"),
        exchange_days=_said(windows.exchange_days, "windows.exchange_days"),
        withdrawal_days=_said(law.windows.withdrawal_days, "windows.withdrawal_days"),
        report_days=_said(windows.report_days, "windows.report_days"),
        late_days=_said(windows.late_days, "windows.late_days"),
        lost_days=_said(windows.lost_days, "windows.lost_days"),
        refund_business_days=windows.refund_business_days or (5, 10),
        inquiry_business_days=_said(windows.inquiry_business_days, "windows.inquiry_business_days"),
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
        eu=EU,
        free_return_countries=frozenset(returns.free_countries),
    )


def late_promise(pack: Pack) -> int:
    """Percent of the code that the agent gives unasked; 0 when it gives none."""
    return next((item.percent for item in pack.compensation if item.auto and item.percent), 0)


def _customs_promise(pack: Pack) -> Money | None:
    return next((item.amount for item in pack.compensation if item.amount and "days_in_customs_over" in item.applies), None)


def _said(value: int | None, name: str) -> int:
    if value is None:
        raise ValueError(f"The policy pack says nothing of {name}; write it.")
    return value


TERMS = terms(_BASE, _EU)
