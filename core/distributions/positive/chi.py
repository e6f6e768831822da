"""The chi law."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.distributions.base import POSITIVE
from core.distributions.continuous import Continuous
from core.distributions.positive.gamma_power import GammaPower
from core.params import param


@dataclass(frozen=True)
class Chi(GammaPower, Continuous):
    """The length of a vector of independent standard normal numbers, one for each degree of freedom.

    f(x) = x^(df - 1) exp(-x^2 / 2) / (2^(df / 2 - 1) Gamma(df / 2)) for x > 0.
    https://en.wikipedia.org/wiki/Chi_distribution
    """

    df: float = param(
        3.0,
        "Degrees of freedom",
        low=1,
        high=20,
        scale="log",
        bounds=POSITIVE,
        symbol=r"k",
        help="How many numbers the vector has; any positive number will do.",
    )

    title = "Chi"
    story = "The length of a vector of standard normal numbers: how far from the middle a random point lies in many dimensions."
    use = (
        "Sizes of vectors with independent standard normal components, such as the norm of a random direction or a sample's standard deviation. Check "
        "that the components have equal variance; with 2 or 3 of them and a free scale take Rayleigh's or Maxwell's law."
    )
    density = r"\frac{x^{<df>-1}e^{-x^2/2}}{2^{<df>/2-1}\,\Gamma(<df>/2)}"
    formulas = {
        "mean": r"\mu=\sqrt{2}\,\frac{\Gamma((<df>+1)/2)}{\Gamma(<df>/2)}",
        "variance": r"\sigma^2=<df>-\mu^2",
        "skewness": r"\gamma_1=\frac{\mu}{\sigma^3}(1-2\sigma^2)",
        "excess_kurtosis": r"\frac{2}{\sigma^2}(1-\mu\,\sigma\,\gamma_1-\sigma^2)",
        "entropy": r"\log\Gamma(\tfrac{<df>}{2})+\tfrac{1}{2}\left(<df>-\log 2-(<df>-1)\,\psi(\tfrac{<df>}{2})\right)",
    }
    reference = "https://en.wikipedia.org/wiki/Chi_distribution"

    def _law(self) -> tuple[float, float, float]:
        return 0.5 * self.df, 2.0, math.sqrt(2)
