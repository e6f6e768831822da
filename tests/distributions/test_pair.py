"""Two laws side by side: estimates from draws that are calibrated, failures by name, distances along a parameter."""

import math

import numpy as np
import pytest
from scipy import special

from core.distributions import (
    Beta,
    Binomial,
    Cauchy,
    Censored,
    Exponential,
    Gamma,
    GaussianMixture,
    Laplace,
    LogNormal,
    NegativeBinomial,
    Normal,
    Pareto,
    Poisson,
    StudentT,
    Uniform,
)
from core.distributions.closed_kl import closed_kl
from core.distributions.compare import divergences, kl
from core.distributions.coupling import NAMES, Potential, Terms, estimates, potential, spreads
from core.distributions.expectation import expectation
from core.distributions.pair import TICKS, Pair, course, course_key, draws, failures, frame, knobs, numbers, run
from core.presets.pair import PRESETS
from core.progress import finish

FALSE_ALARM = 1e-5
PAIRS = [
    (Normal(), Normal(1.0, 2.0)),
    (GaussianMixture(), Normal()),
    (Gamma(), LogNormal()),
    (Poisson(), NegativeBinomial()),
    (Uniform(), Normal()),
    (Beta(2.0, 5.0), Beta(0.5, 0.5)),
    (Laplace(), Normal()),
    (Censored(), Censored(Normal(0.5, 1.5))),
]


def done(p, q, n=10_000, seed=1):
    return finish(run(Pair(p, q, n, seed)))


def scores(p, q, terms=None, seeds=60, n=1000):
    """The z of every finite estimate over many seeds: (seeds, distances)."""
    exact, right = divergences(p, q), Terms(p, q)
    variances, terms, found = spreads(right, exact), terms or right, []
    for seed in range(seeds):
        x, y = next(draws(Pair(p, q, n, seed)))
        means = terms(x, True).mean(axis=1) + terms(y, False).mean(axis=1)
        found.append([each.z for each in estimates(exact, means, variances, n) if math.isfinite(each.z)])
    return np.array(found)


def calibrated(z):
    """Whether the mean square of independent z of variance 1 lies where it does but for one time in 1 / FALSE_ALARM (chi-squared)."""
    low, high = special.chdtri(len(z), [1 - FALSE_ALARM / 2, FALSE_ALARM / 2]) / len(z)
    return (low < np.mean(z**2, axis=0)) & (np.mean(z**2, axis=0) < high)


# The estimates


@pytest.mark.parametrize(("p", "q"), PAIRS, ids=repr)
def test_estimates_miss_the_exact_distance_as_their_standard_error_says(p, q):
    z = scores(p, q)
    assert z.shape[1] >= 4 and calibrated(z).all(), np.mean(z**2, axis=0)
    assert np.all(np.abs(z.mean(axis=0)) < -special.ndtri(FALSE_ALARM / 2) / math.sqrt(len(z))), "no bias"


def test_planted_a_wrong_potential_and_a_wrong_error_are_caught():
    p, q = PAIRS[0]
    wrong = Terms(p, q)
    wrong.phi = Potential(wrong.phi.knots + 0.5, wrong.phi.heights, wrong.phi.slopes)  # turns at the wrong place: no longer the largest difference
    assert abs(scores(p, q, wrong).mean(axis=0)[4]) > -special.ndtri(FALSE_ALARM / 2) / math.sqrt(60)
    assert not calibrated(2 * scores(p, q)).any()  # standard errors of half the size


def test_the_page_s_estimates_are_those_of_the_draws():
    result, terms = done(*PAIRS[2], n=100_000), Terms(*PAIRS[2])
    x, y = (np.concatenate(each) for each in zip(*draws(result.spec), strict=True))
    assert len(x) == 100_000 and [each.value for each in result.checks] == pytest.approx(list(terms(x, True).mean(axis=1) + terms(y, False).mean(axis=1)))


def test_the_exact_spreads_are_those_of_textbooks():
    p, q = Normal(), Normal(0.0, 2.0)
    spread = spreads(Terms(p, q), divergences(p, q))
    assert spread[0] == pytest.approx((3 / 8) ** 2 * 2, rel=1e-8)  # the log ratio is log 2 - 3 x^2 / 8, and x^2 has variance 2
    assert spread[1] == pytest.approx((3 / 8) ** 2 * 32, rel=1e-8)
    shifted = spreads(Terms(Normal(), Normal(2.0)), divergences(Normal(), Normal(2.0)))
    assert shifted[4] == pytest.approx(2, rel=1e-8) and shifted[0] == pytest.approx(4, rel=1e-8)


@pytest.mark.parametrize(("p", "q"), [*PAIRS, (StudentT(3.0), Normal()), (Pareto(2.5), Exponential()), (Binomial(), Poisson())], ids=repr)
def test_the_potential_reaches_w1_and_is_never_steeper_than_one(p, q):
    phi = potential(p, q)
    there, back = expectation(p, q, lambda p, q, x: np.stack([p.prob(x) * phi(x), q.prob(x) * phi(x)]))
    assert there - back == pytest.approx(divergences(p, q).w1, abs=2e-8)
    x = np.sort(np.concatenate([p.quantile(np.linspace(0.001, 0.999, 500)), q.quantile(np.linspace(0.001, 0.999, 500)), phi.knots]))
    assert np.all(np.abs(np.diff(phi(x))) <= np.diff(x) * (1 + 1e-12) + 1e-12)


def test_a_law_beside_itself():
    result = done(Normal(), Normal())
    assert [each.value for each in result.checks[:4]] == [0, 0, 0, 0] and abs(result.checks[4].z) < 5 and not failures(result)


