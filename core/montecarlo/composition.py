"""Composition: draw what is hidden first, then what is seen given that; the law of what is seen is known exactly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.distributions.base import POSITIVE, Distribution
from core.distributions.bounded.beta import Beta
from core.distributions.discrete.beta_binomial import BetaBinomial
from core.distributions.discrete.binomial import Binomial
from core.distributions.discrete.categorical import Categorical
from core.distributions.discrete.negative_binomial import NegativeBinomial
from core.distributions.discrete.poisson import Poisson
from core.distributions.modifiers.mixture import Component, Mixture
from core.distributions.positive.exponential import Exponential
from core.distributions.positive.gamma import Gamma
from core.distributions.real_line.laplace import Laplace
from core.distributions.real_line.normal import Normal
from core.distributions.real_line.student_t import StudentT
from core.montecarlo.direct_course import KOLMOGOROV, Course, gap, of_mean, of_share, stops_to
from core.montecarlo.intervals import Found
from core.montecarlo.inverse import spread
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
BLOCK = 1 << 15
TINY = 1e-300  # a precision that a draw may underflow to


class Recipe(Spec):
    """Base of the compositions: `hidden` is drawn first, `given` is the law of what is seen then, `law` what is seen in all."""

    title: str
    first: str  # what is drawn first, in words

    def hidden(self) -> Distribution:
        """Return the law of what is drawn first."""
        raise NotImplementedError

    def given(self, hidden: float) -> Distribution:
        """Return the law of what is seen, given what was drawn first."""
        raise NotImplementedError

    def law(self) -> Distribution:
        """Return the exact law of what is seen."""
        raise NotImplementedError

    def draw(self, rng: np.random.Generator, hidden: Array) -> Array:
        """Draw what is seen, one value for each hidden one."""
        raise NotImplementedError


@dataclass(frozen=True)
class Groups(Recipe):
    """Choose a group by its weight, then draw from the law of that group: a mixture."""

    title = "Groups: a mixture"
    first = "the group"
    parts: tuple[Component, ...] = param(
        (Component(0.3, Normal(-2.0, 0.7)), Component(0.7, Normal(1.5, 1.0))), "Groups", least=2, most=6, singular="part", help="How many groups are mixed."
    )

    def agree(self) -> None:
        """Groups must be of one kind, as a mixture asks."""
        self.law()

    def hidden(self) -> Distribution:
        return Categorical(tuple(part.weight for part in self.parts))

    def given(self, hidden: float) -> Distribution:
        return self.parts[int(hidden)].law

    def law(self) -> Distribution:
        return Mixture(self.parts)

    def draw(self, rng: np.random.Generator, hidden: Array) -> Array:
        values = np.empty(len(hidden))
        for place, part in enumerate(self.parts):
            here = hidden == place
            values[here] = part.law.sample(rng, int(here.sum()))
        return values


@dataclass(frozen=True)
class GammaPoisson(Recipe):
    """Draw a rate from a gamma law, then a count at that rate: the counts are negative binomial, with r = shape and p = rate / (rate + 1)."""

    title = "Gamma, then Poisson"
    first = "the rate of the count"
    shape: float = param(3.0, "Shape", low=0.5, high=20, step=0.5, bounds=(0.01, 1000), help="Shape of the gamma law of the rates.")
    rate: float = param(0.5, "Rate", low=0.1, high=5, step=0.1, bounds=(0.001, 1000), help="Rate of the gamma law of the rates.")

    def hidden(self) -> Distribution:
        return Gamma(self.shape, self.rate)

    def given(self, hidden: float) -> Distribution:
        return Poisson(float(np.clip(hidden, *POSITIVE)))

    def law(self) -> Distribution:
        return NegativeBinomial(self.shape, self.rate / (self.rate + 1))

    def draw(self, rng: np.random.Generator, hidden: Array) -> Array:
        return rng.poisson(hidden).astype(float)


@dataclass(frozen=True)
class ExponentialNormal(Recipe):
    """Draw a variance from an exponential law of mean 2 · scale², then a normal value with that variance: the values are Laplace."""

    title = "Exponential variance, then normal"
    first = "the variance"
    scale: float = param(1.0, "Scale", low=0.2, high=5, step=0.1, bounds=(0.001, 1000), help="Scale of the Laplace law that comes out.")

    def hidden(self) -> Distribution:
        return Exponential(1 / (2 * self.scale**2))

    def given(self, hidden: float) -> Distribution:
        return Normal(0.0, float(np.clip(math.sqrt(hidden), *POSITIVE)))

    def law(self) -> Distribution:
        return Laplace(0.0, self.scale)

    def draw(self, rng: np.random.Generator, hidden: Array) -> Array:
        return np.sqrt(hidden) * rng.standard_normal(len(hidden))


@dataclass(frozen=True)
class GammaNormal(Recipe):
    """Draw a precision (one over a variance) from a gamma law of shape and rate df / 2, then a normal value: the values are Student's t."""

    title = "Gamma precision, then normal"
    first = "the precision"
    df: float = param(6.0, "Degrees of freedom", low=0.5, high=30, step=0.5, bounds=(0.1, 1000), help="How light the tails are that come out.")

    def hidden(self) -> Distribution:
        return Gamma(self.df / 2, self.df / 2)

    def given(self, hidden: float) -> Distribution:
        return Normal(0.0, float(np.clip(1 / math.sqrt(max(hidden, TINY)), *POSITIVE)))

    def law(self) -> Distribution:
        return StudentT(self.df)

    def draw(self, rng: np.random.Generator, hidden: Array) -> Array:
        return rng.standard_normal(len(hidden)) / np.sqrt(np.maximum(hidden, TINY))


