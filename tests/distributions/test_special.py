"""The special functions at values that are published or known in closed form."""

import math

import mpmath as mp
import numpy as np
import pytest

from core.distributions import Beta, Binomial, Gamma, GaussianMixture, LogNormal, Poisson, StudentT, Weibull
from core.distributions.modifiers.gaussian_mixture import Part
from core.distributions.special import (
    deviance,
    digamma_error,
    log1mexp,
    log1p_square,
    log1pmx,
    log_binomial,
    log_complement,
    log_poisson,
    log_share,
    stirling_error,
)
from core.distributions.tails import log_beta_tails, log_gamma_tails


def near(want, rel=1e-12):
    return pytest.approx(want, rel=rel, abs=0)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        # where SciPy 1.17 gives -inf, or digits that are wrong from the first on
        (lambda: Gamma(5).log_sf(2000.0), -1972.7724429860),
        (lambda: Beta(50, 2).log_cdf(1e-10), -1147.3607208644),
        (lambda: Poisson(1000.0).log_cdf(10), -946.0168196296),
        (lambda: Weibull(1e6).skewness(), -1.1395411328),
        (lambda: Weibull(1e6).excess_kurtosis(), 2.3999710825),
        (lambda: Poisson(1e6).entropy(), 0.5 * math.log(2 * math.pi * math.e * 1e6) - 1 / 12e6 - 1 / 24e12),
        (lambda: LogNormal(0, 1e-6).excess_kurtosis(), 16e-12 + 15e-24),
    ],
)
def test_where_the_common_library_fails(got, want):
    assert got() == pytest.approx(want, rel=1e-7)


def test_the_poisson_entropy_at_a_million_is_the_published_one():
    assert Poisson(1e6).entropy() == pytest.approx(8.3267, abs=5e-5)


@pytest.mark.parametrize("u", [-0.999, -0.41, -0.39, -1e-3, -1e-12, 1e-15, 1e-6, 0.1, 0.39, 0.41, 5.0, 1e9])
def test_log1pmx(u):
    with mp.workdps(50):
        assert float(log1pmx(u)) == near(float(mp.log1p(mp.mpf(u)) - mp.mpf(u)), rel=1e-14)


@pytest.mark.parametrize("x", [1e-9, 0.3, 1.0, 9.99, 10.0, 200.0, 1e8])
def test_stirling_and_digamma_errors(x):
    with mp.workdps(50):
        n = mp.mpf(x)
        assert float(stirling_error(x)) == pytest.approx(float(mp.loggamma(n + 1) - (n * mp.log(n) - n + mp.log(2 * mp.pi * n) / 2)), rel=1e-13, abs=4e-15)
        assert float(digamma_error(x)) == pytest.approx(float(mp.log(n) - 1 / (2 * n) - mp.digamma(n)), rel=1e-13, abs=4e-15)


def test_logs_of_complements_and_shares():
    assert float(log1mexp(1e-20)) == near(math.log(1e-20))
    assert float(log1mexp(800.0)) == 0.0
    assert float(log1mexp(0.0)) == -math.inf
    assert float(log_complement(math.log(0.25))) == near(math.log(0.75))
    assert float(log_share(1.0, 3.0)) == near(math.log(0.25))
    assert float(log_share(1.0, 1e-20)) == near(-1e-20)
    assert float(log_share(0.0, 1.0)) == -math.inf
    assert float(log1p_square(1e200)) == near(400 * math.log(10))
    assert float(log1p_square(-1e-9)) == near(1e-18)


def test_masses_at_huge_counts():
    with mp.workdps(50):
        for k, rate in [(10**9, 1.00001e9), (10**12, 1e12), (3, 1e-12), (0, 5.0), (10, 1e6)]:
            want = k * mp.log(mp.mpf(rate)) - mp.mpf(rate) - mp.loggamma(k + 1)
            assert float(log_poisson(k, rate)) == near(float(want), rel=1e-13)
        for k, n, p in [(5 * 10**8, 10**9, 0.5), (0, 10**9, 1e-12), (10**9, 10**9, 0.9), (7, 20, 0.25)]:
            q = mp.mpf(1) - mp.mpf(p)
            want = mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1) + k * mp.log(mp.mpf(p)) + (n - k) * mp.log(q)
            assert float(log_binomial(k, n - k, p, 1 - p)) == near(float(want), rel=1e-12)
    assert float(deviance(0.0, 3.0)) == 3.0
    assert float(deviance(2.0, 2.0)) == 0.0


def test_tails_where_they_are_known_in_closed_form():
    below, above = log_gamma_tails(1.0, np.array([1e-300, 0.5, 800.0, 1e5]))  # exponential
    assert above == near(-np.array([1e-300, 0.5, 800.0, 1e5]))
    assert below[:2] == near(np.log(-np.expm1(-np.array([1e-300, 0.5]))))
    below, above = log_beta_tails(1.0, 1e9, 1e-5, 1 - 1e-5)  # 1 - (1 - x)^b
    assert float(above) == near(1e9 * math.log1p(-1e-5))
    below, above = log_beta_tails(1e9, 1.0, 1 - 1e-5, 1e-5)  # x^a
    assert float(below) == near(1e9 * math.log1p(-1e-5))
    below, above = log_beta_tails(1e9, 1e9, 0.5, 0.5)  # by symmetry
    assert float(below) == near(-math.log(2))
    assert float(above) == near(-math.log(2))


def test_tails_join_where_the_method_changes():
    """Both sides of the switch at 200 agree with each other through the recurrence in the parameter."""
    x = np.array([120.0, 180.0, 199.0, 230.0, 300.0])
    for a in (199.5, 200.5):  # Q(a + 1, x) = Q(a, x) + x^a e^-x / Gamma(a + 1)
        left, right = np.exp(log_gamma_tails(a + 1, x)[1]), np.exp(log_gamma_tails(a, x)[1]) + np.exp(log_poisson(a, x))
        assert left == near(right)


def test_large_parameters_meet_the_normal_law():
    normal = 0.5 * math.log(2 * math.pi * math.e)
    assert StudentT(1e12).entropy() == near(normal + 1e-12, rel=1e-15)
    assert Gamma(1e10).entropy() == near(normal + 0.5 * math.log(1e10) - 1 / 3e10, rel=1e-14)
    assert Beta(1e10, 1e10).entropy() == near(normal - 0.5 * math.log(8e10), rel=1e-10)
    assert Binomial(10**9, 0.5).entropy() == near(normal + 0.5 * math.log(0.25e9), rel=1e-9)
    assert GaussianMixture((Part(1.0, 3.0, 2.0), Part(2.0, 3.0, 2.0))).entropy() == near(normal + math.log(2))
