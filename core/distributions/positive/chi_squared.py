"""The chi-squared law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.positive.gamma_power import GammaPower
from core.params import param


@dataclass(frozen=True)
class ChiSquared(GammaPower, Continuous):
    """A sum of squares of independent standard normal numbers, one for each degree of freedom.

    f(x) = x^(df / 2 - 1) exp(-x / 2) / (2^(df / 2) Gamma(df / 2)) for x > 0.
    https://en.wikipedia.org/wiki/Chi-squared_distribution
    """

    df: float = param(
        4.0, "Degrees of freedom", low=1, high=20, scale="log", bounds=POSITIVE, symbol=r"k", help="How many squares are added; any positive number will do."
    )

    title = "Chi-squared"
    story = "The sum of squared standard normal numbers: how far counts in a table lie from what was expected."
    use = (
        "The yardstick for sums of squared standard errors: goodness of fit, contingency tables, likelihood ratios, variances of normal data. It is "
        "only approximate for counts, so expect at least 5 per cell; as a model for data take the gamma law."
    )
    density = r"\frac{x^{<df>/2-1}e^{-x/2}}{2^{<df>/2}\,\Gamma(<df>/2)}"
    formulas = {
        "mean": r"<df>",
        "variance": r"2\,<df>",
        "skewness": r"\sqrt{8/<df>}",
        "excess_kurtosis": r"\frac{12}{<df>}",
        "entropy": r"\tfrac{<df>}{2}+\log\left(2\,\Gamma(\tfrac{<df>}{2})\right)+\left(1-\tfrac{<df>}{2}\right)\psi(\tfrac{<df>}{2})",
    }
    reference = "https://en.wikipedia.org/wiki/Chi-squared_distribution"

    def _law(self) -> tuple[float, float, float]:
        return 0.5 * self.df, 1.0, 2.0

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.chisquare(self.df, n)

    def mean(self) -> float:
        return self.df

    def variance(self) -> float:
        return 2 * self.df

    def skewness(self) -> float:
        return math.sqrt(8 / self.df)

    def excess_kurtosis(self) -> float:
        return 12 / self.df
