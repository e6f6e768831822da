"""Box and Muller: two uniform numbers become a radius and an angle, and those two independent normal numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from core.montecarlo.direct_course import Course, of_mean, of_share, stops_to
from core.montecarlo.intervals import Found
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
Feed = Callable[[int], Array]  # how many pairs -> (2, pairs)
BLOCK = 1 << 15
MODULUS = 1 << 35
FACTORS = {"lcg13": 13, "lcg131": 131}
TAIL = -3.0  # the left tail that is watched: P(X < -3)


@dataclass(frozen=True)
class BoxMuller(Spec):
    """A point of the unit square becomes a radius √(-2 log u₁) and an angle 2π u₂: the plane's point has two independent normal coordinates.

    The polar method draws the point in a disc instead, and needs no sine: Box and Muller (1958), https://doi.org/10.1214/aoms/1177706645;
    Marsaglia and Bray (1964), https://doi.org/10.1137/1006063.
    """

    title = "Box-Muller"
    method: str = param(
        "trigonometric",
        "Method",
        choices=("trigonometric", "polar"),
        labels=("Box-Muller: radius and angle", "polar: Marsaglia's disc"),
        help="A radius and an angle from two uniform numbers; or a point of the square, kept when it lies in the disc, and stretched.",
    )
    source: str = param(
        "good",
        "Uniform numbers",
        choices=("good", *FACTORS),
        labels=("good (PCG64)", "poor: times 13, mod 2³⁵", "poor: times 131, mod 2³⁵"),
        help="Where the uniform numbers come from. The poor ones are the last one times a small factor, so that pairs of them lie on a few lines.",
    )
    n: int = param(20_000, "Pairs", low=10, high=100_000, scale="log", bounds=(1, 200_000), help="How many pairs of uniform numbers are taken.")

    def run(self, seed: int) -> Iterator[Progress[Paired]]:
        """Turn block after block of pairs."""
        squares = np.empty((2, self.n))
        feed = _good(seed) if self.source == "good" else _poor(seed, FACTORS[self.source])
        for start in range(0, self.n, BLOCK):
            end = min(start + BLOCK, self.n)
            squares[:, start:end] = feed(end - start)
            yield Progress(end, self.n, Paired(self, squares[:, :end]))


def _good(seed: int) -> Feed:
    rng = stream(seed, "pairs")
    return lambda n: 1 - rng.random((n, 2)).T


def _poor(seed: int, factor: int) -> Feed:
    """Return a feed of the multiplicative congruential generator x → factor · x mod 2³⁵, two numbers a pair.

    Such pairs lie on lines, which the plane winds up into spirals: https://doi.org/10.1007/BF02924529. Products wrap at 2⁶⁴, which 2³⁵ divides.
    """
    state = [np.uint64(2 * int(stream(seed, "poor").integers(1 << 33)) + 1)]

    def feed(n: int) -> Array:
        steps = np.full(2 * n, factor, np.uint64)
        steps[0] = np.uint64(factor * int(state[0]) % MODULUS)
        x = np.multiply.accumulate(steps) & np.uint64(MODULUS - 1)
        state[0] = x[-1]
        return (x.astype(float) / MODULUS).reshape(n, 2).T

    return feed


def to_plane(spec: BoxMuller, squares: Array) -> tuple[Array, Array]:
    """Turn pairs of uniform numbers (2, n) into points of the plane (2, kept), and say which were kept (n,)."""
    if spec.method == "trigonometric":
        radius, angle = np.sqrt(-2 * np.log(squares[0])), 2 * math.pi * squares[1]
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)]), np.ones(squares.shape[1], bool)
    disc = 2 * squares - 1
    s = (disc**2).sum(axis=0)
    kept = (s < 1) & (s > 0)
    return disc[:, kept] * np.sqrt(-2 * np.log(s[kept]) / s[kept]), kept


@dataclass(frozen=True)
class Paired:
    """Pairs of uniform numbers (2, n)."""

    spec: BoxMuller
    squares: Array

    def plane(self) -> tuple[Array, Array]:
        """Return the points of the plane (2, kept), and which pairs were kept (n,)."""
        return to_plane(self.spec, self.squares)

    def course(self) -> Course:
        """Return how the share of the left tail settles: P(X < -3)."""
        x = self.plane()[0][0]
        return of_share(x < TAIL, stops_to(len(x)), float(special.ndtr(TAIL))) if len(x) else of_share(np.zeros(1), np.array([1]), math.nan, np.zeros(1))

    def trace(self) -> tuple[Array, Array]:
        """Return numbers of points and the estimates at them."""
        course = self.course()
        return course.stops, course.value

    def found(self) -> Found:
        """Return the share of the left tail."""
        return self.course().found()

    def asked(self) -> str:
        """Return what is estimated, in words."""
        return "P(x < −3)"

    def checks(self) -> dict[str, Found]:
        """Return means, variances, correlation and tails beside those of two independent normal numbers."""
        (x, y), kept = self.plane()
        last = np.array([len(x)])
        if not len(x):
            return {}
        means = {
            "mean of x": (x, 0.0),
            "mean of y": (y, 0.0),
            "variance of x": (x**2, 1.0),
            "variance of y": (y**2, 1.0),
            "correlation of x and y": (x * y, 0.0),
        }
        means |= {"correlation of x² and y²": ((x**2 - 1) * (y**2 - 1) / 2, 0.0), "fourth moment of x": (x**4, 3.0)}
        found = {name: of_mean(values, last, truth).found() for name, (values, truth) in means.items()}
        tails = {"P(x < −3)": (x < TAIL, float(special.ndtr(TAIL))), "P(x > 3)": (x > -TAIL, float(special.ndtr(TAIL)))}
        tails["P(radius > 2)"] = (x**2 + y**2 > 4, math.exp(-2))
        found |= {name: of_share(hit, last, truth).found() for name, (hit, truth) in tails.items()}
        accepted = of_share(kept, np.array([len(kept)]), math.pi / 4).found()
        return found | ({"pairs that land in the disc": accepted} if self.spec.method == "polar" else {})

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        (x, _), kept = self.plane()
        shown = {"pairs": float(len(kept)), "points": float(len(x))} | self.found().numbers() | {"points below −3": float(np.count_nonzero(x < TAIL))}
        return shown | ({"share kept": float(kept.mean()), "exact share kept": math.pi / 4} if self.spec.method == "polar" else {})

    def on_lines(self) -> float:
        """Return the share of pairs that lie on the lines u₂ = factor · u₁ mod 1."""
        off = np.abs((FACTORS.get(self.spec.source, 13) * self.squares[0] - self.squares[1] + 0.5) % 1 - 0.5)
        return float(np.mean(off < 1e-6))

    def rows(self) -> pd.DataFrame:
        """Return the pairs as a table: the uniform numbers, and the normal ones where they were kept."""
        plane, kept = self.plane()
        both = np.full((2, len(kept)), math.nan)
        both[:, kept] = plane
        return pd.DataFrame({"u1": self.squares[0], "u2": self.squares[1], "x": both[0], "y": both[1]})
