"""The shop's terms: windows, fees and country sets. The one source; pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from agent.domain.money import Money

EU = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "HR",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Days are calendar days unless named otherwise; windows count from the day of delivery, which is day 0."""

    return_days: int = 30
    exchange_days: int = 30
    withdrawal_days: int = 14
    report_days: int = 14  # damaged, wrong, missing, "delivered but not there"
    late_days: int = 3  # more than this past the promised date is late
    lost_days: int = 15  # this long without a scan is treated as lost
    refund_business_days: tuple[int, int] = (5, 10)
    inquiry_business_days: int = 5
    customs_business_days: tuple[int, int] = (3, 7)
    return_fee: Money = Money(690, "EUR")
    keep_below: Money = Money(2000, "EUR")  # a damaged item below this need not come back
    late_coupon_percent: int = 10
    coupon_days: int = 90
    coupon_minimum: Money = Money(3000, "EUR")
    coupon_cap: Money = Money(1500, "EUR")  # largest goodwill amount on one order
    coupon_cap_percent: int = 10
    warranty_months_audio: int = 24
    warranty_months: int = 12
    legal_guarantee_years: int = 2  # in the EU
    eu: frozenset[str] = EU
    withdrawal_countries: frozenset[str] = EU | {"GB"}
    free_return_countries: frozenset[str] = EU | {"GB", "US"}

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


TERMS = Terms()
