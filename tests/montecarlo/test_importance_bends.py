"""Narrow steps, hidden peaks and gaps: the truth is right or it is not told, and no error bar is 0 over a step that no draw hit."""

import math

import numpy as np
import pytest
from scipy import special

from core.distributions import Cauchy, LogNormal, Normal, StudentT, Uniform
from core.formula import parse
from core.montecarlo.importance import Importance, failure, run
from core.montecarlo.importance_bends import bends
from core.montecarlo.importance_coverage import Coverage
from core.montecarlo.importance_dimension import Dimension
from core.montecarlo.importance_expectation import Expectation
from core.montecarlo.importance_theory import theory
from core.montecarlo.weights import running
from core.progress import finish
from core.rng import stream

FALSE_ALARM = 1e-5
ALARM = float(-special.ndtri(FALSE_ALARM / 2))
WIDE = Normal(0.0, 1.5)


def done(question, seed=1):
    return finish(run(Importance(question, seed)))


def share(low, high):
    return float(special.ndtr(high) - special.ndtr(low))


# The truth


@pytest.mark.parametrize("width", [1e-6, 0.003, 0.01, 0.02])
def test_the_mean_of_a_narrow_step_is_its_probability_wherever_it_stands(width):
    for low in stream(1, "steps").uniform(-2.5, 2.5, 8):
        low, high = float(f"{low:.9f}"), float(f"{low + width:.9f}")
        found = theory(Normal(), WIDE, f"[x > {low:.9f}][x < {high:.9f}]")
        assert found.mean == pytest.approx(share(low, high), rel=1e-6) and found.known
        squares = float(Normal().prob(low) ** 2 / WIDE.prob(low)) * (high - low)  # p²/q over so short a step
        assert found.plain.sd == pytest.approx(math.sqrt(squares - found.mean**2), rel=3 * width)


@pytest.mark.parametrize(
    ("f", "truth"),
    [
        ("[x > 1.2][x < 1.21]", share(1.2, 1.21)),
        ("[abs(x - 1.2345) < 0.0005]", share(1.234, 1.235)),
        ("1000 [(x - 1.2345)^2 < 0.00000001]", 1000 * share(1.2344, 1.2346)),
        ("where(1.2 < x < 1.2001, 3, 1)", 1 + 2 * share(1.2, 1.2001)),
        ("max(0, 0.001 - abs(x - 1))", 1e-6 * math.exp(-0.5) / math.sqrt(2 * math.pi)),
        ("exp(-100000000 (x - 1.2345)^2)", math.sqrt(math.pi / 1e8) * float(Normal().prob(1.2345))),
        ("floor(10 x)", -0.5),
        ("abs(x)^-0.5", 2**-0.25 * math.gamma(0.25) / math.sqrt(math.pi)),
    ],
)
def test_the_mean_of_what_jumps_or_peaks_is_the_known_answer(f, truth):
    found = theory(Normal(), WIDE, f)
    assert found.known and found.mean == pytest.approx(truth, rel=1e-6)


@pytest.mark.parametrize("f", ["[sin(100000 x) > 0.9]", "sqrt((x - 1.2345)^2 - 0.000001)"])
def test_what_cannot_be_followed_is_not_told_and_is_named(f):
    assert not theory(Normal(), WIDE, f).known and math.isnan(theory(Normal(), WIDE, f).mean)
    assert failure(done(Expectation(f=f, n=200))).name == "The truth is not known"


def test_a_doubt_is_not_raised_without_need():
    for p, f in ((StudentT(3.0), "x^2"), (Normal(), "cos(3x)"), (Cauchy(), "sqrt(abs(x))"), (Normal(), "[x > 6]"), (Normal(), "exp(x)"), (Normal(), "0")):
        assert theory(p, p, f).known
    assert theory(Cauchy(), Cauchy(), "x").known, "that has no mean, and this is known"


def test_cuts_are_where_the_sides_are_equal_and_a_grid_alone_misses_them():
    grid, f = np.linspace(-6, 6, 1001), parse("[abs(x - 1.2345) < 0.0005]")
    found = bends(f, grid)
    assert all(np.abs(found - place).min() < 1e-12 for place in (1.234, 1.2345, 1.235))
    assert not f.evaluate(grid).any()


# The error bar


@pytest.mark.parametrize("f", ["[abs(x - 1.2345) < 0.0005]", "7 [abs(x - 1.2345) < 0.0005]", "2 + [1.2 < x < 1.2001]"])
def test_a_step_that_no_draw_hit_has_an_error_and_an_interval_that_holds(f):
    result = done(Expectation(f=f, n=100))
    for kind in ("plain", "normalised"):
        found = result.found(kind)
        assert found.standard_error > 1e-3 and found.holds
    floor = float(result.values.min())
    blind = running(result.log_weights, result.values, np.array([100]), (floor, floor)).normalised.last()
    assert blind[1] < 1e-3, "ends that know nothing of the step would give no error"


def test_draws_beyond_the_ends_that_were_looked_at_move_them():
    found = running(np.zeros(3), np.array([5.0, 5.0, 5.0]), np.array([3]), (0.0, 1.0)).normalised
    assert found.low[-1] <= 5.0 <= found.high[-1] and found.low[-1] < 5.0


def test_an_interval_holds_its_own_value():
    for seed in range(5):
        found = done(Dimension(n=10, width=20.0, shift=20.0), seed).found()
        assert found.low <= found.value <= found.high


@pytest.mark.parametrize("kind", ["plain", "normalised"])
def test_intervals_from_ten_draws_hold_and_those_with_196_do_not(kind):
    """2,000 runs; w x is no normal law, hence a percent of room."""
    result = done(Coverage(f="x", n=10, n_repeats=2000, reported=kind), 5)
    value, error = result.of()[:, 0], result.of()[:, 1]
    slack = ALARM * math.sqrt(0.95 * 0.05 / 2000)
    assert abs(result.found().value - 0.95) < 0.01 + slack
    assert np.mean(np.abs(value) < 1.96 * error) < 0.95 - slack


# What is refused, and what is not


@pytest.mark.parametrize("f", ["log(x + 3)", "sqrt(x + 3)", "(x + 4)^0.5"])
def test_f_must_have_a_value_also_far_out(f):
    with pytest.raises(ValueError, match="f must have a value wherever the target has mass"):
        Expectation(f=f)
    assert Expectation(target=Uniform(-2.0, 2.0), f=f).f == f


def test_what_is_left_out_without_any_mass_is_not_left_out():
    result = done(Expectation(proposal=Uniform(-50.0, 50.0)))
    assert result.theory.missed == 0 and failure(result) is None
    assert result.theory.plain.sd == pytest.approx(math.sqrt(100 * 3 / (8 * math.sqrt(math.pi)) - 1), rel=1e-8), "E_q w² f² = 100 ∫ x⁴ φ²"
    assert failure(done(Expectation(proposal=Uniform(-2.0, 50.0)))).name == "The proposal leaves out a part of the target"


def test_a_wide_law_that_ends_at_0_is_followed_to_its_end():
    """In log x both laws are normal: E w² z² is the factor 1 / √(2/σ² - 1/s²) s/σ² over the precision 2/σ² - 1/s²."""
    found, precision = theory(LogNormal(0.0, 0.5), LogNormal(0.0, 2.0), "log(x)"), 2 / 0.25 - 1 / 4
    assert found.plain.log_sd == pytest.approx(0.5 * math.log(2 / 0.25 / math.sqrt(precision) / precision), abs=1e-8)
