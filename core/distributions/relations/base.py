"""What an edge of the map is: two laws that meet, or a way to make one out of others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from core.distributions.base import Array, Distribution
from core.params import param
from core.spec import Spec

GROUPS = {
    "special case": "special case",
    "limit": "limit",
    "transform": "construction",
    "sum": "construction",
    "minimum or maximum": "construction",
    "ratio": "construction",
    "mixture": "construction",
    "condition": "construction",
}
LETTERS = {r"\nu": "ν", r"\lambda": "λ", r"\alpha": "α", r"\beta": "β", r"\mu": "μ", r"\delta": "δ", r"\sigma": "σ", r"\eta": "η"}
LETTERS |= {r"\xi": "ξ", r"\rho": "ρ", r"\kappa": "κ", "d_2": "d₂", "w_3": "w₃"}
TICKS = 33  # of a running parameter


class Relation(Spec):
    """Base of all edges of the map.

    Class attributes:
        title: the name in the menu and in the link, unique.  kind: one of `GROUPS`.  sign: the word or two on the map.
        source, target: the families at both ends.  also: further families that go in.
        tex: the statement in symbols.  reference: a URL.
    The first line of the docstring is the statement in words.
    """

    title: ClassVar[str]
    kind: ClassVar[str]
    sign: ClassVar[str]
    source: ClassVar[type[Distribution]]
    target: ClassVar[type[Distribution]]
    also: ClassVar[tuple[type[Distribution], ...]] = ()
    tex: ClassVar[str]
    reference: ClassVar[str] = "https://en.wikipedia.org/wiki/Relationships_among_probability_distributions"

    @classmethod
    def families(cls) -> tuple[type[Distribution], ...]:
        """Return all families that the edge touches, source and target first."""
        return tuple(dict.fromkeys((cls.source, cls.target, *cls.also)))

    @classmethod
    def statement(cls) -> str:
        """Return the statement in words."""
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    def group(cls) -> str:
        """Return whether this is a special case, a limit or a construction."""
        return GROUPS[cls.kind]


class Meeting(Relation):
    """An edge on which a law moves towards another while one parameter runs: a special case or a limit.

    `running` names the field that runs; `pair(value)` gives both laws there; `bound(value)` is a proven bound of their
    distance, nan where none is stated, and `theorem` its name; `standard(value)` is the centre and the unit of the
    picture's axis.
    """

    running: ClassVar[str]
    theorem: ClassVar[str] = ""

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        """Return the law that moves and the law it meets, where the running parameter has a value."""
        raise NotImplementedError

    def bound(self, value: float) -> float:
        """Return a proven bound of the total variation."""
        return math.nan

    def standard(self, value: float) -> tuple[float, float]:
        """Return the centre and the unit in which the picture measures x."""
        return 0.0, 1.0

    def agree(self) -> None:
        """Both laws must exist where the running parameter stands."""
        self.pair(self.here)

    @classmethod
    def letter(cls) -> str:
        """Return the symbol of the running parameter, without TeX."""
        symbol = cls.params()[cls.running].symbol
        return LETTERS.get(symbol, symbol)

    @property
    def here(self) -> float:
        """Return where the running parameter stands."""
        return getattr(self, self.running)

    def ticks(self) -> Array:
        """Return the values that the running parameter takes, rising, without those that the other settings forbid.

        They are the slider's, the one it starts from, those that are marked, and where it stands.
        """
        knob = self.params()[self.running]
        found = []
        for tick in np.unique([*knob.ticks(TICKS), *self.marked(), knob.default, self.here]):
            try:
                self.pair(tick)
            except ValueError:
                continue
            found.append(tick)
        return np.array(found, float)

    def marked(self) -> Sequence[float]:
        """Return values that must be among the ticks."""
        return ()


class Special(Meeting):
    """An edge along which a general law becomes a special one: where the running parameter is `meets` both are the same law."""

    kind = "special case"
    meets: ClassVar[float]

    def marked(self) -> Sequence[float]:
        return (self.meets,)


class Limit(Meeting):
    """An edge along which the distance to another law falls to nothing, without end.

    `order` says how fast: far out the distance is proportional to the running parameter to the power of -`order`.
    """

    kind = "limit"
    order: ClassVar[float] = 1.0

    def pace(self, value: float) -> float:
        """Return what the distance is proportional to far out."""
        return value**-self.order

    @classmethod
    def pace_word(cls) -> str:
        """Say the pace."""
        return {0.5: "1 / √{}", 1.0: "1 / {}", 2.0: "1 / {}²"}[cls.order].format(cls.letter())

    def trouble(self, value: float) -> tuple[str, str, str] | None:
        """Return the name, the reason and the cure of what goes wrong where the running parameter has a value."""
        return None


class Construction(Relation):
    """An edge that makes one law out of draws from others.

    `inputs()` are the laws that go in, by name; `draw(rng, n)` gives their values (k, n); `combine(x)` the value that they
    make (n,), nan where it does not count; `law()` is the exact law of the outcome.
    """

    def inputs(self) -> dict[str, Distribution]:
        """Return the laws that go in, by name."""
        raise NotImplementedError

    def draw(self, rng: np.random.Generator, n: int) -> Array:
        """Draw the inputs of n values: (k, n)."""
        return np.array([law.sample(rng, n) for law in self.inputs().values()], float)

    def combine(self, x: Array) -> Array:
        """Return what the inputs (k, n) make: (n,)."""
        raise NotImplementedError

    def law(self) -> Distribution:
        """Return the exact law of the outcome."""
        raise NotImplementedError


class Transform(Construction):
    """One input x that a function turns into `turn(x)`."""

    kind = "transform"

    def turn(self, x: Array) -> Array:
        """Return the function's values."""
        raise NotImplementedError

    def combine(self, x: Array) -> Array:
        with np.errstate(divide="ignore"):
            return self.turn(x[0])


