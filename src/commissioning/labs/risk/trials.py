"""How many people a trial needs to find an effect of a given size."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commissioning.labs.risk.comparisons import t_quantile

FEWEST_PRACTICES = 7
"""Below this, Student's t is not known here to three decimals."""


def dispersion(counts: ArrayLike) -> float:
    """Negative binomial dispersion by moments: (variance - mean) / mean^2; 0 if counts vary no more than by chance."""
    values: NDArray[np.float64] = np.asarray(counts, dtype=float)
    mean = float(values.mean())
    return max(0.0, (float(values.var(ddof=1)) - mean) / mean**2)


def sample_size(
    rate: float,
    change: float,
    *,
    dispersion: float,
    power: float = 0.80,
    significance: float = 0.05,
    design_effect: float = 1.0,
) -> int:
    """People needed in *each* arm to find a relative `change` in admissions, two-sided, one year of follow-up.

    `rate` is admissions per person per year without the service; `change` is in per cent (-5: 5% fewer); `dispersion`
    as in `dispersion()`. Two equal arms: n = (z_a + z_b)^2 (1/r0 + 1/r1 + 2 dispersion) / (ln r1/r0)^2.
    `design_effect`, 1 + (people per practice - 1) x intracluster correlation, multiplies it when practices are drawn
    rather than people. (Zhu and Lakkis, Statistics in Medicine 2014, with their variance under the true rates; design
    effect: Donner and Klar 2000.)
    """
    _require_trial(rate, change, power, design_effect)
    other = rate * (1 + change / 100)
    normal = NormalDist()
    z = normal.inv_cdf(1 - significance / 2) + normal.inv_cdf(power)
    variance = 1 / rate + 1 / other + 2 * dispersion
    return math.ceil(design_effect * z**2 * variance / math.log(other / rate) ** 2)


def power(
    rate: float,
    change: float,
    *,
    offered: int,
    others: int,
    dispersion: float,
    significance: float = 0.05,
    practices: int | None = None,
    design_effect: float = 1.0,
) -> float:
    """The chance, from 0 to 1, that a trial with these numbers of people finds a relative `change`, two-sided.

    The same variance as `sample_size`, for two groups that need not be equal. Without `practices`, people are drawn
    one by one. With `practices`, so many are drawn into two arms and judged by t with (practices - 2) degrees of
    freedom, as in `difference_between_practices`; the noncentral t is taken by Abramowitz and Stegun 26.7.10.
    ValueError if a group is empty or there are fewer than seven practices.
    """
    _require_trial(rate, change, 0.5, design_effect)
    if min(offered, others) < 1:
        raise ValueError(f"each group needs at least one person (got {offered} and {others})")
    if practices is not None and practices < FEWEST_PRACTICES:
        raise ValueError(f"practices must be {FEWEST_PRACTICES} or more, or None for people (got {practices})")
    other = rate * (1 + change / 100)
    error = math.sqrt(design_effect * ((1 / other + dispersion) / offered + (1 / rate + dispersion) / others))
    shift = abs(math.log(other / rate)) / error
    if practices is None:
        return NormalDist().cdf(shift - NormalDist().inv_cdf(1 - significance / 2))
    freedom = practices - 2
    bound = t_quantile(1 - significance / 2, freedom)
    return NormalDist().cdf((shift - bound * (1 - 1 / (4 * freedom))) / math.sqrt(1 + bound**2 / (2 * freedom)))


def _require_trial(rate: float, change: float, power: float, design_effect: float) -> None:
    if rate <= 0:
        raise ValueError(f"rate must be above 0, in admissions per person per year (got {rate})")
    if change <= -100 or change == 0:
        raise ValueError(f"change must be a percentage above -100 and not 0; -5 means 5% fewer (got {change})")
    if not 0 < power < 1:
        raise ValueError(f"power must lie between 0 and 1, so 0.8 means 80% (got {power})")
    if design_effect < 1:
        raise ValueError(f"design_effect must be 1 or more (got {design_effect})")
