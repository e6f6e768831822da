"""The inverse gamma law."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.distributions.base import POSITIVE
from core.distributions.continuous import Continuous
from core.distributions.positive.gamma_power import GammaPower
from core.params import param


@dataclass(frozen=True)
class InverseGamma(GammaPower, Continuous):
    """One over a gamma variable: a prior for the variance of a normal law.

    f(x) = scale^shape x^(-shape - 1) exp(-scale / x) / Gamma(shape) for x > 0.
    https://en.wikipedia.org/wiki/Inverse-gamma_distribution
    """

    shape: float = param(
        3.0, "Shape", low=0.5, high=12, scale="log", bounds=POSITIVE, symbol=r"\alpha", help="The tail index: a moment of this order or more is infinite."
    )
    scale: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\beta", help="Stretches the curve.")

    title = "Inverse gamma"
    story = "One over a gamma variable: a belief about an unknown variance."
    use = (
        "The conjugate prior for the variance of normal data. With a small shape and scale it is not as vague as it looks, and near 0 the answer "
        "depends on it; for the spread between groups take a half-normal or half-Cauchy prior."
    )
    density = r"\frac{<scale>^{<shape>}}{\Gamma(<shape>)}\,x^{-<shape>-1}\,e^{-<scale>/x}"
    formulas = {
        "mean": r"\frac{<scale>}{<shape>-1}\ (\text{for shape above 1, else infinite})",
        "variance": r"\frac{<scale>^2}{(<shape>-1)^2(<shape>-2)}\ (\text{for shape above 2, infinite from 2 down to 1})",
        "skewness": r"\frac{4\sqrt{<shape>-2}}{<shape>-3}\ (\text{for shape above 3, infinite from 3 down to 2})",
        "excess_kurtosis": r"\frac{6(5\,<shape>-11)}{(<shape>-3)(<shape>-4)}\ (\text{for shape above 4, infinite from 4 down to 2})",
        "entropy": r"<shape>+\log\left(<scale>\,\Gamma(<shape>)\right)-(1+<shape>)\,\psi(<shape>)",
    }
    reference = "https://en.wikipedia.org/wiki/Inverse-gamma_distribution"

    def _law(self) -> tuple[float, float, float]:
        return self.shape, -1.0, self.scale

    def mean(self) -> float:
        return self.scale / (self.shape - 1) if self.shape > 1 else math.inf

    def variance(self) -> float:
        if self.shape <= 2:
            return math.inf if self.shape > 1 else math.nan
        return (self.scale / (self.shape - 1)) ** 2 / (self.shape - 2)

    def skewness(self) -> float:
        if self.shape <= 3:
            return math.inf if self.shape > 2 else math.nan
        return 4 * math.sqrt(self.shape - 2) / (self.shape - 3)

    def excess_kurtosis(self) -> float:
        if self.shape <= 4:
            return math.inf if self.shape > 2 else math.nan
        return 6 * (5 * self.shape - 11) / ((self.shape - 3) * (self.shape - 4))
