"""Intervals and predictive distributions for small numbers. Formulas: docs/plan-monitor.md; reference values: tests/monitor."""

from collections.abc import Sequence
from math import exp, sqrt
from statistics import NormalDist

from scipy import special

NORMAL = NormalDist()
Interval = tuple[float, float]


def z_of(conf: float) -> float:
    return NORMAL.inv_cdf((1 + conf) / 2)


def wilson(x: float, n: float, conf: float = 0.95, design_effect: float = 1) -> Interval:
    """Score interval of a proportion. A survey with a design effect counts for n / effect."""
    x, n, z = x / design_effect, n / design_effect, z_of(conf)
    p, d = x / n, 1 + z * z / n
    middle = (p + z * z / (2 * n)) / d
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
    return max(0.0, middle - half), min(1.0, middle + half)


def wilson_cc(x: float, n: float, conf: float = 0.95) -> Interval:
    """With correction for continuity (Newcombe 1998, method 4)."""
    z, p = z_of(conf), x / n
    q, d = 1 - p, 2 * (n + z * z)
    low = (2 * n * p + z * z - 1 - z * sqrt(z * z - 2 - 1 / n + 4 * p * (n * q + 1))) / d
    high = (2 * n * p + z * z + 1 + z * sqrt(z * z + 2 - 1 / n + 4 * p * (n * q - 1))) / d
    return (max(0.0, low) if x > 0 else 0.0), (min(1.0, high) if x < n else 1.0)


def clopper_pearson(x: float, n: float, conf: float = 0.95) -> Interval:
    a = (1 - conf) / 2
    low = special.betaincinv(x, n - x + 1, a) if x > 0 else 0.0
    high = special.betaincinv(x + 1, n - x, 1 - a) if x < n else 1.0
    return float(low), float(high)


def poisson_exact(x: float, conf: float = 0.95) -> Interval:
    a = (1 - conf) / 2
    low = special.gammaincinv(x, a) if x > 0 else 0.0
    return float(low), float(special.gammaincinv(x + 1, 1 - a))


def poisson_byar(x: float, conf: float = 0.95) -> Interval:
    """Byar's approximation; only for ten events and more."""
    z, y = z_of(conf), x + 1
    low = x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3
    return low, y * (1 - 1 / (9 * y) + z / (3 * sqrt(y))) ** 3


def rate_exact(x: float, n: float, per: float, conf: float = 0.95) -> Interval:
    low, high = poisson_exact(x, conf)
    return low / n * per, high / n * per


def needed_for_zero(limit: float, per: float, conf: float = 0.95) -> float:
    """How many must be observed without one event before the upper limit lies below `limit`."""
    return poisson_exact(0, conf)[1] / (limit / per)


def beta_interval(x: float, n: float, conf: float = 0.95) -> Interval:
    """Credible interval of a proportion, Jeffreys prior."""
    a = (1 - conf) / 2
    low, high = (special.betaincinv(x + 0.5, n - x + 0.5, q) for q in (a, 1 - a))
    return float(low), float(high)


def betabinom_at_least(x: int, n: int, next_n: int, least: int) -> float:
    """P(at least `least` of the next `next_n`), Jeffreys prior."""
    a, b = x + 0.5, n - x + 0.5
    return float(
        sum(
            special.binom(next_n, k) * exp(special.betaln(k + a, next_n - k + b) - special.betaln(a, b))
            for k in range(least, next_n + 1)
        )
    )


def negbin_below(k: float, shape: float, p: float) -> float:
    """P(X <= k) of a negative binomial with real shape."""
    return float(special.betainc(shape, k + 1, p)) if k >= 0 else 0.0


def gamma_poisson_at_least(seen: Sequence[int], least: int) -> float:
    """P(next year has at least `least` events), Jeffreys prior."""
    k = len(seen)
    return 1 - negbin_below(least - 1, sum(seen) + 0.5, k / (k + 1))


def gamma_poisson_interval(seen: Sequence[int], conf: float = 0.95) -> tuple[int, int]:
    k, a = len(seen), (1 - conf) / 2
    return negbin_quantile(a, sum(seen) + 0.5, k / (k + 1)), negbin_quantile(
        1 - a, sum(seen) + 0.5, k / (k + 1)
    )


def negbin_quantile(q: float, shape: float, p: float) -> int:
    """The smallest k with P(X <= k) >= q: doubled, then halved."""
    high = 1
    while negbin_below(high, shape, p) < q:
        high *= 2
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if negbin_below(middle, shape, p) >= q else (middle, high)
    return high


def chi2_beyond(d: float, df: int) -> float:
    """P(chi-square with `df` >= d)."""
    return float(special.chdtrc(df, d))


def dispersion(
    x: Sequence[float], expected: Sequence[float] | None = None, df: int | None = None
) -> tuple[float, float]:
    """(D, p): do counts scatter more than chance alone lets them?"""
    mean = sum(x) / len(x)
    around = expected or [mean] * len(x)
    d = sum((seen - m) ** 2 / m for seen, m in zip(x, around, strict=True))
    return d, chi2_beyond(d, df or len(x) - 1)
