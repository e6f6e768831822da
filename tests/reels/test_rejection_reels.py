"""The reels of rejection: small on the wire, each dart in its frame on its side of the target, and what is drawn is what was found."""

import math

import numpy as np
import pytest

from core.distributions import Cauchy, Gamma, Normal
from core.montecarlo.ball import DIMENSIONS
from core.montecarlo.envelopes import Constant, Gaussian, Piecewise, Student, Tangents
from core.montecarlo.rejection import Rejection, run
from core.montecarlo.rejection_cost import Cost
from core.presets.rejection import PRESETS
from core.progress import finish
from core.reels.rejection import rejection
from core.reels.wire import packed_bytes
from core.targets import Banana, CorrelatedNormal, FunctionTarget, Hills, Hills2, Law, Typed

MOST = 300_000  # bytes


def done(spec):
    return finish(run(spec))


def layer(reel, panel, label):
    return next(each for each in reel.panels[panel].layers if each.label == label)


@pytest.mark.parametrize(
    "spec",
    [
        Rejection(n=1_000_000),
        Rejection(n=300_000, envelope=Piecewise(), squeeze=True),
        Rejection(target=Law(Gamma(3.0)), envelope=Tangents(most=60), n=1_000_000, squeeze=True),
        Rejection(envelope=Tangents(most=60), n=100_000),
        Rejection(target=Banana(), envelope=Student(), n=1_000_000),
        Rejection(n=2000),
    ],
    ids=repr,
)
def test_a_reel_is_small(spec):
    result = done(spec)
    assert packed_bytes(rejection(result, result.trace())) <= MOST


@pytest.mark.parametrize("envelope", [Constant(), Gaussian(), Piecewise(), Tangents()], ids=lambda each: type(each).__name__)
def test_darts_are_drawn_under_the_envelope_on_their_side_of_the_target_and_in_their_frame(envelope):
    target = Law(Normal(1.0, 2.0))
    result = done(Rejection(target=target, envelope=envelope, n=50_000))
    reel = rejection(result)
    for label, kept in (("kept", True), ("wasted", False)):
        rows = layer(reel, 0, label).rows
        f = np.exp(target.log_prob(rows["x"].to_numpy()[:, None]))
        assert np.all((rows["y"] <= f * (1 + 1e-12)) == kept) and (len(rows) > 20 or not kept)
        shown = result.shown[(result.shown["accepted"] == kept) & result.shown["x"].between(reel.panels[0].x.low, reel.panels[0].x.high)]
        darts, frames = shown["dart"].to_numpy(), rows["frame"].to_numpy()
        assert np.all(darts <= result.stops[frames]) and np.all(darts[frames > 0] > result.stops[frames[frames > 0] - 1])
        if not isinstance(envelope, Tangents):
            assert np.all(rows["y"] <= np.exp(result.log_m + result.envelope.log_prob(rows["x"].to_numpy()[:, None])) * (1 + 1e-12))


def test_the_first_darts_are_all_drawn():
    shown = done(Rejection(n=1_000_000)).shown
    assert np.array_equal(shown["dart"].to_numpy()[:1500], np.arange(1, 1501)) and shown["dart"].is_unique and len(shown) <= 16_001


@pytest.mark.parametrize(
    "spec",
    [Rejection(n=400_000), Rejection(n=400_000, bound="typed", m=3.0), Rejection(target=Law(Gamma(3.0)), envelope=Tangents(), n=400_000)],
    ids=["box", "pierced", "tangents"],
)
def test_the_pile_settles_on_the_target_and_on_the_envelope(spec):
    """Bars of kept stand for min(f, M g), with the wasted on top for M g."""
    result = done(spec)
    reel = rejection(result)
    kept, wasted = layer(reel, 1, "kept").rows, layer(reel, 1, "wasted").rows
    last = kept["frame"] == reel.n_frames - 1
    x, wide = kept.loc[last, "x"].to_numpy(), float(kept["width"].iloc[0])
    fine = (x[:, None] + wide * np.linspace(-0.5, 0.5, 21)[None, :])[..., None]
    f = np.exp(spec.target.log_prob(fine)).mean(axis=1)
    g = np.exp(result.log_m + result.envelope.log_prob(fine)) if not result.hulls else np.exp(result.hulls[-1][1].upper(fine[..., 0]))
    wanted = np.minimum(np.exp(spec.target.log_prob(fine)), g).mean(axis=1)
    top = float(f.max())
    assert np.max(np.abs(kept.loc[last, "y"] - wanted)) < 0.03 * top
    if not result.hulls:
        assert np.max(np.abs(wasted.loc[last, "y"] - g.mean(axis=1))) < 0.04 * float(g.max())
    assert np.array_equal(kept["y"], wasted["base"])


def test_read_outs_are_the_numbers_of_the_result():
    result = done(Rejection(n=10_000, seed=3))
    reel = rejection(result)
    last, found = {each.name: each.values[-1] for each in reel.readouts}, result.found()
    assert (last["value"], last["error"], last["truth"]) == (found.value, found.standard_error, found.truth) and last["z"] == pytest.approx(found.z)
    assert (last["n"], last["hits"], last["share"]) == (10_000, len(result.accepted), result.acceptance().value)
    assert last["theory"] == result.acceptance().truth and reel.start == reel.n_frames - 1, "the final picture comes first"
    assert layer(reel, 2, "estimate").rows["y"].iloc[-1] == found.value


