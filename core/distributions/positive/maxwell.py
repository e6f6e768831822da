"""Maxwell's law of speeds."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.distributions.base import POSITIVE
from core.distributions.continuous import Continuous
from core.distributions.positive.gamma_power import GammaPower
from core.params import param


@dataclass(frozen=True)
class Maxwell(GammaPower, Continuous):
    """The speed of a molecule whose three velocities are independent and normal.

    f(x) = sqrt(2 / pi) x^2 exp(-x^2 / (2 sigma^2)) / sigma^3 for x > 0.
    https://en.wikipedia.org/wiki/Maxwell%E2%80%93Boltzmann_distribution
    """

    sigma: float = param(
        1.0,
        "Scale",
        low=0.2,
        high=5,
        scale="log",
        bounds=POSITIVE,
        symbol=r"\sigma",
        help="The standard deviation of each of the three velocities; it grows with the temperature.",
    )

    title = "Maxwell"
    story = "The speed of a molecule in a gas: the length of a vector of three normal velocities."
    use = (
        "Magnitudes of three equal, independent normal components, such as molecular speeds or position errors in space. Its mean is 2.37 times its "
        "standard deviation; with another ratio take the chi or the generalized gamma law."
    )
    density = r"\sqrt{\tfrac{2}{\pi}}\,\frac{x^2}{<sigma>^3}\,e^{-x^2/(2\,<sigma>^2)}"
    formulas = {
        "mean": r"2\,<sigma>\sqrt{2/\pi}",
        "variance": r"<sigma>^2\,\frac{3\pi-8}{\pi}",
        "skewness": r"\frac{2\sqrt{2}\,(16-5\pi)}{(3\pi-8)^{3/2}}",
        "excess_kurtosis": r"\frac{4(40\pi-96-3\pi^2)}{(3\pi-8)^2}",
        "entropy": r"\log\left(<sigma>\sqrt{2\pi}\right)+\gamma-\tfrac{1}{2}",
    }
    reference = "https://en.wikipedia.org/wiki/Maxwell%E2%80%93Boltzmann_distribution"

    def _law(self) -> tuple[float, float, float]:
        return 1.5, 2.0, math.sqrt(2) * self.sigma
