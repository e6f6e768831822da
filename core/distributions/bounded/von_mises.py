"""The von Mises law."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np
from scipy import special

from core.distributions.base import CEILING, Array, Support
from core.distributions.continuous import Continuous, bracketed, log_look
from core.distributions.normals import CENTRAL, central_quantile
from core.distributions.special import NODES, WEIGHTS, log_complement
from core.params import param

FALL = 45.0  # an integral stops where the exponent has fallen by so much
SERIES = 60.0  # up to here a Fourier series gives plain probabilities
MILD = 2.0  # up to here it gives the moments too
SHARP = 1e3  # from here on the shape follows from a series in 1 / kappa
TERMS = 10
THIN = 1e-3  # below this a Fourier series has too few digits


@dataclass(frozen=True)
class VonMises(Continuous):
    """The normal law of the circle: directions that scatter around one, with nothing preferred beyond that.

    f(x) = exp(kappa cos(x - mu)) / (2 pi I_0(kappa)) for -pi <= x <= pi.
    https://en.wikipedia.org/wiki/Von_Mises_distribution
    """

    mu: float = param(0.0, "Direction", low=-3.1, high=3.1, step=0.1, bounds=(-math.pi, math.pi), symbol=r"\mu", help="The likeliest angle, in radians.")
    kappa: float = param(
        2.0,
        "Concentration",
        low=0.1,
        high=50,
        scale="log",
        bounds=(0, CEILING),
        symbol=r"\kappa",
        help="At 0 all directions are alike; when it is large the law is normal with variance 1 / kappa.",
    )

    title = "Von Mises"
    ticks = 41
    story = (
        "A direction around a preferred one, such as the wind at a place, or the hour of a birth; its circular mean is μ and its circular variance "
        "1 - I₁(κ)/I₀(κ), while mean and variance below are those of the angle as a number in [-π, π]."
    )
    use = (
        "Directions, and times of day or year, around one preferred direction. Check that there is a single, even peak; with several take a mixture, "
        "with a broad floor of outliers the wrapped Cauchy law."
    )
    density = r"\frac{e^{<kappa>\cos(x-<mu>)}}{2\pi I_0(<kappa>)}"
    formulas = {
        "mean": r"2\sum_{p\ge1}\frac{(-1)^{p+1}}{p}\,\frac{I_p(<kappa>)}{I_0(<kappa>)}\,\sin(p\cdot<mu>)",
        "variance": r"\frac{\pi^2}{3}+4\sum_{p\ge1}\frac{(-1)^p}{p^2}\,\frac{I_p(<kappa>)}{I_0(<kappa>)}\,\cos(p\cdot<mu>)-m^2,\quad m\ \text{the mean}",
        "skewness": r"\frac{\mathrm{E}(X-\mathrm{E}X)^3}{s^3},\quad s\ \text{the standard deviation}",
        "excess_kurtosis": r"\frac{\mathrm{E}(X-\mathrm{E}X)^4}{s^4}-3,\quad s\ \text{the standard deviation}",
        "entropy": r"\log\left(2\pi I_0(<kappa>)\right)-<kappa>\,\frac{I_1(<kappa>)}{I_0(<kappa>)}",
    }
    reference = "https://en.wikipedia.org/wiki/Von_Mises_distribution"
    support = Support(-math.pi, math.pi)

    def log_density(self, x: Array) -> Array:
        return self._at(x - self.mu)

    def _at(self, t: float | Array) -> Array:
        """Return the log density at an angle from the centre."""
        return -2 * self.kappa * np.sin(0.5 * t) ** 2 - self._log_whole

    @cached_property
    def _log_whole(self) -> float:
        """The log of the integral of exp(kappa (cos t - 1)) over the circle."""
        return math.log(2 * math.pi * float(special.i0e(self.kappa)))

    # Tails: the density falls from mu to the far side of the circle, so that either tail is one falling arc and whole arcs

    def _arc(self, start: float | Array, length: float | Array) -> tuple[Array, Array]:
        """Return Gauss nodes on an arc that begins at an angle from the centre and leads away from it, and weights in units of the density at its start.

        The arc ends early where nothing is left: cos falls by 2 sin(s / 2) sin(start + s / 2) on the way s.
        """
        start, length = np.asarray(start, float), np.asarray(length, float)
        with np.errstate(divide="ignore"):
            end = 2 * np.arcsin(np.sqrt(np.minimum(np.sin(0.5 * start) ** 2 + 0.5 * FALL / self.kappa, 1.0) if self.kappa else np.ones_like(start)))
        reach = np.minimum(length, np.maximum(end - start, 0.0))[..., None]
        s = reach * NODES
        return s, reach * WEIGHTS * np.exp(-2 * self.kappa * np.sin(0.5 * s) * np.sin(start[..., None] + 0.5 * s))

    def _log_arc(self, start: float | Array, length: float | Array) -> Array:
        """Return the log of the mass on such an arc."""
        return self._at(start) + np.log(self._arc(start, length)[1].sum(-1))

    @cached_property
    def _seam(self) -> tuple[float, float, float]:
        """The angle from the centre to the end of [-pi, pi] nearest to it, and the logs of the mass beyond and before it, on that side."""
        s = math.pi - abs(self.mu)
        with np.errstate(divide="ignore"):
            return s, float(self._log_arc(s, abs(self.mu))), float(self._log_arc(0.0, s))

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        side = -1.0 if self.mu < 0 else 1.0  # as seen with the centre on the right
        m, x = abs(self.mu), side * x
        s, log_beyond, log_before = self._seam
        t = x - m
        wound, right = t < -math.pi, t > 0
        near = ~right & (np.maximum(s, -t) < 0.05 / max(1.0, math.sqrt(self.kappa)))  # little mass remains on the right
        start = np.where(wound, s, np.where(near, 0.0, np.abs(t)))
        length = np.where(wound, math.pi + x, np.where(right, math.pi - x, np.where(near, -t, math.pi + x - m)))
        rest = np.where(wound | right, -math.inf, np.where(near, log_before, log_beyond))
        thin = np.logaddexp(rest, self._log_arc(start, np.maximum(length, 0.0)))
        upper = right | near
        thick = log_complement(thin)
        below, above = np.where(upper, thick, thin), np.where(upper, thin, thick)
        return (below, above) if side > 0 else (above, below)

    def log_below(self, x: Array) -> Array:
        return self._log_tails(x)[0]

    def log_above(self, x: Array) -> Array:
        return self._log_tails(x)[1]

    @cached_property
    def _fourier(self) -> tuple[Array, Array]:
        """Orders p and the ratios I_p(kappa) / I_0(kappa), as many as count."""
        p = np.arange(1.0, 10 + 9 * math.sqrt(min(self.kappa, SERIES)))
        return p, special.ive(p, self.kappa) / special.i0e(self.kappa)

    def _share(self, x: Array, side: int) -> Array:
        """Return P(X <= x) (side 1) or P(X > x) (side -1), by the Fourier series where neither kappa nor the answer is extreme."""
        if self.kappa > SERIES:
            return np.exp(self._log_tails(x)[0 if side > 0 else 1])
        p, ratio = self._fourier
        here, end = np.sin(np.multiply.outer(x - self.mu, p)), np.sin(p * (math.pi + self.mu))
        share = np.asarray((math.pi + side * x) / (2 * math.pi) + (here + end if side > 0 else -here - end) @ (ratio / p) / math.pi)
        if (thin := share < THIN).any():
            share[thin] = np.exp(self._log_tails(x[thin])[0 if side > 0 else 1])
        return share

    def below(self, x: Array) -> Array:
        return self._share(x, 1)

    def sf(self, x: Array) -> Array:
        return self._inside(lambda x: self._share(x, -1), x, 1.0, 0.0)

    def inverse(self, q: Array) -> Array:
        """Find the quantile by Newton's steps on plain probabilities, or on the log of the thinner tail, within a bracket that shrinks."""
        u = np.clip(q, CENTRAL, 1 - CENTRAL)
        bell = self.mu + 2 * np.arcsin(np.clip(0.5 * special.ndtri(u) / math.sqrt(self.kappa), -1, 1)) if self.kappa > 1 else math.pi * (2 * u - 1)
        start = np.clip(bell, -math.pi, math.pi)
        found = central_quantile(self.cdf, self.prob, q, start) if self.kappa <= SERIES else None
        if found is not None and (np.abs(found) <= math.pi).all():
            return found
        return bracketed(log_look(self._log_tails, self.log_density, q), start, np.full_like(start, -math.pi), np.full_like(start, math.pi))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return np.clip(rng.vonmises(self.mu, self.kappa, n), -math.pi, math.pi)

    # Moments of the angle as a number

    @cached_property
    def _moments(self) -> tuple[float, float, float, float]:
        return self._mild() if self.kappa <= MILD else self._cut()

    def _mild(self) -> tuple[float, float, float, float]:
        """Return mean, variance, skewness and excess kurtosis from the Fourier series of x, x^2, x^3 and x^4."""
        p, ratio = self._fourier
        swing = np.where(p % 2, -2.0, 2.0) * ratio
        sine, cosine = -swing * np.sin(p * self.mu) / p, 2 * swing * np.cos(p * self.mu) / p**2
        m1, m3 = float(sine.sum()), float(sine @ (math.pi**2 - 6 / p**2))
        m2, m4 = math.pi**2 / 3 + float(cosine.sum()), math.pi**4 / 5 + 2 * float(cosine @ (math.pi**2 - 6 / p**2))
        variance = m2 - m1**2
        third, fourth = m3 - 3 * m1 * m2 + 2 * m1**3, m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4
        return m1, variance, third / variance**1.5, fourth / variance**2 - 3

    def _cut(self) -> tuple[float, float, float, float]:
        """Return the same from the angle to the centre, which is symmetric, and what changes when the arc beyond the seam is moved by a turn."""
        t, weights = self._arc(0.0, math.pi)
        weights = weights / weights.sum()
        m2, m4 = float(weights @ t**2), float(weights @ t**4)
        s, log_beyond, _ = self._seam
        if log_beyond == -math.inf or log_beyond < -700:
            shape = float(_sharp(self.kappa)) if self.kappa > SHARP else m4 / m2**2 - 3
            return self.mu, m2, 0.0, shape
        way, weights = self._arc(s, abs(self.mu))
        weights, t = weights * math.exp(float(self._at(s))), s + way
        g1, g2, g3, g4 = (float(weights @ ((t - 2 * math.pi) ** j - t**j)) for j in (1, 2, 3, 4))
        r2 = m2 + g2
        variance = r2 - g1**2
        third = g3 - 3 * g1 * r2 + 2 * g1**3
        moved = g4 - 4 * g1 * g3 + 6 * g1**2 * r2 - 3 * g1**4  # how much more the fourth moment is than that of the symmetric law
        excess = _sharp(self.kappa) * m2**2 if self.kappa > SHARP else m4 - 3 * m2**2
        excess += moved - 3 * (variance - m2) * (variance + m2)
        side = -1.0 if self.mu < 0 else 1.0
        return self.mu + side * g1, variance, side * third / variance**1.5, excess / variance**2

    def mean(self) -> float:
        return self._moments[0]

    def variance(self) -> float:
        return self._moments[1]

    def skewness(self) -> float:
        return self._moments[2] if self.mu else 0.0

    def excess_kurtosis(self) -> float:
        return self._moments[3]

    def entropy(self) -> float:
        t, weights = self._arc(0.0, math.pi)
        return self._log_whole + 2 * self.kappa * float(weights @ np.sin(0.5 * t) ** 2) / float(weights.sum())


