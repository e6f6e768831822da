"""Averages against known answers: bands hold 95 % of the walks, bells appear, the bootstrap's atom is 1 - (1 - 1/n)^n."""

import math

import numpy as np
import pytest
from scipy import special

from core.distributions import Bernoulli, Cauchy, Exponential, Normal, Pareto, Poisson, StudentT
from core.montecarlo.limits import QUESTIONS, Bootstrap, CentralLimit, LargeNumbers, Limits, failure, numbers, run, standards
from core.presets.limits import PRESETS, QUESTION
from core.progress import finish
from core.reels.limits import limits
from core.reels.wire import packed_bytes
from core.rng import stream

FALSE_ALARM = 1e-5


def done(dist, question, seed=1):
    return finish(run(Limits(dist, question, seed)))


@pytest.mark.parametrize("dist", [Normal(), Exponential(), Bernoulli(p=0.3), Poisson()], ids=lambda dist: dist.title)
def test_the_band_holds_95_percent_of_the_walks(dist):
    inside, total = 0, 0
    for seed in range(40):
        result = done(dist, LargeNumbers(n=1000, n_walks=50), seed)
        inside += round(result.inside()[-1] * 50)
        total += 50
    share, error = inside / total, math.sqrt(0.95 * 0.05 / total)
    assert abs(share - 0.95) < -special.ndtri(FALSE_ALARM / 2) * error + 0.005  # 0.005: the binomial and Poisson means are lattices


def test_a_band_of_the_wrong_width_is_caught():
    inside = (
        sum(float(np.mean(np.abs(r.means[:, -1]) <= 0.9 * r.band()[-1])) for r in (done(Normal(), LargeNumbers(n=1000, n_walks=50), s) for s in range(40))) / 40
    )
    assert abs(inside - 0.95) > -special.ndtri(FALSE_ALARM / 2) * math.sqrt(0.95 * 0.05 / 2000)


def test_running_means_are_those_of_the_draws():
    result = done(Normal(mu=2), LargeNumbers(n=100, n_walks=3), 5)
    values = Normal(mu=2).sample(stream(5, "walk 1"), 100)
    assert result.means[1, -1] == pytest.approx(values.mean(), rel=1e-12) and result.stops[-1] == 100


def test_walks_do_not_change_when_another_is_added():
    few, more = done(Normal(), LargeNumbers(n_walks=5)), done(Normal(), LargeNumbers(n_walks=6))
    assert np.array_equal(few.means, more.means[:5])


def test_the_means_of_a_normal_law_are_normal_at_every_n_and_those_of_an_exponential_get_there():
    normal = done(Normal(mu=3, sigma=2), CentralLimit())
    assert normal.gaps.max() < special.kolmogi(FALSE_ALARM / 64) / math.sqrt(normal.n_means)
    skewed = done(Exponential(), CentralLimit(n=256, n_means=20_000))
    assert skewed.gaps[0] == pytest.approx(0.1587, abs=0.02)  # the gap of the exponential itself is ndtr(-1)
    assert skewed.gaps[-1] < 0.2 * skewed.gaps[0]
    assert skewed.skewness()[63] == pytest.approx(2 / 8)


def test_a_cauchy_is_centred_by_its_median_and_no_bell_appears():
    assert standards(Cauchy(location=3, scale=2)) == pytest.approx((3, 2))
    result = done(Cauchy(), CentralLimit())
    assert result.gaps[-1] > 10 * result.floor() and result.gaps[-1] > result.gaps[0]


def test_the_bootstrap_guesses_the_error_of_a_mean_and_not_of_a_maximum():
    result = done(Exponential(), Bootstrap(n=400, n_resamples=10_000), 4)
    shown = numbers(result)
    assert shown["bootstrap standard error of the mean"] == pytest.approx(np.std(result.sample) / 20, rel=0.05)
    share, theory = shown["resamples whose maximum is the sample's"], shown["theory of that share"]
    assert theory == pytest.approx(1 - (1 - 1 / 400) ** 400)
    assert abs(share - theory) < -special.ndtri(FALSE_ALARM / 2) * math.sqrt(theory * (1 - theory) / 10_000)
    assert not np.any(result.resampled[1] > result.sample.max())


def test_ties_at_the_maximum_are_counted():
    result = done(Bernoulli(p=0.5), Bootstrap(n=20))
    ones = int(result.sample.sum())
    assert numbers(result)["theory of that share"] == pytest.approx(1 - (1 - ones / 20) ** 20)


def test_the_percentile_interval_of_a_normal_mean_covers_it_about_as_often_as_it_should():
    hits = 0
    for seed in range(400):
        shown = numbers(done(Normal(), Bootstrap(n=100, n_resamples=500), seed))
        hits += shown["95 % interval, low"] <= 0 <= shown["95 % interval, high"]
    assert abs(hits / 400 - 0.94) < -special.ndtri(FALSE_ALARM / 2) * math.sqrt(0.94 * 0.06 / 400)  # known to fall about 1 % short at n = 100


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("dist", [Exponential(), Cauchy(), Poisson(), Pareto(shape=1.5), StudentT(df=2.0), Bernoulli(p=1.0)], ids=repr)
def test_every_reel_builds_and_is_small(question, dist):
    result = done(dist, question())
    reel = limits(result)
    assert (len(result.rows()) > 10 and result.rows().notna().all(axis=None)) or not math.isfinite(dist.skewness())
    assert packed_bytes(reel) < 300_000 and reel.n_rows() < 60_000 and reel.captions


def test_what_fails_is_named():
    assert failure(Limits(Cauchy(), LargeNumbers())).name == "No mean to settle on"
    assert failure(Limits(Pareto(shape=1.5), CentralLimit())).name == "Infinite variance"
    assert failure(Limits(Normal(), Bootstrap())).name == "The bootstrap of a maximum fails"
    assert failure(Limits(Normal(), LargeNumbers())) is None
    assert all(bool(preset.fails) == bool(failure(preset.spec)) or isinstance(preset.spec.question, Bootstrap) for preset in PRESETS)


def test_the_same_spec_gives_the_same_bits():
    for question in QUESTIONS:
        assert repr(numbers(done(Exponential(), question()))) == repr(numbers(done(Exponential(), question())))


def test_the_answer_that_is_called_right_is_right():
    """Averages of 100 Cauchy draws follow the Cauchy law itself (Kolmogorov at FALSE_ALARM); one scaled by 10 is caught."""
    averages = np.sort(Cauchy().sample(stream(8, "averages"), 400_000).reshape(-1, 100).mean(axis=1))
    place, critical = np.arange(len(averages) + 1) / len(averages), special.kolmogi(FALSE_ALARM) / math.sqrt(len(averages))
    gaps = [np.max(np.maximum(place[1:] - cdf, cdf - place[:-1])) for cdf in (Cauchy().cdf(averages), Cauchy(scale=0.1).cdf(averages))]
    assert gaps[0] < critical < gaps[1]
    assert QUESTION.answers[QUESTION.right] == "no less at all" and isinstance(QUESTION.preset.spec.dist, Cauchy)