def test_what_is_cut_off_is_drawn_as_a_failure_and_nothing_else_is():
    pierced, whole = rejection(done(Rejection(bound="typed", m=2.5))), rejection(done(Rejection()))
    rows = layer(pierced, 0, "cut off").rows
    over = rows[rows["y"] > rows["base"]]
    assert over["x"].min() == pytest.approx(2.175, abs=0.03) and over["x"].max() == pytest.approx(3.82, abs=0.03)
    assert layer(pierced, 2, "what it tends to").role == "failure"
    assert not [each for panel in whole.panels for each in panel.layers if each.role == "failure"]


def test_a_ghost_is_drawn_pale():
    other = done(Rejection(seed=9))
    ghosts = [each for panel in rejection(done(Rejection()), other.trace()).panels for each in panel.layers if each.role == "ghost"]
    assert len(ghosts) == 1 and np.array_equal(ghosts[0].rows["y"], other.trace()[1], equal_nan=True)


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        (Rejection(), {"envelope:low", "envelope:high", "envelope:top"}),
        (Rejection(envelope=Student()), {"envelope:centre", "envelope:width", "envelope:top"}),
        (Rejection(target=Hills(), envelope=Gaussian()), {"envelope:centre", "envelope:width", "envelope:top", "target:0", "target:1"}),
        (Rejection(target=CorrelatedNormal()), {"envelope:low", "envelope:high"}),
        (Rejection(target=Hills2(), envelope=Gaussian()), {"envelope:centre", "envelope:width", "target:0", "target:1"}),
        (Rejection(envelope=Tangents(), n=100), set()),
    ],
    ids=["box", "student", "hills", "plane", "hills in the plane", "tangents"],
)
def test_handles_lie_in_the_view(spec, names):
    reel = rejection(done(spec.replace(n=500)))
    found = {each.name.replace("target:part.", "target:"): each for each in reel.handles}
    assert set(found) == names
    panel = reel.panels[0]
    assert all(panel.x.low <= each.x <= panel.x.high and panel.y.low <= each.y <= panel.y.high for each in reel.handles)


def test_the_handle_of_a_piecewise_envelope_lies_on_it():
    result = done(Rejection(envelope=Piecewise()))
    for handle in rejection(result).handles:
        if handle.name.startswith("envelope:height"):
            assert handle.y == pytest.approx(math.exp(result.log_m + float(result.envelope.log_prob(np.array([handle.x])))), rel=1e-9)


def test_tangents_grow_frame_by_frame_above_log_f():
    result = done(Rejection(target=Law(Gamma(3.0)), envelope=Tangents(start=2, most=12), squeeze=True))
    reel = rejection(result)
    places = layer(reel, 2, "looked at").rows.groupby("frame").size()
    assert places.iloc[0] < places.iloc[-1] == 12 and np.all(np.diff(places) >= 0) and len(places) == reel.n_frames
    rows = layer(reel, 0, "hull of tangents").rows
    f = np.exp(result.spec.target.log_prob(rows["x"].to_numpy()[:, None]))
    assert np.all(rows["y"] >= f * (1 - 1e-6))


def test_the_cost_is_a_sweep_over_d_on_the_exact_line():
    result = done(Cost("ball", n=5000, d=7))
    reel = rejection(result)
    assert reel.sweep.ticks[reel.start] == 7 and np.array_equal(layer(reel, 0, "exact").rows["y"], result.exact())
    for spec in (Cost(n=5000), Cost("ball", n=5000)):
        rows = layer(rejection(done(spec)), 1, "where the target lies").rows
        for frame in (0, 8, 18):
            curve = rows[rows["frame"] == frame]
            assert np.trapezoid(curve["y"], curve["x"]) == pytest.approx(1, abs=0.35 if spec.shape == "ball" else 0.01)
    assert len(DIMENSIONS) == reel.n_frames


TINY = [
    Rejection(n=1),
    Rejection(n=2, envelope=Tangents()),
    Rejection(n=3, target=Banana(), envelope=Gaussian()),
    Rejection(n=5, what="mass"),
    Rejection(n=50, envelope=Gaussian("hand", 9.0, 0.4)),
    Rejection(n=50, target=Law(Cauchy()), envelope=Student()),
    Rejection(n=50, target=FunctionTarget(lambda x: -(np.asarray(x)[..., 0] ** 2) - 2000, 1)),
    Rejection(n=50, target=Typed("1e200*exp(-x^2)", -3.0, 3.0), envelope=Piecewise()),
    Rejection(n=50, envelope=Constant("hand", 100.0, 101.0)),
    Rejection(n=50, bound="typed", m=1e300),
    Rejection(n=50, bound="typed", m=1e-300),
    Rejection(n=50, bound="typed", m=1e300, what="mass"),
    Cost(n=10),
    Cost("ball", n=10),
]


@pytest.mark.parametrize("spec", TINY, ids=[str(place) for place in range(len(TINY))])
def test_every_reel_builds_from_a_tiny_result_and_says_something(spec):
    reel = rejection(done(spec))
    assert reel.captions and packed_bytes(reel) < MOST and reel.n_rows() < 60_000
    for panel in reel.panels:
        for each in panel.layers:
            assert not np.isinf(each.rows.select_dtypes("number").to_numpy()).any(), each.label


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_has_a_reel(preset):
    assert packed_bytes(rejection(done(preset.spec))) < MOST
