"""Three conjugate pairs: a prior, a likelihood, and the truth that the data come from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from core.distributions.base import CEILING, FINITE, FLOOR, POSITIVE, Array, Distribution
from core.distributions.bounded.beta import Beta
from core.distributions.conjugate import update
from core.distributions.discrete.beta_binomial import BetaBinomial
from core.distributions.discrete.binomial import Binomial
from core.distributions.discrete.negative_binomial import NegativeBinomial
from core.distributions.discrete.poisson import Poisson
from core.distributions.explore import check_in_reach
from core.distributions.positive.gamma import Gamma
from core.distributions.real_line.normal import Normal
from core.params import param
from core.spec import Spec


class ConjugatePair(Spec):
    """Base of the conjugate pairs: a prior, a likelihood, and the truth that the data come from.

    A member gives the laws of its methods, and the words `parameter` (what is learned) and `value` (what is observed).
    """

    title: ClassVar[str]
    parameter: ClassVar[str]
    value: ClassVar[str]

    def prior(self) -> Distribution:
        """Return the belief before any data."""
        raise NotImplementedError

    def likelihood(self) -> Distribution:
        """Return what the update takes for the law of a value; its unknown parameter is not read."""
        raise NotImplementedError

    def source(self) -> Distribution:
        """Return the law that the data come from."""
        raise NotImplementedError

    def truth(self) -> float:
        """Return the parameter that is to be learned."""
        raise NotImplementedError

    def total(self, data: Array) -> tuple[Distribution, float]:
        """Return the prior predictive law of the sum (or mean) of so many values, and the sum (or mean) of these."""
        raise NotImplementedError

    def scaled(self, data: Array) -> Distribution:
        """Return the likelihood of the data, scaled to area 1: what the posterior would be had all values of the parameter been alike."""
        raise NotImplementedError

    def alone(self, data: Array) -> float:
        """Return what the data say alone: the parameter of maximum likelihood."""
        return float(np.mean(data))

    def agree(self) -> None:
        """Prior and data must be laws that can be drawn."""
        check_in_reach(self.prior())
        check_in_reach(self.source())


@dataclass(frozen=True)
class BetaBinomialPair(ConjugatePair):
    """A share: of heads, of patients who recover. Beta prior, binomial data."""

    a: float = param(2.0, "Prior a", low=0.2, high=20, step=0.2, bounds=(1e-3, 1e6), symbol=r"a", help="Works like successes seen before.")
    b: float = param(2.0, "Prior b", low=0.2, high=20, step=0.2, bounds=(1e-3, 1e6), symbol=r"b", help="Works like failures seen before.")
    trials: int = param(1, "Trials per observation", low=1, high=20, bounds=(1, 10_000), symbol=r"m", help="1 for a single toss.")
    share: float = param(0.7, "True share", low=0, high=1, step=0.01, symbol=r"p", help="How often a trial succeeds in truth: the data come from it.")

    title = "A share: beta and binomial"
    parameter, value = "share of successes", "successes in one observation"

    def prior(self) -> Beta:
        return Beta(self.a, self.b)

    def likelihood(self) -> Binomial:
        return Binomial(self.trials, 0.5)

    def source(self) -> Binomial:
        return Binomial(self.trials, self.share)

    def truth(self) -> float:
        return self.share

    def total(self, data: Array) -> tuple[BetaBinomial, float]:
        return BetaBinomial(self.trials * len(data), self.a, self.b), float(np.sum(data))

    def alone(self, data: Array) -> float:
        return float(np.mean(data)) / self.trials

    def scaled(self, data: Array) -> Beta:
        return update(Beta(1.0, 1.0), self.likelihood(), data).posterior


@dataclass(frozen=True)
class GammaPoissonPair(ConjugatePair):
    """A rate: of calls an hour, of typing errors a page. Gamma prior, Poisson data."""

    shape: float = param(2.0, "Prior shape", low=0.2, high=40, step=0.2, bounds=(1e-3, 1e6), symbol=r"\alpha", help="Works like events seen before.")
    rate: float = param(0.5, "Prior rate", low=0.1, high=10, step=0.1, bounds=(1e-6, 1e6), symbol=r"\beta", help="Works like hours watched before.")
    events: float = param(6.0, "True rate of events", low=0.1, high=30, step=0.1, bounds=(1e-6, 1e6), symbol=r"\lambda", help="The data come from it.")

    title = "A rate: gamma and Poisson"
    parameter, value = "rate of events", "events in one observation"

    def prior(self) -> Gamma:
        return Gamma(self.shape, self.rate)

    def likelihood(self) -> Poisson:
        return Poisson()

    def source(self) -> Poisson:
        return Poisson(self.events)

    def truth(self) -> float:
        return self.events

    def total(self, data: Array) -> tuple[NegativeBinomial, float]:
        return NegativeBinomial(self.shape, self.rate / (self.rate + len(data))), float(np.sum(data))

    def scaled(self, data: Array) -> Gamma:
        return Gamma(1 + float(np.sum(data)), float(len(data)))


@dataclass(frozen=True)
class NormalNormalPair(ConjugatePair):
    """A mean: of a length measured again and again. Normal prior, normal data of a spread that is taken for known."""

    mu: float = param(0.0, "Prior mean", low=-10, high=10, step=0.1, bounds=FINITE, symbol=r"\mu_0", help="Where the parameter is thought to lie.")
    sigma: float = param(3.0, "Prior standard deviation", low=0.1, high=10, step=0.1, bounds=POSITIVE, symbol=r"\sigma_0", help="How unsure that is.")
    known: float = param(
        2.0, "Known spread", low=0.1, high=10, step=0.1, bounds=POSITIVE, symbol=r"\sigma", help="The sd of one value, as the update takes it."
    )
    centre: float = param(1.5, "True mean", low=-10, high=10, step=0.1, bounds=FINITE, symbol=r"\mu", help="The data come from it.")
    noise: float = param(2.0, "True spread", low=0.1, high=10, step=0.1, bounds=(FLOOR, CEILING), symbol=r"s", help="The sd that the data really have.")

    title = "A mean: normal and normal"
    parameter, value = "mean", "next value"

    def prior(self) -> Normal:
        return Normal(self.mu, self.sigma)

    def likelihood(self) -> Normal:
        return Normal(0.0, self.known)

    def source(self) -> Normal:
        return Normal(self.centre, self.noise)

    def truth(self) -> float:
        return self.centre

    def total(self, data: Array) -> tuple[Normal, float]:
        return Normal(self.mu, math.hypot(self.sigma, self.known / math.sqrt(len(data)))), float(np.mean(data))

    def scaled(self, data: Array) -> Normal:
        return Normal(float(np.mean(data)), self.known / math.sqrt(len(data)))


PAIRS = (BetaBinomialPair, GammaPoissonPair, NormalNormalPair)
