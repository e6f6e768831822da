"""Adaptive rejection: the hull stays above log f and its chords below, it is drawn from exactly, and what is not log-concave is named with its place."""

import math

import numpy as np
import pytest
from scipy import integrate, special, stats

from core.distributions import Beta, Cauchy, Exponential, Gamma, Laplace, Logistic, Normal, StudentT, Triangular, Uniform
from core.montecarlo.adaptive import Hull, begun, bend, slopes, support
from core.montecarlo.envelopes import Tangents
from core.montecarlo.rejection import Rejection, failure, numbers, run
from core.progress import finish
from core.rng import stream
from core.targets import FunctionTarget, Hills, Law, Typed

FALSE_ALARM = 1e-5
ALARM = float(-special.ndtri(FALSE_ALARM / 2))
CONCAVE = [Normal(2.0, 3.0), Gamma(3.0), Gamma(1.0), Logistic(), Laplace(), Beta(2.0, 3.0), Triangular(), Exponential(), Uniform()]


def done(spec):
    return finish(run(spec))


@pytest.mark.parametrize("law", CONCAVE, ids=repr)
def test_every_hull_lies_above_and_its_chords_below_and_each_is_smaller_than_the_last(law):
    target = Law(law)
    result = done(Rejection(target=target, envelope=Tangents(), n=3000, squeeze=True))
    x = np.linspace(*law.window(), 20_001)[1:-1]
    f = target.log_prob(x[:, None])
    areas = []
    for _, hull in result.hulls:
        assert np.all(hull.upper(x) >= f - 1e-6) and np.all(hull.lower(x) <= f + 1e-9)
        areas.append(hull.log_area())
    assert np.all(np.diff(areas) <= 1e-9) and areas[-1] >= -1e-6 and len(result.hulls) == len({len(hull.x) for _, hull in result.hulls})


@pytest.mark.parametrize("law", CONCAVE, ids=repr)
def test_adaptive_draws_are_from_the_target(law):
    result = done(Rejection(target=Law(law), envelope=Tangents(), n=50_000, squeeze=True))
    assert stats.kstest(law.cdf(result.accepted[:, 0]), "uniform").pvalue > FALSE_ALARM
    assert failure(result) is None and abs(result.found().z) < ALARM
    assert not numbers(result)["z of the acceptance"] > ALARM and result.acceptance().truth > 0.98
    assert result.looks < 2000


def test_a_squeeze_that_is_the_hull_itself_is_caught(monkeypatch):
    """Then everything is accepted unseen, and what is drawn is the first hull."""
    monkeypatch.setattr(Hull, "lower", Hull.upper)
    law = Normal()
    result = done(Rejection(target=Law(law), envelope=Tangents(), n=50_000, squeeze=True))
    assert stats.kstest(law.cdf(result.accepted[:, 0]), "uniform").pvalue < FALSE_ALARM


def test_without_a_squeeze_it_looks_at_every_dart():
    plain, squeezed = (done(Rejection(target=Law(Normal()), envelope=Tangents(), n=20_000, squeeze=squeeze)) for squeeze in (False, True))
    assert plain.looks == 20_000 and squeezed.looks < 1000 and numbers(squeezed)["looks saved by the squeeze"] == 20_000 - squeezed.looks


HULLS = [
    Hull.of(np.array([-1.0, 0.5, 2.0]), np.array([-0.5, -0.1, -2.0]), np.array([1.0, -0.3, -2.0]), -math.inf, math.inf),
    Hull.of(np.array([0.2, 0.8]), np.array([0.0, 0.3]), np.array([2.0, 0.0]), 0.0, 1.0),
    Hull.of(np.array([0.5]), np.array([700.0]), np.array([300.0]), 0.0, 1.0),
    Hull.of(np.array([0.0, 1.0, 2.0]), np.array([0.0, -1.0, -2.0]), np.array([-1.0, -1.0, -1.0]), -2.0, math.inf),
]


@pytest.mark.parametrize("hull", HULLS, ids=["open", "boxed", "steep", "parallel"])
def test_a_hull_has_its_area_and_its_draws_fit_it(hull):
    low, high = max(hull.low, -60), min(hull.high, 60)
    if hull.x[0] == 0.5:
        low = 0.8
    top = float(hull.upper(np.linspace(low, high, 10_001)).max())
    points = [each for each in hull.turns if low < each < high]

    def mass(to):
        return integrate.quad(lambda x: math.exp(float(hull.upper(np.array(x))) - top), low, to, points=[p for p in points if p < to] or None, limit=400)[0]

    assert hull.log_area() == pytest.approx(top + math.log(mass(high)), rel=1e-6)
    draws = hull.sample(stream(1, "draws"), 20_000)
    quantiles = np.quantile(draws, [0.05, 0.3, 0.5, 0.8, 0.97])
    for q, at in zip([0.05, 0.3, 0.5, 0.8, 0.97], quantiles, strict=True):
        assert abs(mass(at) / mass(high) - q) < ALARM * math.sqrt(q * (1 - q) / 20_000) + 1e-6
    assert np.all((draws >= hull.low) & (draws <= hull.high))


