"""The sweep and direct sampling: small, exact at every tick, and the same frames wherever the hand lets go."""

import json

import numpy as np
import pytest

from core.distributions import FAMILY, Beta, Categorical, Cauchy, Gamma, Normal, Poisson, Uniform
from core.distributions.explore import Explore, run
from core.progress import finish
from core.reels.direct import SINGLE_DARTS, direct
from core.reels.sweep import SIDES, frame_key, sweep, sweepable
from core.reels.wire import pack, packed_bytes

EVERY = [(cls, path) for cls in FAMILY for path in sweepable(cls())]


def rows(reel, panel: int, mark: str, frame: int):
    """The rows of the moving layer of a panel in one frame."""
    layer = next(each for each in reel.panels[panel].layers if each.mark == mark and each.when == "frame")
    return layer.rows[layer.rows["frame"] == frame]


def close(found, exact):
    """A curve that came of another tick's by moving it differs in its last digits, and where it is endless by more."""
    return np.allclose(found, exact, rtol=1e-9, atol=1e-12 * np.max(exact[np.isfinite(exact)]))


@pytest.mark.parametrize("cls, path", EVERY, ids=lambda each: each if isinstance(each, str) else each.__name__)
def test_every_sweep_is_small_and_exact_at_its_ticks(cls, path):
    dist = cls()
    for side in SIDES:
        assert packed_bytes(sweep(dist, path, side=side)) + len(json.dumps(pack(sweep(dist, path, side=side))[0])) <= 300_000
    reel = sweep(dist, path)
    for frame in (0, reel.start, reel.n_frames - 1):
        there = dist.with_leaf(path, float(reel.sweep.ticks[frame]))
        curve, climb = rows(reel, 0, "bars" if dist.discrete else "path", frame), rows(reel, 1, "path", frame)
        assert close(curve["y"].to_numpy(), there.prob(curve["x"].to_numpy()))
        if not dist.discrete:
            assert close(climb["y"].to_numpy(), there.cdf(climb["x"].to_numpy()))
        for readout in reel.readouts:
            if readout.name in there.numbers():
                assert np.array_equal(readout.values[frame], there.numbers()[readout.name], equal_nan=True)
            if readout.name == "median":
                assert readout.values[frame] == pytest.approx(there.median(), rel=1e-7, abs=1e-9 * (reel.panels[0].x.high - reel.panels[0].x.low))
    assert reel.sweep.ticks[reel.start] == dist.leaves()[path][1]


def test_the_hazard_is_what_it_says():
    reel = sweep(Gamma(shape=2.0), "shape", side=SIDES[1])
    there, line = Gamma(shape=float(reel.sweep.ticks[50])), rows(reel, 2, "path", 50)
    x = line["x"].to_numpy()
    assert np.allclose(line["y"], there.prob(x) / there.sf(x), rtol=1e-12)
    k = np.arange(5.0)
    assert np.allclose(np.exp(Poisson(4.0).log_hazard(k)), Poisson(4.0).prob(k) / Poisson(4.0).sf(k - 1), rtol=1e-12)


def test_letting_go_on_a_tick_sends_nothing_new_and_a_value_between_ticks_gets_its_own_frame():
    assert frame_key(Normal(mu=1.0), "mu", None) == frame_key(Normal(mu=2.5), "mu", None)
    assert frame_key(Normal(mu=1.2345), "mu", None) != frame_key(Normal(mu=1.0), "mu", None)
    assert frame_key(Normal(sigma=2.0), "mu", None) != frame_key(Normal(), "mu", None)
    assert frame_key(Normal(), "mu", Cauchy()) != frame_key(Normal(), "mu", None)
    first, second = (pack(sweep(Normal(mu=mu), "mu"))[1] for mu in (1.0, 2.5))
    assert all(first[name].equals(second[name]) for name in first) and first.keys() == second.keys()
    assert 1.2345 in sweep(Normal(mu=1.2345), "mu").sweep.ticks


@pytest.mark.parametrize(
    "dist, path",
    [(Normal(sigma=40.0), "sigma"), (Normal(mu=40.0), "mu"), (Gamma(shape=100.0), "shape"), (Poisson(rate=1e9), "rate"), (Uniform(low=20, high=30), "high")],
    ids=repr,
)
def test_a_value_past_the_slider_s_end_has_the_slider_around_it_and_is_seen_whole(dist, path):
    reel = sweep(dist, path)
    assert reel.n_frames > 50 and reel.sweep.ticks[reel.start] == dist.leaves()[path][1]
    low, high = dist.quantile(np.array([0.1, 0.9]))
    assert reel.panels[0].x.low < low < high < reel.panels[0].x.high


def test_ticks_that_the_other_parameters_forbid_are_left_out():
    assert sweep(Uniform(low=0, high=1), "low").sweep.ticks.max() < 1


@pytest.mark.parametrize("now", [Normal(), Poisson()], ids=lambda dist: dist.title)
@pytest.mark.parametrize("ghost", [Cauchy(), Categorical()], ids=lambda dist: dist.title)
def test_a_ghost_of_either_kind_stands_behind_either_kind(now, ghost):
    reel = sweep(now, next(iter(sweepable(now))), ghost)
    pale = [layer for panel in reel.panels for layer in panel.layers if layer.role == "ghost"]
    assert len(pale) == 4 and all(layer.when == "always" for layer in pale)


def test_an_unknown_parameter_gets_a_sentence():
    with pytest.raises(ValueError, match="path must be one of mu, sigma, got rate: try mu"):
        sweep(Normal(), "rate")


@pytest.mark.parametrize("dist", [Normal(), Beta(a=0.5, b=0.5), Poisson(), Categorical()], ids=lambda dist: dist.title)
def test_a_dart_lands_where_its_height_meets_the_cdf_and_the_last_frame_holds_all(dist):
    draws = finish(run(Explore(dist, n=300_000, seed=4)))
    reel = direct(draws)
    read = {readout.name: readout.values for readout in reel.readouts}
    for dart in range(SINGLE_DARTS):
        u, x = read["u"][2 * dart], read["x"][2 * dart]
        assert dist.cdf(x) >= u - 1e-12 and (not dist.discrete or dist.cdf(x - 1) <= u)
    assert read["drawn"][-1] == 300_000 and read["estimate"][-1] == draws.mean
    last = rows(reel, 1, "bars", reel.n_frames - 1)
    assert np.allclose(last["y"], draws.density()) and packed_bytes(reel) < 300_000
    assert np.all(np.diff(read["drawn"]) >= 0)


def test_heights_of_darts_are_uniform():
    heights = [direct(finish(run(Explore(Poisson(), n=40, seed=seed)))).readouts[5].values[::2][:SINGLE_DARTS] for seed in range(50)]
    u = np.sort(np.concatenate(heights))
    gap = np.max(np.abs(u - (np.arange(len(u)) + 0.5) / len(u)))
    assert gap < 2.5 / np.sqrt(len(u))  # Kolmogorov: false alarm 8e-6
