"""Resampling: copies come in the right numbers, the points kept follow the target, and as many survive as theory says."""

import math

import numpy as np
import pytest
from scipy import special

from core.distributions import Normal, Uniform
from core.montecarlo.importance import Importance, failure, numbers, run
from core.montecarlo.resampling import METHODS, Resample, multinomial, survivors, systematic
from core.montecarlo.weights import shares
from core.progress import finish
from core.rng import stream

FALSE_ALARM = 1e-5
ALARM = float(-special.ndtri(FALSE_ALARM / 2))
PICKS = {"multinomial": multinomial, "systematic": systematic}
SHARES = np.array([0.5, 0.25, 0.2, 0.04, 0.01, 0.0])


def done(question, seed=1):
    return finish(run(Importance(question, seed)))


@pytest.mark.parametrize("method", METHODS)
def test_each_point_is_kept_in_proportion_to_its_weight_and_equal_shares_are_caught(method):
    """Mean copies over 2,000 rounds of 50, against their binomial error; a comb scatters less."""
    rng, rounds, m = stream(1, method), 2000, 50
    copies = np.mean([np.bincount(PICKS[method](rng, SHARES, m), minlength=6) for _ in range(rounds)], axis=0)
    error = np.sqrt(m * SHARES * (1 - SHARES) / rounds)
    assert np.all(np.abs(copies - m * SHARES) <= ALARM * error + 1e-12) and copies[-1] == 0
    assert np.any(np.abs(copies - m / 6) > ALARM * error)


def test_a_comb_takes_a_share_rounded_down_or_up_and_independent_draws_do_not():
    rng = stream(2, "comb")
    held = rng.dirichlet(np.ones(30))
    for _ in range(50):
        copies = np.bincount(systematic(rng, held, 100), minlength=30)
        assert np.all(copies >= np.floor(100 * held)) and np.all(copies <= np.ceil(100 * held))
    assert any(np.any(np.abs(np.bincount(multinomial(rng, held, 100), minlength=30) - 100 * held) > 1) for _ in range(50))


@pytest.mark.parametrize("method", METHODS)
def test_as_many_points_survive_as_expected_and_a_wrong_number_is_caught(method):
    rng = stream(3, method)
    held = shares(1.5 * rng.normal(size=400))
    found = np.array([len(np.unique(PICKS[method](rng, held, 300))) for _ in range(400)])
    error = found.std(ddof=1) / math.sqrt(400)
    other = METHODS[1 - METHODS.index(method)]
    assert abs(found.mean() - survivors(held, 300, method)) < ALARM * error + 1e-9 < abs(found.mean() - survivors(held, 300, other))


def test_points_kept_follow_the_target_and_unweighted_ones_are_caught():
    result = done(Resample(n=20_000, m=20_000, method="systematic"))
    shown = numbers(result)
    assert shown["distance to the target"] < 0.03 < result.distance(np.ones(20_000))


def test_the_error_is_the_spread_over_seeds_and_without_the_second_part_it_is_too_small():
    """200 seeds: the sample standard deviation scatters by 1/√400."""
    found = [done(Resample(m=300), seed).found() for seed in range(200)]
    spread, claimed = np.std([each.value for each in found], ddof=1), np.mean([each.standard_error for each in found])
    first = np.mean([done(Resample(m=300), seed).drawn.found("normalised").standard_error for seed in range(20)])
    assert abs(spread / claimed - 1) < ALARM / math.sqrt(400) < abs(spread / first - 1)


def test_a_comb_adds_next_to_nothing():
    for seed in range(10):
        result = done(Resample(method="systematic"), seed)
        assert abs(result.found().value - result.drawn.found("normalised").value) < 0.3 * result.found().standard_error


def test_without_any_weight_nothing_is_kept():
    result = done(Resample(target=Uniform(20.0, 30.0)))
    assert len(result.kept) == 0 and math.isnan(result.found().value) and result.found().standard_error == math.inf and failure(result)


def test_few_survivors_are_named():
    trouble = failure(done(Resample(proposal=Normal(0.0, 60.0), n=800, m=1000)))
    assert trouble.name in ("Few points survive", "The error bar lies") and any(letter.isdigit() for letter in trouble.why)


def test_rows_hold_how_often_each_was_kept():
    result = done(Resample(m=500))
    rows = result.rows()
    assert rows["copies"].sum() == 500 and rows["share"].sum() == pytest.approx(1) and np.count_nonzero(rows["copies"]) == result.distinct()


@pytest.mark.parametrize("n", [10, 20, 29, 100])
def test_few_draws_with_equal_weights_are_not_called_impoverished(n):
    assert failure(done(Resample(proposal=Normal(), n=n, f="x"))) is None


def test_ten_draws_of_which_hardly_any_counts_are_called_so():
    worth = [numbers(done(Resample(target=Uniform(0.0, 1.0), proposal=Uniform(-10.0, 10.0), n=12, f="1"), seed))["effective draws"] for seed in range(8)]
    assert min(worth) < 6
    names = [failure(done(Resample(target=Uniform(0.0, 1.0), proposal=Uniform(-10.0, 10.0), n=12, f="1"), seed)) for seed in range(8)]
    assert all(found is not None and found.name == "Few points survive" for found, held in zip(names, worth, strict=True) if held < 6)
