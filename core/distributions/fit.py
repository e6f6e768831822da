"""Which law do these data follow? Every family fitted by maximum likelihood, compared, and tested."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from core.distributions import CONTINUOUS
from core.distributions.base import Array, Distribution
from core.distributions.estimate import Estimate, estimate
from core.distributions.goodness import FEWEST, anderson_darling, check_column, chi_square, ks, ks_p_textbook
from core.distributions.symmetry import settings
from core.params import Many, Record, Variant
from core.progress import Progress

LISTS = (Many, Record, Variant)  # what makes a law a mixture or a modifier of others


@dataclass(frozen=True)
class Fitted:
    """A family fitted to data.

    `dist`: its likeliest member. `aic` = 2 k - 2 log L and `bic` = k log n - 2 log L, with k = `n_parameters`: smaller is
    better. `ks` is Kolmogorov and Smirnov's D, `ad` Anderson and Darling's A^2 (nan for a discrete law), `chi2` the
    chi-square over cells of equal mass. `ks_p_textbook` takes the law for one fixed beforehand, which it was not, and so is
    far too large; `ks_p`, `ad_p` and `chi2_p` come from the parametric bootstrap, and are nan until that is asked for.
    Where a family cannot hold the data, `log_likelihood` is -inf, `dist` its default and `note` says why; a note beside a
    finite likelihood says what to beware of.
    """

    dist: Distribution
    n_parameters: int
    log_likelihood: float
    aic: float
    bic: float
    ks: float = math.nan
    ks_p_textbook: float = math.nan
    ad: float = math.nan
    chi2: float = math.nan
    ks_p: float = math.nan
    ad_p: float = math.nan
    chi2_p: float = math.nan
    note: str = ""

    @property
    def holds(self) -> bool:
        """Say whether the family can hold the data at all."""
        return self.log_likelihood > -math.inf


def fit(rng: np.random.Generator, data: ArrayLike, families: Sequence[type[Distribution]] = CONTINUOUS, bootstrap: int = 0) -> Iterator[Progress[list[Fitted]]]:
    """Fit every family to the data by maximum likelihood; each report holds all fits so far, best (least AIC) first.

    Families with a list of parts (mixtures) are passed over. With a `bootstrap` of B, each fitted law then draws B data
    sets of the same size, the family is fitted anew to each, and p = (1 + how many fit worse) / (B + 1).
    Efron & Tibshirani 1993, An Introduction to the Bootstrap; https://en.wikipedia.org/wiki/Bootstrapping_(statistics)#Parametric_bootstrap

    Args:
        rng: for the bootstrap; each family draws from a stream of its own.
        data: (n,) finite numbers, n at least 5, not all the same.
        families: classes to fit; pass DISCRETE for counts.
        bootstrap: how many data sets to draw for each family, 0 for none.

    Raises:
        ValueError: in a sentence, for data that no law can be fitted to, for no family, or for a negative bootstrap.
    """
    x = _checked(data)
    usual = [family for family in families if not any(isinstance(knob, LISTS) for knob in family.params().values())]
    if not usual:
        raise ValueError("families must hold at least one without a list of parts, got none: try Normal")
    if bootstrap < 0:
        raise ValueError(f"bootstrap must be 0 or more, got {bootstrap}: try 0")
    return _run(rng.spawn(len(usual)), x, usual, bootstrap)


def _run(streams: list[np.random.Generator], x: Array, families: list[type[Distribution]], bootstrap: int) -> Iterator[Progress[list[Fitted]]]:
    total = len(families) * (2 if bootstrap else 1)
    found: dict[type[Distribution], Fitted] = {}
    for done, family in enumerate(families, start=1):
        found[family] = judged(estimate(family, x), x)
        yield Progress(done, total, ranked(found), f"{family.title} fitted")
    for done, family in enumerate([type(each.dist) for each in ranked(found)] if bootstrap else [], start=len(families) + 1):
        found[family] = resampled(streams[families.index(family)], found[family], x, bootstrap)
        yield Progress(done, total, ranked(found), f"{family.title} tested")


def _checked(data: ArrayLike) -> Array:
    """Return the data as an array, or raise the first thing that is wrong with them; few levels are allowed."""
    clean, problems = check_column(data)
    if len(clean) < len(data) or len(clean) < FEWEST or clean.min() == clean.max():
        raise ValueError(problems[0])
    return clean


def ranked(found: dict[type[Distribution], Fitted]) -> list[Fitted]:
    """Return the fits, least AIC first; a family that cannot hold the data comes last."""
    return sorted(found.values(), key=lambda each: (not each.holds, each.aic))


def judged(found: Estimate, x: Array) -> Fitted:
    """Return a fit with its criteria and distances."""
    dist, height, n = found.dist, found.log_likelihood, len(x)
    k = len(settings(dist))
    if height == -math.inf:
        return Fitted(dist, k, height, math.inf, math.inf, note=found.note)
    with np.errstate(all="ignore"):
        d, a, chi2 = ks(dist, x), anderson_darling(dist, x), chi_square(dist, x)
    return Fitted(dist, k, height, 2 * k - 2 * height, k * math.log(n) - 2 * height, d, ks_p_textbook(d, n), a, chi2, note=found.note)


def resampled(rng: np.random.Generator, fitted: Fitted, x: Array, bootstrap: int) -> Fitted:
    """Return the fit with its bootstrap p-values, for ks, ad and chi2."""
    if not fitted.holds:
        return fitted
    *_, rows = resamples(rng, fitted, x, bootstrap)
    return replace(fitted, **p_values(fitted, rows))


def resamples(rng: np.random.Generator, fitted: Fitted, x: Array, bootstrap: int) -> Iterator[Array]:
    """Draw data sets of the fitted law, one at a time; yield the distances so far, (b, 3): ks, ad and chi2, each to the law fitted anew."""
    rows = np.empty((0, 3))
    for _ in range(bootstrap):
        rows = np.vstack([rows, _distances(rng, fitted, len(x))])
        yield rows


def p_values(fitted: Fitted, rows: Array) -> dict[str, float]:
    """Return ks_p, ad_p and chi2_p: (1 + how many data sets lie farther from their fit than the data from theirs) / (B + 1).

    A distance that is infinite, as A^2 is where an end of the support lies on a value, tells nothing: nan.
    """
    found = {}
    for name, column in zip(("ks", "ad", "chi2"), rows.T, strict=True):
        here, column = getattr(fitted, name), column[~np.isnan(column)]
        found[f"{name}_p"] = (1 + int(np.sum(column >= here))) / (len(column) + 1) if len(column) and math.isfinite(here) else math.nan
    return found


def _distances(rng: np.random.Generator, fitted: Fitted, n: int) -> tuple[float, float, float]:
    """Draw data of the fitted law, fit its family anew, and return the three distances; nan where the draws all coincide."""
    draws = fitted.dist.sample(rng, n).astype(float)
    if not np.isfinite(draws).all() or draws.min() == draws.max():
        return math.nan, math.nan, math.nan
    again = estimate(type(fitted.dist), draws, start=fitted.dist)
    if again.log_likelihood == -math.inf:
        return math.nan, math.nan, math.nan
    with np.errstate(all="ignore"):
        return ks(again.dist, draws), anderson_darling(again.dist, draws), chi_square(again.dist, draws)
