"""The generalised gamma law."""

from __future__ import annotations

from dataclasses import dataclass

from core.distributions.base import POSITIVE
from core.distributions.continuous import Continuous
from core.distributions.positive.gamma_power import GammaPower
from core.params import param


@dataclass(frozen=True)
class GeneralizedGamma(GammaPower, Continuous):
    """A power of a gamma variable: gamma, Weibull, chi and half-normal are members.

    f(x) = power / (scale Gamma(shape)) (x / scale)^(shape power - 1) exp(-(x / scale)^power) for x > 0.
    https://en.wikipedia.org/wiki/Generalized_gamma_distribution
    """

    shape: float = param(
        2.0, "Shape", low=0.5, high=10, scale="log", bounds=POSITIVE, symbol=r"a", help="The shape of the gamma variable; 1 gives the Weibull law."
    )
    power: float = param(
        1.5, "Power", low=0.5, high=5, scale="log", bounds=POSITIVE, symbol=r"p", help="1 gives the gamma law; the larger, the sooner the right tail ends."
    )
    scale: float = param(1.0, "Scale", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"s", help="Stretches the curve.")

    title = "Generalised gamma"
    story = "A power of a gamma variable: lifetimes and sizes, with gamma, Weibull and half-normal as members."
    use = (
        "Lifetimes, when the question is which of the gamma, Weibull and log-normal laws fits: fit it and see where it falls. Its three parameters "
        "trade off against each other, so a few hundred values are needed."
    )
    density = (
        r"\frac{<power>}{<scale>\,\Gamma(<shape>)}\left(\frac{x}{<scale>}\right)^{<shape>\,<power>-1}\exp\left(-\left(\frac{x}{<scale>}\right)^{<power>}\right)"
    )
    formulas = {
        "mean": r"<scale>\,g_1,\quad g_j=\frac{\Gamma(<shape>+j/<power>)}{\Gamma(<shape>)}",
        "variance": r"<scale>^2\left(g_2-g_1^2\right)",
        "skewness": r"\frac{g_3-3\,g_1g_2+2\,g_1^3}{(g_2-g_1^2)^{3/2}}",
        "excess_kurtosis": r"\frac{g_4-4\,g_1g_3+6\,g_1^2g_2-3\,g_1^4}{(g_2-g_1^2)^2}-3",
        "entropy": r"\log\frac{<scale>\,\Gamma(<shape>)}{<power>}+<shape>+\left(\tfrac{1}{<power>}-<shape>\right)\psi(<shape>)",
    }
    reference = "https://en.wikipedia.org/wiki/Generalized_gamma_distribution"

    def _law(self) -> tuple[float, float, float]:
        return self.shape, self.power, self.scale
