"""Distances between laws, and conjugate updates, against closed forms and against sums over a grid."""

import math

import numpy as np
import pytest
from scipy import special

from core.distributions import (
    Arcsine,
    Beta,
    Binomial,
    Cauchy,
    Censored,
    Exponential,
    Gamma,
    GaussianMixture,
    HalfCauchy,
    HalfNormal,
    InverseGamma,
    LogLogistic,
    LogNormal,
    Normal,
    Pareto,
    Poisson,
    StudentT,
    Uniform,
    Weibull,
    Zipf,
)
from core.distributions.compare import cdf_gap, divergences, kl, total_variation
from core.distributions.conjugate import update
from core.distributions.expectation import expectation


def normal_kl(p, q):
    return math.log(q.sigma / p.sigma) + (p.sigma**2 + (p.mu - q.mu) ** 2) / (2 * q.sigma**2) - 0.5


def exponential_kl(p, q):
    return math.log(p.rate / q.rate) + q.rate / p.rate - 1


def poisson_kl(p, q):
    return p.rate * math.log(p.rate / q.rate) + q.rate - p.rate


CLOSED = [
    (normal_kl, Normal(), Normal(1, 2)),
    (normal_kl, Normal(0, 1e-3), Normal(5, 1e3)),
    (normal_kl, Normal(1e6, 1), Normal(1e6, 1.01)),
    (exponential_kl, Exponential(1), Exponential(3)),
    (poisson_kl, Poisson(2), Poisson(5)),
    (poisson_kl, Poisson(1e5), Poisson(1.01e5)),
]


@pytest.mark.parametrize(("formula", "p", "q"), CLOSED)
def test_kl_is_the_closed_form_both_ways(formula, p, q):
    found = divergences(p, q)
    assert found.kl_pq == pytest.approx(formula(p, q), rel=1e-8, abs=1e-9)
    assert found.kl_qp == pytest.approx(formula(q, p), rel=1e-8, abs=1e-9)


def test_uniform_laws():
    found = divergences(Uniform(0, 1), Uniform(-1, 2))
    middle = 0.5 * math.log(1 / (2 / 3)) + 0.5 * (math.log((1 / 3) / (2 / 3)) / 3 + 2 / 3 * math.log(2))
    assert found.kl_pq == pytest.approx(math.log(3), abs=1e-10) and found.kl_qp == math.inf
    assert (found.js, found.tv, found.w1) == pytest.approx((middle, 2 / 3, 0.5), abs=1e-9)


def test_variation_and_transport_by_formula():
    shifted = divergences(Normal(), Normal(0.7))
    assert shifted.tv == pytest.approx(2 * Normal().cdf(0.35) - 1, abs=1e-9) and shifted.w1 == pytest.approx(0.7, rel=1e-9)
    cauchy = divergences(Cauchy(), Cauchy(1))
    assert cauchy.kl_pq == pytest.approx(math.log(1.25), abs=1e-8)
    assert (cauchy.tv, cauchy.w1) == pytest.approx((2 / math.pi * math.atan(0.5), 1.0), abs=1e-8)
    assert divergences(Pareto(1.5), Pareto(2.5)).w1 == pytest.approx(3 - 5 / 3, rel=1e-8)
    assert divergences(Exponential(1), Exponential(3)).w1 == pytest.approx(2 / 3, rel=1e-9)
    assert divergences(Poisson(2), Poisson(5)).w1 == pytest.approx(3, rel=1e-9)
    assert kl(Zipf(2.5), Zipf(3)) == pytest.approx(0.0346256252, abs=1e-8)


@pytest.mark.parametrize("law", [Normal(), Beta(0.4, 0.4), StudentT(1), Gamma(0.5), Poisson(3), Zipf(2.5), Binomial(12, 0.2)], ids=repr)
def test_a_law_is_no_distance_from_itself(law):
    found = divergences(law, law)
    assert (found.kl_pq, found.kl_qp, found.js, found.tv, found.w1) == pytest.approx((0,) * 5, abs=1e-12)


@pytest.mark.parametrize(
    ("p", "q"),
    [(Cauchy(), Normal()), (StudentT(1.9), Normal()), (Uniform(0, 2), Uniform(0, 1)), (Poisson(3), Binomial(10, 0.3)), (Gamma(1), InverseGamma())],
    ids=repr,
)
def test_infinite_where_it_is_infinite(p, q):
    assert kl(p, q) == math.inf


def test_heavy_tails_add_up_where_they_do():
    found = divergences(StudentT(3), Normal())
    assert found.kl_pq == pytest.approx(-StudentT(3).entropy() + 0.5 * math.log(2 * math.pi) + 1.5, abs=1e-8)
    assert divergences(Cauchy(), Normal()).w1 == math.inf


