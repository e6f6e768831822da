"""Updating: intervals that keep their promise, evidence by formula, failures by name."""

import math

import numpy as np
import pytest
from scipy import special

from core.distributions import Beta, Gamma, Normal
from core.distributions.conjugate import update
from core.distributions.conjugate_pairs import PAIRS, BetaBinomialPair, GammaPoissonPair, NormalNormalPair
from core.distributions.updating import (
    MOST,
    Updating,
    conflict,
    failures,
    numbers,
    observations,
    promised,
    run,
)
from core.presets.question import Question
from core.presets.updating import PRESETS, QUESTION, TEN_HEADS
from core.progress import finish
from core.rng import stream

FALSE_ALARM = 1e-5
RUNS = 800
WITH_TRUTH = {BetaBinomialPair: "share", GammaPoissonPair: "events", NormalNormalPair: "centre"}


def done(pair=None, n=60, seed=1):
    return finish(run(Updating(pair or BetaBinomialPair(), n, seed)))


# Calibration: truths drawn from the prior


def truths(pair):
    return pair.prior().sample(stream(11, type(pair).__name__), RUNS)


def places(pair, n, learn):
    """Where each truth, drawn from the prior, lies in the posterior of data drawn from the truth: (RUNS,), uniform if all is right."""
    field, found = WITH_TRUTH[type(pair)], np.empty(RUNS)
    for i, truth in enumerate(truths(pair)):
        data = observations(Updating(pair.replace(**{field: float(truth)}), n, seed=i))
        found[i] = learn(pair, data).cdf(truth)
    return found


def right(pair, data):
    return update(pair.prior(), pair.likelihood(), data).posterior


def precision_twice(pair, data):
    """Plant a bug: what the data tell is counted twice."""
    return right(pair, np.concatenate([data, data]))


def coverage_is_right(u):
    inside = np.mean((u > 0.025) & (u < 0.975))
    return abs(inside - 0.95) < -special.ndtri(FALSE_ALARM / 2) * math.sqrt(0.95 * 0.05 / len(u))


def is_uniform(u):
    """Whether the largest gap of the empirical CDF to the uniform one is no larger than once in 1 / FALSE_ALARM (Kolmogorov)."""
    u, place = np.sort(u), np.arange(len(u) + 1) / len(u)
    gap = max(np.max(place[1:] - u), np.max(u - place[:-1]))
    return gap < special.kolmogi(FALSE_ALARM) / math.sqrt(len(u))


@pytest.mark.parametrize("pair", [cls() for cls in PAIRS], ids=lambda pair: type(pair).__name__)
@pytest.mark.parametrize("n", [1, 12])
def test_intervals_hold_truths_drawn_from_the_prior_as_often_as_they_promise(pair, n):
    u = places(pair, n, right)
    assert coverage_is_right(u) and is_uniform(u)


@pytest.mark.parametrize("pair", [cls() for cls in PAIRS], ids=lambda pair: type(pair).__name__)
def test_planted_data_counted_twice_are_caught(pair):
    assert not coverage_is_right(places(pair, 12, precision_twice))


def test_the_intervals_of_a_run_are_those_of_its_posteriors():
    for cls in PAIRS:
        result = done(cls(), 25)
        for k in (0, 1, 13, 25):
            posterior = update(result.spec.pair.prior(), result.spec.pair.likelihood(), result.data[:k]).posterior
            assert result.updates[k].posterior == posterior
            assert posterior.cdf(result.intervals[k]) == pytest.approx([0.025, 0.975], abs=1e-9)
        table = result.rows()
        assert len(table) == 26 and table["mean"].iloc[-1] == numbers(result)["posterior mean"]


# Evidence and conflict, by formula


def test_the_evidence_is_the_integral_of_prior_times_likelihood():
    tosses = done(BetaBinomialPair(a=2.5, b=1.5, trials=3), 20)
    s, m = tosses.data.sum(), 3 * 20
    ways = np.sum(special.gammaln(4) - special.gammaln(tosses.data + 1) - special.gammaln(4 - tosses.data))
    assert tosses.evidence[-1] == pytest.approx(ways + special.betaln(2.5 + s, 1.5 + m - s) - special.betaln(2.5, 1.5), rel=1e-12)
    calls = done(GammaPoissonPair(), 15)
    a, b, total = 2.0, 0.5, calls.data.sum()
    exact = a * math.log(b) - special.gammaln(a) + special.gammaln(a + total) - (a + total) * math.log(b + 15) - special.gammaln(calls.data + 1).sum()
    assert calls.evidence[-1] == pytest.approx(exact, rel=1e-12)
    lengths = done(NormalNormalPair(), 10)
    joint = 3.0**2 * np.ones((10, 10)) + 2.0**2 * np.eye(10)  # the law of all ten values, the mean integrated out
    exact = -0.5 * (lengths.data @ np.linalg.solve(joint, lengths.data) + np.linalg.slogdet(2 * math.pi * joint)[1])
    assert lengths.evidence[-1] == pytest.approx(exact, rel=1e-10) and lengths.evidence[0] == 0


def test_the_conflict_is_the_tail_of_the_prior_predictive_law():
    ten = finish(run(TEN_HEADS.spec))
    exact = math.exp(special.betaln(22, 12) - special.betaln(12, 12))
    assert conflict(ten) == pytest.approx(2 * exact, rel=1e-12) and numbers(ten)["prior predictive tail"] == conflict(ten)
    lengths = done(NormalNormalPair(), 16)
    z = lengths.data.mean() / math.hypot(3.0, 2.0 / 4)
    assert conflict(lengths) == pytest.approx(2 * special.ndtr(-abs(z)), rel=1e-9)


