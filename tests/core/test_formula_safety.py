"""Whatever is typed into a formula, it is a formula or gets one sentence: no other error, no import, no attribute, no end of time or memory."""

import random
import re
import sys
import warnings

import numpy as np
import pytest

from core.formula import CONSTANTS, FUNCTIONS, MOST_CHARACTERS, MOST_DEPTH, MOST_NODES, Node, grammar, parse, scan
from core.formula.sentences import Rules

POINTS = (np.array([-1.5, 0.0, 2.0]), np.array([0.5, -3.0, 1e3]))
HEADS = {"number", "name", "+", "-", "*", "/", "^", "compare", "and", "or", *FUNCTIONS}
SIGNS = {"<", "<=", ">", ">="}

SENTENCES = [
    ("__import__('os')", "formula must use x, numbers and the listed functions, got __import__ at character 1: try exp(-x^2)"),
    ("x.__class__", "formula must use x, numbers and the listed functions, got . at character 2: try exp(-x^2)"),
    ("lambda: 0", "formula must use x, numbers and the listed functions, got lambda at character 1: try exp(-x^2)"),
    ("x;y", "formula must be one expression, got ; at character 2: try what stands before the ;"),
    ("f'{x}'", "formula must use x, numbers and the listed functions, got f at character 1: try exp(-x^2)"),
    ('"x"', 'formula must use x, numbers and the listed functions, got " at character 1: try exp(-x^2)'),
    ("`x`", "formula must use x, numbers and the listed functions, got ` at character 1: try exp(-x^2)"),
    ("x\0", "formula must use x, numbers and the listed functions, got U+0000 at character 2: try exp(-x^2)"),
    ("😀", "formula must use x, numbers and the listed functions, got 😀 (U+1F600 GRINNING FACE) at character 1: try exp(-x^2)"),
    ("2х", "formula must use x, numbers and the listed functions, got х (U+0445 CYRILLIC SMALL LETTER HA) at character 2: try exp(-x^2)"),
    ("x\u200b", "formula must use x, numbers and the listed functions, got U+200B ZERO WIDTH SPACE at character 2: try exp(-x^2)"),
    ("\ud800", "formula must use x, numbers and the listed functions, got U+D800 at character 1: try exp(-x^2)"),
    ("sine(x)", "formula must use x, numbers and the listed functions, got sine at character 1: try sin"),
    ("Exp(x)", "formula must use x, numbers and the listed functions, got Exp at character 1: try exp"),
    ("arcsin(x)", "formula must use x, numbers and the listed functions, got arcsin at character 1: try asin"),
    ("pix", "formula must use x, numbers and the listed functions, got pix at character 1: try pi*x"),
    ("x2", "formula must use x, numbers and the listed functions, got x2 at character 1: try x^2 or 2*x"),
    ("y", "formula must use x, numbers and the listed functions, got y at character 1: try exp(-x^2)"),
    ("1/2x", "formula must say with brackets what / divides by, got x at character 4: try 1/(2*x) or (1/2)*x"),
    ("1/x (x+1)", "formula must say with brackets what / divides by, got ( at character 5: try 1/(2*x) or (1/2)*x"),
    ("e^2x", "formula must say with brackets where an exponent ends, got x at character 4: try e^(2*x) or e^2*x"),
    ("x 2", "formula must have an operator before a number, got 2 at character 3: try * before 2"),
    ("sin x", "formula must call a function with brackets, got sin at character 1: try sin(x)"),
    ("sin^2(x)", "formula must call a function with brackets, got sin at character 1: try sin(x)^2"),
    ("(x", "formula must close the ( of character 1, got the end at character 3: try ) there"),
    ("(x]", "formula must close the ( of character 1, got ] at character 3: try ) there"),
    ("|x", "formula must close the | of character 1, got the end at character 3: try | there"),
    ("x)", "formula must open every bracket that it closes, got ) at character 2: try without it"),
    ("1,5", "formula must have commas only between the arguments of a function, got , at character 2: try a point in 1.5"),
    ("x*", "formula must not end here, got the end at character 3: try exp(-x^2)"),
    ("x*/2", "formula must have a number, a name or a bracket here, got / at character 3: try exp(-x^2)"),
    ("y = x", "formula must use x, numbers and the listed functions, got y at character 1: try exp(-x^2)"),
    ("x = 1", "formula must be an expression without =, got = at character 3: try what stands behind the ="),
    ("x!", "formula must write a factorial as gamma, got ! at character 2: try gamma(x+1) for x!"),
    ("[x+1]", "formula must have a condition in square brackets, got [ at character 1: try [x > 0], or round brackets"),
    ("where(x, 1, 2)", "formula must start where with a condition, got where at character 1: try where(x > 0, 1, 2)"),
    ("x and x", "formula must have a comparison on both sides of and, got and at character 3: try [0 < x and x < 1]"),
    ("log(x, 2)", "formula must give log 1 argument, got 2 in log at character 1: try log(u)"),
    ("min(x)", "formula must give min 2 or more arguments, got 1 in min at character 1: try min(u, v)"),
    ("polygamma(x, 1)", "formula must start polygamma with a whole number up to 100, got polygamma at character 1: try polygamma(1, x)"),
    ("1e999", "formula must have numbers below 1.8e308, got 1e999 at character 1: try 1e300"),
    ("", "formula must say something, got nothing: try exp(-x^2)"),
    (" \t\n", "formula must say something, got nothing: try exp(-x^2)"),
    ("x" * 1_000_000, "formula must be at most 500 characters long, got 1000000: try a shorter formula"),
    ("(" * 100_000, "formula must be at most 500 characters long, got 100000: try a shorter formula"),
    ("(" * 400 + "x", "formula must nest at most 40 deep, got more at character 42: try fewer brackets and signs"),
    ("-" * 400 + "x", "formula must nest at most 40 deep, got more at character 101: try fewer brackets and signs"),
    ("2^" * 200 + "x", "formula must nest at most 40 deep, got more at character 201: try fewer brackets and signs"),
    ("x" + "/x" * 50, "formula must nest at most 40 deep, got more at character 82: try fewer brackets and signs"),
    ("x" + "+x" * 220, "formula must have at most 200 parts, got more: try a shorter formula"),
    (5, "formula must be text, got 5: try exp(-x^2)"),
    (None, "formula must be text, got None: try exp(-x^2)"),
]


