"""Pareto k and smoothed weights against arviz-stats, and against what is known of the tail."""

import math
import warnings

import numpy as np
import pytest
from arviz_stats.base import array_stats
from scipy import special, stats

from core.montecarlo.pareto import fit, psis, threshold, verdict
from core.rng import stream

FALSE_ALARM = 1e-5
ALARM = float(-special.ndtri(FALSE_ALARM / 2))
WEIGHTS = {
    "normal": lambda rng, n: rng.normal(size=n),
    "wide": lambda rng, n: 5 * rng.normal(size=n),
    "narrow": lambda rng, n: 1e-3 * rng.normal(size=n),
    "far below": lambda rng, n: 3 * rng.normal(size=n) - 2000,
    "far above": lambda rng, n: 3 * rng.normal(size=n) + 2000,
    "heavy": lambda rng, n: 1.5 * rng.exponential(size=n),
    "finite": lambda rng, n: 0.3 * rng.exponential(size=n),
    "bounded": lambda rng, n: np.log(rng.random(n)),
    "short tail": lambda rng, n: -(rng.exponential(size=n) ** 2),
    "two proposals": lambda rng, n: np.where(rng.random(n) < 0.02, 4.0, 0.0) + 0.1 * rng.normal(size=n),
    "ties": lambda rng, n: np.round(2 * rng.normal(size=n), 1),
    "some of no weight": lambda rng, n: np.where(rng.random(n) < 0.3, -math.inf, rng.normal(size=n)),
    "importance": lambda rng, n: (lambda x: 2 - 2 * x)(rng.normal(2, 1, n)),
}
SIZES = (25, 30, 99, 225, 226, 1000, 4567, 100_000)


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("kind", WEIGHTS)
def test_k_and_smoothed_weights_are_those_of_arviz_stats(kind, n):
    for seed in range(3):
        logs = WEIGHTS[kind](stream(seed, kind, str(n)), n)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            smoothed, k = array_stats.psislw(-logs)
        ours = psis(logs)
        if ours.why or math.isinf(ours.k):  # a tail so tied that its lower quarter is no tail: arviz-stats then divides by 0
            assert kind == "ties" and n < 1000
            continue
        assert ours.k == pytest.approx(float(k), abs=1e-9)
        assert np.allclose(np.sort(ours.log_weights), np.sort(smoothed), atol=1e-7, equal_nan=True), "ties may stand in another order"
        if kind != "ties":
            assert np.allclose(ours.log_weights[np.isfinite(logs)], smoothed[np.isfinite(logs)], atol=1e-7)
        assert special.logsumexp(ours.log_weights) == pytest.approx(0, abs=1e-10)


def test_a_constant_changes_nothing():
    logs = stream(1, "weights").normal(size=1000) * 2
    assert psis(logs - 2000).k == pytest.approx(psis(logs).k, abs=1e-9) and psis(logs + 5).k == pytest.approx(psis(logs).k, abs=1e-9)


@pytest.mark.parametrize(("n", "tail"), [(25, 5), (224, 44), (225, 45), (226, 45), (10_000, 300), (12_345, 333)])
def test_the_tail_has_a_fifth_of_the_weights_or_three_roots(n, tail):
    assert psis(stream(1, "weights").normal(size=n)).n_tail == tail


NO_TAIL = [(np.zeros(1000), "all alike"), (np.full(500, -2000.0), "all alike"), (np.arange(20.0), "fewer than 25")]


@pytest.mark.parametrize(("logs", "why"), [*NO_TAIL, (np.full(50, -math.inf), "no draw")], ids=["alike", "alike far below", "few", "nothing"])
def test_what_has_no_tail_says_so(logs, why):
    found = psis(logs)
    assert found.k == math.inf and why in found.why and why in verdict(found.k, len(logs), found.why)


@pytest.mark.parametrize(("logs", "why"), NO_TAIL, ids=["alike", "alike far below", "few"])
def test_arviz_stats_refuses_it_too(logs, why):
    with pytest.raises(ValueError, match="tail"):
        array_stats.psislw(-logs)


def test_weights_all_alike_stay_as_they_are():
    assert np.allclose(psis(np.full(1000, -2000.0)).log_weights, -math.log(1000))


def test_weights_that_vanish_beside_the_largest_are_the_worst():
    found = psis(3000 * stream(1, "weights").normal(size=1000))
    assert found.k == math.inf and not found.why and "cannot be trusted" in verdict(found.k, 1000)


@pytest.mark.parametrize("k", [-0.3, 0.2, 0.6, 1.1])
def test_the_fit_finds_the_shape_it_was_given_and_a_wrong_one_is_caught(k):
    """The prior pulls by (n k + 5) / (n + 10); the posterior scatters by about (1 + k) / √n."""
    n, sigma = 20_000, 3.0
    shape, scale = fit(np.sort(stats.genpareto.rvs(k, scale=sigma, size=n, random_state=stream(4, "tail"))))
    slack = ALARM * (1 + max(k, 0)) / math.sqrt(n) + 5 / n
    assert abs(shape - k) < slack < abs(shape - (k + 0.2)) and scale == pytest.approx(sigma, rel=ALARM * 2 / math.sqrt(n) + 0.01)


def test_a_fit_without_its_prior_is_caught():
    x = np.sort(stats.genpareto.rvs(0.2, size=50, random_state=stream(4, "few")))
    shape, _ = fit(x)
    plain = (shape * 60 - 5) / 50
    assert abs(plain - shape) > 1e-3


def test_words_follow_the_thresholds():
    assert threshold(1000) == pytest.approx(2 / 3) and threshold(10**6) == 0.7 and threshold(100) == 0.5
    assert "reliable" in verdict(0.4, 1000) and "finite" in verdict(0.4, 1000) and "infinite" in verdict(0.6, 1000)
    assert f"about {round(10 ** (1 / 0.31)):,}" in verdict(0.69, 1000) and "above 0.7" in verdict(0.8, 10**6) and "above 1" in verdict(1.2, 10**6)
