"""The reels of Monte Carlo π: small on the wire, each row in its frame, and what is drawn is what was found."""

import math

import numpy as np
import pytest

from core.montecarlo.ball import Ball, volume
from core.montecarlo.darts import Darts
from core.montecarlo.needle import Needle
from core.montecarlo.pi import QUESTIONS, MonteCarlo, run
from core.montecarlo.race import Race
from core.montecarlo.repeats import Repeats
from core.montecarlo.throws import GENERATORS
from core.progress import finish
from core.reels.monte_carlo import monte_carlo
from core.reels.wire import packed_bytes

MOST = 300_000  # bytes
TINY = [Darts(n=1), Darts(n=2, generator="sobol"), Darts(n=3, generator="stratified"), Repeats(n=1, n_repeats=2), Repeats(n=5, interval="plain")]
TINY += [
    Race(most=8, replicates=8),
    Needle(n=1),
    Needle(n=2, length=0.01),
    Needle(n=50, length=100.0, counted="lines"),
    Ball(n=20),
    Ball(n=20, method="slices"),
]


def done(question, seed=1):
    return finish(run(MonteCarlo(question, seed)))


def layer(reel, panel, label):
    return next(each for each in reel.panels[panel].layers if each.label == label)


@pytest.mark.parametrize("n", [66_000, 98_000, 1_000_000, 2_700_000, 10_000_000])
def test_a_reel_of_darts_is_small(n):
    result = done(Darts(n=n))
    assert packed_bytes(monte_carlo(result, result.trace())) <= MOST


@pytest.mark.parametrize("generator", GENERATORS)
def test_darts_are_drawn_where_they_fell_and_in_their_frame(generator):
    result = done(Darts(n=1 << 16, generator=generator))
    reel = monte_carlo(result)
    inside, outside = (layer(reel, 0, label).rows for label in ("inside", "outside"))
    assert np.all(inside["x"] ** 2 + inside["y"] ** 2 < 1 + 1e-4) and np.all(outside["x"] ** 2 + outside["y"] ** 2 > 1 - 1e-4)
    assert len(inside) + len(outside) == len(result.shown) and result.shown["dart"].is_unique
    for rows, hit in ((inside, True), (outside, False)):
        darts = result.shown.loc[result.shown["inside"] == hit, "dart"].to_numpy()
        frames = rows["frame"].to_numpy()
        assert np.all(darts <= result.stops[frames]) and np.all(darts[frames > 0] > result.stops[frames[frames > 0] - 1])


def test_the_first_darts_are_all_drawn_and_the_share_drawn_inside_is_the_share_thrown():
    result = done(Darts(n=1_000_000))
    assert np.array_equal(result.shown["dart"].to_numpy()[:2000], np.arange(1, 2001))
    n = len(result.shown)
    assert abs(result.shown["inside"].mean() - math.pi / 4) < 4.5 * math.sqrt(0.17 / n)


def test_read_outs_are_the_numbers_of_the_result():
    result = done(Darts(n=10_000, generator="sobol"), 3)
    reel = monte_carlo(result)
    last = {each.name: each.values[-1] for each in reel.readouts}
    found = result.found()
    assert (last["value"], last["error"]) == (found.value, found.standard_error) and last["z"] == pytest.approx(found.z)
    assert last["n"] == 10_000 == result.stops[-1] and reel.start == reel.n_frames - 1, "the final picture comes first"
    path = layer(reel, 1, "estimate").rows
    assert path["y"].iloc[-1] == found.value


def test_a_ghost_is_drawn_pale_and_for_growing_pictures_only():
    result, other = done(Darts(n=1000)), done(Darts(n=2000), 2)
    ghosts = [each for panel in monte_carlo(result, other.trace()).panels for each in panel.layers if each.role == "ghost"]
    assert len(ghosts) == 2 and np.array_equal(ghosts[0].rows["y"], other.trace()[1])
    assert not [each for panel in monte_carlo(result).panels for each in panel.layers if each.role == "ghost"]


def test_intervals_that_miss_are_drawn_as_missing():
    result = done(Repeats(n=5, n_repeats=100, interval="plain"))
    reel = monte_carlo(result)
    assert len(layer(reel, 0, "misses π").rows) == 3 * np.count_nonzero(~result.holds()) and len(layer(reel, 0, "holds π").rows) == 3 * result.holds().sum()
    assert len(layer(reel, 0, "no width").rows) == np.count_nonzero(np.isin(result.counts, (0, 5)))


def test_needles_that_cross_are_drawn_across_a_line():
    reel = monte_carlo(done(Needle(n=500)))
    for label, crosses in (("crosses a line", True), ("crosses none", False)):
        ends = layer(reel, 0, label).rows["y"].to_numpy().reshape(-1, 3)[:, :2]
        assert np.all((np.floor(ends[:, 0]) != np.floor(ends[:, 1])) == crosses)
        assert len(ends) > 20


def test_the_needles_drawn_are_as_long_as_they_are():
    rows = layer(monte_carlo(done(Needle(n=500, length=0.7, width=2.0))), 0, "crosses none").rows
    x, y = (rows[name].to_numpy().reshape(-1, 3) for name in "xy")
    assert np.allclose(np.hypot(x[:, 1] - x[:, 0], y[:, 1] - y[:, 0]), 0.35)


def test_the_balls_are_a_sweep_over_d_beside_the_exact_volume():
    reel = monte_carlo(done(Ball(n=1000, d=7)))
    assert reel.sweep.ticks[reel.start] == 7
    assert np.array_equal(layer(reel, 0, "exact volume").rows["y"], volume(np.arange(2, 21)))


@pytest.mark.parametrize("question", TINY, ids=repr)
def test_every_reel_builds_from_a_tiny_result_and_says_something(question):
    reel = monte_carlo(done(question))
    assert reel.captions and packed_bytes(reel) < MOST and reel.n_rows() < 60_000


@pytest.mark.parametrize("question", [cls for cls in QUESTIONS if cls is not Race], ids=lambda cls: cls.__name__)
def test_every_report_on_the_way_has_a_reel(question):
    for report in run(MonteCarlo(question())):
        assert monte_carlo(report.result).n_frames >= 1