@pytest.mark.parametrize(("typed", "sentence"), SENTENCES, ids=[repr(typed)[:24].encode("ascii", "replace").decode() for typed, _ in SENTENCES])
def test_what_is_no_formula_gets_a_sentence(typed, sentence):
    with pytest.raises(ValueError) as refused:
        parse(typed)
    assert str(refused.value) == sentence


def test_the_sentence_names_the_field_and_its_variables():
    with pytest.raises(ValueError, match=re.escape("target must use x, y, numbers and the listed functions, got z at character 3: try exp(-x^2-y^2)")):
        parse("x+z", ("x", "y"), name="target")
    with pytest.raises(ValueError, match=r"got xy at character 1: try x\*y$"):
        parse("xy", ("x", "y"))
    for word in ("e", "sin", "and", "x1", "ln", "é"):
        with pytest.raises(ValueError, match="variables must be words that mean nothing else, got "):
            parse("1", (word,))
    with pytest.raises(ValueError, match="places must be one array for each of x, y, got 1: try 2"):
        parse("x", ("x", "y")).evaluate(1.0)


def test_the_bounds_are_reached_and_not_passed():
    assert parse("(" * 40 + "x" + ")" * 40).root == parse("x").root
    long = parse("x" + "+x-min(x,1)" * 28 + " + x" * 30)
    assert parse(long.text) == long and 300 < len(long.text) < MOST_CHARACTERS  # a long one is written without blanks
    assert parse("x" + "+x" * 198).root.size == MOST_NODES
    for deep in (
        "exp(" * 39 + "x" + ")" * 39,
        "x^" * 39 + "x",
        "-(" * 39 + "x" + ")" * 39,
        "2*(1+" * 19 + "x" + ")" * 19,
        "[1<" * 39 + "x" + "]" * 39,
    ):
        assert parse(deep).root.depth >= MOST_DEPTH - 1
    assert parse("x" + " " * 498 + "\n").text == "x"


# The fuzz

