"""The functions and constants that a formula may use, and nothing else: the whitelist."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

Array = np.ndarray
CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}
ALIASES = {"ln": "log"}
# What people type instead, and what to say to them
HINTS = {
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "sgn": "sign",
    "logistic": "sigmoid",
    "expit": "sigmoid",
    "norm": "phi",
    "normal": "phi",
    "factorial": "gamma(x+1)",
    "if": "where(x > 0, 1, 2)",
    "pow": "x^2",
    "log2": "log(x)/log(2)",
    "cbrt": "sign(x)*abs(x)^(1/3)",
    "ceil": "-floor(-x)",
    "sec": "1/cos(x)",
    "cot": "1/tan(x)",
    "erfc": "2*Phi(-sqrt(2)*x)",
    "inf": "a number",
    "nan": "a number",
    "not": "the opposite comparison",
}


@dataclass(frozen=True)
class Function:
    """A function: its values on arrays, its slope as a formula in u, its TeX, and how many arguments it takes.

    The TeX is a name to put before brackets, or a whole expression with <u> in the place of the argument.
    Without a slope the rule is written out in `slopes.py`.
    """

    value: Callable[..., Array]
    slope: str
    tex: str
    least: int = 1
    most: int = 1


def _phi(u: Array) -> Array:
    return np.exp(-0.5 * u * u) / math.sqrt(2 * math.pi)


def _smallest(*parts: Array) -> Array:
    return functools.reduce(np.minimum, parts)


def _largest(*parts: Array) -> Array:
    return functools.reduce(np.maximum, parts)


def _where(condition: Array, yes: Array, no: Array) -> Array:
    return np.where(condition != 0, yes, no)


FUNCTIONS = {
    "exp": Function(np.exp, "exp(u)", "e^{<u>}"),
    "log": Function(np.log, "1/u", r"\log"),
    "log10": Function(np.log10, "1/(log(10)*u)", r"\log_{10}"),
    "sqrt": Function(np.sqrt, "1/(2*sqrt(u))", r"\sqrt{<u>}"),
    "sin": Function(np.sin, "cos(u)", r"\sin"),
    "cos": Function(np.cos, "-sin(u)", r"\cos"),
    "tan": Function(np.tan, "1+tan(u)^2", r"\tan"),
    "asin": Function(np.arcsin, "1/sqrt(1-u^2)", r"\arcsin"),
    "acos": Function(np.arccos, "-1/sqrt(1-u^2)", r"\arccos"),
    "atan": Function(np.arctan, "1/(1+u^2)", r"\arctan"),
    "sinh": Function(np.sinh, "cosh(u)", r"\sinh"),
    "cosh": Function(np.cosh, "sinh(u)", r"\cosh"),
    "tanh": Function(np.tanh, "1/cosh(u)^2", r"\tanh"),  # 1 - tanh^2 has no digits left in the tails
    "abs": Function(np.abs, "sign(u)", r"\left|<u>\right|"),
    "sign": Function(np.sign, "0", r"\operatorname{sign}"),
    "floor": Function(np.floor, "0", r"\left\lfloor <u>\right\rfloor"),
    "min": Function(_smallest, "", r"\min", 2, 200),
    "max": Function(_largest, "", r"\max", 2, 200),
    "erf": Function(special.erf, "2*exp(-u^2)/sqrt(pi)", r"\operatorname{erf}"),
    "gamma": Function(special.gamma, "gamma(u)*digamma(u)", r"\Gamma"),
    "lgamma": Function(special.gammaln, "digamma(u)", r"\log\left|\Gamma\left(<u>\right)\right|"),
    "digamma": Function(special.digamma, "polygamma(1,u)", r"\psi"),
    "polygamma": Function(special.polygamma, "", "", 2, 2),
    "phi": Function(_phi, "-u*phi(u)", r"\varphi"),  # the standard normal density
    "Phi": Function(special.ndtr, "phi(u)", r"\Phi"),  # and its distribution function
    "sigmoid": Function(special.expit, "sigmoid(u)*sigmoid(-u)", r"\sigma"),
    "where": Function(_where, "", "", 3, 3),
}
