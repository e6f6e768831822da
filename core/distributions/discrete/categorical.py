"""The categorical law."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.distributions.base import CEILING, Array, Support
from core.distributions.lattice import Lattice
from core.distributions.special import log_share
from core.params import param


@dataclass(frozen=True)
class Categorical(Lattice):
    """One of a few outcomes, numbered from 0, each with a weight of its own.

    P(k) = weight k / sum of all weights.
    https://en.wikipedia.org/wiki/Categorical_distribution
    """

    weights: tuple[float, ...] = param(
        (0.5, 0.3, 0.2),
        "Weights",
        low=0,
        high=1,
        step=0.01,
        bounds=(0, CEILING),
        least=2,
        most=12,
        singular="weight",
        symbol=r"w_k",
        help="How likely each outcome is, compared with the others; they need not add to 1.",
    )

    title = "Categorical"
    story = "A loaded die: one of a few outcomes, or the next word out of a short list."
    use = (
        "One label out of a short, unordered list per case. Give every possible label some weight, also if the sample lacks it; for ordered labels a "
        "model of the order wastes less."
    )
    density = r"p_x=\frac{w_x}{\sum_k w_k},\quad x\in\{0,1,\dots\}"
    formulas = {
        "mean": r"m=\sum_k k\,p_k",
        "variance": r"s^2=\sum_k (k-m)^2 p_k",
        "skewness": r"\sum_k \left(\frac{k-m}{s}\right)^3 p_k",
        "excess_kurtosis": r"\sum_k \left(\frac{k-m}{s}\right)^4 p_k-3",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Categorical_distribution"

    def agree(self) -> None:
        if not any(self.weights):
            raise ValueError(f"weights must not all be 0, got {len(self.weights)} zeros: try weight.0 = 1")

    @property
    def support(self) -> Support:
        return Support(0, len(self.weights) - 1, discrete=True)

    @cached_property
    def probabilities(self) -> Array:
        """The weights, made to add to 1."""
        return np.array(self.weights) / math.fsum(self.weights)

    def _head(self) -> Array:
        """Return the sums of the weights up to each outcome."""
        return np.cumsum(self.weights)

    def _tail(self) -> Array:
        """Return the sums of the weights beyond each outcome, added from the end to keep small ones."""
        return np.append(np.cumsum(self.weights[:0:-1])[::-1], 0.0)

    def _log_masses(self) -> Array:
        weights = np.array(self.weights)
        others = self._tail() + np.append(0.0, self._head()[:-1])
        return log_share(weights, others)

    def log_mass(self, k: Array) -> Array:
        return self._log_masses()[k.astype(int)]

    def below(self, k: Array) -> Array:
        return np.minimum(np.cumsum(self.probabilities), 1.0)[k.astype(int)]

    def log_below(self, k: Array) -> Array:
        return log_share(self._head(), self._tail())[k.astype(int)]

    def log_above(self, k: Array) -> Array:
        return log_share(self._tail(), self._head())[k.astype(int)]

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        edges = np.cumsum(self.probabilities)
        edges[np.flatnonzero(self.probabilities)[-1] :] = 1.0  # rounding must not lead past the last possible outcome
        return np.searchsorted(edges, rng.random(n), side="right")

    def _moment(self, order: int) -> float:
        return float(self.probabilities @ (np.arange(len(self.weights)) - self.mean()) ** order)

    def mean(self) -> float:
        return float(self.probabilities @ np.arange(len(self.weights)))

    def variance(self) -> float:
        return self._moment(2)

    def skewness(self) -> float:
        return self._moment(3) / self.variance() ** 1.5 if self.variance() else math.nan

    def excess_kurtosis(self) -> float:
        return self._moment(4) / self.variance() ** 2 - 3 if self.variance() else math.nan

    def entropy(self) -> float:
        return self.entropy_within(0, len(self.weights))
