"""A rare event P(X > t): plain draws never see it, draws of a law that is moved there see it half of the time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.polynomial import legendre

from core.distributions import Exponential, Gamma, Laplace, Logistic, LogNormal, Normal, StudentT, Weibull
from core.distributions.base import Distribution
from core.montecarlo.averages import Z95
from core.montecarlo.intervals import Found, share_error, wilson
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
LAWS = (Normal, Exponential, Gamma, Laplace, Logistic, StudentT, LogNormal, Weibull)
TILTED = (Normal, Exponential, Gamma)
NODES, WEIGHTS = legendre.leggauss(32)
PANELS = np.concatenate([[0.0], 2.0 ** np.arange(-3, 60)])  # edges beyond t, in units of 1 / hazard
LIKELY, RARE = 0.3, 1e-12  # the picture shows thresholds between these probabilities
TICKS = 41
LEAST = -650.0  # log of a probability that a float still holds, with its square root to spare
METHODS = ("shifted", "tilted", "stretched", "plain")
QUARTER = 0.75


@dataclass(frozen=True)
class Rare(Spec):
    """P(X > t), from draws of the law itself and from draws of a law that has its middle at t."""

    title = "Rare event"
    law: Distribution = param(Normal(), "Law", family=lambda: LAWS, help="The law of X.")
    t: float = param(4.0, "Threshold t", low=0, high=8, step=0.1, bounds=(-1e9, 1e9), help="The event is X > t.")
    n: int = param(10_000, "Draws", low=100, high=1_000_000, scale="log", bounds=(100, 1_000_000), help="How many draws, for each way and each t.")
    method: str = param(
        "shifted",
        "Proposal",
        choices=METHODS,
        labels=("shifted until its median is t", "tilted until its mean is t", "stretched until a quarter lies beyond t", "none: plain draws"),
        help="Shifted: the same curve, moved. Tilted: the density times exp(θx), which for normal, exponential and gamma laws is again one of them. "
        "Stretched: the same curve, wider, which heavy tails need.",
    )

    def agree(self) -> None:
        """The event must be possible, and a tilted law must be one that can be drawn."""
        if not (log_p := float(self.law.log_sf(self.t))) > LEAST or log_p > math.log(0.9):
            raise ValueError(f"t must have a probability beyond it of 1e-280 to 0.9, got {self.t:g} with {math.exp(log_p):.3g}: try {ticks(self.law)[10]:g}")
        if self.method == "tilted" and (not isinstance(self.law, TILTED) or (self.t <= 0 and not isinstance(self.law, Normal))):
            raise ValueError(f"method must be one that {self.law.title} allows at t = {self.t:g}, got tilted: try shifted")
        if self.method == "stretched" and not (self.t > 0 and self.law.quantile(QUARTER) > 0):
            raise ValueError(f"t must be above 0 where the law is stretched, got {self.t:g}: try shifted")

    def thresholds(self) -> Array:
        """Return the thresholds of the picture, the chosen one among them: (k,), rising."""
        known = ticks(self.law)
        return np.unique(np.append(known[known > 0] if self.method in ("tilted", "stretched") else known, self.t))

    def run(self, seed: int) -> Iterator[Progress[Swept]]:
        """Estimate at one threshold after another; the same draws, moved or stretched, serve all of them."""
        thresholds = self.thresholds()
        own, found = self.law.sample(stream(seed, "law itself"), self.n), np.empty((len(thresholds), 3))
        for i, t in enumerate(thresholds):
            weights = self._weights(seed, float(t))
            found[i] = np.count_nonzero(own > t), weights.mean(), weights.std(ddof=1) / math.sqrt(self.n)
            if i == len(thresholds) // 2 or i + 1 == len(thresholds):
                yield Progress(i + 1, len(thresholds), Swept(self, thresholds[: i + 1], found[: i + 1].copy()))

    def _weights(self, seed: int, t: float) -> Array:
        """Return p / q where a draw of the proposal lies beyond t, and 0 elsewhere: (n,)."""
        proposal = self.proposal(t)
        x = proposal.sample(stream(seed, "proposal"), self.n)
        with np.errstate(under="ignore"):
            return np.where(x > t, np.exp(np.minimum(self.law.log_prob(x) - proposal.log_prob(x), -LEAST)), 0.0)

    def proposal(self, t: float) -> Moved | Distribution:
        """Return the law that is drawn from for a threshold."""
        law = self.law
        if self.method == "stretched":
            return Moved(law, 0.0, max(t / float(law.quantile(QUARTER)), 1.0))
        if self.method != "tilted":
            return Moved(law, t - law.median())
        if isinstance(law, Normal):
            return Normal(t, law.sigma)
        return Exponential(1 / t) if isinstance(law, Exponential) else Gamma(law.shape, law.shape / t)

    def power(self, t: float, k: int) -> float:
        """Return E_q [w 1(x > t)]^k / P(X > t)^k, by a Gauss rule on panels that double beyond t."""
        log_p, proposal = float(self.law.log_sf(t)), self.proposal(t)
        unit = math.exp(log_p - float(self.law.log_prob(t)))
        left, right = t + unit * PANELS[:-1], t + unit * PANELS[1:]
        half = 0.5 * (right - left)
        x = left[:, None] + half[:, None] * (NODES + 1)
        with np.errstate(all="ignore"):
            logs = k * (self.law.log_prob(x) - log_p) - (k - 1) * proposal.log_prob(x)
            return float(np.nansum(half[:, None] * WEIGHTS * np.exp(np.where(np.isnan(logs), -math.inf, logs))))

    def exact(self, t: float) -> tuple[float, float]:
        """Return the exact relative standard errors at a threshold: of plain draws, √((1 - p) / (p n)), and of the proposal's."""
        p = float(self.law.sf(t))
        return math.sqrt((1 - p) / (p * self.n)), math.sqrt(max(self.power(t, 2) - 1, 0) / self.n)

    def lean(self) -> float:
        """Return the skewness of one weighted draw at the chosen threshold; inf where its second or third moment is infinite."""
        second, third = self.power(self.t, 2), self.power(self.t, 3)
        if not (math.isfinite(second) and math.isfinite(third)):
            return math.inf
        return (third - 3 * second + 2) / max(second - 1, 1e-12) ** 1.5