def test_draws_on_an_end_of_the_support_are_moved_inside():
    p = Beta(0.05, 0.05)
    x = np.concatenate([block for block, _ in draws(Pair(p, Beta(2.0, 2.0), n=20_000))])
    assert np.all((x > 0) & (x < 1)) and np.isfinite(done(p, Beta(2.0, 2.0), 20_000).checks[0].value)
    assert np.any(p.sample(np.random.default_rng(0), 20_000) == 1.0), "without it, floats put some on the end"


# Failures


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_that_fails_names_it_and_no_other_does(preset):
    found = failures(finish(run(preset.spec)))
    assert bool(found) == bool(preset.fails)
    hand = preset.view[0]
    laws = f"hand.{type(preset.spec.p).__name__}.{type(preset.spec.q).__name__}"
    assert hand[0] == laws and hand[1].replace(": ", ".") in {f"{path[0]}.{path.split('.')[-1]}" for path in knobs(preset.spec)}


@pytest.mark.parametrize(
    ("p", "q", "names"),
    [
        (Normal(1.0), Exponential(), ["KL(p‖q) is infinite"]),
        (Exponential(), Normal(1.0), ["KL(q‖p) is infinite"]),
        (Uniform(0.0, 2.0), Uniform(1.0, 3.0), ["KL(p‖q) is infinite", "KL(q‖p) is infinite"]),
        (Cauchy(), Normal(), ["KL(p‖q) is infinite", "W1 is infinite"]),
        (StudentT(3.0), Normal(), ["Heavy weights"]),
        (StudentT(5.0), Normal(), []),
        (Censored(), Uniform(-2.0, 2.0), ["KL(p‖q) is infinite", "KL(q‖p) is infinite"]),
        (Poisson(), Normal(), ["Two kinds of law"]),
    ],
    ids=repr,
)
def test_what_fails_is_named(p, q, names):
    assert [each.name for each in failures(done(p, q))] == names


def test_why_a_divergence_is_infinite():
    outside, thin = failures(done(Normal(1.0), Exponential()))[0].why, failures(done(Cauchy(), Normal()))[0].why
    assert "q leaves out what p holds" in outside and "tails of q" in thin
    assert "q leaves out what p holds" in failures(done(Censored(), Uniform(-2.0, 2.0)))[0].why, "single values of which the other has none"


def test_heavy_weights_have_no_standard_error_and_light_ones_do():
    heavy, light = done(StudentT(4.0), Normal()).checks[0], done(StudentT(4.2), Normal()).checks[0]
    assert heavy.standard_error == math.inf and math.isnan(heavy.z) and math.isfinite(light.standard_error)


def test_two_kinds_have_no_numbers_but_a_frame_of_draws():
    result = done(Poisson(), Normal(), 500)
    assert not result.checks and all(math.isnan(value) for value in numbers(result).values())
    assert frame(result.spec)["law"].value_counts().to_dict() == {"p": 500, "q": 500}


# Along a parameter


@pytest.mark.parametrize(
    ("spec", "path"), [(Pair(), "q.Normal.mu"), (Pair(Poisson(), Poisson(2.0)), "p.Poisson.rate"), (Pair(Uniform()), "p.Uniform.low")], ids=repr
)
def test_a_course_holds_the_exact_distances_at_every_tick(spec, path):
    found = finish(course(spec, path))
    assert len(found.ticks) == len(found.pairs) == len(found.exact) <= TICKS + 1 and np.all(np.diff(found.ticks) > 0)
    assert spec.leaves()[path][1] in found.ticks
    for i in (0, len(found.ticks) // 2, -1):
        there = spec.with_leaf(path, float(found.ticks[i]))
        exact = divergences(there.p, there.q)
        assert found.pairs[i] == there and found.exact[i].tolist() == [getattr(exact, name) for name in NAMES]
    assert list(found.rows().columns) == [path, *NAMES.values()]


def test_letting_go_on_a_tick_asks_for_nothing_new():
    pair = Pair()
    assert course_key(pair, "q.Normal.mu") == course_key(pair.with_leaf("q.Normal.mu", 3.0), "q.Normal.mu")
    assert course_key(pair, "q.Normal.mu") == course_key(pair.replace(n=500, seed=9), "q.Normal.mu")
    assert course_key(pair, "q.Normal.mu") != course_key(pair.with_leaf("q.Normal.mu", 0.123), "q.Normal.mu")
    assert course_key(pair, "q.Normal.mu") != course_key(pair.swapped(), "q.Normal.mu")


def test_a_value_past_the_slider_s_end_has_ticks_around_it():
    found = finish(course(Pair(q=Normal(40.0, 1.0)), "q.Normal.mu"))
    assert 40.0 in found.ticks and found.ticks[0] < 40 < found.ticks[-1] and len(found.ticks) > 40


def test_swapping_turns_the_divergences_round():
    there, back = done(*PAIRS[0]).exact, done(*PAIRS[0][::-1]).exact
    assert (there.kl_pq, there.kl_qp, there.js, there.tv, there.w1) == pytest.approx((back.kl_qp, back.kl_pq, back.js, back.tv, back.w1), rel=1e-9)


@pytest.mark.parametrize("law", [Normal, Exponential, Poisson, Laplace])
def test_closed_forms_are_what_the_quadrature_finds(law):
    rng = np.random.default_rng(3)
    for _ in range(8):
        p, q = (law(*rng.uniform(0.3, 4.0, len(law.params()))) for _ in range(2))
        symbols, filled, value = closed_kl(p, q)
        assert value == pytest.approx(kl(p, q), rel=1e-8, abs=1e-9) and "<" not in symbols + filled
    assert closed_kl(Normal(), Laplace()) is None


def test_the_same_spec_gives_the_same_bits():
    assert repr(numbers(done(Gamma(), LogNormal()))) == repr(numbers(done(Gamma(), LogNormal())))
