"""What a directed model says exactly: every node's law, given what is known of some of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

from core.montecarlo.nets.net import Net

Array = np.ndarray
Given = Mapping[int, float]
POINTS = 128  # of the quadrature over a number that is known through its cut
MOST_CUT = 20_000  # settings that a quadrature may split
REACH = 9.0  # standard deviations beyond which a normal law has nothing to tell
ROOT = math.sqrt(2 * math.pi)


@dataclass(frozen=True)
class Shares:
    """The law of a node with states: probabilities (states,)."""

    probabilities: Array


@dataclass(frozen=True)
class Bells:
    """The law of a number: a mixture of normals, cut to [low, high]; weights, means, sds (parts,)."""

    weights: Array
    means: Array
    sds: Array
    low: float = -math.inf
    high: float = math.inf

    def _within(self) -> Array:
        """Return how much of each part lies in [low, high], taken in the tail that is near, where no digits are lost."""
        a, b = (self.low - self.means) / self.sds, (self.high - self.means) / self.sds
        return np.where(a > 0, special.ndtr(-a) - special.ndtr(-b), special.ndtr(b) - special.ndtr(a))

    def density(self, x: Array) -> Array:
        """Return the density at x (k,)."""
        x = np.asarray(x, float)
        inside = np.where((x >= self.low) & (x <= self.high), 1.0, 0.0)
        scale = self.weights / np.maximum(self.sds * ROOT * self._within(), 1e-300)
        return inside * sum(part @ np.exp(-0.5 * ((x - m[:, None]) / s[:, None]) ** 2) for part, m, s in self._chunks(scale))

    def _chunks(self, scale: Array) -> list[tuple[Array, Array, Array]]:
        size = 4096
        return [(scale[i : i + size], self.means[i : i + size], self.sds[i : i + size]) for i in range(0, len(scale), size)]

    def mean(self) -> float:
        """Return the mean."""
        return float(self.weights @ self._moments()[0])

    def sd(self) -> float:
        """Return the standard deviation."""
        mean, variance = self._moments()
        return math.sqrt(float(self.weights @ (variance + (mean - self.mean()) ** 2)))

    def _moments(self) -> tuple[Array, Array]:
        """Return mean and variance of each part: those of a normal law cut to [low, high]."""
        if math.isinf(self.low) and math.isinf(self.high):
            return self.means, self.sds**2
        a, b = (self.low - self.means) / self.sds, (self.high - self.means) / self.sds
        at = [np.where(np.isfinite(z), np.exp(-0.5 * np.where(np.isfinite(z), z, 0) ** 2) / ROOT, 0.0) for z in (a, b)]
        far = [np.where(np.isfinite(z), z, 0.0) * phi for z, phi in zip((a, b), at, strict=True)]
        within = np.maximum(self._within(), 1e-300)
        lean = (at[0] - at[1]) / within
        spread = np.maximum(1 + (far[0] - far[1]) / within - lean**2, 0.0)
        return self.means + self.sds * lean, self.sds**2 * spread


Law = Shares | Bells


@dataclass(frozen=True)
class Truth:
    """Each node's law given the evidence, and the log of the evidence's own probability (of its density where a number is known)."""

    laws: tuple[Law, ...]
    log_evidence: float

    @property
    def evidence(self) -> float:
        """The probability (or density) of the evidence; 0 where it is too small for a float."""
        return math.exp(self.log_evidence)


@lru_cache(maxsize=64)
def solve(net: Net, given: tuple[tuple[int, float], ...] = ()) -> Truth:
    """Return every node's exact law.

    All settings of the nodes with states are enumerated; within each, the numbers are jointly normal, and conditioning on a known one
    is linear algebra (Lauritzen 1992, https://doi.org/10.1080/01621459.1992.10476265). A number known through its cut is integrated over.

    Args:
        net: the model.
        given: (place of a node, its state's number or its value), in rising places.

    Raises:
        ValueError: when the evidence cannot happen, or two numbers are known through their cuts alone.
    """
    known = dict(given)
    own, states, log_weight, places, mean, cov = _weighed(net, known)
    log_total = float(special.logsumexp(log_weight))
    share = np.exp(log_weight - log_total)
    laws = tuple(own.get(place) or _law(net, place, known, states, share, places, mean, cov) for place in range(len(net.nodes)))
    return Truth(laws, log_total)


@lru_cache(maxsize=64)
def worth(net: Net, given: tuple[tuple[int, float], ...]) -> float:
    """Return how many equal draws one draw by likelihood weighting is worth in the long run: E(w)² / E(w²), at most 1.

    A weight is the chance of what is known, and so E(w²) is the evidence of a model in which the tables of the known nodes are squared.
    The square of a normal density is one of sd / √2, over 2 sd √π.
    """
    _, _, log_square, _, _, _ = _weighed(net, dict(given), 2)
    return min(math.exp(2 * solve(net, given).log_evidence - float(special.logsumexp(log_square))), 1.0)


def _weighed(net: Net, known: Given, power: int = 1) -> tuple[dict[int, Bells], dict[int, Array], Array, list[int], Array, Array]:
    """Return laws of numbers seen through a cut; states, log weight, places, means and covariances of the numbers in every setting, given what is known.

    The tables of known nodes are raised to a power, 1 or 2.
    """
    states, log_weight = _settings(net, known, power)
    places = [place for place in net.order if net.nodes[place].kind == "number"]
    mean, cov = _joint(net, places, states, len(log_weight), {place: power for place in known})
    for place in (each for each in places if each in known):
        log_weight = log_weight + _condition(mean, cov, places.index(place), known[place])
        if power == 2:
            sd = net.table(place)[net.row_of(place, states, len(log_weight)), -1]
            log_weight = log_weight - np.log(2 * math.sqrt(math.pi) * sd)
    windows = _windows(net, known)
    hidden = [place for place in windows if place not in known]
    for place in windows:
        if place in known and not windows[place][0] <= known[place] < windows[place][1]:
            log_weight = np.full_like(log_weight, -math.inf)
    _refuse(log_weight, hidden, net)
    own: dict[int, Bells] = {}
    if hidden:
        own, states, log_weight, mean, cov = _through_the_cut(hidden[0], windows[hidden[0]], places, states, log_weight, mean, cov)
    return own, states, log_weight, places, mean, cov


def _refuse(log_weight: Array, hidden: list[int], net: Net) -> None:
    if not len(log_weight) or not np.isfinite(log_weight.max()):
        raise ValueError("evidence must be possible, got what the tables rule out: take one part of it away")
    if len(hidden) > 1:
        names = " and ".join(net.names[place] for place in hidden)
        raise ValueError(f"evidence must reach at most one number through its cut, got {names}: give one of them as a number")
    if hidden and len(log_weight) > MOST_CUT:
        told = f"{len(log_weight):,}: give {net.names[hidden[0]]} as a number, or know more states"
        raise ValueError(f"evidence by a cut must leave at most {MOST_CUT:,} settings of the nodes with states, got {told}")


def _settings(net: Net, known: Given, power: int) -> tuple[dict[int, Array], Array]:
    """Return the states of every setting that can happen, {place: (settings,)}, and its log probability."""
    places = [place for place in net.order if net.nodes[place].kind == "states"]
    states: dict[int, Array] = {}
    log_weight = np.zeros(1)
    for place in places:
        table, n, size = net.table(place), len(log_weight), len(net.nodes[place].state_names)
        chosen = np.array([int(known[place])]) if place in known else np.arange(size)
        row = net.row_of(place, states, n)
        with np.errstate(divide="ignore"):
            log_weight = (log_weight[:, None] + (power if place in known else 1) * np.log(table[row][:, chosen])).ravel()
        states = {up: np.repeat(values, len(chosen)) for up, values in states.items()} | {place: np.tile(chosen.astype(np.int8), n)}
        possible = np.isfinite(log_weight)
        log_weight, states = log_weight[possible], {up: values[possible] for up, values in states.items()}
    return states, log_weight


def _joint(net: Net, places: list[int], states: dict[int, Array], n: int, powers: Given) -> tuple[Array, Array]:
    """Return means (settings, numbers) and covariances (settings, numbers, numbers) of the numbers, whose densities are raised to powers."""
    mean, cov = np.zeros((n, len(places))), np.zeros((n, len(places), len(places)))
    for j, place in enumerate(places):
        row = net.table(place)[net.row_of(place, states, n)]  # (settings, base + slopes + sd)
        ups = [places.index(up) for up in net.numbers(place)]
        slopes = row[:, 1:-1]
        mean[:, j] = row[:, 0] + (slopes * mean[:, ups]).sum(axis=1)
        across = np.einsum("nu,nuk->nk", slopes, cov[:, ups, :])
        cov[:, j, :] = cov[:, :, j] = across
        cov[:, j, j] = row[:, -1] ** 2 / powers.get(place, 1) + (slopes * across[:, ups]).sum(axis=1)
    return mean, cov


def _condition(mean: Array, cov: Array, j: int, value: float | Array) -> Array:
    """Learn the value of number j in place, and return its log density in every setting."""
    variance, off = cov[:, j, j].copy(), value - mean[:, j]
    gain = cov[:, :, j] / variance[:, None]
    mean += gain * off[:, None]
    cov -= variance[:, None, None] * gain[:, :, None] * gain[:, None, :]
    cov[:, j, :] = cov[:, :, j] = 0.0
    return -0.5 * off**2 / variance - 0.5 * np.log(variance) - math.log(ROOT)


def _windows(net: Net, known: Given) -> dict[int, tuple[float, float]]:
    """Return between which ends each number lies of which a cut is known."""
    windows: dict[int, tuple[float, float]] = {}
    for place, node in enumerate(net.nodes):
        if node.kind == "cut" and place in known:
            edges, (up,) = [-math.inf, *node.table, math.inf], net.parents[place]
            low, high = windows.get(up, (-math.inf, math.inf))
            windows[up] = max(low, edges[int(known[place])]), min(high, edges[int(known[place]) + 1])
    return windows


def _through_the_cut(
    place: int, window: tuple[float, float], places: list[int], states: dict[int, Array], log_weight: Array, mean: Array, cov: Array
) -> tuple[dict[int, Bells], dict[int, Array], Array, Array, Array]:
    """Split each setting into many, one a value of the number within its window, by Gauss-Legendre quadrature; the number's own law comes first."""
    j, (low, high) = places.index(place), window
    middle, sd = mean[:, j].copy(), np.sqrt(cov[:, j, j])
    a, b = (low - middle) / sd, (high - middle) / sd  # (settings,)
    if low >= high:
        raise ValueError("evidence must be possible, got two cuts that exclude each other: take one part of it away")
    nearest = np.clip(0.0, a, b)
    a, b = np.maximum(a, nearest - REACH), np.minimum(b, nearest + REACH)
    nodes, weights = np.polynomial.legendre.leggauss(POINTS)
    z = (a + b)[:, None] / 2 + (b - a)[:, None] / 2 * nodes  # (settings, points)
    log_each = np.log((b - a) / 2)[:, None] + np.log(weights) - 0.5 * z**2 - math.log(ROOT)
    log_inside = special.logsumexp(log_each, axis=1)
    share = np.exp(log_weight + log_inside - (log_weight + log_inside).max())
    own = {place: Bells(share / share.sum(), middle, sd, low, high)}
    states = {up: np.repeat(values, POINTS) for up, values in states.items()}
    mean, cov = np.repeat(mean, POINTS, axis=0), np.repeat(cov, POINTS, axis=0)
    _condition(mean, cov, j, (middle[:, None] + sd[:, None] * z).ravel())
    return own, states, (log_weight[:, None] + log_each).ravel(), mean, cov


def _law(net: Net, place: int, known: Given, states: dict[int, Array], weight: Array, places: list[int], mean: Array, cov: Array) -> Law:
    """Return the law of one node from the settings and their shares."""
    node = net.nodes[place]
    size = len(node.state_names)
    if place in known:
        return Bells(np.ones(1), np.array([known[place]]), np.array([1e-9])) if node.kind == "number" else Shares(np.eye(size)[int(known[place])])
    if node.kind == "states":
        return Shares(np.bincount(states[place], weight, size))
    up = places.index(place if node.kind == "number" else net.parents[place][0])
    middle, sd = mean[:, up], np.sqrt(np.maximum(cov[:, up, up], 0.0))
    if node.kind == "number":
        parts, where = np.unique(middle + 1j * sd, return_inverse=True)  # settings with the same normal law are one part
        return Bells(np.bincount(where, weight, len(parts)), parts.real, parts.imag)
    edges = np.array([-math.inf, *node.table, math.inf])
    with np.errstate(divide="ignore", invalid="ignore"):
        below = np.where(sd[:, None] > 0, special.ndtr((edges - middle[:, None]) / sd[:, None]), edges > middle[:, None])
    return Shares(weight @ np.diff(below, axis=1))