class Walk(Construction):
    """Inputs that are taken in one after another: `partials(x)` (steps, n) is what there is after each.

    The walk begins at `begins`, at its first value where that is None. `dots` says whether the inputs lie on the same
    axis as what they make, and are drawn there.
    """

    kind = "sum"
    sign = "sum"
    begins: ClassVar[float | None] = 0.0
    dots: ClassVar[bool] = False

    def partials(self, x: Array) -> Array:
        """Return the values on the way: (steps, n)."""
        return np.cumsum(x, axis=0)

    def combine(self, x: Array) -> Array:
        return self.partials(x)[-1]


class Ray(Construction):
    """Two inputs as a point of the plane, which a ray or an arc carries to a screen: the height 1, the diagonal x + y = 1, or the axis."""

    kind = "ratio"
    sign = "ratio"
    screen: ClassVar[str] = "level"

    def combine(self, x: Array) -> Array:
        with np.errstate(divide="ignore"):
            return {"level": lambda: x[0] / x[1], "diagonal": lambda: x[0] / (x[0] + x[1]), "circle": lambda: np.hypot(x[0], x[1])}[self.screen]()


class Mixture(Construction):
    """A value from a law whose parameter is itself drawn: `inputs()` is the parameter's law, `given(value)` the law given it."""

    kind = "mixture"
    sign = "mixture"

    def given(self, value: float) -> Distribution:
        """Return the law of the outcome, given the parameter."""
        raise NotImplementedError

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        """Draw one outcome for each value of the parameter."""
        raise NotImplementedError

    def draw(self, rng: np.random.Generator, n: int) -> Array:
        value = super().draw(rng, n)[0]
        return np.array([value, self.pick(rng, value)], float)

    def combine(self, x: Array) -> Array:
        return x[1]


class Given(Construction):
    """Values of which only those count that meet a condition: `keeps(x)` (n,)."""

    kind = "condition"
    sign = "given"

    def keeps(self, x: Array) -> Array:
        """Return which values count."""
        raise NotImplementedError

    def ends(self) -> list[float]:
        """Return the borders of what counts, for one input."""
        return []

    def line(self, x: Array) -> Array:
        """Return the border of what counts in the plane of two inputs: y at x."""
        raise NotImplementedError

    def combine(self, x: Array) -> Array:
        return np.where(self.keeps(x), x[0], math.nan)


def free(start: float, label: str, low: float, high: float, symbol: str, scale: str = "log", **rest: Any) -> Any:
    """Declare a setting of an edge; what may be typed are the slider's ends."""
    return param(start, label, low=low, high=high, scale=scale, symbol=symbol, **rest)


def samples() -> Any:
    """Declare how many values a construction makes."""
    return param(4000, "Samples", low=100, high=100_000, scale="log", bounds=(50, 200_000), help="How many values are made.")
