"""What the laws made of any other law share: which laws those are, and the five numbers of a law that is a part of another."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from core import distributions
from core.distributions.base import FINITE, Distribution
from core.distributions.quadrature import Piece, piece

NOTHING = -700.0  # the log of a mass that underflows
FEW = 0.05  # with less mass than this cut off, what is cut off is integrated, and not what is left
FAULTS = (ArithmeticError, ValueError)  # how a law says that its settings are too extreme
PLAIN_TAILS = 20.0  # excess kurtosis up to which that is no loss
Numbers = tuple[float, float, float, float, float]  # mean, variance, skewness, excess kurtosis, entropy


def plain_laws() -> tuple[type[Distribution], ...]:
    """Return the laws that can be modified: all but the modifiers themselves."""
    known = vars(distributions).get("FAMILY")
    if known is None:  # a modifier's defaults are made while the laws after it are still to come
        return _plain(tuple(each for each in vars(distributions).values() if isinstance(each, type) and issubclass(each, Distribution)))
    return _plain(known)


@lru_cache(maxsize=8)
def _plain(known: tuple[type[Distribution], ...]) -> tuple[type[Distribution], ...]:
    return tuple(cls for cls in known if not cls.modifier and cls is not Distribution)


def densities() -> tuple[type[Distribution], ...]:
    """Return those of them that have a density."""
    return tuple(cls for cls in plain_laws() if not cls.discrete)


def counts() -> tuple[type[Distribution], ...]:
    """Return those of them that live on the whole numbers."""
    return tuple(cls for cls in plain_laws() if cls.discrete)


class KindOf:
    """The class attribute `discrete` of a law that is of the same kind as another in it; asked of the class, it is that of its defaults."""

    def __init__(self, inner: Callable[[Any], Distribution]) -> None:
        """Take the function that finds the other law."""
        self.inner = inner

    def __get__(self, law: Any, cls: type | None = None) -> bool:
        """Return whether the law is discrete."""
        return law is not None and self.inner(law).discrete


def exact_moments(law: Distribution) -> tuple[float, float, float, float]:
    """Return mean, standard deviation, skewness and excess kurtosis; 0 for the latter two of a single value, nan where they leave the range of a double."""
    try:
        sd = law.sd()
        return law.mean(), sd, *((law.skewness(), law.excess_kurtosis()) if sd else (0.0, 0.0))
    except FAULTS:
        return (math.nan,) * 4


def numbers_of(part: Piece, atoms: Sequence[tuple[float, float]] = ()) -> Numbers:
    """Return the five numbers of a law that is a part of another, and holds the rest of the mass in single values (none: there is no rest)."""
    share, log_whole = (math.exp(part.log_mass), 0.0) if atoms else (1.0, part.log_mass)
    places, masses = np.array(atoms).T if atoms else (np.empty(0), np.empty(0))
    gaps = places - part.anchor
    shift = share * part.mean(part.t) + float(masses @ gaps)
    unit = share * part.mean(np.abs(part.t - shift)) + float(masses @ np.abs(gaps - shift))
    mean, entropy = part.anchor + shift, share * part.surprise() + log_whole - float(masses @ np.log(masses))
    if not unit > 0:
        return mean, 0.0, math.nan, math.nan, entropy
    d, gaps = (part.t - shift) / unit, (gaps - shift) / unit
    second, third, fourth = (share * part.mean(d**j) + float(masses @ gaps**j) for j in (2, 3, 4))
    third = _or_zero(third, share * part.mean(np.abs(d) ** 3) + float(masses @ np.abs(gaps) ** 3))
    return mean, second * unit**2, third / second**1.5, fourth / second**2 - 3, entropy


def numbers_within(law: Distribution, low: float, high: float, log_mass: float, moved: bool) -> Numbers:
    """Return the five numbers of a law cut at two limits: what lies beyond them is lost, or is moved to them.

    Args:
        law: any law.
        low, high: the limits, within its support.
        log_mass: of what lies within.
        moved: whether what lies beyond is moved.
    """
    step = 1.0 if law.discrete else 0.0
    sides = ((law.support.low, low - step, float(law.log_cdf(low - step)), low), (high + step, law.support.high, float(law.log_sf(high)), high))
    beyond = [side for side in sides if side[2] > NOTHING]
    if not beyond:
        return tuple(law.numbers().values())
    lost = sum(math.exp(log_mass) for _, _, log_mass, _ in beyond)
    parts = [(piece(law, begin, end, log_mass), to) for begin, end, log_mass, to in beyond] if lost < FEW else []
    whole = exact_moments(law) if parts else (math.nan,) * 4
    if all(map(math.isfinite, whole)) and abs(whole[3]) < PLAIN_TAILS and whole[1] > 0:
        moments = _moments_less(*whole, parts, moved)
    else:
        atoms = [(to, math.exp(log_mass)) for _, _, log_mass, to in beyond] if moved else []
        *moments, entropy = numbers_of(piece(law, low, high, log_mass), atoms)
    return (*moments, _entropy_less(law.entropy(), parts, moved) if parts else entropy)


def _or_zero(total: float, size: float) -> float:
    """Return a sum, or 0 where it is but the rounding of its terms: the skewness of what is symmetric."""
    return 0.0 if abs(total) < 1e-15 * size else total


def _moments_less(mean: float, sd: float, skewness: float, excess: float, parts: Sequence[tuple[Piece, float]], moved: bool) -> tuple[float, ...]:
    """Return four numbers of a law without small parts of it, from those of the whole law and what the parts contribute.

    Nothing cancels where the parts are tiny, so that the shape of a bell that was hardly cut is right too.
    """
    t, size = np.zeros(5), np.zeros(5)  # what the parts contribute to the moments about the mean, in standard deviations
    for part, to in parts:
        u, v, mass = (part.anchor - mean) / sd + part.t / sd, (to - mean) / sd, math.exp(part.log_mass)
        here, there = (np.array([part.mean(u**j) for j in range(5)]), np.array([v**j if moved else 0.0 for j in range(5)]))
        t, size = t + mass * (here - there), size + mass * (np.abs(here) + np.abs(there))
    t = [_or_zero(float(total), float(least)) for total, least in zip(t, size, strict=True)]
    gone = 0.0 if moved else t[0]
    z = 1 - gone
    shift, r2, r3 = -t[1] / z, (1 - t[2]) / z, (skewness - t[3]) / z
    variance = r2 - shift**2
    third = r3 - 3 * shift * r2 + 2 * shift**3
    above = (z * excess - 3 * gone - z * t[4] + 6 * t[2] - 3 * t[2] ** 2) / z**2 - 4 * shift * r3 + 12 * shift**2 * r2 - 6 * shift**4
    return tuple(map(float, (mean + sd * shift, sd**2 * variance, third / variance**1.5, above / variance**2)))


def _entropy_less(entropy: float, parts: Sequence[tuple[Piece, float]], moved: bool) -> float:
    """Return the entropy of a law without small parts of it, or with each in one place."""
    masses = [math.exp(part.log_mass) for part, _ in parts]
    left = entropy - sum(mass * part.surprise() for mass, (part, _) in zip(masses, parts, strict=True))
    if moved:
        return left - sum(mass * part.log_mass for mass, (part, _) in zip(masses, parts, strict=True))
    return left / (1 - sum(masses)) + math.log1p(-sum(masses))


def remedy(base: Distribution) -> str:
    """Say between which limits a law has most of its mass."""
    try:
        first, last = (f"{min(max(float(value), FINITE[0]), FINITE[1]):.3g}" for value in base.quantile(np.array([0.1, 0.9])))
    except FAULTS:
        return "try a base law with less extreme settings"
    return f"try {first} and {last}" if first != last else "try a base law with less extreme settings"
