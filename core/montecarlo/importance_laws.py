"""Targets and proposals of the importance page: laws with a density, and a typed density as one of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike

from core.distributions.base import Distribution, Support
from core.formula import parse
from core.montecarlo.importance_places import places
from core.params import Param, Word
from core.spec import Spec
from core.targets.law import densities
from core.targets.typed import Typed

Array = np.ndarray
SMALLEST = -740.0  # log of a density that a float still holds
FINE = 4001  # places at which a typed density is tabled for its quantiles


@dataclass(frozen=True)
class Written:
    """A typed density as a law: normalised, with a cdf and quantiles, on its window."""

    target: Typed
    discrete: ClassVar[bool] = False
    atoms: ClassVar[tuple] = ()
    title: ClassVar[str] = Typed.title

    @property
    def support(self) -> Support:
        """Return the window."""
        return Support(self.target.low, self.target.high)

    def log_prob(self, x: ArrayLike) -> Array:
        """Return the log of the normalised density."""
        return self.target.log_prob(np.asarray(x, float)[..., None]) - self.target.log_mass()

    def prob(self, x: ArrayLike) -> Array:
        """Return the normalised density."""
        return np.exp(self.log_prob(x))

    def cdf(self, x: ArrayLike) -> Array:
        """Return P(X <= x)."""
        return self.target.cdf(np.asarray(x, float))

    def sf(self, x: ArrayLike) -> Array:
        """Return P(X > x)."""
        return 1 - self.cdf(x)

    @cached_property
    def _table(self) -> tuple[Array, Array]:
        x = np.linspace(self.target.low, self.target.high, FINE)
        return x, self.target.cdf(x)

    def quantile(self, q: ArrayLike) -> Array:
        """Return roughly the x below which a share q of the mass lies: good enough for choosing where to look."""
        x, climbs = self._table
        return np.interp(q, climbs, x)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw n values."""
        return self.target.sample(rng, n)[:, 0]

    def window(self) -> tuple[float, float]:
        """Return the ends."""
        return self.target.low, self.target.high

    def leaves(self) -> dict:
        """Return the settings of the typed density."""
        return self.target.leaves()


Law = Distribution | Written


@lru_cache(maxsize=1)
def targets() -> tuple[type, ...]:
    """Return what may be a target: every law with a density, or a typed one."""
    return (*densities(), Typed)


proposals = densities


@lru_cache(maxsize=128)
def law_of(target: Spec) -> Law:
    """Return a target as a law."""
    return Written(target) if isinstance(target, Typed) else target


def check_law(name: str, target: Spec) -> None:
    """Raise ValueError where draws have no density: a law on whole numbers, or with mass at single values; or out of the range of a double."""
    law = law_of(target)
    if law.discrete or law.atoms:
        raise ValueError(f"{name} must have a density, got {target!r}: try Normal()")
    try:
        window = law.window()
    except (ValueError, TypeError, OverflowError):
        window = (math.nan, math.nan)
    if not (math.isfinite(window[0]) and math.isfinite(window[1]) and window[0] < window[1]):
        raise ValueError(f"{name} must lie within the range of a double, got {target!r}: try Normal()")


@dataclass(frozen=True)
class FunctionWord(Word):
    """A typed function of x: blanks do not matter."""

    def check(self, name: str, value: object) -> str:
        """Return the text with single blanks, if it is a formula in x."""
        text = super().check(name, " ".join(value.split()) if isinstance(value, str) else value)
        parse(text, name=name)
        return text


def check_function(name: str, text: str, law: Law) -> None:
    """Raise ValueError where a function has no value in the bulk of a law, or is undefined anywhere in its reach."""
    bulk, f = np.asarray(law.quantile(np.linspace(0.005, 0.995, 199))), parse(text, name=name)
    with np.errstate(all="ignore"):
        far = places(law, law)
        far = far[law.log_prob(far) > SMALLEST]
        values, beyond = f.evaluate(bulk), f.evaluate(far)
    wrong = np.concatenate([bulk[~np.isfinite(values)], far[np.isnan(beyond)]])
    if len(wrong):
        wrong = wrong[np.argsort(np.abs(wrong - np.median(bulk)))]
        raise ValueError(f"{name} must have a value wherever the target has mass, got {float(f.evaluate(wrong[0])):g} at x = {wrong[0]:.4g}: try x^2")


def inside(law: Law, x: Array) -> Array:
    """Move what rounding has put on an end of the support to the next number inside, where the density is finite."""
    return np.clip(x, np.nextafter(law.support.low, math.inf), np.nextafter(law.support.high, -math.inf))


def function(default: str, help_text: str) -> Param:
    """Return the knob of a typed function."""
    return FunctionWord(default, "Function f(x)", help_text, length=200)
