"""Two laws side by side: five distances, each checked by draws, and the distances along one parameter of either law."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from core.distributions import FAMILY
from core.distributions.base import Array, Distribution
from core.distributions.compare import NOTE, Divergences, divergences, leaves_out
from core.distributions.coupling import NAMES, Terms, estimates, spreads
from core.distributions.explore import Estimate, Failure, check_in_reach
from core.distributions.real_line.normal import Normal
from core.params import Many, Real, Whole, param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

BLOCK = 1 << 16  # draws at a time
TICKS = 51  # of a parameter that the hand sweeps: each costs about 10 ms
FEWEST = 12  # that a slider must keep to be worth dragging


@dataclass(frozen=True)
class Pair(Spec):
    """Two laws, and how many draws of each check the distances between them."""

    p: Distribution = param(Normal(), "Law p", family=lambda: FAMILY, help="The law that draws come from, when one of the two must be the true one.")
    q: Distribution = param(Normal(1.0, 2.0), "Law q", family=lambda: FAMILY, help="The law that stands in for p.")
    n: int = param(10_000, "Draws of each", low=100, high=1_000_000, scale="log", bounds=(2, 1_000_000), help="How many draws check each distance.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same draws, bit for bit.")

    def agree(self) -> None:
        """Both laws must be ones that can be drawn."""
        check_in_reach(self.p)
        check_in_reach(self.q)

    def swapped(self) -> Pair:
        """Return the pair with p and q in each other's place."""
        return self.replace(p=self.q, q=self.p)


@dataclass(frozen=True)
class Compared:
    """The distances of a pair: exact ones, and estimates from n draws of each law; none where the laws are of two kinds."""

    spec: Pair
    exact: Divergences
    checks: tuple[Estimate, ...]


def run(spec: Pair) -> Iterator[Progress[Compared]]:
    """Find the distances of a pair by quadrature, and again from draws, block by block."""
    exact = distances(spec.p, spec.q)
    if exact.note:
        yield Progress(spec.n, spec.n, Compared(spec, exact, ()))
        return
    terms = Terms(spec.p, spec.q)
    variances, sums, done = spreads(terms, exact), np.zeros(5), 0
    for x, y in draws(spec):
        with np.errstate(invalid="ignore"):  # an infinite term is an answer
            sums += terms(x, True).sum(axis=1) + terms(y, False).sum(axis=1)
        done += len(x)
        yield Progress(done, spec.n, Compared(spec, exact, estimates(exact, sums / done, variances, done)))


def draws(spec: Pair) -> Iterator[tuple[Array, Array]]:
    """Yield draws of p and of q in blocks, the same ones every time."""
    rngs = stream(spec.seed, "p"), stream(spec.seed, "q")
    for start in range(0, spec.n, BLOCK):
        size = min(BLOCK, spec.n - start)
        x, y = (_inside(law, law.sample(rng, size).astype(float)) for law, rng in zip((spec.p, spec.q), rngs, strict=True))
        yield x, y


def _inside(law: Distribution, x: Array) -> Array:
    """Move what rounding has put on an end of the support to the next number inside, where the density is finite."""
    low, high = law.support.low, law.support.high
    return x if law.discrete or law.atoms else np.clip(x, np.nextafter(low, math.inf), np.nextafter(high, -math.inf))


def frame(spec: Pair) -> pd.DataFrame:
    """Return all draws as a table: which law, and the value."""
    blocks = list(draws(spec))
    return pd.concat([pd.DataFrame({"law": name, "x": np.concatenate([block[i] for block in blocks])}) for i, name in enumerate("pq")], ignore_index=True)


def numbers(result: Compared) -> dict[str, float]:
    """Return every number that the page shows, unrounded."""
    shown = {name: getattr(result.exact, field) for field, name in NAMES.items()}
    for each in result.checks:
        shown |= {f"{each.name} from draws": each.value, f"standard error of {each.name}": each.standard_error, f"z of {each.name}": each.z}
    return shown


def failures(result: Compared) -> tuple[Failure, ...]:
    """Name all that goes wrong with the distances of a pair, and the cure of each."""
    p, q, exact = result.spec.p, result.spec.q, result.exact
    if exact.note:
        return (Failure("Two kinds of law", f"{NOTE[0].upper()}{NOTE[1:].partition(':')[0]}.", "Take two laws of one kind."),)
    found = [_infinite(*each) for each in (("KL(p‖q)", "p", p, "q", q, exact.kl_pq), ("KL(q‖p)", "q", q, "p", p, exact.kl_qp))]
    if math.isinf(exact.w1):
        why = "A tail is so heavy that mass must be carried infinitely far on average."
        found.append(Failure("W1 is infinite", why, "Take lighter tails, or compare by JS or TV, which are always finite."))
    for each in result.checks[:2]:
        if math.isfinite(each.truth) and math.isinf(each.standard_error):
            why = f"{each.name} is finite, but the log ratio that draws average has no variance: a few far draws carry it, and no standard error exists."
            found.append(Failure("Heavy weights", why, "Trust the quadrature, or give the second law heavier tails."))
    return tuple(each for each in found if each)


