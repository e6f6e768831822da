"""The Nakagami law."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.distributions.base import POSITIVE
from core.distributions.continuous import Continuous
from core.distributions.positive.gamma_power import GammaPower
from core.params import param


@dataclass(frozen=True)
class Nakagami(GammaPower, Continuous):
    """The strength of a radio signal that arrives by many paths: the root of a gamma variable.

    f(x) = 2 m^m x^(2 m - 1) exp(-m x^2 / omega) / (Gamma(m) omega^m) for x > 0.
    https://en.wikipedia.org/wiki/Nakagami_distribution
    """

    m: float = param(
        1.5, "Shape", low=0.5, high=10, scale="log", bounds=POSITIVE, symbol=r"m", help="The larger, the steadier the signal; at 1 this is the Rayleigh law."
    )
    omega: float = param(1.0, "Mean power", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\Omega", help="The mean of the square.")

    title = "Nakagami"
    story = "The strength of a radio signal that arrives by many paths: the root of a gamma variable."
    use = (
        "Amplitudes of fading signals, where the shape says how deep the fades are: 1 is Rayleigh, below 1 is worse. If a dominant direct path is "
        "known, take the Rice law."
    )
    density = r"\frac{2\,<m>^{<m>}}{\Gamma(<m>)\,<omega>^{<m>}}\,x^{2\,<m>-1}\,e^{-<m>\,x^2/<omega>}"
    formulas = {
        "mean": r"\mu=\frac{\Gamma(<m>+\frac{1}{2})}{\Gamma(<m>)}\sqrt{\frac{<omega>}{<m>}}",
        "variance": r"\sigma^2=<omega>-\mu^2",
        "skewness": r"\gamma_1=\frac{\mu}{\sigma^3}\left(\frac{<omega>}{2\,<m>}-2\sigma^2\right)",
        "excess_kurtosis": r"\frac{2}{\sigma^2}\left(\frac{<omega>}{2\,<m>}-\mu\,\sigma\,\gamma_1-\sigma^2\right)",
        "entropy": r"<m>+\log\Gamma(<m>)+\left(\tfrac{1}{2}-<m>\right)\psi(<m>)+\tfrac{1}{2}\log\frac{<omega>}{4\,<m>}",
    }
    reference = "https://en.wikipedia.org/wiki/Nakagami_distribution"

    def _law(self) -> tuple[float, float, float]:
        return self.m, 2.0, math.sqrt(self.omega / self.m)
