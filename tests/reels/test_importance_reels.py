"""The reels of the importance page: small on the wire, true to the result, and whole for every odd result."""

import math

import numpy as np
import pytest

from core.distributions import Gamma, GaussianMixture, Normal, StudentT, Uniform
from core.montecarlo.importance import QUESTIONS, Importance, run
from core.montecarlo.importance_coverage import Coverage
from core.montecarlo.importance_dimension import Dimension
from core.montecarlo.importance_expectation import Expectation
from core.montecarlo.rare import Rare
from core.montecarlo.resampling import Resample
from core.montecarlo.weights import shares
from core.presets.importance import PRESETS
from core.progress import finish
from core.reels.importance import HEAVIEST, importance
from core.reels.wire import packed_bytes
from core.targets.typed import Typed

MOST = 300_000
ODD = [
    Expectation(target=Uniform(20.0, 30.0)),
    Expectation(proposal=Normal(63.0, 1.0)),
    Expectation(proposal=Normal(0.0, 1.0), f="3"),
    Expectation(target=Gamma(0.5, 1.0), proposal=Gamma(0.4, 1.0), f="x"),
    Expectation(target=StudentT(0.9), proposal=StudentT(0.8), f="x"),
    Expectation(target=Typed(), proposal=StudentT(3.0, 1.5, 2.0), f="x"),
    Expectation(n=2),
    Coverage(n=5, n_repeats=3),
    Coverage(target=Uniform(20.0, 30.0), n=20, n_repeats=5),
    Resample(target=Uniform(20.0, 30.0)),
    Resample(n=2, m=2),
    Resample(method="systematic", m=5000),
    Rare(law=StudentT(2.5), t=100.0, method="stretched"),
    Rare(law=Gamma(), t=15.0, method="tilted"),
    Dimension(width=0.6),
    Dimension(d=60, width=3.0, shift=1.0, n=100),
]


def done(question, seed=1):
    return finish(run(Importance(question, seed)))


def layer(reel, panel, label):
    return next(each for each in reel.panels[panel].layers if each.label == label)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_s_reel_is_small_and_says_something(preset):
    reel = importance(done(preset.spec.question))
    assert packed_bytes(reel) <= MOST and reel.captions and reel.readouts


@pytest.mark.parametrize("question", [Expectation(n=1_000_000), Coverage(n=100, n_repeats=2000), Resample(n=100_000, m=100_000), Dimension(n=50_000)], ids=repr)
def test_the_largest_runs_stay_small_on_the_wire(question):
    assert packed_bytes(importance(done(question))) <= MOST


@pytest.mark.parametrize("question", ODD, ids=repr)
def test_odd_results_have_a_reel_too(question):
    reel = importance(done(question))
    assert reel.n_frames >= 1 and packed_bytes(reel) < MOST
    for panel in reel.panels:
        assert math.isfinite(panel.x.low) and math.isfinite(panel.y.high)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda cls: cls.__name__)
def test_every_report_on_the_way_has_a_reel(question):
    for report in run(Importance(question())):
        assert importance(report.result).n_frames >= 1


def test_read_outs_are_the_numbers_of_the_result():
    result = done(Expectation(n=5000))
    reel = importance(result)
    last, found = {each.name: each.values[-1] for each in reel.readouts}, result.found()
    assert (last["n"], last["value"], last["error"], last["truth"]) == (5000, found.value, found.standard_error, found.truth)
    assert last["z"] == pytest.approx(found.z) and last["worth"] == result.running.ess[-1] and reel.start == reel.n_frames - 1
    assert layer(reel, 1, "plain").rows["y"].iloc[-1] == found.value