@dataclass(frozen=True)
class BetaThenBinomial(Recipe):
    """Draw a probability from a beta law, then count the successes of some trials with it: the counts are beta-binomial."""

    title = "Beta, then binomial"
    first = "the probability of a success"
    trials: int = param(20, "Trials", low=1, high=100, bounds=(1, 1000), help="How many trials are made.")
    a: float = param(2.0, "Towards success", low=0.5, high=10, step=0.5, bounds=(0.05, 1000), help="First weight of the beta law.")
    b: float = param(3.0, "Towards failure", low=0.5, high=10, step=0.5, bounds=(0.05, 1000), help="Second weight of the beta law.")

    def hidden(self) -> Distribution:
        return Beta(self.a, self.b)

    def given(self, hidden: float) -> Distribution:
        return Binomial(self.trials, float(hidden))

    def law(self) -> Distribution:
        return BetaBinomial(self.trials, self.a, self.b)

    def draw(self, rng: np.random.Generator, hidden: Array) -> Array:
        return rng.binomial(self.trials, hidden).astype(float)


RECIPES = (Groups, GammaPoisson, ExponentialNormal, GammaNormal, BetaThenBinomial)


@dataclass(frozen=True)
class Composition(Spec):
    """First what is hidden, then what is seen given that: the pairs follow the joint law, and what is seen alone the one that it has in all.

    f(x) = ∫ f(x | h) f(h) dh. Devroye (1986), chapter XIV, https://luc.devroye.org/rnbookindex.html
    """

    title = "Composition"
    recipe: Recipe = param(Groups(), "Recipe", family=lambda: RECIPES, help="What is drawn first, and what then.")
    n: int = param(2000, "Draws", low=10, high=100_000, scale="log", bounds=(1, 200_000), help="How many pairs are drawn.")

    def run(self, seed: int) -> Iterator[Progress[Composed]]:
        """Draw block by block."""
        first, then, law = stream(seed, "hidden"), stream(seed, "seen"), self.recipe.hidden()
        pairs = np.empty((2, self.n))
        for start in range(0, self.n, BLOCK):
            end = min(start + BLOCK, self.n)
            pairs[0, start:end] = law.sample(first, end - start)
            pairs[1, start:end] = self.recipe.draw(then, pairs[0, start:end])
            yield Progress(end, self.n, Composed(self, pairs[:, :end]))


@dataclass(frozen=True)
class Composed:
    """What was hidden and what was seen: (2, n)."""

    spec: Composition
    pairs: Array

    def course(self) -> Course:
        """Return how the mean of what is seen settles."""
        law = self.spec.recipe.law()
        return of_mean(self.pairs[1], stops_to(self.pairs.shape[1]), law.mean(), sd=law.sd())

    def trace(self) -> tuple[Array, Array]:
        """Return numbers of draws and the estimates at them."""
        course = self.course()
        return course.stops, course.value

    def found(self) -> Found:
        """Return the mean of all that is seen."""
        return self.course().found()

    def asked(self) -> str:
        """Return what is estimated, in words."""
        return f"mean of {self.spec.recipe.law().title} draws"

    def checks(self) -> dict[str, Found]:
        """Return mean and variance of what is seen and of what is hidden (or the share of each group) beside the exact ones."""
        recipe, last, (hidden, seen) = self.spec.recipe, np.array([self.pairs.shape[1]]), self.pairs
        law, first = recipe.law(), recipe.hidden()
        found = {"mean": of_mean(seen, last, law.mean(), sd=law.sd()).found()} | spread(seen, law)
        if isinstance(recipe, Groups):
            return found | {f"share of group {k + 1}": of_share(hidden == k, last, float(p)).found() for k, p in enumerate(first.probabilities)}
        return found | {f"mean of {recipe.first}": of_mean(hidden, last, first.mean(), sd=first.sd()).found()}

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        n = self.pairs.shape[1]
        gaps = {"largest gap to the CDF": gap(self.pairs[1], self.spec.recipe.law()), "95 % of gaps lie below": KOLMOGOROV / math.sqrt(n)}
        return {"draws": float(n)} | self.found().numbers() | gaps

    def rows(self) -> pd.DataFrame:
        """Return the draws as a table: what was hidden, and what was seen."""
        hidden = self.pairs[0] + 1 if isinstance(self.spec.recipe, Groups) else self.pairs[0]
        return pd.DataFrame({self.spec.recipe.first: hidden, "x": self.pairs[1]})
