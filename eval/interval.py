"""How far a measured share may lie from the true one."""

from dataclasses import dataclass

from scipy.stats import beta, norm


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `n`, with its Wilson interval at 95 %."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """(0, 1) when nothing was measured."""
        if not self.n:
            return 0.0, 1.0
        z = float(norm.ppf(0.975))
        middle = (self.hits + z * z / 2) / (self.n + z * z)
        half = z / (self.n + z * z) * (self.hits * (self.n - self.hits) / self.n + z * z / 4) ** 0.5
        return max(0.0, middle - half), min(1.0, middle + half)


def upper_bound(wrong: int, n: int, alpha: float = 0.05) -> float:
    """One-sided Clopper-Pearson bound: the true rate lies below with confidence 1 - alpha. 1 when nothing was measured."""
    if not n or wrong >= n:
        return 1.0
    return float(beta.ppf(1 - alpha, wrong + 1, n - wrong))