@dataclass(frozen=True)
class Moved:
    """A law moved along the line by a distance, and stretched from 0 by a factor: the law of by + times X."""

    law: Distribution
    by: float
    times: float = 1.0

    def log_prob(self, x: Array) -> Array:
        """Return the log density."""
        return self.law.log_prob((x - self.by) / self.times) - math.log(self.times)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw n values."""
        return self.by + self.times * self.law.sample(rng, n)


def ticks(law: Distribution) -> Array:
    """Return thresholds whose probabilities run from 0.3 to 1e-12 by equal factors, to four digits: (k,), rising."""
    goals = np.linspace(math.log(LIKELY), math.log(RARE), TICKS)
    low = np.full(TICKS, law.median())
    step = np.full(TICKS, float(law.quantile(0.9)) - law.median())
    while np.any(short := law.log_sf(low + step) > goals):
        step = np.where(short, 2 * step, step)
    high = low + step
    for _ in range(80):
        middle = 0.5 * (low + high)
        above = law.log_sf(middle) > goals
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.unique([float(f"{value:.4g}") for value in low])


@dataclass(frozen=True)
class Swept:
    """At thresholds (k,): hits of plain draws, and the weighted estimate with its standard error, (k, 3)."""

    spec: Rare
    thresholds: Array
    told: Array

    @property
    def place(self) -> int:
        """Which threshold is the chosen one (the last, while it is still to come)."""
        return min(int(np.searchsorted(self.thresholds, self.spec.t)), len(self.thresholds) - 1)

    def plain(self, place: int) -> Found:
        """Return the share of plain draws beyond a threshold; no hit gives an upper bound, and no error of 0."""
        hits, n = self.told[place, 0], self.spec.n
        low, high = wilson(hits, n)
        return Found(hits / n, float(share_error(hits, n)), float(low), float(high), self.truth(place))

    def weighted(self, place: int) -> Found:
        """Return the weighted estimate; without a hit, what the weight at the threshold (the largest beyond it) leaves possible."""
        _, value, error = self.told[place]
        if error > 0:
            return Found(value, error, max(value - Z95 * error, 0.0), value + Z95 * error, self.truth(place))
        t, n = float(self.thresholds[place]), self.spec.n
        weight = math.exp(float(self.spec.law.log_prob(t) - self.spec.proposal(t).log_prob(t)))
        return Found(value, weight * float(share_error(0, n)), 0.0, weight * float(wilson(0, n)[1]), self.truth(place))

    def truth(self, place: int) -> float:
        """Return P(X > t) at a threshold."""
        return float(self.spec.law.sf(self.thresholds[place]))

    def found(self) -> Found:
        """Return the reported estimate at the chosen threshold."""
        return self.plain(self.place) if self.spec.method == "plain" else self.weighted(self.place)

    def relative(self) -> tuple[Array, Array]:
        """Return the measured relative standard errors of plain and of weighted draws, (k,) each; nan without a hit."""
        hits, value, error = self.told.T
        with np.errstate(divide="ignore", invalid="ignore"):
            plain = np.where(hits > 0, share_error(hits, self.spec.n) * self.spec.n / hits, math.nan)
            return plain, np.where(error > 0, error / value, math.nan)

    def exact(self) -> Array:
        """Return the exact relative standard errors of both, (k, 2)."""
        return np.array([self.spec.exact(float(t)) for t in self.thresholds])

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        place, spec = self.place, self.spec
        other = self.weighted(place) if spec.method == "plain" else self.plain(place)
        word = "weighted" if spec.method == "plain" else "plain"
        exact_plain, exact = spec.exact(float(self.thresholds[place]))
        return (
            {"threshold": float(self.thresholds[place])}
            | self.found().numbers()
            | {f"estimate, {word}": other.value, f"standard error, {word}": other.standard_error, f"95 % interval, {word}, high": other.high}
            | {"hits of plain draws": float(self.told[place, 0]), "hits expected": spec.n * self.truth(place)}
            | {"exact relative error, plain": exact_plain, "exact relative error, weighted": exact}
            | {"plain draws for the same error": spec.n * (exact_plain / exact) ** 2 if exact > 0 else math.inf}
        )

    def rows(self) -> pd.DataFrame:
        """Return a row a threshold."""
        plain, weighted = self.relative()
        exact = self.exact()
        return pd.DataFrame(
            {
                "t": self.thresholds,
                "P(X > t)": self.spec.law.sf(self.thresholds),
                "hits": self.told[:, 0],
                "estimate": self.told[:, 1],
                "standard error": self.told[:, 2],
            }
            | {"relative error, plain": plain, "exact, plain": exact[:, 0], "relative error, weighted": weighted, "exact, weighted": exact[:, 1]}
        )
