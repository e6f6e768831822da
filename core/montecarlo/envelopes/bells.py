"""Two bells: a Gaussian, with thin tails, and Student's, with heavy ones."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy import special

from core.montecarlo.envelopes.base import FARTHEST, NARROWEST, STRETCHES, Array, Envelope, Grip, near, rounded, spread, tightest
from core.params import param
from core.targets.base import Density

CENTRE = {"low": -10, "high": 10, "step": 0.1, "bounds": (-FARTHEST, FARTHEST)}
WIDTH = {"low": 0.1, "high": 10, "step": 0.05, "bounds": (NARROWEST, FARTHEST)}


@dataclass(frozen=True)
class Bell(Envelope):
    """What both bells share: a centre and a width along each axis."""

    centre: float = param(0.0, "Centre", **CENTRE, help="Where the bell stands.")
    width: float = param(1.0, "Width", **WIDTH, help="The scale of the bell along x.")
    centre_y: float = param(0.0, "Centre of y", **CENTRE, help="Where the bell stands along y, in the plane.")
    width_y: float = param(1.0, "Width along y", **WIDTH, help="The scale of the bell along y, in the plane.")

    def settled(self, target: Density) -> Self:
        """Stand at the target's mean, as many of its standard deviations wide as gives the smallest M."""
        if self.place == "hand":
            return self
        centre, sd = spread(target)
        sd = np.clip(sd, NARROWEST / min(STRETCHES), FARTHEST / max(STRETCHES) / 2)
        at = dict(zip(("centre", "centre_y"), (near(float(place), float(wide)) for place, wide in zip(centre, sd))))
        ways = [self.replace(place="hand", **at, **dict(zip(("width", "width_y"), (rounded(float(each * stretch)) for each in sd)))) for stretch in STRETCHES]
        return tightest(target, ways)

    def _standard(self, x: Array) -> tuple[Array, float]:
        """Return the squared distance from the centre in widths, and the log of the widths' product."""
        d = x.shape[-1]
        centre, width = np.array([self.centre, self.centre_y])[:d], np.array([self.width, self.width_y])[:d]
        with np.errstate(over="ignore"):
            return np.sum(((x - centre) / width) ** 2, axis=-1), float(np.log(width).sum())

    def _placed(self, z: Array) -> Array:
        d = z.shape[-1]
        return np.array([self.centre, self.centre_y])[:d] + z * np.array([self.width, self.width_y])[:d]

    def grips(self, dim: int) -> tuple[Grip, ...]:
        """Return centre, width and, on a line, the top."""
        if dim == 2:
            return (
                Grip("centre", self.centre, self.centre_y, "xy", "centre of the envelope"),
                Grip("width", self.centre + self.width, self.centre_y + self.width_y, "xy", "width of the envelope along x and y"),
            )
        return (
            Grip("centre", self.centre, 0.0, "x", "centre of the envelope"),
            Grip("width", self.centre + self.width, None, "x", "width of the envelope"),
            Grip("top", self.centre, None, "y", "height of the envelope: sets M"),
        )

    def dragged(self, name: str, x: float, y: float) -> Self:
        """Move the centre, or set the width to the distance from it."""
        try:
            if name == "centre":
                return self.replace(centre=x, **({"centre_y": y} if math.isfinite(y) else {}))
            if name == "width":
                up = {"width_y": rounded(abs(y - self.centre_y))} if math.isfinite(y) and y != self.centre_y else {}
                return self.replace(width=rounded(abs(x - self.centre)), **up)
        except ValueError:
            return self
        return self


@dataclass(frozen=True)
class Gaussian(Bell):
    """A normal density, the same along x and y but for its widths. Its tails are so thin that it covers no power law, whatever M is."""

    title = "Scaled Gaussian"

    def log_prob(self, x: Array) -> Array:
        """Return the normal log density."""
        squares, logs = self._standard(x)
        return -squares / 2 - logs - x.shape[-1] * math.log(2 * math.pi) / 2

    def sample(self, rng: np.random.Generator, n: int, dim: int) -> Array:
        """Draw normal values."""
        return self._placed(rng.standard_normal((n, dim)))


@dataclass(frozen=True)
class Student(Bell):
    """Student's t density, in the plane the bivariate one: with few degrees of freedom its heavy tails cover much that a Gaussian cannot."""

    title = "Scaled Student"
    df: float = param(3.0, "Degrees of freedom", low=1, high=30, step=0.5, bounds=(0.1, 1e6), help="Few give heavy tails; many, a Gaussian.")

    def log_prob(self, x: Array) -> Array:
        """Return the log density of Student's law in d dimensions: proportional to (1 + z² / df)^(-(df + d) / 2)."""
        d, nu = x.shape[-1], self.df
        squares, logs = self._standard(x)
        size = special.gammaln((nu + d) / 2) - special.gammaln(nu / 2) - d * math.log(nu * math.pi) / 2
        return float(size) - logs - (nu + d) / 2 * np.log1p(squares / nu)

    def sample(self, rng: np.random.Generator, n: int, dim: int) -> Array:
        """Draw normal values over the root of one gamma value for each point."""
        z = rng.standard_normal((n, dim))
        return self._placed(z * np.sqrt(self.df / 2 / np.maximum(rng.standard_gamma(self.df / 2, n), 1e-300))[:, None])