def test_the_hull_is_the_smallest_tangent():
    rng = stream(3, "lines")
    for _ in range(200):
        x, s = np.sort(rng.normal(size=7)), rng.normal(size=7)
        hull = Hull.of(x, rng.normal(size=7), s, -3.0, 3.0)
        at = rng.uniform(-3, 3, 500)
        assert hull.upper(at) == pytest.approx((hull.h + hull.s * (at[:, None] - hull.x)).min(axis=1), abs=1e-9)
        assert np.all(np.diff(hull.turns) >= 0)


@pytest.mark.parametrize(
    ("target", "low", "high"),
    [
        (Law(StudentT(df=3.0)), math.sqrt(3), None),
        (Law(Cauchy()), 1.0, None),
        (Typed(), 0.885, 1.825),
        (Hills(), None, None),
        (Typed("exp(x^2)", -1.0, 1.0), -1, 1),
        (Typed("where(x < 0, 1, 0) + where(x > 1, 1, 0)", -1.0, 2.0), 0, 1),
    ],
    ids=repr,
)
def test_a_target_that_is_not_log_concave_is_named_with_its_place(target, low, high):
    where = bend(target)
    assert "log f bends upwards for x in [" in where or "the density is 0 between" in where
    numbers_in = [float(each.strip("[], ")) for each in where.replace(" and ", " ").split() if each.strip("[], ").lstrip("-").replace(".", "").isdigit()]
    window = target.window[0]
    slack = 0.01 * float(np.ptp(window))
    if low is not None and high is None:  # the nearer end of the left of two stretches
        assert numbers_in[-1] == pytest.approx(-low, abs=slack)
    elif low is not None:
        assert numbers_in[-2:] == pytest.approx([low, high], abs=slack)
    result = done(Rejection(target=target, envelope=Tangents(), n=300))
    assert failure(result).name == "The target is not log-concave" and where in failure(result).why


@pytest.mark.parametrize("law", CONCAVE, ids=repr)
def test_a_log_concave_target_is_not_suspected(law):
    assert bend(Law(law)) == ""


def test_what_a_hull_that_is_none_cuts_off_is_the_integral():
    result = done(Rejection(envelope=Tangents(), n=2000))
    hull = result.hulls[-1][1]

    def below(x, k):
        f = 0.3 * math.exp(-(x**2)) + 0.7 * math.exp(-((x - 3) ** 2))
        return x**k * min(f, math.exp(float(hull.upper(np.array(x)))))

    mass, first = (integrate.quad(below, -2, 5, args=(k,), points=hull.turns[1:-1], limit=400)[0] for k in (0, 1))
    assert result.tends_to() == pytest.approx(first / mass, rel=1e-6)
    assert result.cut.mass == pytest.approx(1 - mass / numbers(result)["mass of the target, Z"], rel=1e-6)


def test_slopes_beside_a_corner_are_those_of_a_side():
    target = Law(Laplace())
    x = np.concatenate([-np.geomspace(1e-3, 3, 50), np.geomspace(1e-3, 3, 50)])
    assert slopes(target, x) == pytest.approx(-np.sign(x), abs=1e-6)
    assert slopes(Law(Normal()), x) == pytest.approx(-x, abs=1e-8)


@pytest.mark.parametrize(
    ("target", "ends"),
    [(Law(Normal()), (-math.inf, math.inf)), (Law(Gamma(2.0)), (0, math.inf)), (Law(Beta(2.0, 2.0)), (0, 1)), (Typed(), (-2, 5))],
    ids=repr,
)
def test_the_support_is_found(target, ends):
    assert support(target) == pytest.approx(ends, abs=1e-9)


def test_tangents_start_where_the_hull_closes():
    target = FunctionTarget(lambda x: -((np.asarray(x)[..., 0] - 40) ** 2) / 2, 1, window=[[-1, 1]])
    hull, looks = begun(target, 2)
    assert math.isfinite(hull.log_area()) and looks == len(hull.x) > 2
    with pytest.raises(ValueError, match="envelope must close over the target"):
        begun(FunctionTarget(lambda x: 0 * np.asarray(x)[..., 0], 1), 2)


def test_far_down_in_logs_nothing_is_lost():
    target = FunctionTarget(lambda x: -(np.asarray(x)[..., 0] ** 2) / 2 - 2000, 1, window=[[-6, 6]])
    result = done(Rejection(target=target, envelope=Tangents(), n=20_000, squeeze=True))
    assert stats.kstest(result.accepted[:, 0], "norm").pvalue > FALSE_ALARM and abs(numbers(result)["z of the acceptance"]) < ALARM
