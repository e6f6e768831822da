"""The triangle of three shares: where a point stands, its grid, and the regions of a Dirichlet law that hold a share of the mass."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy import special

from core.distributions.base import Array
from core.distributions.multivariate.dirichlet import Dirichlet
from core.reels.contours import contours
from core.reels.reel import Axis, Layer

CORNER_PLACES = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, math.sqrt(0.75)]])  # of a, b, c: the sides have length 1
VIEW = (Axis("", -0.09, 1.09), Axis("", -0.1, 0.97))
GRID = (0.25, 0.5, 0.75)
NODES = 225  # of a log-odds
THINNED = (4, 2, 1)  # every so many of them make the grid on which borders are found, until they have enough points
ENOUGH = 44
POINTS = 2584  # of equal mass, on a Fibonacci lattice: they fill the square evenly, with no two in one row or column
EVEN = (np.arange(POINTS) + 0.5) / POINTS
LATTICE = (np.arange(POINTS) * 1597 % POINTS + 0.5) / POINTS
CORE = 6.0  # standard deviations of a log-odds that most nodes span on either side of its mean
FAR = 36.0  # e-foldings of a tail that the outermost nodes reach
FINE = 4  # points along each side of a cell that tell how much of it lies in the triangle


def place(shares: Array) -> Array:
    """Return where three shares stand: (..., 3) -> (..., 2)."""
    return shares @ CORNER_PLACES


def frame() -> tuple[Layer, ...]:
    """Return the triangle, its grid at quarters, and the names of its corners."""
    outline = np.append(CORNER_PLACES, CORNER_PLACES[:1], axis=0)
    pieces = [place(np.array(ends)) for share in GRID for ends in _grid_line(share)]
    grid = np.concatenate([np.append(piece, [[math.nan, math.nan]], axis=0) for piece in pieces])
    names = pd.DataFrame({"x": [-0.045, 1.045, 0.5], "y": [-0.045, -0.045, 0.93], "text": ["a", "b", "c"]})
    return (
        Layer("path", pd.DataFrame(grid, columns=["x", "y"]), "always", "context", style={"width": 1, "opacity": 0.35}),
        Layer("path", pd.DataFrame(outline, columns=["x", "y"]), "always", "ink", style={"width": 1.6}),
        Layer("text", names, "always", "ink"),
    )


def _grid_line(share: float) -> tuple:
    rest = 1 - share
    return (((share, rest, 0), (share, 0, rest)), ((rest, share, 0), (0, share, rest)), ((rest, 0, share), (0, rest, share)))


def cells(rows: int, columns: int) -> tuple[Array, Array, Array]:
    """Return for each cell of a grid over the view how much of it lies in the triangle, and the shares at the middle of that part.

    Returns:
        which cells touch the triangle: (k,), numbered along the rows; the covered part of each: (k,); the shares there: (k, 3).
    """
    x, y = (axis.low + (np.arange(n * FINE) + 0.5) / (n * FINE) * (axis.high - axis.low) for axis, n in zip(VIEW, (columns, rows), strict=True))
    c = y[:, None] / CORNER_PLACES[2, 1] + 0 * x
    b = x - 0.5 * c
    shares = np.stack([1 - b - c, b, c], axis=-1)
    inside = (shares >= 0).all(axis=-1)
    blocked = (rows, FINE, columns, FINE)
    count = inside.reshape(blocked).sum(axis=(1, 3)).ravel()
    total = np.where(inside[..., None], shares, 0.0).reshape(*blocked, 3).sum(axis=(1, 3)).reshape(-1, 3)
    touched = np.flatnonzero(count)
    return touched, count[touched] / FINE**2, total[touched] / count[touched][:, None]


class Region:
    """Finds the smallest regions of a Dirichlet law, those above a height of the density, and their borders.

    All is done in the log-odds u of a and v of b within b + c: these are independent, so that log f is a sum of a term in u and a
    term in v, and at every concentration they spread the mass out.
    """

    def __init__(self, law: Dirichlet) -> None:
        self.law = law
        self.first, self.second = LogOdds(law.a, law.b + law.c), LogOdds(law.b, law.c)
        heights = self._in_u(self.first.quantile(EVEN)) + self._in_v(self.second.quantile(LATTICE))
        self._rising = np.sort(heights)

    def _in_u(self, u: Array) -> Array:
        return (self.law.a - 1) * special.log_expit(u) + (self.law.b + self.law.c - 2) * special.log_expit(-u)

    def _in_v(self, v: Array) -> Array:
        return (self.law.b - 1) * special.log_expit(v) + (self.law.c - 1) * special.log_expit(-v)

    def level(self, share: float) -> float:
        """Return the height of log f, up to its constant, above which a share of the mass lies: a quantile over points of equal mass."""
        return float(np.interp((1 - share) * POINTS - 0.5, np.arange(POINTS), self._rising))

    def border(self, share: float) -> list[Array]:
        """Return the border of the smallest region that holds a share of the mass, as lines of shares: each (k, 3)."""
        found = []
        for line in self._lines(self.level(share)):
            a, rest, b, c = special.expit(line[:, 0]), special.expit(-line[:, 0]), special.expit(line[:, 1]), special.expit(-line[:, 1])
            found.append(np.stack([a, rest * b, rest * c], axis=-1))
        return found

    def _lines(self, level: float) -> list[Array]:
        """Return the lines (u, v) of a height, with points enough to look smooth."""
        for every in THINNED:
            u, v = self.first.nodes[::every], self.second.nodes[::every]
            drawn = contours(u, v, self._in_u(u)[:, None] + self._in_v(v), level)
            if sum(map(len, drawn)) >= ENOUGH or (self.law.weights == 1).all():  # a flat density has no border
                break
        return drawn


class LogOdds:
    """The log-odds of a beta law on nodes that reach from one exponential tail to the other, close together in the middle."""

    def __init__(self, a: float, b: float) -> None:
        centre, sd = special.psi(a) - special.psi(b), math.sqrt(special.zeta(2, a) + special.zeta(2, b))  # zeta(2, x) is trigamma
        s = np.linspace(-1, 1, NODES)
        beyond = np.maximum(np.where(s < 0, FAR / a, FAR / b) - CORE * sd, 0.0)
        self.nodes = centre + s * (CORE * sd + beyond * s * s)
        log_mass = a * special.log_expit(self.nodes) + b * special.log_expit(-self.nodes) + np.log(CORE * sd + 3 * beyond * s * s)
        mass = np.exp(log_mass - log_mass.max())
        below = np.cumsum(mass) - 0.5 * mass
        self._below = below / (below[-1] + 0.5 * mass[-1])

    def quantile(self, q: Array) -> Array:
        """Return the log-odds below which a share q of the mass lies."""
        return np.interp(q, self._below, self.nodes)