def test_densities_that_climb_to_infinity():
    gamma = special.gammaln(2) - special.gammaln(0.5) - 1.5 * special.digamma(0.5)
    assert kl(Gamma(0.5), Gamma(2)) == pytest.approx(gamma, abs=1e-8)
    mean_log = special.digamma(0.4) - special.digamma(0.8)
    beta = special.betaln(2, 2) - special.betaln(0.4, 0.4) - 3.2 * mean_log
    assert kl(Beta(0.4, 0.4), Beta(2, 2)) == pytest.approx(beta, abs=5e-4)  # next to 1 floats are too coarse for more


@pytest.mark.parametrize(("p", "q"), [(Normal(), Normal(1, 2)), (Poisson(2), Poisson(5)), (Cauchy(), Normal()), (Beta(0.4, 0.4), Beta(2, 2))], ids=repr)
def test_distances_keep_their_order(p, q):
    there, back = divergences(p, q), divergences(q, p)
    assert 0 <= there.tv <= 1 and 0 <= there.js <= math.log(2) and there.tv == pytest.approx(total_variation(p, q))
    assert (there.kl_pq, there.js, there.tv, there.w1) == pytest.approx((back.kl_qp, back.js, back.tv, back.w1), rel=1e-8)
    assert 2 * there.tv**2 <= min(there.kl_pq, there.kl_qp) + 1e-12  # Pinsker
    assert there.tv**2 / 2 <= there.js + 1e-12 and there.js <= there.tv * math.log(2) + 1e-12


def test_a_pair_of_two_kinds_gets_a_sentence():
    found = divergences(Normal(), Poisson())
    assert math.isnan(found.kl_pq) and math.isnan(found.w1) and found.note.startswith("both laws must be discrete")
    assert math.isnan(total_variation(Normal(), Poisson()))


def by_crossings(p, q):
    """Total variation from the CDFs between the crossings of the densities, found on a fine grid and by bisection."""
    levels = np.linspace(1e-6, 1 - 1e-6, 20_001)
    x = np.unique(np.concatenate([np.geomspace(1e-14, 1e14, 200_001), p.quantile(levels), q.quantile(levels)]))
    above = p.prob(x) > q.prob(x)
    turns = np.flatnonzero(above[1:] != above[:-1])
    low, high, before = x[turns], x[turns + 1], above[turns]
    for _ in range(80):
        middle = 0.5 * (low + high)
        same = (p.prob(middle) > q.prob(middle)) == before
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    edges = np.concatenate([[0.0], high, [math.inf]])
    return 0.5 * np.abs(np.diff(p.cdf(edges)) - np.diff(q.cdf(edges))).sum()


# each has a crossing that lies between the outermost node of a panel and its end
@pytest.mark.parametrize(
    ("p", "q"),
    [
        (HalfCauchy(scale=0.227), Weibull(shape=1.47, scale=4.54)),
        (LogNormal(mu=0.85, sigma=0.14), Weibull(shape=1.5, scale=1.0)),
        (HalfNormal(sigma=1.0), Gamma(shape=4.62, rate=1.73)),
    ],
    ids=repr,
)
def test_a_bend_beside_the_end_of_a_panel_is_seen(p, q):
    assert total_variation(p, q) == pytest.approx(by_crossings(p, q), abs=2e-10)


def test_a_pole_inside_the_other_law_s_support_is_no_infinity():
    found = divergences(Arcsine(), Exponential())
    assert all(map(math.isfinite, (found.kl_pq, found.js, found.tv, found.w1))) and found.kl_qp == math.inf
    assert found.kl_pq == pytest.approx(-Arcsine().entropy() + 0.5, abs=1e-4)  # -E log q = E x = 1/2; floats are coarse beside the pole at 1
    assert divergences(Cauchy(0, 3.55), LogLogistic(0.294, 0.944)).kl_qp == pytest.approx(1.838644, abs=1e-6)