@lru_cache(maxsize=1)
def _series() -> tuple[Array, Array]:
    """Return the coefficients of kappa E t^2 and kappa^2 (E t^4 - 3 (E t^2)^2) in powers of 1 / (4 kappa), from exact fractions.

    With w = sin(t / 2) and z = 2 sqrt(kappa) w the density of z is normal times 1 / sqrt(1 - w^2), and arcsin(w)^j / sqrt(1 - w^2) is
    the derivative of arcsin(w)^(j + 1) / (j + 1).
    """

    def times(one: list, other: list) -> list:
        return [sum(one[i] * other[n - i] for i in range(n + 1)) for n in range(TERMS)]

    arcsine = [Fraction(math.comb(2 * n, n), 4**n * (2 * n + 1)) for n in range(TERMS)]  # over w, in powers of w^2
    power, raw = arcsine, {}
    for j in range(5):
        normal = [math.prod(range(1, 2 * n + j, 2)) for n in range(TERMS)]  # E z^(2 n + j), for an even j
        raw[j] = [power[n] * (2 * n + j + 1) * normal[n] / (j + 1) for n in range(TERMS)]
        power = times(power, arcsine)
    whole = [Fraction(1)]
    for n in range(1, TERMS):
        whole.append(-sum(raw[0][i] * whole[n - i] for i in range(1, n + 1)))  # 1 / raw[0]
    second, fourth = times(raw[2], whole), times(raw[4], whole)
    square = times(second, second)
    return np.array(second, float), np.array([a - 3 * b for a, b in zip(fourth, square, strict=True)], float)


def _sharp(kappa: float) -> float:
    """Return the excess kurtosis of the angle to the centre for a large kappa, where it is small."""
    powers = (0.25 / kappa) ** np.arange(TERMS, dtype=float)
    second, excess = _series()
    return float(excess @ powers) / float(second @ powers) ** 2
