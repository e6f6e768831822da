"""Reads a density written in TeX as a person would, and works it out: so that a formula on screen has a test of its own.

Knows what the formulas of the distributions use: fractions, roots, powers, products without a sign, cases, [x=0], |x|, x!, the usual
functions, and definitions after the formula ("..., z=..."), of which one may be an equation to solve.
"""

import math
import re

import numpy as np
from scipy import optimize, special

TOKEN = re.compile(r"<\w+>|\\[A-Za-z]+|\\.|\d+\.?\d*|[A-Za-z]|\S")
BLANK = {r"\,", r"\left", r"\right", r"\!"}
CONSTANTS = {"e": math.e, r"\pi": math.pi}
FUNCTIONS = {
    r"\exp": np.exp,
    r"\log": np.log,
    r"\sin": np.sin,
    r"\cos": np.cos,
    r"\sinh": np.sinh,
    r"\cosh": np.cosh,
    r"\Gamma": special.gamma,
    r"\Phi": special.ndtr,
    r"\varphi": lambda z: np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi),
    "B": special.beta,
    "I_0": special.i0,
    "sech": lambda z: 1 / np.cosh(z),
    "erfc": special.erfc,
    "erfcinv": special.erfcinv,
    "asinh": np.arcsinh,
    "logit": special.logit,
    "cbrt": np.cbrt,
}
COMPARE = {"=": np.equal, r"\le": np.less_equal, r"\ge": np.greater_equal, r"\lt": np.less, r"\gt": np.greater}
ENDS = {")", "}", "]", "&", r"\\", r"\end", ",", "+", "-", *COMPARE}


class Unknown(Exception):
    """A name that nothing has defined yet."""


class Reader:
    """Works out one expression by recursive descent; `names` holds numbers or arrays."""

    def __init__(self, text, names):
        found = TOKEN.findall(re.sub(r"\\mathrm\{(\w+)\}", r"\\\1", text).replace("I_0", r"\bessel").replace(r"\\[4pt]", r"\\"))
        self.tokens = [{r"\bessel": "I_0", r"\tfrac": r"\frac"}.get(token, token) for token in found if token not in BLANK]
        self.names, self.at, self.bars = names, 0, 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self, want=None):
        token = self.peek()
        assert token is not None and want in (None, token), f"expected {want}, got {token} in {self.tokens}"
        self.at += 1
        return token

    def all(self):
        value = self.sum()
        assert self.peek() is None, f"left over: {self.tokens[self.at :]}"
        return value

    def sum(self):
        sign = -1 if self.peek() == "-" and self.take() else 1
        value = sign * self.product()
        while self.peek() in ("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self):
        value = self.power()
        while (token := self.peek()) is not None and token not in ENDS and not (token == "|" and self.bars):
            if token == "/":
                self.take()
                value = value / self.power()
            else:
                if token == r"\cdot":
                    self.take()
                value = value * self.power()
        return value

    def power(self):
        value = self.atom()
        while self.peek() in ("^", "!"):
            value = value ** self.group() if self.take() == "^" else special.gamma(value + 1)
        return value

    def group(self):
        """One token, or what stands in braces."""
        if self.peek() != "{":
            return self.atom()
        self.take("{")
        value = self.sum()
        self.take("}")
        return value

    def enclosed(self, close):
        bars, self.bars = self.bars, 0
        value = self.sum()
        self.bars = bars
        self.take(close)
        return value

    def atom(self):
        token = self.take()
        if token[0].isdigit():
            return np.float64(token)
        if token == "(":
            return self.enclosed(")")
        if token == "|":
            self.bars += 1
            value = self.sum()
            self.take("|")
            self.bars -= 1
            return np.abs(value)
        if token == "[":
            value = self.sum()
            if self.peek() == "=":
                self.take()
                value = np.equal(value, self.sum()) * 1.0
            self.take("]")
            return value
        if token == r"\frac":
            return self.group() / self.group()
        if token == r"\binom":
            return special.binom(self.group(), self.group())
        if token == r"\sqrt":
            return np.sqrt(self.group())
        if token == r"\begin":
            return self.cases()
        return self.named(token)

    def named(self, token):
        function = FUNCTIONS.get(token) or FUNCTIONS.get(token.lstrip("\\"))
        if function and self.peek() == "(":
            self.take()
            values = [self.sum()]
            while self.peek() == ",":
                self.take()
                values.append(self.sum())
            self.take(")")
            return function(*values)
        if function and token not in self.names:
            return function(self.atom())
        if token in self.names:
            return self.names[token]
        if token in CONSTANTS:
            return CONSTANTS[token]
        raise Unknown(token)

    def cases(self):
        """Piece & condition \\\\ piece & condition."""
        for word in "{cases}":
            self.take(word)
        value = np.nan
        while True:
            piece = self.sum()
            self.take("&")
            left = self.sum()
            value = np.where(COMPARE[self.take()](left, self.sum()), piece, value)
            if self.take() == r"\end":
                for word in "{cases}":
                    self.take(word)
                return value


def tex_value(text, values, x):
    """Return what a formula says at x, where `<name>` stands for values[name]. Shapes: x (n,) -> (n,)."""
    formula, *clauses = re.split(r",\\quad |,\\ |,\\quad(?=\\)", text)
    names = {f"<{name}>": np.float64(value) for name, value in values.items()} | {"x": x}  # NumPy floats overflow to infinity instead of an exception
    waiting = [clause for clause in clauses if "=" in clause and not re.match(r"x\b", clause)]
    with np.errstate(all="ignore"):
        for _ in range(2 * len(waiting) ** 2):
            if waiting and not _define(waiting[0], names):
                waiting.append(waiting[0])
            del waiting[:1]
        assert not waiting, f"circular: {waiting}"
        return Reader(formula, names).all()


def _define(clause, names):
    """Add a clause's name and value; False where it needs a name that is not there yet."""
    left, _, right = clause.partition("=")
    try:
        if re.fullmatch(r"\\?[A-Za-z]+", left):
            names[left] = Reader(right, names).all()
        elif re.fullmatch(r"\\?[A-Za-z]+\^2", left):
            names[left[:-2]] = np.sqrt(Reader(right, names).all())
        else:
            goal = Reader(right, names).all()
            names |= _solve(left, goal, names)
    except Unknown:
        return False
    return True


def _unknown(text, names):
    try:
        Reader(text, names).all()
    except Unknown as unknown:
        return unknown.args[0]
    raise AssertionError(f"nothing to solve for in {text}")


def _solve(left, goal, names):
    """Find the one unknown name for which the left side is the goal."""
    name = _unknown(left, names)

    def gap(value):
        return Reader(left, names | {name: value}).all() - goal

    grid = np.geomspace(1e-3, 1e3, 3000)
    grid = np.sort(np.concatenate([grid, 1 - np.geomspace(1e-9, 0.4, 500)]))
    gaps = np.array([gap(value) for value in grid])
    turns = np.flatnonzero(gaps[:-1] * gaps[1:] < 0)
    assert len(turns) == 1, f"{name} has {len(turns)} solutions"
    return {name: optimize.brentq(gap, grid[turns[0]], grid[turns[0] + 1], xtol=1e-15, rtol=1e-14)}
