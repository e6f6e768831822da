"""A density that was typed: read, looked at all over its window, and refused in a sentence where it cannot be one."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from core.formula import Formula, parse
from core.formula.nodes import Node
from core.params import Word
from core.targets.base import Array
from core.targets.function import central
from core.targets.looking import Window, climbed, grid_over, kept, outer
from core.targets.refusals import infinite, refuse_elsewhere, refuse_negative, refuse_pole, refuse_undefined, say

STILL = 1e-3  # of the peak: a density that high at the edge of the window is cut off there

RUGGED = "the density is so rugged that its mass and moments are only roughly known: try a smoother one, or a narrower window"


@dataclass(frozen=True)
class FormulaWord(Word):
    """A typed formula: blanks do not matter."""

    def check(self, name: str, value: object) -> str:
        """Return the text with single blanks."""
        return super().check(name, " ".join(value.split()) if isinstance(value, str) else value)


def formula(default: str, variables: str) -> str:
    """Declare a field of a spec that holds a typed density."""
    help_text = f"A density in {variables}, up to a factor: it must not be negative or infinite in the window."
    return field(default=default, metadata={"param": FormulaWord(default, "Density", help_text, length=500)})


@dataclass(frozen=True)
class Written:
    """A typed density that can be one: its formula, its window, the tops of its hills (p, d), its highest log, and its hollows (q, d)."""

    formula: Formula
    window: Window
    tops: Array
    top: float
    hollows: Array

    @cached_property
    def derivatives(self) -> tuple[Formula, ...] | None:
        """The derivatives with respect to each variable, None where one would be too long."""
        try:
            return tuple(self.formula.derivative(word) for word in self.formula.variables)
        except ValueError:
            return None

    def log_density(self, x: Array) -> Array:
        """Return the log density at points (n, d); -inf outside the window, and where the formula has no finite value."""
        low, high = np.array(self.window).T
        inside = ((x >= low) & (x <= high)).all(axis=1)
        found = np.full(len(x), -math.inf)
        found[inside] = self.formula.log_evaluate(*x[inside].T)
        return np.where(found < math.inf, found, -math.inf)

    def strict(self, x: Array) -> Array:
        """Return the log density, or raise ValueError where it is infinite."""
        if (poles := np.isposinf(self.formula.log_evaluate(*x.T))).any():
            raise infinite(self.formula, x[poles][0])
        return self.log_density(x)

    def slope(self, x: Array) -> Array:
        """Return f' / f at points (n, d), from the derivatives of the formula, as a sign and a log, so that neither underflows."""
        if self.derivatives is None:
            return central(self.log_density, x, 1e-3 * np.ptp(self.window, axis=1) * np.ones(x.shape))
        columns = []
        for derivative in self.derivatives:
            quotient = Node("/", (derivative.root, self.formula.root))
            size = Formula(Node("abs", (quotient,)), self.formula.variables).log_evaluate(*x.T)
            below = np.isnan(Formula(quotient, self.formula.variables).log_evaluate(*x.T))
            columns.append(np.where(below, -1.0, 1.0) * np.exp(size))
        return np.stack(columns, axis=1)


@lru_cache(maxsize=128)
def written(text: str, variables: tuple[str, ...], window: Window) -> Written:
    """Read a density and look at it all over its window.

    Raises:
        ValueError: in one sentence, with the place and a remedy, when the text is no formula, or the formula is negative, infinite
            or undefined somewhere in the window, 0 all over it, or has its mass elsewhere.
    """
    for (low, high), word in zip(window, variables, strict=True):
        if not low < high:
            raise ValueError(f"window must run from low to high in {word}, got [{low:g}, {high:g}]: try [{low:g}, {low + 5:g}]")
    read = parse(text, variables, "density")
    grid = grid_over(window)
    values, logs = read.evaluate(*np.moveaxis(grid, -1, 0)), read.log_evaluate(*np.moveaxis(grid, -1, 0))
    refuse_undefined(read, window, grid, values, logs)
    hollows = refuse_negative(read, window, grid, values)
    if np.isposinf(logs).any():
        raise infinite(read, grid[np.isposinf(logs)][0])
    logs = np.where(np.isnan(logs), -math.inf, logs)
    tops = climbed(lambda x: kept(read.log_evaluate(*x.T)), grid, logs, window)
    heights = kept(read.log_evaluate(*tops.T)) if len(tops) else np.empty(0)
    if np.isposinf(heights).any():
        raise infinite(read, tops[np.isposinf(heights)][0])
    top = float(heights.max(initial=-math.inf))
    refuse_elsewhere(read, window, top)
    refuse_pole(read, window, tops, heights)
    return Written(read, window, tops, top, hollows)


def notes(found: Written) -> tuple[str, ...]:
    """Say where the density is cut off most by its window, or that it has another hill outside; () when nothing is lost."""
    ends = [(axis, side) for axis in range(len(found.window)) for side in (0, 1)]
    shares = [_at_end(found, *end) for end in ends]
    most = max(range(len(ends)), key=shares.__getitem__)
    words = found.formula.variables
    if shares[most] > STILL:
        axis, side = ends[most]
        where = f"{words[axis]} = {found.window[axis][side]:g}"
        return (f"the density is still {_percent(shares[most])} of its peak at {where}: widen the window, or take it as cut there",)
    place, height = outer(found.formula, found.window)
    if height - found.top < math.log(STILL):
        return ()
    share = _percent(math.exp(height - found.top))
    return (f"the density has another hill outside the window, {share} of the peak inside, at {say(place, words)}: widen the window",)


def _at_end(found: Written, axis: int, side: int) -> float:
    """Return how high the density still is at one side of the window, over its peak; 0 where it ends there by itself."""
    places = [np.linspace(low, high, 401) if k != axis else np.array([found.window[axis][side]]) for k, (low, high) in enumerate(found.window)]
    line = np.stack(np.meshgrid(*places, indexing="ij"), axis=-1).reshape(-1, len(found.window))
    beyond = line.copy()
    beyond[:, axis] += (2 * side - 1) * 1e-6 * np.ptp(found.window[axis])
    there, past = (kept(found.formula.log_evaluate(*each.T)) for each in (line, beyond))
    return math.exp(min(float(np.where(past > -math.inf, there, past).max()) - found.top, 0.0))


def _percent(share: float) -> str:
    return f"{float(f'{100 * share:.2g}'):g} %"
