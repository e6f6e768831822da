"""Draw rows from a law of several numbers, with the truth beside every mean, variance and covariance."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.distributions.base import Array
from core.distributions.explore import KEPT, MOST_LEAN, Estimate, Failure
from core.distributions.multivariate import MULTIVARIATE, BivariateNormal, BivariateT, Dirichlet, Wishart
from core.distributions.multivariate.base import Multivariate
from core.distributions.multivariate.elliptical import Elliptical
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

BLOCK = 1 << 17  # rows per block
MOST_ROWS = 1_000_000
RARE = np.array([1e-9, 1 - 1e-9])  # draws out to here must be numbers
NEARLY_SINGULAR = 1e-3  # 1 - rho^2 below which the law is a line to the eye, and to most programs


@dataclass(frozen=True)
class Several(Spec):
    """Look at one law of several numbers: its picture, its moments and n draws under a seed."""

    law: Multivariate = param(BivariateNormal(), "Family", family=lambda: MULTIVARIATE, help="Which law the draws follow.")
    n: int = param(1000, "Draws", low=10, high=MOST_ROWS, scale="log", bounds=(2, MOST_ROWS), help="How many rows are drawn.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same draws, bit for bit.")

    def agree(self) -> None:
        """The law must be one that can be drawn."""
        check_in_reach(self.law)


@lru_cache(maxsize=256)
def check_in_reach(law: Multivariate) -> None:
    """Raise ValueError for a law so extreme that its draws leave the range of a double."""
    try:
        spans = [(*marginal.window(), *marginal.quantile(RARE)) for marginal in law.marginals() if marginal]
        reached = all(np.isfinite(span).all() and span[0] < span[1] for span in spans)
    except (ValueError, OverflowError):
        reached = False
    if not reached:
        raise ValueError(f"law must lie within the range of a double, got {law!r}: try {type(law)()!r}")


@dataclass(frozen=True)
class Rows:
    """What n draws look like.

    `first`: the first rows, at most 4,096 (k, d). `mean` (d,) and `covariance` (d, d; divisor n - 1) are those of all n rows.
    `history`: (n, mean, covariance) at block ends, each at least twice as far as the one before, for the reel.
    """

    spec: Several
    n: int
    first: Array
    mean: Array
    covariance: Array
    history: tuple[tuple[int, Array, Array], ...] = ()

    def estimates(self) -> tuple[Estimate, ...]:
        """Return every mean, variance and covariance beside the exact one, with its exact standard error."""
        law, names = self.spec.law, self.spec.law.columns
        means = zip(names, self.mean, law.mean(), law.mean_errors(self.n), strict=True)
        exact, errors = law.covariance(), law.covariance_errors(self.n)
        pairs = [(i, i) for i in range(law.dim)] + [(i, j) for i in range(law.dim) for j in range(i + 1, law.dim)]
        return (
            *(Estimate(f"mean of {name}", *map(float, rest)) for name, *rest in means),
            *(Estimate(_named(names, i, j), *(float(each[i, j]) for each in (self.covariance, exact, errors))) for i, j in pairs),
        )


def _named(names: tuple[str, ...], i: int, j: int) -> str:
    return f"variance of {names[i]}" if i == j else f"covariance of {names[i]} and {names[j]}"


def blocks(spec: Several) -> Iterator[Array]:
    """Yield the n rows of a spec in blocks, the same ones every time."""
    rng = stream(spec.seed, "rows")
    for start in range(0, spec.n, BLOCK):
        yield spec.law.sample(rng, min(BLOCK, spec.n - start))


def run(spec: Several) -> Iterator[Progress[Rows]]:
    """Draw the rows of a spec; each report holds the mean and covariance of all rows so far."""
    d, done, first, history = spec.law.dim, 0, None, ()
    mean, squares = np.zeros(d), np.zeros((d, d))
    for rows in blocks(spec):
        first = rows[:KEPT].copy() if first is None else first
        with np.errstate(all="ignore"):  # without moments, sums may overflow: the table then says undefined
            mean, squares, done = _joined(mean, squares, done, rows)
            covariance = squares / (done - 1) if done > 1 else np.full((d, d), math.nan)
        if done == spec.n or not history or done >= 2 * history[-1][0]:
            history = (*history, (done, mean, covariance))
        yield Progress(done, spec.n, Rows(spec, done, first, mean, covariance, history))


def _joined(mean: Array, squares: Array, done: int, rows: Array) -> tuple[Array, Array, int]:
    """Join the mean and the products of deviations of two parts without losing digits (Chan, Golub and LeVeque 1983)."""
    n_new, mean_new = len(rows), rows.mean(axis=0)
    away, gap, total = rows - mean_new, mean_new - mean, done + n_new
    squares = squares + away.T @ away + np.outer(gap, gap) * (done * n_new / total)
    return mean + gap * n_new / total, squares, total


def numbers(rows: Rows) -> dict[str, float]:
    """Return every number that the page shows, unrounded: for each estimate the exact value, the estimate, its error and z."""
    found = {}
    for each in rows.estimates():
        found |= {f"exact {each.name}": each.truth, f"sample {each.name}": each.value}
        found |= {f"standard error of the {each.name}": each.standard_error, f"z of the {each.name}": each.z}
    return found


def failure(spec: Several) -> Failure | None:
    """Say what is wrong with this law or with its averages, by name, and which knob cures it."""
    law = spec.law
    if isinstance(law, BivariateT) and law.df <= 4:
        return _heavy(law)
    if isinstance(law, Elliptical | Wishart) and (1 - law.rho) * (1 + law.rho) < NEARLY_SINGULAR:
        why = f"At correlation {law.rho:.6g} one number all but gives the other away: the ellipse is a line, and inverting the covariance loses digits."
        return Failure("Singular correlation", why, "Bring the correlation away from 1 and -1, or keep one of the two numbers.")
    if isinstance(law, Dirichlet) and min(law.a, law.b, law.c) < 1:
        low = [name for name in law.columns if getattr(law, name) < 1]
        why = f"With a concentration below 1 ({', '.join(low)}) draws crowd where that share is nearly 0. There is no highest point to call typical."
        return Failure("Infinite density at the edge", why, "Raise every concentration to 1 or more.")
    if isinstance(law, Wishart) and law.df < 3:
        why = f"With {law.df:.4g} degrees of freedom the density is infinite at singular matrices: most estimates are needles, and inverting them explodes."
        return Failure("Needles", why, "Raise the degrees of freedom to 3 or more; a steady estimate takes 30.")
    return _skewed(spec)


def _heavy(law: BivariateT) -> Failure:
    if law.df <= 1:
        return Failure("No mean", "The centre of the draws never settles: one far draw outweighs all others.", "Use medians, or raise the degrees of freedom.")
    if law.df <= 2:
        why = "The mean exists but has no standard error, and the sample covariance grows in jumps, for ever."
        return Failure("Infinite covariance", why, "Raise the degrees of freedom above 2.")
    why = "The covariance exists, but the sample covariance has no standard error: its largest draws decide it."
    return Failure("Infinite fourth moments", why, "Raise the degrees of freedom above 4.")


def _skewed(spec: Several) -> Failure | None:
    leans = [abs(each.skewness()) / math.sqrt(spec.n) for each in spec.law.marginals() if each]
    worst = max((lean for lean in leans if lean == lean), default=0.0)
    if worst <= MOST_LEAN:
        return None
    why = f"Skewness / √n is {worst:.2g}: averages of {spec.n:,} draws are still skewed, and z misleads."
    return Failure("Too few draws for this tail", why, "Draw more rows.")
