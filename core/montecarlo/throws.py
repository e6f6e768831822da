"""Ways to throw points at the unit square: at random and fast, evenly as Sobol or Halton points, two in each cell, or in mirrored pairs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from core.montecarlo.quasi import halton, sobol

Array = np.ndarray
Source = Callable[..., np.random.Generator]  # names -> a generator of their own
Desk = tuple[Array, Array, Array]
BLOCK = 1 << 16  # darts at a time: what the processor's cache holds
SIDE = 1 << 16  # cells along a side of the square that the first 16 bits tell apart
SURE, OUT = np.float32(2.0**32 - 2.0**18), np.float32(2.0**32 + 1024)  # squared radii below and above which a whole cell lies on one side
SETS = 16  # scramblings of a quasi-random sequence, whose spread is the error
GENERATORS = ("random", "sobol", "halton", "stratified", "antithetic")
WORDS = ("at random", "as Sobol points", "as Halton points", "two in each cell", "in mirrored pairs")


# Random darts, fast


def desk(n: int) -> Desk:
    """Return room for the squares and verdicts of n darts: asking for memory anew for each block takes longer than its darts."""
    return np.empty(2 * n, np.float32), np.empty(n, bool), np.empty(n, bool)


def throw(rng: np.random.Generator, n: int, room: Desk | None = None) -> tuple[Array, Array, Array]:
    """Throw n random darts: x and y in 1/65,536 (n,) uint16, and whether each is inside (n,), which stays until the room's next use.

    A coordinate is drawn digit by digit, and only as far as needed. Sixteen binary digits tell a cell of 1/65,536; all but about 1 in 20,000
    cells lie wholly on one side of the circle, and for the others 32 more digits are drawn. So the share is wrong by at most 2⁻⁴⁸: half of
    the 2 · 2⁴⁸ cells that the circle may cross, of 2⁹⁶. (Squares rounded to single precision would by themselves be off by about 1e-8.)
    """
    squares, inside, sure = room or desk(n)
    words = rng.integers(0, 1 << 64, -(-n // 2), dtype=np.uint64).view(np.uint16)
    x, y = words[:n], words[n : 2 * n]
    squares = squares[: 2 * n]
    squares[:] = words[: 2 * n]
    squares *= squares
    radius = squares[:n]
    radius += squares[n:]  # exact up to 512
    inside, sure = np.less(radius, OUT, out=inside[:n]), np.less(radius, SURE, out=sure[:n])
    doubtful = np.flatnonzero(np.not_equal(inside, sure, out=sure))
    if len(doubtful):
        fine = (rng.integers(0, 1 << 32, (2, len(doubtful)), dtype=np.uint64) + 0.5) / 2.0**32
        inside[doubtful] = (x[doubtful] + fine[0]) ** 2 + (y[doubtful] + fine[1]) ** 2 < float(SIDE) ** 2
    return x, y, inside


def hits(rng: np.random.Generator, n: int) -> int:
    """Return how many of n random darts land inside."""
    room = desk(min(BLOCK, n))
    return sum(int(np.count_nonzero(throw(rng, min(BLOCK, n - start), room)[2])) for start in range(0, n, BLOCK))


# Darts of all kinds, in rounds: a round is one dart, a pair, or one dart of each of the 16 scramblings


@dataclass(frozen=True)
class Volley:
    """Some darts in rounds: x, y and inside, (rounds, darts of a round)."""

    x: Array
    y: Array
    inside: Array


def _random(source: Source, n: int) -> Iterator[Volley]:
    rng = source("darts")
    for start in range(0, n, BLOCK):
        x, y, inside = throw(rng, min(BLOCK, n - start))
        yield Volley(x[:, None], y[:, None], inside[:, None])


def _antithetic(source: Source, n: int) -> Iterator[Volley]:
    rng = source("darts")
    for start in range(0, n // 2, BLOCK):
        points = rng.random((2, min(BLOCK, n // 2 - start)))
        yield _volley(np.stack([points, 1 - points], axis=2))


def _stratified(source: Source, n: int) -> Iterator[Volley]:
    rng, cells = source("darts"), n // 2
    columns = next(k for k in range(math.isqrt(cells), 0, -1) if cells % k == 0)
    order = rng.permutation(cells)  # so that the picture grows everywhere at once
    for start in range(0, cells, BLOCK):
        cell = order[start : start + BLOCK]
        inner = rng.random((2, len(cell), 2))
        yield _volley((np.stack([cell % columns, cell // columns])[:, :, None] + inner) / np.array([columns, cells // columns])[:, None, None])


def _quasi(points: Callable) -> Callable[[Source, int], Iterator[Volley]]:
    def thrown(source: Source, n: int) -> Iterator[Volley]:
        sets = [points(source("darts", f"scrambling {i}"), n // SETS) for i in range(SETS)]
        for start in range(0, n // SETS, BLOCK):
            yield _volley(np.stack([each[:, start : start + BLOCK] for each in sets], axis=2))

    return thrown


def _volley(points: Array) -> Volley:
    x, y = points
    return Volley(x, y, x * x + y * y < 1)


QUASI = {"sobol": sobol, "halton": halton}
THROWN = {"random": _random, **{name: _quasi(points) for name, points in QUASI.items()}, "stratified": _stratified, "antithetic": _antithetic}
ROUND = {"random": 1, "sobol": SETS, "halton": SETS, "stratified": 2, "antithetic": 2}  # darts in a round


def share(generator: str, source: Source, n: int) -> float:
    """Return the share of n darts that land inside: of one run, and of one scrambling only."""
    if generator == "random":
        return hits(source("darts"), n) / n
    if generator in QUASI:
        return float(np.mean(_volley(QUASI[generator](source("darts"), n)).inside))
    return sum(int(np.count_nonzero(volley.inside)) for volley in THROWN[generator](source, n)) / (n // 2 * 2)