@pytest.mark.parametrize("pair", [cls() for cls in PAIRS], ids=lambda pair: type(pair).__name__)
def test_data_that_fit_the_prior_are_called_a_conflict_no_more_often_than_the_threshold_says(pair):
    field, alarms = WITH_TRUTH[type(pair)], 0
    for i, truth in enumerate(truths(pair)):
        data = observations(Updating(pair.replace(**{field: float(truth)}), 8, seed=i))
        law, total = pair.total(data)
        alarms += 2 * min(law.cdf(total), law.sf(total) + (law.prob(total) if law.discrete else 0.0)) < 0.01
    assert alarms / RUNS < 0.01 - special.ndtri(FALSE_ALARM) * math.sqrt(0.01 * 0.99 / RUNS)


# Failures and promises


def test_a_wrong_known_spread_breaks_the_promise_by_as_much_as_it_says():
    pair = NormalNormalPair(sigma=1000.0, known=1.0, noise=2.0)
    held = promised(pair)
    assert held == pytest.approx(2 * special.ndtr(0.5 * 1.959963985) - 1, rel=1e-9)
    inside = 0
    for seed in range(RUNS):
        low, high = right(pair, observations(Updating(pair, 20, seed))).quantile(np.array([0.025, 0.975]))
        inside += low <= pair.truth() <= high
    assert abs(inside / RUNS - held) < -special.ndtri(FALSE_ALARM / 2) * math.sqrt(held * (1 - held) / RUNS) and held < 0.7


@pytest.mark.parametrize(
    ("pair", "names"),
    [
        (BetaBinomialPair(), []),
        (NormalNormalPair(), []),
        (NormalNormalPair(noise=2.05), []),
        (BetaBinomialPair(a=200.0, b=3.0, share=0.2), ["A stubborn prior"]),
        (GammaPoissonPair(shape=40.0, rate=40.0, events=9.0), ["A stubborn prior"]),
        (NormalNormalPair(known=4.0), ["A wrong known spread: intervals too wide"]),
        (NormalNormalPair(mu=-9.0, sigma=0.2, known=0.5), ["A wrong known spread: intervals too narrow", "A stubborn prior"]),
    ],
    ids=repr,
)
def test_what_fails_is_named(pair, names):
    assert [each.name for each in failures(done(pair, 40))] == names


def test_data_next_to_impossible_are_said_without_a_division():
    why = failures(done(BetaBinomialPair(a=1e6, b=1e-3, share=0.0), 40))[0].why
    assert "next to impossible" in why


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_that_fails_names_it_and_no_other_does(preset):
    assert bool(preset.fails) == bool(failures(finish(run(preset.spec))))


# Runs, and the question


def test_a_longer_run_begins_with_the_same_data():
    for cls in PAIRS:
        short, long = observations(Updating(cls(), 7, 5)), observations(Updating(cls(), MOST, 5))
        assert np.array_equal(short, long[:7]) and len(long) == MOST
    assert repr(numbers(done(seed=4))) == repr(numbers(done(seed=4)))


def test_a_run_reports_on_its_way():
    reports = list(run(Updating(n=120)))
    assert [each.done for each in reports] == [50, 100, 120] and len(reports[0].result.updates) == 51


def test_the_scaled_likelihood_is_the_posterior_of_a_flat_prior():
    data = np.array([1.0, 0, 1, 1])
    assert BetaBinomialPair().scaled(data) == Beta(4.0, 2.0) and BetaBinomialPair(trials=2).alone(data) == 3 / 8
    assert GammaPoissonPair().scaled(data) == Gamma(4.0, 4.0)
    assert NormalNormalPair(known=2.0).scaled(data) == Normal(0.75, 1.0)
    grid = np.linspace(1e-3, 8, 4001)
    likelihood = np.exp(3 * np.log(grid) - 4 * grid)
    assert GammaPoissonPair().scaled(data).prob(grid) == pytest.approx(likelihood / np.trapezoid(likelihood, grid), rel=1e-4, abs=1e-6)


def test_the_answer_that_is_called_right_is_right():
    assert numbers(finish(run(TEN_HEADS.spec)))["posterior mean"] == pytest.approx(22 / 34)
    assert f"{22 / 34:.2f}" == QUESTION.answers[QUESTION.right] and Beta(12.0, 12.0).sd() == pytest.approx(0.1)
    assert numbers(finish(run(TEN_HEADS.spec.replace(pair=BetaBinomialPair(1.0, 1.0, share=1.0)))))["posterior mean"] == pytest.approx(11 / 12)  # "0.92"


def test_a_question_says_something_to_every_answer():
    for place, answer in enumerate(QUESTION.answers):
        said = QUESTION.verdict(answer)
        assert QUESTION.because in said and said.startswith("**Yes" if place == QUESTION.right else "**Not") and QUESTION.astray[place] in said
    with pytest.raises(ValueError, match="right must lie in"):
        Question("?", ("a", "b"), 2, "so", ("x", "y"), TEN_HEADS)
    with pytest.raises(ValueError, match="astray must have a text for each wrong answer alone"):
        Question("?", ("a", "b"), 0, "so", ("", ""), TEN_HEADS)
