"""Differences of two values, and of two products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import distributions as families
from core.distributions.base import Array, Distribution
from core.distributions.relations.base import Walk, free, samples
from core.distributions.relations.sums import several


@dataclass(frozen=True)
class PoissonToSkellam(Walk):
    """By how many goals the home side wins: the difference of two Poisson counts is Skellam's."""

    up: float = free(4.0, "Rate of ups", 0.5, 8, "a")
    down: float = free(2.5, "Rate of downs", 0.5, 8, "b")
    n: int = samples()
    title, sign, source, target = "Poisson to Skellam", "difference", families.Poisson, families.Skellam
    tex = r"X_1-X_2\sim\mathrm{Skellam}(a,b),\quad X_1\sim\mathrm{Poisson}(a),\ X_2\sim\mathrm{Poisson}(b)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x1": families.Poisson(self.up), "x2": families.Poisson(self.down)}

    def partials(self, x: Array) -> Array:
        return np.cumsum([x[0], -x[1]], axis=0)

    def law(self) -> Distribution:
        return families.Skellam(self.up, self.down)


@dataclass(frozen=True)
class ExponentialToLaplace(Walk):
    """By how much one wait is longer than another has Laplace's law."""

    n: int = samples()
    title, sign, source, target = "Exponential to Laplace", "difference", families.Exponential, families.Laplace
    tex = r"X_1-X_2\sim\mathrm{Laplace}(0,1)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Exponential(1.0), 2)

    def partials(self, x: Array) -> Array:
        return np.cumsum([x[0], -x[1]], axis=0)

    def law(self) -> Distribution:
        return families.Laplace(0.0, 1.0)


@dataclass(frozen=True)
class ExponentialToAsymmetricLaplace(Walk):
    """By how much one wait is longer than another one with a different mean: the asymmetric Laplace law."""

    kappa: float = free(0.6, "Asymmetry", 0.3, 3, r"\kappa")
    n: int = samples()
    title, sign, source, target = "Exponential to asymmetric Laplace", "difference", families.Exponential, families.AsymmetricLaplace
    tex = r"X_1-X_2\sim\mathrm{AsymLaplace}(0,1,\kappa),\quad X_1\sim\mathrm{Exponential}(\kappa),\ X_2\sim\mathrm{Exponential}(1/\kappa)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x1": families.Exponential(self.kappa), "x2": families.Exponential(1 / self.kappa)}

    def partials(self, x: Array) -> Array:
        return np.cumsum([x[0], -x[1]], axis=0)

    def law(self) -> Distribution:
        return families.AsymmetricLaplace(0.0, 1.0, self.kappa)


@dataclass(frozen=True)
class ExtremeValueToLogistic(Walk):
    """By how much the largest of one crowd exceeds that of another is logistic: why choices follow a sigmoid."""

    n: int = samples()
    title, sign, source, target = "Generalized extreme value to logistic", "difference", families.GeneralizedExtremeValue, families.Logistic
    tex = r"X_1-X_2\sim\mathrm{Logistic}(0,1),\quad X_i\sim\mathrm{GEV}(0,1,\xi=0)"
    reference = "https://en.wikipedia.org/wiki/Discrete_choice"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.GeneralizedExtremeValue(0.0, 1.0, 0.0), 2)

    def partials(self, x: Array) -> Array:
        return np.cumsum([x[0], -x[1]], axis=0)

    def law(self) -> Distribution:
        return families.Logistic(0.0, 1.0)


@dataclass(frozen=True)
class NormalsToLaplace(Walk):
    """The determinant of a two by two table of normal values has Laplace's law."""

    n: int = samples()
    title, sign, source, target = "Normal to Laplace, by a determinant", "determinant", families.Normal, families.Laplace
    tex = r"Z_1Z_2-Z_3Z_4\sim\mathrm{Laplace}(0,1)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Normal(0.0, 1.0), 4)

    def partials(self, x: Array) -> Array:
        return np.cumsum([x[0] * x[1], -x[2] * x[3]], axis=0)

    def law(self) -> Distribution:
        return families.Laplace(0.0, 1.0)