GOOD = [
    "exp(-x^2/2)",
    "[x > 0] x^2 exp(-3x)",
    "1/sqrt(2pi) exp(-x^2/2)",
    "0.5 phi(x-1) + 0.5phi((y+2)/0.3)",
    "where(x > 0 and y < 1, exp(-x), 0)",
    "|x|(1-x)^2",
    "2^3^-x",
    "min(x, y, 1e-3) + max(1, 2.5)",
    "-x²·y − π/4",
    "0 < x <= 1 or x ≥ 3",
    "exp(-(x^2+y^2-2*0.8x*y)/2)",
    "gamma(x+1)/lgamma(x) + digamma(x) polygamma(2, x)",
    "sin(cos(tan(asin(acos(atan(x))))))",
    "sinh(x) cosh(y) tanh(x) sigmoid(-x) Phi(x) erf(y)",
    "9**9**9**9",
    "log10(x) + ln(y) floor(x) sign(y)",
]
PIECES = [
    *FUNCTIONS,
    *CONSTANTS,
    *"xy0123456789.+-*/^()[]|,<> ²³⁻·×÷−≤≥πτ",
    *["**", "<=", ">=", " and ", " or ", "1e5", "1e-9", "1e309", ".5", "2.", "(x", "x)", "exp(", "-x", "ln(", "x^2", "[x>0]"],
    *[
        "__import__",
        "('os')",
        "x.__class__",
        "lambda:",
        "eval",
        "exec",
        "if",
        "else",
        "import os",
        "==",
        "!=",
        ":=",
        "{}",
        "f'",
        '"""',
        "\\",
        "#",
        ";",
        "\n",
        "\0",
    ],
    *["=", "!", "@", "%", "$", "_", "~", "&", "…", "х", "ｘ", "𝑥", "∞", "√", "😀", "\u200b", "\u202e", "\ud800", "é", "٣", "Ⅳ", "½"],
]
OPERANDS = [
    "x",
    "y",
    "7",
    "(1-x)",
    "-x",
    "pi",
    "x^2",
    "|x|",
    "[x < y]",
    "1e300",
    "0",
    "1e-320",
    "exp(x)",
    "log(x)",
    "2x",
    "(x > 1)",
    "sqrt(-x)",
    "where(x > 0, x, 1/0)",
    "x x",
    ")",
]
ALPHABET = [
    chr(code)
    for code in (*range(32, 127), *range(32, 127), *range(256), *range(0x370, 0x460), *range(0x2000, 0x2300, 7), *range(0xD7F0, 0xD810), 0x1F600, 0x10FFFF)
]


def strings(dice: random.Random):
    """Characters, pieces, and formulas with something cut, doubled, moved, or put in."""
    while True:
        yield "".join(dice.choices(ALPHABET, k=int(dice.expovariate(1 / 12))))
        yield "".join(dice.choices(PIECES, k=1 + int(dice.expovariate(1 / 6))))
        text = dice.choice(GOOD)
        for _ in range(dice.randint(1, 3)):
            start, stop = sorted(dice.choices(range(len(text) + 1), k=2))
            part = text[start:stop]
            new = dice.choice((part * 2, "", dice.choice(PIECES), f"({part})", dice.choice(GOOD), f"{part[::-1]}", f"{dice.choice(list(FUNCTIONS))}({part})"))
            text = text[:start] + new + text[stop:]
        yield text
        text = dice.choice(GOOD)
        for _ in range(dice.choice((1, 1, 2, 12))):
            text = text.replace(dice.choice("xy123"), dice.choice(OPERANDS), dice.randint(1, 2))
        yield text


def foreign(node: Node) -> str:
    """Name what a tree holds that is not on the list; nothing where all is well."""
    here = (
        node.head in HEADS
        and (node.head != "name" or node.value in ("x", "y", *CONSTANTS))
        and (node.head != "number" or (type(node.value) is float and 0 <= node.value < np.inf))
        and (node.head != "compare" or set(node.value.split()) <= SIGNS)
    )
    return next(filter(None, map(foreign, node.parts)), "") if here else f"{node.head} {node.value}"


