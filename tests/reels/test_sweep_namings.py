"""A sweep in another naming: one of its numbers moves, its others stand still, and where the hand starts nothing has changed but the names."""

import json

import numpy as np
import pytest

from core.distributions import Beta, Gamma, GaussianMixture, InverseGamma, NegativeBinomial, Normal
from core.distributions.namings import ALL, namings
from core.reels.sweep import frame_key, members_of, sweep, sweepable
from core.reels.wire import pack, packed_bytes
from tests.reels.test_sweep import rows

NAMES = [f"{naming.family.__name__}: {naming.title}" for naming in ALL]
each = pytest.mark.parametrize("naming", ALL, ids=NAMES)


def find(family, title):
    return next(naming for naming in namings(family) if naming.title == title)


def new(naming):
    """The first field that the family itself has not."""
    return next(name for name in naming.fields if name not in naming.family.params())


@each
def test_the_sweep_is_small_and_exact_and_starts_from_the_curve_as_it_is(naming):
    dist, path = naming.family(), new(naming)
    reel = sweep(dist, path, naming=naming)
    assert packed_bytes(reel) + len(json.dumps(pack(reel)[0])) <= 300_000
    values = naming.to(dist)
    assert reel.sweep.ticks[reel.start] == values[path] and reel.sweep.label.lower() == naming.fields[path].label.lower()
    mark = "bars" if dist.discrete else "path"
    now = rows(reel, 0, mark, reel.start)
    assert np.array_equal(now["y"], dist.prob(now["x"].to_numpy()))
    for frame in (0, reel.n_frames // 3, reel.n_frames - 1):
        there = naming.back(values | {path: float(reel.sweep.ticks[frame])})
        drawn = rows(reel, 0, mark, frame)
        assert np.allclose(drawn["y"], there.prob(drawn["x"].to_numpy()), rtol=1e-11, atol=0)
        told = {readout.name: readout.values[frame] for readout in reel.readouts}
        assert told["sd"] == there.sd() or np.isnan(there.sd())


@each
def test_letting_go_on_any_tick_sends_nothing_new(naming):
    dist = naming.family()
    for path, knob in sweepable(dist, naming).items():
        keys = set()
        for tick in knob.ticks(dist.ticks)[::4]:
            try:
                keys.add(frame_key(naming.moved(dist, path, float(tick)), path, None, naming=naming))
            except ValueError:
                continue
        assert len(keys) <= 1, path


def test_the_mean_of_a_gamma_moves_at_a_constant_standard_deviation():
    naming = find(Gamma, "Mean and standard deviation")
    dist = Gamma(shape=4.0, rate=2.0)
    reel = sweep(dist, "mean", naming=naming)
    told = {readout.name: readout.values for readout in reel.readouts}
    assert np.allclose(told["sd"], 1.0, rtol=1e-12) and np.allclose(told["mean"], reel.sweep.ticks, rtol=1e-12)
    assert reel.sweep.name == "mean" and "Gamma with mean" in reel.captions[0]
    ticks, members = members_of(dist, "mean", naming.fields["mean"], 2.0, naming=naming)
    there = members[int(np.flatnonzero(ticks == 2.0)[0])]
    x = dist.quantile(np.linspace(0.01, 0.99, 30))
    assert np.allclose(there.log_prob(x), dist.log_prob(x), rtol=1e-12, atol=1e-12)
    again = naming.back(naming.to(dist))  # the same curve renamed
    assert np.allclose(again.log_prob(x), dist.log_prob(x), rtol=1e-12, atol=1e-12)


def test_frames_depend_on_the_other_numbers_and_on_which_naming_it_is():
    moments, spread = find(Gamma, "Mean and standard deviation"), find(Gamma, "Mean and dispersion")
    dist = Gamma(shape=4.0, rate=2.0)
    key = frame_key(dist, "mean", None, naming=moments)
    assert frame_key(moments.moved(dist, "mean", 3.0), "mean", None, naming=moments) != key or 3.0 in moments.fields["mean"].ticks(101)
    assert frame_key(moments.moved(dist, "sd", 1.5), "mean", None, naming=moments) != key
    assert frame_key(dist, "mean", None, naming=spread) != key
    assert frame_key(dist, "mean", Normal(), naming=moments) != key
    assert frame_key(moments.moved(dist, "mean", 1.2345), "mean", None, naming=moments) != key  # between two ticks: a frame of its own


def test_ticks_that_no_member_has_are_left_out():
    naming = find(Beta, "Mean and standard deviation")
    reel = sweep(naming.back({"mean": 0.5, "sd": 0.4}), "mean", naming=naming)
    ticks = reel.sweep.ticks
    assert len(ticks) > 30 and (np.sqrt(ticks * (1 - ticks)) > 0.4).all()


def test_where_few_ticks_are_left_the_slider_narrows():
    naming = next(naming for naming in ALL if naming.title == "Low, mean and high")
    assert sweep(naming.family(), "mean", naming=naming).n_frames >= 12


def test_the_own_naming_given_by_name_is_the_plain_sweep():
    for dist, path in ((Normal(mu=1.5), "mu"), (NegativeBinomial(), "r"), (GaussianMixture(), "part.0.mean")):
        first = namings(dist)[0]
        assert list(sweepable(dist, first)) == list(sweepable(dist))
        one, two = (pack(sweep(dist, path, naming=naming))[1] for naming in (None, first))
        assert all(one[name].equals(two[name]) for name in one) and one.keys() == two.keys()
        assert json.loads(frame_key(dist, path, None, naming=first))


def test_refusals_are_sentences():
    naming = find(InverseGamma, "Mean and standard deviation")
    with pytest.raises(ValueError, match="path must be one of mean, sd, got shape: try mean"):
        sweep(InverseGamma(), "shape", naming=naming)
    with pytest.raises(ValueError, match="shape must lie above 2 for a standard deviation, got"):
        sweep(InverseGamma(shape=1.5), "mean", naming=naming)
