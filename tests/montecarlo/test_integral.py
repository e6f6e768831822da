"""Any integral: the reference against closed forms, and points whose error bars mean what they say."""

import math

import numpy as np
import pytest
from scipy import stats

from core.montecarlo.integral import ROUND, Integral
from core.montecarlo.pi import MonteCarlo, failure, run
from core.montecarlo.reference import reference
from core.progress import finish

ALARM = 1e-5
SHORT = 0.015  # by how much fewer an interval of 16 means that are not normal may hold
REPEATS = 200
CUBE = ((-1.0, 1.0),) * 3
KNOWN = [
    ("4 sqrt(1 - x^2)", ((0.0, 1.0),), math.pi),
    ("sin(x)", ((0.0, math.pi),), 2.0),
    ("1/sqrt(x)", ((0.0, 1.0),), 2.0),
    ("log(x)", ((0.0, 1.0),), -1.0),
    ("[x > 0.99999]", ((0.0, 1.0),), 1e-5),
    ("[x < 1/3]", ((0.0, 1.0),), 1 / 3),
    ("floor(10 x)", ((0.0, 1.0),), 4.5),
    ("exp(-100 (x - 0.3)^2)", ((-10.0, 10.0),), math.sqrt(math.pi) / 10),
    ("[x^2 + y^2 < 1]", CUBE[:2], math.pi),
    ("[x + y < 1]", ((0.0, 1.0),) * 2, 0.5),
    ("|x - y|", ((0.0, 1.0),) * 2, 1 / 3),
    ("1/sqrt(x + y)", ((0.0, 1.0),) * 2, 8 / 3 * (math.sqrt(2) - 1)),
    ("exp(-x^2 - y^2 - z^2)", ((-3.0, 3.0),) * 3, (math.sqrt(math.pi) * math.erf(3)) ** 3),
    ("x y z", ((0.0, 1.0),) * 3, 0.125),
    ("[x^2 + y^2 + z^2 < 1]", CUBE, 4 * math.pi / 3),
]


@pytest.mark.parametrize("text, box, truth", KNOWN, ids=[text for text, _, _ in KNOWN])
def test_the_reference_is_right_within_its_doubt(text, box, truth):
    value, doubt = reference(text, box)
    assert abs(value - truth) <= doubt < 0.1
    if "[" not in text and "|" not in text:
        assert value == pytest.approx(truth, rel=1e-7)


def test_a_function_without_an_integral_has_no_reference():
    assert not reference("1/x", ((0.0, 1.0),))[1] < 1
    assert math.isnan(reference("sqrt(x)", ((-1.0, 1.0),))[0])


SPECS = [Integral(n=960, generator=name) for name in ROUND]
SPECS += [Integral(f="exp(-x^2 - y^2 - z^2)", d=3, x_low=-1.0, z_high=2.0, n=960, generator=name) for name in ROUND]
SPECS += [Integral(f="[x + y < 1]", d=2, n=960)]


def coverage(spec, repeats=REPEATS, planted=1.0):
    """The share of intervals that hold the truth; a planted fault shrinks each around its estimate."""
    truth, held = reference(spec.f, spec.box())[0], 0
    for seed in range(repeats):
        found = finish(spec.run(seed)).found()
        held += abs(found.value - truth) <= 0 or (found.low - found.value) * planted <= truth - found.value <= (found.high - found.value) * planted
    return held / repeats


@pytest.mark.slow
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.f} {spec.generator}")
def test_95_percent_of_the_intervals_hold_and_planted_shorter_ones_do_not(spec):
    room = stats.norm.isf(ALARM / 2) * math.sqrt(0.95 * 0.05 / REPEATS)
    assert 0.95 - room - SHORT <= coverage(spec) <= 0.95 + room
    assert coverage(spec, planted=0.5) < 0.95 - room - SHORT


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.f} {spec.generator}")
def test_the_estimate_has_no_bias_and_planted_a_forgotten_side_has(spec):
    truth = reference(spec.f, spec.box())[0]
    values = np.array([finish(spec.run(seed)).found().value for seed in range(60)])
    spread = values.std(ddof=1) / math.sqrt(len(values))
    reach = stats.t.isf(ALARM / 2, len(values) - 1)
    assert abs(values.mean() - truth) < reach * spread
    assert abs(values.mean() / 1.5 - truth) > reach * spread


def test_the_standard_error_is_the_spread_of_the_estimates():
    for name in ROUND:
        results = [finish(Integral(f="exp(x)", n=1600, generator=name).run(seed)).found() for seed in range(100)]
        ratio = np.std([each.value for each in results], ddof=1) ** 2 / np.mean([each.standard_error**2 for each in results])
        assert 0.5 < ratio < 1.8, name


@pytest.mark.parametrize("name", ROUND)
@pytest.mark.parametrize("text", ["[x > 0.999999]", "[x < 0.999999]", "[|x - 0.30011| < 0.000001]"])
def test_an_event_never_seen_has_no_error_of_0(name, text):
    result = finish(Integral(f=text, n=320, generator=name).run(3))
    found = result.found()
    assert found.standard_error > 1e-4 and found.low <= found.truth <= found.high
    if name == "random" and "|" not in text:
        assert failure(result).name == "An event never seen"


def test_a_function_with_a_third_value_is_no_condition():
    found = finish(Integral(f="[x > 0.5] + 1000 [|x - 0.3001| < 0.00005]", n=100_000).run(1)).found()
    assert found.standard_error == pytest.approx(0.032, rel=0.5) and abs(found.z) < 4


def test_a_constant_is_known_without_an_error():
    found = finish(Integral(f="7", x_high=3.0).run(1)).found()
    assert found.value == pytest.approx(21) and found.standard_error == 0 and found.truth == pytest.approx(21)


def test_values_without_a_variance_are_named():
    assert failure(finish(run(MonteCarlo(Integral(f="1/x", x_low=1e-9))))).name == "Values without a variance"
    assert failure(finish(run(MonteCarlo(Integral(f="exp(x)"))))) is None


def test_even_points_and_mirrored_pairs_earn_their_keep():
    plain = finish(Integral(f="exp(x)", n=16_000).run(1)).found().standard_error
    for name in ("sobol", "halton", "antithetic"):
        assert finish(Integral(f="exp(x)", n=16_000, generator=name).run(1)).found().standard_error < plain / 4


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"f": "__import__('os')"}, "f must use x, y, z, numbers and the listed functions, got __import__"),
        ({"f": "x + y"}, "f must be a formula in x, got y too: try 2 variables"),
        ({"f": "sqrt(x - 0.5)"}, "f must have a value all over the box, got nan at x = 1e-09"),
        ({"f": ""}, "f must"),
        ({"f": "exp(x)", "x_high": 400.0}, "f must stay below 1e+100 over the volume of the box"),
        ({"f": "1e308 x"}, "f must stay below 1e+100 over the volume of the box"),
        ({"x_low": 2.0}, "x_low must lie below x_high, got 2 and 1"),
        ({"n": 3}, "n must lie in"),
    ],
)
def test_what_is_no_integral_is_refused_in_a_sentence(settings, words):
    with pytest.raises(ValueError) as error:
        Integral(**settings)
    assert words in str(error.value)