def breach(text: str, thorough: bool) -> str | None:
    """Say what a string has broken; "" where it was refused in a sentence, None where it is a formula."""
    try:
        formula = parse(text, ("x", "y"))
    except ValueError as error:
        told = str(error)
        return "" if re.match("formula must .*: try .", told) and len(told) < 250 and told.isprintable() else f"told {told}"
    except Exception as error:
        return f"raised {error!r}"
    if strange := foreign(formula.root):
        return f"let through {strange}"
    if len(text) > MOST_CHARACTERS or formula.root.size > MOST_NODES or formula.root.depth > MOST_DEPTH:
        return "grew too large"
    try:
        found = formula.evaluate(*POINTS)
        if thorough:
            formula.log_evaluate(*POINTS)
            if parse(formula.text, ("x", "y")).text != formula.text:
                return f"reads {formula.text} back as something else"
            formula.tex()
            slope_breach(formula)
    except Exception as error:
        return f"raised {error!r}"
    return None if found.shape == (3,) and found.dtype == np.float64 else "gave no numbers"


def slope_breach(formula):
    try:
        formula.derivative("x").evaluate(*POINTS)
    except ValueError as error:
        if not str(error).startswith("derivative must have at most 1000 parts"):
            raise


class Watch:
    """Notes what Python reports while it is on: imports, compiled or executed code, files, processes."""

    def __init__(self):
        self.on, self.seen = False, []
        sys.addaudithook(self.hear)

    def hear(self, event, args):
        if self.on and event.split(".")[0] in (
            "import",
            "compile",
            "exec",
            "open",
            "os",
            "subprocess",
            "socket",
            "ctypes",
            "object",
            "code",
            "marshal",
            "pickle",
        ):
            self.seen.append((event, args))


WATCH = Watch()


def fuzz(n: int, seed: int) -> tuple[list[tuple[str, str]], int]:
    """Try n strings; return what broke, and how many were formulas."""
    broken, accepted = [], 0
    source = strings(random.Random(seed))
    for _ in range(20):
        breach(next(source), True)  # what is loaded on first use
    WATCH.seen.clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for i in range(n):
            text = next(source)
            WATCH.on = True
            found = breach(text, thorough=i % 25 == 3)
            WATCH.on = False
            accepted += found is None
            if found or WATCH.seen:
                broken.append((text, found or str(WATCH.seen.pop())))
    return broken, accepted


@pytest.mark.parametrize(("n", "seed"), [(5_000, 0), pytest.param(100_000, 1, marks=pytest.mark.slow)])  # 0.5 s and 10 s on one core
def test_strings_break_nothing(n, seed):
    broken, accepted = fuzz(n, seed)
    assert not broken, broken[:5]
    assert accepted > 0.15 * n  # many of them are formulas, and were evaluated


# The same checks catch planted faults


def test_an_attribute_let_through_is_caught(monkeypatch):
    monkeypatch.setattr(scan, "TOKEN", re.compile(scan.TOKEN.pattern.replace("[A-Za-z0-9_]*", "[A-Za-z0-9_.]*"), re.VERBOSE))
    monkeypatch.setattr(Rules, "lists", lambda self, word: True)
    assert breach("x.__class__", False) == "let through name x.__class__"
    assert any("let through" in found for _, found in fuzz(3_000, seed=2)[0])


def test_a_missing_bound_is_caught(monkeypatch):
    monkeypatch.setattr(grammar, "MOST_CHARACTERS", 10**9)
    monkeypatch.setattr(grammar, "MOST_DEPTH", 10**9)
    monkeypatch.setattr(grammar, "MOST_LEVELS", 10**9)
    assert "RecursionError" in breach("(" * 10_000, False)
    assert breach("-" * 60 + "x", False) == "grew too large"


def test_code_that_runs_is_caught(monkeypatch):
    monkeypatch.setattr(grammar.Reader, "finite", lambda self, token, digits: float(eval(digits.lstrip("0") or "0")))
    assert any("compile" in found or "exec" in found for _, found in fuzz(200, seed=3)[0])


def test_an_import_is_caught(monkeypatch):
    def careless(self, token, word):
        import this_module_is_nowhere  # noqa: F401

    monkeypatch.setattr(grammar.Reader, "call", careless)
    assert any("ModuleNotFoundError" in found or "import" in found for _, found in fuzz(200, seed=4)[0])


def test_a_warning_is_caught(monkeypatch):
    monkeypatch.setattr("core.formula.formula.np.errstate", lambda **rest: warnings.catch_warnings())
    assert any("RuntimeWarning" in found for _, found in fuzz(500, seed=5)[0])