def test_draws_lie_under_the_proposal_in_their_frame_and_as_large_as_they_weigh():
    result = done(Expectation(proposal=Normal(2.0, 1.0), n=1000))
    reel, weight = importance(result), shares(result.log_weights)
    for label in ("draws, by weight", "more than 5 % of all weight"):
        rows = layer(reel, 0, label).rows
        assert np.all(rows["y"] <= result.spec.proposal.prob(rows["x"]) + 1e-12) and np.all(rows["y"] >= 0)
        place = np.array([np.argmin(np.abs(result.x - x)) for x in rows["x"][:300]])
        frames = rows["frame"].to_numpy()[:300]
        assert np.all(place + 1 <= result.running.stops[frames])
        assert np.all(np.diff(rows["size"].to_numpy()[:300][np.argsort(weight[place])]) >= -1e-9)
    heavy = layer(reel, 0, "more than 5 % of all weight").rows
    assert len(heavy) == np.count_nonzero(weight > 0.05)
    drawn = np.concatenate([layer(reel, 0, label).rows["x"] for label in ("draws, by weight", "more than 5 % of all weight")])
    assert np.isin(result.x[np.argsort(weight)[-HEAVIEST:]], drawn).all(), "the heaviest are always drawn"


def test_the_histograms_of_weights_add_up():
    result = done(Expectation(n=3000))
    reel = importance(result)
    for label in ("share of the draws", "share of the weight"):
        rows = layer(reel, 2, label).rows
        assert np.allclose(rows.groupby("frame")["y"].sum(), 1)


def test_the_view_narrows_and_always_holds_the_estimate_at_its_end():
    for question in (Expectation(), Expectation(proposal=Normal(2.0, 1.0)), Expectation(target=StudentT(5.0), proposal=Normal())):
        result = done(question)
        windows = importance(result).panels[1].y.windows
        assert np.all(np.diff(windows[:, 1] - windows[:, 0]) <= 1e-12) and windows[-1, 0] < result.found().value < windows[-1, 1]


def test_handles_lie_on_the_curves():
    result = done(Expectation(target=GaussianMixture(), proposal=Normal(0.0, 2.0)))
    for handle in importance(result).handles:
        law = result.spec.law if handle.name.startswith("p") else result.spec.proposal
        assert handle.y == pytest.approx(float(law.prob(handle.x)), rel=1e-6) and handle.along == "x"
    assert [handle.name for handle in importance(result).handles] == ["p.middle", "p.width", "q.middle", "q.width"]
    assert not importance(done(Rare())).handles


def test_a_ghost_is_drawn_pale():
    result, other = done(Expectation()), done(Expectation(proposal=Normal(0.0, 3.0)), 2)
    ghosts = [each for panel in importance(result, other.trace()).panels for each in panel.layers if each.role == "ghost"]
    assert len(ghosts) == 1 and np.array_equal(ghosts[0].rows["y"], other.trace()[1])


def test_intervals_that_miss_are_drawn_as_missing():
    result = done(Coverage(proposal=Normal(2.0, 1.0), n_repeats=100))
    reel = importance(result)
    assert len(layer(reel, 0, "misses it").rows) == 3 * np.count_nonzero(~result.holds())
    assert reel.readouts[1].values[-1] == result.found().value


def test_resampling_counts_distinct_points_as_they_come():
    result = done(Resample(m=500))
    reel = importance(result)
    distinct = next(each for each in reel.readouts if each.name == "distinct").values
    assert distinct[-1] == result.distinct() and np.all(np.diff(distinct) >= 0) and distinct[0] >= 1
    bars = layer(reel, 1, "kept").rows
    width = bars["width"].iloc[0] / 0.92
    assert bars[bars["frame"] == reel.n_frames - 1]["y"].sum() * width == pytest.approx(1, abs=0.02)


def test_sweeps_start_at_the_chosen_value():
    rare, dimension = importance(done(Rare(t=5.5))), importance(done(Dimension(d=17)))
    assert rare.sweep.ticks[rare.start] == 5.5 and dimension.sweep.ticks[dimension.start] == 17
    assert np.array_equal(
        layer(dimension, 0, "exact, in the long run").rows["y"], Dimension().share(np.arange(1, 61))[: len(layer(dimension, 0, "exact, in the long run").rows)]
    )
