"""Typed densities: the exact preset, what is refused and in which words, what is only noted, and formulas that try to break in."""

from __future__ import annotations

import math
import random
import re
import time

import mpmath
import numpy as np
import pytest

from core.formula import MOST_CHARACTERS, parse
from core.formula.ranges import bounds
from core.rng import stream
from core.targets import Typed, TypedPlane
from core.targets.typed_plane import _cells

MIXTURE = "0.3*exp(-x**2) + 0.7*exp(-(x-3)**2)"


def bell(centre: int, low: int, high: int) -> tuple:
    """Return the integrals of 1, x and x^2 times exp(-(x - centre)^2), in closed form with erf."""
    a, b, c = mpmath.mpf(low) - centre, mpmath.mpf(high) - centre, mpmath.mpf(centre)
    zero = mpmath.sqrt(mpmath.pi) / 2 * (mpmath.erf(b) - mpmath.erf(a))
    one = (mpmath.exp(-(a**2)) - mpmath.exp(-(b**2))) / 2
    two = zero / 2 + (a * mpmath.exp(-(a**2)) - b * mpmath.exp(-(b**2))) / 2
    return zero, one + c * zero, two + 2 * c * one + c**2 * zero


@pytest.mark.parametrize("text", [MIXTURE, "0.3exp(-x^2)+0.7exp(-(x-3)^2)", "0.3*exp(-x²) + 7/10*exp(-x²+6x-9)"])
def test_the_mixture_has_the_moments_of_its_closed_form(text):
    with mpmath.workdps(40):
        first, second = bell(0, -2, 5), bell(3, -2, 5)
        mass, mean, square = (mpmath.mpf("0.3") * one + mpmath.mpf("0.7") * two for one, two in zip(first, second, strict=True))
        mean, square = mean / mass, square / mass
        stated = float(mpmath.log(mass)), float(mean), float(square - mean**2)
    target = Typed(text, -2, 5)
    assert (target.log_mass(), target.mean()[0], target.covariance()[0, 0]) == pytest.approx(stated, abs=1e-12)
    assert target.log_prob([[0.5]]) == pytest.approx(math.log(0.3 * math.exp(-0.25) + 0.7 * math.exp(-6.25)), abs=1e-14)


SCALE = {"exp(900 - x^2)": 900, "exp(-900 - x^4)": -900}  # logs of factors that mpmath's rule does not see
LINE = {
    ("exp(-abs(x))", -3, 5): lambda x: mpmath.exp(-abs(x)),
    ("sqrt(1 - x^2)", -1, 1): lambda x: mpmath.sqrt(1 - x**2),
    ("-x*log(x)", 0, 1): lambda x: -x * mpmath.log(x) if x else mpmath.mpf(0),
    ("sin(20x)^2*exp(-x)", 0, 6): lambda x: mpmath.sin(20 * x) ** 2 * mpmath.exp(-x),
    ("1/(1 + x^2)", -50, 80): lambda x: 1 / (1 + x**2),
    ("exp(-1e6*(x-0.3)^2)", -4, 4): lambda x: mpmath.exp(-(10**6) * (x - mpmath.mpf("0.3")) ** 2),
    ("exp(900 - x^2)", -6, 6): lambda x: mpmath.exp(-(x**2)),
    ("exp(-900 - x^4)", -6, 6): lambda x: mpmath.exp(-(x**4)),
    ("gamma(x)", 1, 4): mpmath.gamma,
}


@pytest.mark.parametrize("of", list(LINE), ids=[of[0] for of in LINE])
def test_mass_and_moments_agree_with_mpmath(of):
    text, low, high = of
    f = LINE[of]
    with mpmath.workdps(25):
        cuts = list(range(low, high + 1)) if high - low > 8 else [mpmath.mpf(k) / 4 for k in range(4 * low, 4 * high + 1)]
        if "1e6" in text:
            cuts = [mpmath.mpf("0.3") + mpmath.mpf(k) / 500 for k in range(-5, 6)]
        mass, mean, square = (mpmath.quad(lambda x, k=k: f(x) * x**k, cuts) for k in range(3))
        stated = float(mpmath.log(mass) + SCALE.get(text, 0)), float(mean / mass), float(square / mass - (mean / mass) ** 2)
    target = Typed(text, low, high)
    assert target.log_mass() == pytest.approx(stated[0], abs=2e-12)
    assert target.mean()[0] == pytest.approx(stated[1], abs=1e-11 * math.sqrt(stated[2]))
    assert target.covariance()[0, 0] == pytest.approx(stated[2], rel=1e-11)


