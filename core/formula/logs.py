"""The logarithm of a tree, kept where its value underflows or overflows: each node as a sign and the log of its size.

The log of exp(u) is u, of a product the sum of the logs, of a power a multiple; a sum is taken relative to its largest
term (log-sum-exp with signs: Blanchard, Higham and Higham 2021, https://doi.org/10.1093/imanum/draa038).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import reduce

import numpy as np
from scipy import special

from core.formula.nodes import CONDITIONS, Node
from core.formula.values import Array, Places, condition, gated, value

Signed = tuple[Array, Array]  # the sign, and the log of the absolute value
LARGE = 300.0  # sinh and cosh have one term from here on
SAFE = 650.0  # a sum whose largest term has a log within this needs no logs
AGREE = 1e-9  # of the largest term: how well values and logs must agree before the values are trusted


def log_value(node: Node, places: Places) -> Array:
    """Return the log of the value: -inf where it is 0, nan where it is negative or undefined."""
    sign, log = signed_log(node, places)
    return np.where((sign > 0) | np.isnan(log) | (log == -np.inf), log, np.where(sign == 0, -np.inf, np.nan))


def signed_log(node: Node, places: Places) -> Signed:
    """Return the sign and the log of the absolute value; functions without a rule go through their value."""
    if node.head in CONDITIONS:
        return _measured(condition(node, places).astype(float))
    if node.head in RULES:
        return RULES[node.head](node, places)
    if node.head in FROM_ARGUMENT:
        return FROM_ARGUMENT[node.head](value(node.parts[0], places))
    return _measured(value(node, places))


def _measured(values: Array) -> Signed:
    return np.sign(values), np.log(np.abs(values))


def _negative(node: Node, places: Places) -> Signed:
    sign, log = signed_log(node.parts[0], places)
    return -sign, log


def _product(node: Node, places: Places) -> Signed:
    signs, logs = zip(*(signed_log(part, places) for part in node.parts), strict=True)
    return _gated(node, places, reduce(np.multiply, signs), reduce(np.add, logs))


def _quotient(node: Node, places: Places) -> Signed:
    (top_sign, top), (sign, bottom) = (signed_log(part, places) for part in node.parts)
    return _gated(node, places, np.where(sign == 0, 1.0, sign) * top_sign, top - bottom)  # 1/0 is inf, as in values


def _gated(node: Node, places: Places, sign: Array, log: Array) -> Signed:
    held = gated(node, places, np.ones(()))
    return np.where(held == 0, 0.0, sign), np.where(held == 0, -np.inf, log)


def _power(node: Node, places: Places) -> Signed:
    sign, log = signed_log(node.parts[0], places)
    exponent = value(node.parts[1], places)
    one = (exponent == 0) | ((log == 0) & (sign > 0))  # 1^inf is 1
    whole = exponent == np.floor(exponent)
    power = np.where(one, 0.0, exponent * log)
    parity = np.where(whole & (np.abs(exponent % 2) == 1), -1.0, 1.0)
    negative = sign < 0
    return np.where(negative, parity, 1.0), np.where(negative & ~whole, np.nan, power)


def _sum(node: Node, places: Places) -> Signed:
    values = np.stack(np.broadcast_arrays(*(value(part, places) for part in node.parts)))  # (terms, ...)
    pairs = [signed_log(part, places) for part in node.parts]
    signs = np.stack(np.broadcast_arrays(*(sign for sign, _ in pairs)))
    logs = np.stack(np.broadcast_arrays(*(log for _, log in pairs)))
    top = logs.max(axis=0)
    top = np.where(np.isfinite(top), top, 0.0)
    scaled = signs * np.exp(logs - top)
    total = reduce(np.add, values)
    # the values cancel with fewer errors than the logs, so they are used wherever no term has left the range of floats
    trusted = (np.abs(top) < SAFE) & (np.abs(values * np.exp(-top) - scaled) < AGREE).all(axis=0)
    relative = scaled.sum(axis=0)
    log = np.where(trusted, np.log(np.abs(total)), top + np.log(np.abs(relative)))
    return np.where(trusted, np.sign(total), np.sign(relative)), log


def _absolute(node: Node, places: Places) -> Signed:
    sign, log = signed_log(node.parts[0], places)
    return np.abs(sign), log


def _root(node: Node, places: Places) -> Signed:
    sign, log = signed_log(node.parts[0], places)
    return np.abs(sign), np.where(sign < 0, np.nan, 0.5 * log)


def _where(node: Node, places: Places) -> Signed:
    held = condition(node.parts[0], places)
    (yes_sign, yes), (no_sign, no) = (signed_log(part, places) for part in node.parts[1:])
    return np.where(held, yes_sign, no_sign), np.where(held, yes, no)


def _extreme(node: Node, places: Places) -> Signed:
    """The smallest or the largest of several, compared by sign and then by size."""

    def pick(one: Signed, other: Signed) -> Signed:
        (s, a), (t, b) = one, other
        below = np.where(s != t, s < t, np.where(s > 0, a < b, a > b))
        first = below if node.head == "min" else ~below
        log = np.where(np.isnan(a) | np.isnan(b), np.nan, np.where(first, a, b))
        return np.where(first, s, t), log

    return reduce(pick, (signed_log(part, places) for part in node.parts))


def _gamma(u: Array) -> Signed:
    return special.gammasgn(u), np.where((u < 0) & (u == np.floor(u)), np.nan, special.gammaln(u))


def _sinh(u: Array) -> Signed:
    return np.sign(u), np.where(np.abs(u) < LARGE, np.log(np.abs(np.sinh(u))), np.abs(u) - math.log(2))


def _cosh(u: Array) -> Signed:
    return np.ones_like(u), np.logaddexp(u, -u) - math.log(2)


RULES: dict[str, Callable[[Node, Places], Signed]] = {
    "+": _sum,
    "-": _negative,
    "*": _product,
    "/": _quotient,
    "^": _power,
    "abs": _absolute,
    "sqrt": _root,
    "where": _where,
    "min": _extreme,
    "max": _extreme,
}
FROM_ARGUMENT: dict[str, Callable[[Array], Signed]] = {
    "exp": lambda u: (np.ones_like(u), u),
    "gamma": _gamma,
    "sinh": _sinh,
    "cosh": _cosh,
    "phi": lambda u: (np.ones_like(u), -0.5 * u * u - 0.5 * math.log(2 * math.pi)),
    "Phi": lambda u: (np.ones_like(u), special.log_ndtr(u)),
    "sigmoid": lambda u: (np.ones_like(u), special.log_expit(u)),
}