def test_atoms_beside_a_density_count_as_masses():
    p, q = Censored(Normal(), -1.0, 1.0), Censored(Normal(0.5), -1.0, 1.0)
    x = np.linspace(-1, 1, 100_001)
    a, b, ends = Normal().prob(x), Normal(0.5).prob(x), [(special.ndtr(-1), special.ndtr(-1.5)), (special.ndtr(-1), special.ndtr(-0.5))]
    found = divergences(p, q)
    assert found.kl_pq == pytest.approx(np.trapezoid(a * np.log(a / b), x) + sum(m * math.log(m / n) for m, n in ends), abs=1e-9)
    assert found.tv == pytest.approx(0.5 * np.trapezoid(np.abs(a - b), x) + 0.5 * sum(abs(m - n) for m, n in ends), abs=1e-9)
    assert found.w1 == pytest.approx(np.trapezoid(Normal().cdf(x) - Normal(0.5).cdf(x), x), abs=1e-9)
    beside = divergences(p, Normal())
    assert beside.kl_pq == beside.kl_qp == math.inf and beside.tv == pytest.approx(2 * special.ndtr(-1), abs=1e-9)
    assert total_variation(p, Normal()) == beside.tv and kl(p, q) == found.kl_pq


def test_several_expectations_at_once():
    p, q = Normal(), GaussianMixture()
    one, square, shifted = expectation(p, q, lambda p, q, x: np.stack([p.prob(x), p.prob(x) * x**2, q.prob(x) * x]))
    assert (one, square, shifted) == pytest.approx((1, 1, q.mean()), abs=1e-9)
    k = expectation(Poisson(3), Zipf(3.5), lambda p, q, k: np.stack([p.prob(k) * k, q.prob(k) * k]))
    assert k == pytest.approx((3, Zipf(3.5).mean()), abs=1e-7)


def test_the_gap_of_cdfs_keeps_its_digits_on_both_sides():
    for side in (-1, 1):
        gap = cdf_gap(Normal(), Normal(0.5), np.array([side * 9.0]))[0]
        assert gap == pytest.approx(special.ndtr(-9) - special.ndtr(-9.5) if side < 0 else special.ndtr(-8.5) - special.ndtr(-9), rel=1e-12)


def test_planted_a_wrong_spread_is_noticed():
    assert divergences(Normal(), Normal(0, 1 + 1e-6)).tv > 1e-7


# Conjugate pairs, against Bayes on a grid


def on_a_grid(prior, members, data, grid):
    """Return the posterior density on the grid, and its mean, from prior times likelihood."""
    log_p = prior.log_prob(grid) + np.array([member.log_prob(data).sum() for member in members])
    density = np.exp(log_p - log_p.max())
    return density / np.trapezoid(density, grid)


CASES = [
    (Beta(2, 3), Binomial(10, 0.5), [3, 7, 5], np.linspace(1e-4, 1 - 1e-4, 4001), lambda p: Binomial(10, p)),
    (Gamma(2, 1), Poisson(1), [4, 0, 6, 3], np.linspace(1e-3, 25, 4001), Poisson),
    (Normal(1, 2), Normal(0, 0.5), [3.0, 2.2, 2.9], np.linspace(-5, 8, 4001), lambda mu: Normal(mu, 0.5)),
]


@pytest.mark.parametrize(("prior", "likelihood", "data", "grid", "member"), CASES)
def test_an_update_is_bayes_on_a_grid(prior, likelihood, data, grid, member):
    found, members = update(prior, likelihood, data), [member(float(each)) for each in grid]
    density = on_a_grid(prior, members, np.array(data, float), grid)
    assert found.posterior.prob(grid) == pytest.approx(density, rel=1e-4, abs=1e-5)
    for x in (0, 2, 3):
        want = np.trapezoid(density * np.array([each.prob(x) for each in members]), grid)
        assert found.predictive.prob(x) == pytest.approx(want, rel=1e-4)
    wrong = update(prior, likelihood, data[:-1]).posterior  # planted: a value forgotten
    assert np.abs(wrong.prob(grid) - density).max() > 0.01


def test_no_data_leave_the_prior():
    for prior, likelihood, *_ in CASES:
        assert update(prior, likelihood, []).posterior == prior


def test_one_by_one_is_all_at_once():
    for prior, likelihood, data, *_ in CASES:
        belief = prior
        for each in data:
            belief = update(belief, likelihood, [each]).posterior
        assert list(belief.to_dict().values())[1:] == pytest.approx(list(update(prior, likelihood, data).posterior.to_dict().values())[1:])


@pytest.mark.parametrize(
    ("prior", "likelihood", "data", "words"),
    [
        (Beta(), Poisson(), [1], "prior and likelihood must be one of Beta and Binomial"),
        (Beta(), Binomial(5), [6], "data must be values of the Binomial law, got 6"),
        (Gamma(), Poisson(), [0.5], "data must be values of the Poisson law, got 0.5"),
        (Normal(), Normal(), [math.nan], "got nan"),
    ],
)
def test_what_cannot_be_updated_is_refused(prior, likelihood, data, words):
    with pytest.raises(ValueError, match=words):
        update(prior, likelihood, data)