@pytest.mark.parametrize(("low", "high"), [(1.2345, 1.24), (-0.501, -0.499), (4.9, 4.903)])
def test_a_gap_between_the_nodes_is_seen(low, high):
    """The mass is 7 less the gap, the mean by the same closed form."""
    target = Typed(f"[x<{low}] + [x>{high}]", -2, 5)
    mass = 7 - (high - low)
    assert math.exp(target.log_mass()) == pytest.approx(mass, rel=1e-11)
    assert target.mean()[0] == pytest.approx((21 - high**2 + low**2) / 2 / mass, rel=1e-10)


TEXTS = [
    "x^2 exp(-x) - phi(x-3)/(2+sin(5x))",
    "where(x<1 and x>-1, tanh(x), 2^x) + min(abs(x), 3, x^3)",
    "1/cosh(x) + max(atan(x), -x^-2, erf(x)) * sign(x)",
    "sqrt(x+4) log(x+4) + floor(3x) + [0 < x <= 2] log(x)",
    "cos(40x)^3 + sigmoid(x) Phi(x) + x^1.5 + acos(x/9) - tan(x) + (x^2+1)^(-x)",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("cells", [1, 7, 300])
def test_bounds_of_a_formula_hold_all_over_each_stretch(text, cells):
    formula, edges = parse(text), np.linspace(-3.7, 3.9, cells + 1)
    low, high = bounds(formula, edges[:-1], edges[1:])
    x = edges[:-1, None] + np.diff(edges)[:, None] * np.linspace(0, 1, 2001)
    values = formula.evaluate(x)
    assert np.all((values >= low[:, None]) | np.isnan(values)) and np.all((values <= high[:, None]) | np.isnan(values))
    assert cells < 300 or "tan" in text or np.isfinite(low).mean() > 0.9, "bounds that say nothing hold always"


def test_bounds_that_are_too_narrow_are_caught():
    formula, edges = parse("x^2 exp(-x)"), np.linspace(0, 5, 8)
    low, high = bounds(formula, edges[:-1], edges[1:])
    values = formula.evaluate(edges[:-1, None] + np.diff(edges)[:, None] * np.linspace(0, 1, 2001))
    assert not np.all(values >= low[:, None] + 0.6 * (high - low)[:, None])


def test_the_distribution_function_and_the_draws_of_a_typed_density_are_those_of_the_formula():
    target, (zero, low) = Typed(MIXTURE, -2, 5), (lambda c, x: bell(c, -2, x)[0], np.linspace(-1.9, 4.9, 30))
    mass = math.exp(target.log_mass())
    stated = np.array([float(0.3 * zero(0, x) + 0.7 * zero(3, x)) / mass for x in low])
    assert target.cdf(low) == pytest.approx(stated, abs=1e-7)  # straight pieces: exact at their ends
    x = np.sort(target.sample(stream(3, "typed"), 100_000)[:, 0])
    gap = np.abs(target.cdf(x) - (np.arange(len(x)) + 0.5) / len(x)).max()
    assert gap < 2.4 / math.sqrt(len(x))  # Kolmogorov's: a false alarm in 50,000
    assert np.abs(target.cdf(x + 0.02) - (np.arange(len(x)) + 0.5) / len(x)).max() > 2.4 / math.sqrt(len(x))  # a small shift is caught


PLANE = {
    ("x + y", 0, 1, 0, 1): (0.0, [7 / 12, 7 / 12], [[11 / 144, -1 / 144], [-1 / 144, 11 / 144]]),
    ("exp(-x^2 - y^2 + x*y)", -12, 12, -12, 12): (math.log(2 * math.pi / math.sqrt(3)), [0, 0], [[2 / 3, 1 / 3], [1 / 3, 2 / 3]]),
    ("max(0, 1 - x^2 - y^2)", -2, 2, -2, 2): (math.log(math.pi / 2), [0, 0], [[1 / 6, 0], [0, 1 / 6]]),
    ("exp(-1e6*((x-0.3)^2 + (y+1.1)^2))", -4, 4, -4, 4): (math.log(math.pi / 1e6), [0.3, -1.1], [[5e-7, 0], [0, 5e-7]]),
    ("[x > 0.37]*[y < x]", 0, 1, 0, 1): (
        math.log((1 - 0.37**2) / 2),
        [2 / 3 * (1 - 0.37**3) / (1 - 0.37**2), 1 / 3 * (1 - 0.37**3) / (1 - 0.37**2)],
        None,
    ),
}


@pytest.mark.parametrize("of", list(PLANE), ids=[of[0] for of in PLANE])
def test_mass_and_moments_in_the_plane_agree_with_closed_forms(of):
    log_mass, mean, covariance = PLANE[of]
    target = TypedPlane(*of)
    assert target.log_mass() == pytest.approx(log_mass, abs=1e-10)
    assert target.mean() == pytest.approx(mean, abs=1e-10)
    if covariance:
        assert target.covariance() == pytest.approx(np.array(covariance), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("of", [*PLANE, (TypedPlane().text, -4, 4, -4, 4), ("exp(-20*abs(x) - 20*abs(y - x))", -3, 3, -3, 3)], ids=lambda of: of[0])
def test_the_bounds_of_the_cells_hold_wherever_one_looks(of):
    target = TypedPlane(*of)
    cells, rng = _cells(target.text, target._window), stream(9, "bounds")
    x = cells.low[:, None] + (cells.high - cells.low)[:, None] * rng.random((len(cells.low), 40, 2))
    assert (target.log_prob(x).max(axis=1) <= cells.bound + 1e-9).mean() > 0.9995
    kept = math.exp(target.log_mass() - np.logaddexp.reduce(cells.bound + cells.log_areas()))
    assert 0.5 < kept <= 1


def test_a_formula_whose_derivative_is_too_long_gets_differences_and_says_so():
    long = Typed("2+" + "tanh(x*(x+1)*(x-2)*" * 15 + "x" + ")" * 15, -2, 2)
    assert long.differences and not Typed().differences and not TypedPlane().differences
    x, h = np.linspace(-0.3, 0.3, 50)[:, None], 1e-5
    slopes = (long.log_prob(x + h) - long.log_prob(x - h)) / (2 * h)
    assert long.grad_log_prob(x)[:, 0] == pytest.approx(slopes, abs=1e-6)


def test_a_hill_is_found_in_the_widest_window():
    target = Typed("exp(-(x-3)^2)", -1e12, 1e12)
    assert (target.log_mass(), target.mean()[0], target.covariance()[0, 0]) == pytest.approx((math.log(math.pi) / 2, 3, 0.5), abs=1e-9)


# Refused, each in its sentence

REFUSED = [
    ("__import__('os').system('ls')", -2, 2, r"density must use x, numbers and the listed functions, got __import__ at character 1: try"),
    ("().__class__", -2, 2, r"^density must "),
    ("x.real", -2, 2, r"^density must "),
    ("open(x)", -2, 2, r"^density must "),
    ("lambda x: x", -2, 2, r"^density must "),
    ("", -2, 2, r"^density must "),
    ("y", -2, 2, r"^density must use x"),
    ("x", -1, 1, r"density must not be negative, got -1 at x = -1: try max\(0, \.\.\.\)"),
    ("(x-0.1234)^2 - 1e-7", -2, 2, r"density must not be negative, got -1e-07 at x = 0\.1234: try"),
    ("-exp(-x^2)", -30, 30, r"density must not be negative, got -1 at x = 0: try"),
    ("1/x", 0, 1, r"density must be finite, got infinity at x = 0: try"),
    ("1/sqrt(abs(x - 0.3))", 0, 1, r"density must be finite, got infinity at x = 0\.3: try"),
    ("1/abs(x^2 - 2)", 0, 3, r"density must be finite, got infinity at x = 1\.414: try"),
    ("abs(tan(x))", 0, 3, r"density must be finite, got infinity at x = 1\.571: try"),
    ("0*x", -2, 2, r"density must be above 0 somewhere in \[-2, 2\], got 0 all over it: try another formula"),
    ("[5 < x < 6]", -2, 2, r"density must be above 0 somewhere in \[-2, 2\], got 0 all over it: try a window around x = 5"),
    ("exp(-(x - 20)^2)", -5, 5, r"window must hold the mass of the density, got \[-5, 5\], and nearly all of it lies outside: try a window around x = 20"),
    ("exp(-(x - 20)^2) + 1e-30*exp(-x^2)", -5, 5, r"window must hold the mass of the density"),
    ("log(x)", -2, 2, r"density must have a value all over \[-2, 2\], got none at x = -2: try a condition in front"),
    ("sqrt(1 - x^2)", -2, 2, r"density must have a value all over \[-2, 2\], got none at x = -2"),
    ("exp(-x^2)", 3, -3, r"window must run from low to high in x, got \[3, -3\]: try \[3, 8\]"),
    ("exp(-x^2)", 2, 2, r"window must run from low to high in x"),
    ("+".join(["x^2"] * 200), 0, 1, r"text must be text of at most 500 characters"),
]


@pytest.mark.parametrize(("text", "low", "high", "said"), REFUSED, ids=[each[0][:30] for each in REFUSED])
def test_what_is_no_density_is_refused_in_one_sentence(text, low, high, said):
    with pytest.raises(ValueError, match=said) as refused:
        Typed(text, low, high)
    sentence = str(refused.value)
    assert "\n" not in sentence and len(sentence) < 250 and ": " in sentence


def test_a_link_with_a_bad_formula_gets_the_sentence_and_the_default():
    for cls in (Typed, TypedPlane):
        for text in ("__import__('os')", "-1", "0", "1/0", "<script>alert(1)</script>"):
            target, (problem,) = cls.from_query({"target.text": text}, "target")
            assert target == cls() and "density must" in problem and "\n" not in problem
    assert Typed.from_query({"text": "exp(-x^2)", "low": "-3", "high": "3"}) == (Typed("exp(-x^2)", -3, 3), [])
    assert Typed("  exp( -x^2 )   + \n 1") == Typed("exp( -x^2 ) + 1")


REFUSED_PLANE = [
    ("__import__('os')", (-2, 2), r"density must use x, y, numbers and the listed functions, got __import__ at character 1"),
    ("x*y", (-1, 1), r"density must not be negative, got -1 at x = -1, y = 1"),
    ("(x-0.123)^2 + (y+0.456)^2 - 1e-5", (-2, 2), r"density must not be negative, got -1e-05 at x = 0\.123, y = -0\.456"),
    ("1/(x^2 + y^2)", (-1, 1), r"density must be finite, got infinity at x = 0, y = 0"),
    ("1/sqrt((x-0.3)^2 + (y-sqrt(0.2))^2)", (-1, 1), r"density must be finite, got infinity at x = 0\.3, y = 0\.4472"),
    ("0*x*y", (-2, 2), r"density must be above 0 somewhere in \[-2, 2\] and \[-2, 2\], got 0 all over it"),
    (
        "exp(-(x-20)^2 - y^2)",
        (-4, 4),
        r"window must hold the mass of the density, got \[-4, 4\] and \[-4, 4\], and nearly all of it lies outside: try a window around x = ",
    ),
    ("log(x*y)", (-2, 2), r"density must have a value all over|density must not be negative"),
]


@pytest.mark.parametrize(("text", "ends", "said"), REFUSED_PLANE, ids=[each[0] for each in REFUSED_PLANE])
def test_what_is_no_density_in_the_plane_is_refused_in_one_sentence(text, ends, said):
    with pytest.raises(ValueError, match=said):
        TypedPlane(text, *ends, *ends)


@pytest.mark.parametrize(
    "text", ["sin(x)^2/x^2", "x^2 - 2x + 1", "exp(-x^2)/(1 + exp(-800x))", "x*log(x)^2*[x > 0]", "abs(x)^0.5", "1 - tanh(x)^2", "exp(-1/x^2)"]
)
def test_what_is_only_awkward_is_taken(text):
    target = Typed(text, -5, 5)
    assert np.isfinite([target.log_mass(), target.mean()[0], target.covariance()[0, 0]]).all()
    assert not np.isnan(target.log_prob(np.linspace(-6, 6, 1001)[:, None])).any()


# Noted, not refused

NOTED = [
    (Typed(MIXTURE, -2, 5), r"^the density is still 1\.8 % of its peak at x = 5: widen the window"),
    (Typed("exp(-x)", 0, 40), r"^the density is still 100 % of its peak at x = 0: widen the window"),
    (Typed("exp(-x^2) + exp(-(x - 12)^2)", -4, 4), r"another hill outside the window, 100 % of the peak inside, at x = 12"),
    (TypedPlane("exp(-x^2 - y^2)", -6, 6, -6, 0.5), r"^the density is still 78 % of its peak at y = 0\.5: widen the window"),
]


@pytest.mark.parametrize(("target", "said"), NOTED, ids=[each[0].text for each in NOTED])
def test_a_density_that_is_cut_off_is_noted(target, said):
    (note,) = target.notes()
    assert re.search(said, note)


@pytest.mark.parametrize(
    "target", [Typed("exp(-x^2)", -6, 6), Typed("x*(1 - x)", 0, 1), Typed("sqrt(1 - x^2)", -1, 1), Typed("[0 < x < 1]", -1, 2), TypedPlane()], ids=repr
)
def test_a_density_that_is_whole_is_not(target):
    assert target.notes() == ()


@pytest.mark.slow
def test_a_density_that_no_rule_can_follow_is_noted():
    for target in (Typed("2 + sin(1e9*x)", -2, 2), TypedPlane("2 + sin(1e6*x*y)", -2, 2, -2, 2)):
        assert any("only roughly known" in note for note in target.notes())
        assert target.log_mass() == pytest.approx(math.log(2 * 4**target.dim), abs=0.01)


# Bounded


@pytest.mark.slow
def test_any_text_gives_a_target_or_a_sentence_in_bounded_time():
    """300 strings of the pieces of formulas, from a fixed seed: each is a target that can be used, or a ValueError of one sentence."""
    pieces = ["x", "x", "2", "0.5", "1e3", "+", "-", "*", "/", "^", "(", ")", "exp(", "log(", "sin(", "sqrt(", "abs(", "[x > 0]", "-x^2", ",", "gamma(", "tan("]
    rng, taken = random.Random(4), 0
    for _ in range(300):
        text = "".join(rng.choice(pieces) for _ in range(rng.randint(1, 9)))
        text = f"exp(-abs({text}))" if rng.random() < 0.5 else text
        begun = time.perf_counter()
        try:
            target = Typed(text, -2, 3)
            assert np.isfinite(target.log_mass()) and not np.isnan(target.log_prob([[0.1], [9.0]])).any()
            taken += 1
        except ValueError as error:
            assert " must " in str(error) and "\n" not in str(error)
        assert time.perf_counter() - begun < 10
    assert taken > 15


def test_the_largest_formulas_are_looked_at_in_bounded_time():
    deep = "sin(" * 30 + "x" + ")" * 30 + " + 2"
    wide = "+".join(["x^2*y^2"] * 16) + "+exp(-x^2-y^2)"
    assert len(wide) < MOST_CHARACTERS
    for make in (lambda: Typed(deep, -2, 2), lambda: TypedPlane(wide, -2, 2, -2, 2)):
        begun = time.perf_counter()
        assert np.isfinite(make().log_prob(np.zeros(make().dim)))
        assert time.perf_counter() - begun < 10
