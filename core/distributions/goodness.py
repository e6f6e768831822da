"""How well a law fits data: Kolmogorov and Smirnov, Anderson and Darling, chi-square; and what a column of data must be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import Array, Distribution
from core.knobs import plain

FEWEST = 5  # values that a fit needs
FEW_KINDS = 3  # so many distinct values look like categories
PER_CELL = 5.0  # expected in each cell of a chi-square test, at least
MOST_CELLS = 60


def ks(dist: Distribution, data: ArrayLike) -> float:
    """Return D, the largest distance between the data's share at or below x and P(X <= x), over all x.

    https://en.wikipedia.org/wiki/Kolmogorov%E2%80%93Smirnov_test
    """
    x, counts = np.unique(np.asarray(data, float), return_counts=True)
    share = np.cumsum(counts) / counts.sum()
    before = np.append(0.0, share[:-1])
    below = dist.cdf(x)
    left = dist.cdf_before(x)
    return float(max(np.max(np.abs(share - below)), np.max(np.abs(left - before))))


def ks_p_textbook(d: float, n: int) -> float:
    """Return the p-value of D for a law that was fixed beforehand; far too large for one that was fitted to the same data.

    Kolmogorov's limit at (sqrt(n) + 0.12 + 0.11 / sqrt(n)) D (Stephens 1970, https://doi.org/10.1111/j.2517-6161.1970.tb00821.x).
    """
    root = math.sqrt(n)
    return float(special.kolmogorov((root + 0.12 + 0.11 / root) * d)) if math.isfinite(d) else math.nan


def anderson_darling(dist: Distribution, data: ArrayLike) -> float:
    """Return A^2, a distance that weighs the tails; nan for a discrete law, inf where the law leaves a value out.

    A^2 = -n - mean of (2 i - 1) (log F(x_i) + log(1 - F(x_(n + 1 - i)))) over the sorted data.
    https://en.wikipedia.org/wiki/Anderson%E2%80%93Darling_test
    """
    if dist.discrete:
        return math.nan
    x = np.sort(np.asarray(data, float))
    odd = 2 * np.arange(1, len(x) + 1) - 1
    return float(-len(x) - np.mean(odd * (dist.log_cdf(x) + dist.log_sf(x)[::-1])))


def chi_square(dist: Distribution, data: ArrayLike) -> float:
    """Return the sum over cells of (found - expected)^2 / expected, for cells of equal mass (nearly, for a discrete law).

    2 n^(2/5) cells after Mann and Wald 1942 (https://doi.org/10.1214/aoms/1177731569), at least five values expected in each.
    """
    x = np.asarray(data, float)
    n_cells = int(np.clip(min(2 * len(x) ** 0.4, len(x) / PER_CELL), 2, MOST_CELLS))
    if dist.discrete:
        cuts = np.unique(dist.quantile(np.arange(1, n_cells) / n_cells))
        found = np.bincount(np.searchsorted(cuts, x), minlength=len(cuts) + 1)
        mass = np.diff(np.concatenate([[0.0], dist.cdf(cuts), [1.0]]))
    else:
        found = np.bincount(np.clip((dist.cdf(x) * n_cells).astype(int), 0, n_cells - 1), minlength=n_cells)
        mass = np.full(n_cells, 1 / n_cells)
    if found[mass == 0].any():
        return math.inf
    found, expected = found[mass > 0], len(x) * mass[mass > 0]
    return float(np.sum((found - expected) ** 2 / expected))


def moments(data: ArrayLike) -> tuple[float, float]:
    """Return mean and standard deviation (divisor n - 1), by the corrected two-pass algorithm.

    The second pass adds (x - mean)^2 and takes off what the rounding of the mean left over: no digits cancel.
    Chan, Golub & LeVeque 1983, https://doi.org/10.1080/00031305.1983.10483115, eq. 1.7.

    Raises:
        ValueError: for fewer than two values.
    """
    x = np.asarray(data, float)
    if len(x) < 2:
        raise ValueError(f"data must have at least 2 values for a standard deviation, got {len(x)}: try a longer column")
    mean = math.fsum(x) / len(x)
    gaps = x - mean
    squares = math.fsum(gaps**2) - math.fsum(gaps) ** 2 / len(x)
    return mean, math.sqrt(max(squares, 0.0) / (len(x) - 1))


def check_column(values: Sequence[Any] | Array) -> tuple[Array, list[str]]:
    """Return the values that are finite numbers, and a sentence for each thing that is wrong with the column.

    Text that spells a number counts as one; an empty text, None and nan count as missing.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind in "iuf" and np.isfinite(values).all():  # nothing to look for, in one step
        problems, clean = [], values.astype(float)
    else:
        kinds = [_number(value) for value in (values.tolist() if isinstance(values, np.ndarray) else values)]
        problems = [_complaint(kinds, values, *each) for each in WRONG if any(kind == each[0] for kind in kinds)]
        clean = np.array([each for each in kinds if not isinstance(each, str)], float)
    distinct = len(np.unique(clean))
    if len(clean) < FEWEST:
        problems.append(f"values must be at least {FEWEST}, got {len(clean)}: try a longer column")
    elif distinct == 1:
        problems.append(f"values must differ, got {len(clean)} times {plain(float(clean[0]))}: try another column")
    elif distinct <= FEW_KINDS:
        problems.append(f"values must take more than {FEW_KINDS} levels to look like draws from a density, got {distinct}: try the discrete families")
    return clean, problems


WRONG = (
    ("text", "be numbers", "leaving the words out"),
    ("missing", "not be missing", "leaving the gaps out"),
    ("infinite", "be finite", "leaving the infinite ones out"),
)


def _number(value: Any) -> float | str:
    """Return the number that a value is, or the word for what else it is."""
    if value is None or value is Ellipsis or (isinstance(value, str) and not value.strip()):
        return "missing"
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return "text"
    return "missing" if math.isnan(number) else "infinite" if math.isinf(number) else number


def _complaint(kinds: list[float | str], values: Sequence[Any] | Array, kind: str, rule: str, remedy: str) -> str:
    rows = [row for row, each in enumerate(kinds) if each == kind]
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    shown = plain(values[rows[0]]) if kind == "text" else kind
    return f"values must {rule}, got {shown} in row {rows[0] + 1}{more}: try {remedy}"
