"""The Birnbaum-Saunders law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.special import HALF_LOG_2PI
from core.params import param

STEP = 0.125
GRID = np.exp(np.arange(-45, 2.6, STEP))  # of the size of a standard normal number
MASS = STEP * math.sqrt(2 / math.pi) * GRID * np.exp(-0.5 * GRID**2)


@dataclass(frozen=True)
class BirnbaumSaunders(Continuous):
    """The number of loads until a crack has grown so long that the part breaks.

    F(x) = Phi((sqrt(x / scale) - sqrt(scale / x)) / shape) for x > 0, with the normal law's Phi.
    https://en.wikipedia.org/wiki/Birnbaum%E2%80%93Saunders_distribution
    """

    shape: float = param(
        0.5, "Shape", low=0.1, high=2, scale="log", bounds=POSITIVE, symbol=r"\alpha", help="How unequal the steps of growth are: small is nearly normal."
    )
    scale: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\beta", help="The median.")

    title = "Birnbaum–Saunders"
    story = "How many loads a wing or a bridge bears until a crack has grown too long."
    use = (
        "Fatigue lives in cycles, and other positive times with damage that adds up. It is nearly log-normal for small shapes; the choice matters "
        "only when you extrapolate to rare early failures."
    )
    density = r"\frac{\sqrt{x/<scale>}+\sqrt{<scale>/x}}{2\,<shape>\,x\sqrt{2\pi}}\exp\left(-\frac{1}{2\,<shape>^2}\left(\frac{x}{<scale>}+\frac{<scale>}{x}-2\right)\right)"
    formulas = {
        "mean": r"<scale>\left(1+\tfrac{1}{2}<shape>^2\right)",
        "variance": r"(<shape>\,<scale>)^2\left(1+\tfrac{5}{4}<shape>^2\right)",
        "skewness": r"\frac{4\,<shape>(11\,<shape>^2+6)}{(5\,<shape>^2+4)^{3/2}}",
        "excess_kurtosis": r"\frac{6\,<shape>^2(93\,<shape>^2+40)}{(5\,<shape>^2+4)^2}",
        "entropy": r"\tfrac{1}{2}\log(2\pi e)+\log(<shape>\,<scale>)-\tfrac{1}{2}\,\mathrm{E}\log\left(1+\tfrac{1}{4}<shape>^2Z^2\right),\quad Z\text{ standard normal}",
    }
    reference = "https://en.wikipedia.org/wiki/Birnbaum%E2%80%93Saunders_distribution"
    support = HALF_LINE

    def _z(self, x: Array) -> Array:
        return (x - self.scale) / (np.sqrt(x) * math.sqrt(self.scale) * self.shape)

    def log_density(self, x: Array) -> Array:
        slope = np.log(x + self.scale) - 1.5 * np.log(x) - 0.5 * math.log(self.scale) - math.log(2 * self.shape)
        return np.where(x > 0, slope - 0.5 * self._z(x) ** 2 - HALF_LOG_2PI, -math.inf)

    def below(self, x: Array) -> Array:
        return special.ndtr(self._z(x))

    def log_below(self, x: Array) -> Array:
        return special.log_ndtr(self._z(x))

    def log_above(self, x: Array) -> Array:
        return special.log_ndtr(-self._z(x))

    def inverse(self, q: Array) -> Array:
        return self.scale * np.exp(2 * np.arcsinh(0.5 * self.shape * special.ndtri(q)))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.normal(0.0, 0.5 * self.shape, n)
        return self.scale * np.exp(2 * np.arcsinh(values, out=values))

    def mean(self) -> float:
        return self.scale * (1 + 0.5 * self.shape**2)

    def variance(self) -> float:
        return (self.shape * self.scale) ** 2 * (1 + 1.25 * self.shape**2)

    def skewness(self) -> float:
        a = self.shape**2
        return 4 * self.shape * (11 * a + 6) / (5 * a + 4) ** 1.5

    def excess_kurtosis(self) -> float:
        a = self.shape**2
        return 6 * a * (93 * a + 40) / (5 * a + 4) ** 2

    def entropy(self) -> float:
        # the last term of `formulas` by the trapezoid rule over log Z, which has all digits for a function so smooth
        spread = np.log1p((0.5 * self.shape * GRID) ** 2) @ MASS
        return HALF_LOG_2PI + 0.5 + math.log(self.shape) + math.log(self.scale) - 0.5 * float(spread)