def _infinite(name: str, one: str, law: Distribution, other: str, second: Distribution, value: float) -> Failure | None:
    if math.isfinite(value):
        return None
    if leaves_out(second, law):
        why = f"{other} leaves out what {one} holds: one draw of {one} from there is impossible under {other}, and costs infinitely many nats."
        return Failure(f"{name} is infinite", why, f"Let the support of {other} hold that of {one}, or compare by JS, TV or W1.")
    why = f"The tails of {other} thin out so much faster that the log ratio has no mean under {one}: rare draws of {one} cost more than they are rare."
    return Failure(f"{name} is infinite", why, f"Give {other} heavier tails, or compare by JS or TV.")


# Along a parameter


@dataclass(frozen=True)
class Course:
    """The distances of a pair at every tick of one parameter: ticks (k,) rise, `pairs` are the laws there, `exact` (k, 5) the distances."""

    path: str
    ticks: Array
    pairs: tuple[Pair, ...]
    exact: Array

    def rows(self) -> pd.DataFrame:
        """Return a row per tick."""
        return pd.DataFrame({self.path: self.ticks} | dict(zip(NAMES.values(), self.exact.T, strict=True)))


def knobs(spec: Pair) -> dict[str, Real]:
    """Return the parameters of p and q that a hand can sweep, by path: all numbers but "how many parts"."""
    found = {}
    for name in ("p", "q"):
        law = getattr(spec, name)
        counts = {field for field, knob in law.params().items() if isinstance(knob, Many)}
        prefix = f"{name}.{type(law).__name__}"
        found |= {f"{prefix}.{path}": knob for path, (knob, _) in law.leaves().items() if isinstance(knob, Real) and path not in counts}
    return found


def course_key(spec: Pair, path: str) -> str:
    """Return what a course depends on: the other parameters, and the value only where it is no tick."""
    leaves = {where: value for where, (_, value) in spec.leaves().items() if where not in ("n", "seed")}
    value = leaves.pop(path)
    own = [] if np.any(knobs(spec)[path].ticks(TICKS) == value) else [value]
    return json.dumps([path, own, leaves])


def course(spec: Pair, path: str) -> Iterator[Progress[Course]]:
    """Find the distances at every tick of a parameter."""
    ticks, pairs = _ticks(spec, path)
    exact = np.full((len(ticks), 5), math.nan)
    for i, each in enumerate(pairs):
        found = distances(each.p, each.q)
        exact[i] = [getattr(found, field) for field in NAMES]
        yield Progress(i + 1, len(pairs), Course(path, ticks[: i + 1], pairs[: i + 1], exact[: i + 1]))


@lru_cache(maxsize=2048)
def distances(p: Distribution, q: Distribution) -> Divergences:
    """Return the five distances, remembered: a course asks for its neighbours' again."""
    return divergences(p, q)


def _ticks(spec: Pair, path: str) -> tuple[Array, tuple[Pair, ...]]:
    """Return the ticks of a parameter, its present value among them, and the pair at each; what the other parameters forbid is left out.

    Where the value lies past the slider's ends, or the other parameters forbid nearly all of it, the ticks lie around the value.
    """
    knob, value = spec.leaves()[path]
    ticks, pairs = _allowed(spec, path, np.append(knob.ticks(TICKS), value))
    if knob.low <= value <= knob.high and len(ticks) >= FEWEST:
        return ticks, pairs
    half = 0.5 * (knob.high - knob.low)
    around = np.geomspace(value / 5, value * 5, TICKS - 1) if knob.scale == "log" and value > 0 else np.linspace(value - half, value + half, TICKS - 1)
    around = np.array([float(f"{tick:.4g}") for tick in around])
    return _allowed(spec, path, np.append(np.clip(np.round(around) if isinstance(knob, Whole) else around, *knob.bounds), value))


def _allowed(spec: Pair, path: str, ticks: Array) -> tuple[Array, tuple[Pair, ...]]:
    kept, pairs = [], []
    for tick in np.unique(ticks):
        try:
            pairs.append(spec.with_leaf(path, float(tick)))
        except ValueError:
            continue
        kept.append(tick)
    return np.array(kept), tuple(pairs)
