"""A mixture of any laws of one kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from core.distributions.base import CEILING, Array, Distribution, Support
from core.distributions.continuous import bracketed, log_look, plain_look
from core.distributions.lattice import search
from core.distributions.modifiers.nested import KindOf, exact_moments, plain_laws
from core.distributions.normals import CENTRAL
from core.distributions.positive.exponential import Exponential
from core.distributions.quadrature import piece
from core.distributions.real_line.normal import Normal
from core.distributions.special import log_complement
from core.params import param
from core.spec import Spec

DEPTH = 70.0  # a log of a mass that adds nothing to an entropy


@dataclass(frozen=True)
class Component(Spec):
    """One law of a mixture, with the share of the mass that it holds."""

    weight: float = param(
        0.5,
        "Weight",
        low=0,
        high=1,
        step=0.01,
        bounds=(0, CEILING),
        symbol=r"w_k",
        help="How much of the mass this part holds, compared with the others; they need not add to 1.",
    )
    law: Distribution = param(Normal(), "Law", family=plain_laws, help="The law of this part.")


@dataclass(frozen=True)
class Mixture(Distribution):
    """A crowd of several groups, each with a law of its own: pick a part by its weight, then draw from that.

    f(x) = sum over k of p_k f_k(x), p_k = w_k / sum of w. All laws have densities, or all live on the whole numbers.
    https://en.wikipedia.org/wiki/Mixture_distribution
    """

    parts: tuple[Component, ...] = param(
        (Component(0.3, Normal(3.0, 0.3)), Component(0.7, Exponential(0.5))), "Parts", least=1, most=6, singular="part", help="How many laws are mixed."
    )

    title = "Mixture"
    ticks = 31
    story = "A crowd of several groups, each with a law of its own: here a sharp line over a background that falls off."
    use = (
        "Populations of several kinds, where each kind has a law one believes in: signal and background, short and long calls. A single law that is "
        "skewed or heavy-tailed may fit as well with fewer numbers; compare by BIC or on a holdout."
    )
    modifier = True
    discrete = KindOf(lambda law: law.parts[0].law)
    density = r"\sum_k p_k\,f_k(x),\quad p_k=\frac{w_k}{\sum_j w_j}"
    formulas = {
        "mean": r"m=\sum_k p_k\,m_k",
        "variance": r"s^2=\sum_k p_k\left(s_k^2+d_k^2\right),\quad d_k=m_k-m",
        "skewness": r"\frac{1}{s^3}\sum_k p_k\left(\gamma_k s_k^3+3\,d_k s_k^2+d_k^3\right),\quad \gamma_k\ \text{the skewness of part}\ k",
        "excess_kurtosis": r"\frac{1}{s^4}\sum_k p_k\left((\kappa_k+3)\,s_k^4+4\,d_k\gamma_k s_k^3+6\,d_k^2s_k^2+d_k^4\right)-3",
        "entropy": r"-\int f\log f\,dx\ \text{or}\ -\sum_k p(k)\log p(k)",
    }
    reference = "https://en.wikipedia.org/wiki/Mixture_distribution"

    def agree(self) -> None:
        if not any(part.weight for part in self.parts):
            raise ValueError(f"weights must not all be 0, got {len(self.parts)} zeros: try part.0.weight = 1")
        first = self.parts[0].law
        other = next((part.law for part in self.parts if part.law.discrete != first.discrete), None)
        if other:
            kinds = ("on whole numbers", "with a density") if first.discrete else ("with a density", "on whole numbers")
            raise ValueError(
                f"laws must be of one kind, got {first.title} {kinds[0]} and {other.title} {kinds[1]}: try {first.title} for all parts, or its like"
            )

    @cached_property
    def _parts(self) -> tuple[Array, tuple[Distribution, ...]]:
        """Weights that add to 1, and laws, of the parts that hold any mass."""
        kept = [part for part in self.parts if part.weight]
        weights = np.array([part.weight for part in kept])
        return weights / math.fsum(weights), tuple(part.law for part in kept)

    @cached_property
    def support(self) -> Support:
        """Where the mass lies: where any part has some."""
        ends = [law.support for law in self._parts[1]]
        return Support(min(end.low for end in ends), max(end.high for end in ends), self.discrete)

    def _log_sum(self, of: Callable[[Distribution], Array]) -> Array:
        """Return the log of the weighted sum of exp(of(law)) over the parts."""
        weights, laws = self._parts
        with np.errstate(all="ignore"):
            return np.logaddexp.reduce([np.log(weight) + of(law) for weight, law in zip(weights, laws, strict=True)], axis=0)

    def _sum(self, of: Callable[[Distribution], Array]) -> Array:
        weights, laws = self._parts
        return sum(weight * of(law) for weight, law in zip(weights, laws, strict=True))

    def log_prob(self, x: ArrayLike) -> Array:
        x = np.asarray(x, float)
        found = np.asarray(self._log_sum(lambda law: law.log_prob(x)))
        if self.discrete and (sure := found > -0.7).any():  # nearly all the mass in one place: what is not elsewhere
            found[sure] = log_complement(np.logaddexp(*(self._log_sum(of) for of in (lambda law: law.log_cdf(x[sure] - 1), lambda law: law.log_sf(x[sure])))))
        return found[()]

    def log_mass(self, k: Array) -> Array:
        """Return the log mass of a mixture of counts as a smooth function between whole numbers, where its parts have one."""

        def inside(law: Distribution) -> Array:
            there = (k > law.support.low - 0.5) & (k < law.support.high + 0.5)
            return np.where(there, law.log_mass(np.where(there, k, law.median())), -math.inf)

        return self._log_sum(inside)

    def prob(self, x: ArrayLike) -> Array:
        return self._sum(lambda law: law.prob(x))

    def cdf(self, x: ArrayLike) -> Array:
        return np.minimum(self._sum(lambda law: law.cdf(x)), 1.0)

    def sf(self, x: ArrayLike) -> Array:
        return np.minimum(self._sum(lambda law: law.sf(x)), 1.0)

    def _log_tail(self, x: ArrayLike, side: int) -> Array:
        """Return log P(X <= x) (side 0) or log P(X > x) (side 1); from 1/2 on it is the complement of the other."""
        x = np.asarray(x, float)
        tails = (lambda law, x: law.log_cdf(x), lambda law, x: law.log_sf(x))
        found = np.asarray(self._log_sum(lambda law: tails[side](law, x)))
        if (thick := found > -0.7).any():
            found[thick] = log_complement(self._log_sum(lambda law: tails[1 - side](law, x[thick])))
        return found[()]

    def log_cdf(self, x: ArrayLike) -> Array:
        return self._log_tail(x, 0)

    def log_sf(self, x: ArrayLike) -> Array:
        return self._log_tail(x, 1)

    def quantile(self, q: ArrayLike) -> Array:
        q = np.asarray(q, float)
        proper = (q > 0) & (q < 1)
        with np.errstate(all="ignore"):
            inside = self._inverse(np.where(proper, q, 0.5))
        edges = np.where(q == 0, self.support.low, np.where(q == 1, self.support.high, math.nan))
        return np.where(proper, inside, edges)[()]

    def _inverse(self, q: Array) -> Array:
        weights, laws = self._parts
        each = np.array([law.quantile(q) for law in laws])
        low, high, start = each.min(axis=0), each.max(axis=0), np.tensordot(weights, each, 1)  # the quantile lies between those of the parts
        if self.discrete:
            return search(self.cdf, q, start, self.support.low, self.support.high)
        if q.size and q.min() > CENTRAL and q.max() < 1 - CENTRAL:
            places = np.sort(each.ravel())
            start = np.interp(q, self.cdf(places), places)
            return bracketed(plain_look(self.cdf, self.prob, q), np.clip(start, low, high), low, high)
        return bracketed(log_look(lambda x: (self.log_cdf(x), self.log_sf(x)), self.log_prob, q), np.clip(start, low, high), low, high)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Pick a part for each value by its weight, then draw all values of the first part, of the second, and so on."""
        weights, laws = self._parts
        picks = np.searchsorted(np.cumsum(weights)[:-1], rng.random(n), side="right")
        values = np.empty(n, np.int64 if self.discrete else np.float64)
        for i, law in enumerate(laws):
            here = picks == i
            values[here] = law.sample(rng, int(here.sum()))
        return values

    # Numbers

    @cached_property
    def _moments(self) -> tuple[float, float, float, float]:
        """Mean, variance, skewness and excess kurtosis from those of the parts; of a single part they are its own to the last digit."""
        weight, laws = self._parts
        with np.errstate(all="ignore"):
            mean, sd, skewness, excess = np.array([exact_moments(law) for law in laws]).T
            center = float(weight @ mean)
            if not math.isfinite(center):
                return center, math.nan, math.nan, math.nan
            d = mean - center
            unit = float(np.sqrt(weight @ (sd**2 + d**2)))
            if not math.isfinite(unit) or not unit:
                return center, unit, math.nan, math.nan
            d, s = d / unit, sd / unit
            third = np.where(s > 0, s**3 * skewness, 0.0)
            more = s**2 - float(weight @ s**2)  # what a part scatters beyond the parts' average
            skew = float(weight @ (third + 3 * d * s**2 + d**3))
            fourth = np.where(np.isinf(excess), excess, s**4 * excess + 3 * more**2 + 4 * d * third + 6 * more * d**2 + d**4)
            return center, unit**2, skew, float(weight @ fourth) - 3 * float(weight @ d**2) ** 2

    def mean(self) -> float:
        return self._moments[0]

    def variance(self) -> float:
        return self._moments[1]

    def skewness(self) -> float:
        return self._moments[2]

    def excess_kurtosis(self) -> float:
        return self._moments[3]

    def entropy(self) -> float:
        return self._entropy

    @cached_property
    def _entropy(self) -> float:
        laws = self._parts[1]
        if len(laws) == 1:
            return laws[0].entropy()
        return piece(self, self.support.low, self.support.high, 0.0, laws, DEPTH).surprise()
