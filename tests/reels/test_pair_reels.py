"""The reels of two laws and of updating: small, exact at every frame, and their areas are the distances that they claim to show."""

import json
import math

import numpy as np
import pytest

from core.distributions import Beta, Cauchy, Censored, Gamma, GaussianMixture, LogNormal, NegativeBinomial, Normal, Pareto, Poisson, Uniform, Zipf
from core.distributions.conjugate_pairs import PAIRS, BetaBinomialPair, GammaPoissonPair, NormalNormalPair
from core.distributions.pair import Pair, course, knobs
from core.distributions.updating import Updating, run
from core.progress import finish
from core.reels.pair import LINES, pair, spoken
from core.reels.updating import FRAMES, key_counts, updating
from core.reels.wire import pack, packed_bytes

LAWS = [
    (Normal(), Normal(1.0, 2.0)),
    (GaussianMixture(), Normal()),
    (Gamma(0.5), LogNormal()),
    (Beta(0.4, 0.4), Beta(2.0, 2.0)),
    (Cauchy(), Normal()),
    (Pareto(1.5), Gamma()),
    (Poisson(), NegativeBinomial()),
    (Zipf(), Poisson()),
    (Poisson(), Normal(4.0, 2.0)),
    (Normal(0.0, 1e-3), Normal(0.0, 5.0)),
    (Censored(), Normal()),
]


def made(p, q, which=-1):
    spec = Pair(p, q)
    path = list(knobs(spec))[which]
    found = finish(course(spec, path))
    return found, pair(found, spec.leaves()[path][1])


def layer(reel, panel, mark, frame, label="", role=None):
    chosen = next(
        each for each in reel.panels[panel].layers if each.mark == mark and label in each.label and role in (None, each.role) and each.when == "frame"
    )
    return chosen.rows[chosen.rows["frame"] == frame]


def integral(rows, y):
    x, y = rows["x"].to_numpy(), np.asarray(y)
    return float(np.trapezoid(y, x))


def size(reel):
    return packed_bytes(reel) + len(json.dumps(pack(reel)[0]))


# Two laws


@pytest.mark.parametrize(("p", "q"), LAWS, ids=repr)
@pytest.mark.parametrize("which", [0, -1])
def test_every_pair_has_a_small_reel(p, q, which):
    found, reel = made(p, q, which)
    assert size(reel) < 400_000 and reel.n_rows() < 250_000 and reel.n_frames == len(found.ticks) and reel.captions
    assert reel.sweep.ticks[reel.start] == found.pairs[reel.start].leaves()[found.path][1]
    assert len(reel.panels) == (4 if p.discrete == q.discrete else 2)


def test_the_areas_on_the_picture_are_the_distances():
    found, reel = made(Normal(), Normal(1.0, 1.5))
    seen = np.flatnonzero((found.ticks > 0.6) & (found.ticks < 2))  # wider laws leave the window
    for frame in seen[[0, len(seen) // 2, -1]]:
        kl_pq, _, _, tv, w1 = found.exact[frame]
        grey, violet = layer(reel, 0, "area", frame), layer(reel, 1, "area", frame)
        assert integral(grey, np.abs(grey["y"] - grey["base"])) == pytest.approx(2 * tv, abs=0.01)
        assert integral(violet, np.abs(violet["y"] - violet["base"])) == pytest.approx(w1, abs=0.02)
        more, less = layer(reel, 3, "area", frame, "adds"), layer(reel, 3, "area", frame, "takes")
        assert more["y"].min() >= 0 >= less["y"].max()
        assert integral(more, more["y"]) + integral(less, less["y"]) == pytest.approx(kl_pq, abs=0.01)


@pytest.mark.parametrize(("p", "q"), LAWS[:4], ids=repr)
def test_curves_are_the_laws_of_their_frame(p, q):
    found, reel = made(p, q)
    for frame in (0, reel.start, reel.n_frames - 1):
        there = found.pairs[frame]
        for role, law in (("model", there.p), ("truth", there.q)):
            density, cdf = layer(reel, 0, "path", frame, role=role), layer(reel, 1, "path", frame, role=role)
            assert np.array_equal(density["y"], law.prob(density["x"].to_numpy())) and np.array_equal(cdf["y"], law.cdf(cdf["x"].to_numpy()))


def test_masses_are_the_laws_of_their_frame():
    found, reel = made(Poisson(), NegativeBinomial())
    for frame in (0, reel.n_frames - 1):
        for role, law in (("model", found.pairs[frame].p), ("truth", found.pairs[frame].q)):
            bars = layer(reel, 0, "bars", frame, role=role)
            assert np.array_equal(bars["y"], law.prob(bars["x"].to_numpy()))


def test_all_five_distances_are_shown_and_infinite_ones_are_gaps():
    found, reel = made(Cauchy(), Normal())
    read = {each.name: each.values for each in reel.readouts}
    assert np.array_equal(read["kl_pq"], found.exact[:, 0]) and np.isinf(read["w1"]).all()
    lines = {each.label: each.rows["y"] for each in reel.panels[2].layers if each.mark == "path"}
    assert list(lines) == list(LINES) and lines["W1"].isna().all() and np.array_equal(lines["JS"], found.exact[:, 2])
    assert read["guess"] == pytest.approx(0.5 + 0.5 * found.exact[:, 3])


def test_the_lines_differ_in_more_than_colour():
    styles = [(style["width"], style.get("dash", False)) for _, style in LINES.values()]
    assert len(set(styles)) == len(styles)


def test_where_a_density_has_no_match_the_integrand_leaves_the_picture():
    _, reel = made(Uniform(0.0, 2.0), Uniform(0.0, 1.0), 1)
    top = layer(reel, 3, "area", reel.start, "adds")["y"].max()
    assert top == math.inf and math.isfinite(reel.panels[3].y.high)


def test_a_narrow_law_beside_a_wide_one_is_seen():
    _, reel = made(Normal(0.0, 1e-3), Normal(0.0, 5.0))
    assert layer(reel, 0, "path", reel.start, role="model")["y"].max() > 0.9 * Normal(0.0, 1e-3).prob(0.0)


def test_a_path_is_said_as_a_person_would():
    assert spoken("q.GaussianMixture.part.0.mean") == "q: part 1 mean" and spoken("p.Normal.mu") == "p: mu"


# Updating


EXTREME = [
    BetaBinomialPair(a=0.5, b=0.5, share=0.0),
    BetaBinomialPair(trials=500, share=1.0),
    GammaPoissonPair(shape=0.2, rate=0.01, events=2000.0),
    NormalNormalPair(sigma=1000.0, known=1e-3, noise=1e-3),
    NormalNormalPair(sigma=1e-3, known=100.0, noise=100.0),
]


@pytest.mark.parametrize("pair_of", [*(cls() for cls in PAIRS), *EXTREME], ids=repr)
@pytest.mark.parametrize("n", [1, 200])
def test_every_updating_reel_is_small_and_its_posterior_is_seen(pair_of, n):
    result = finish(run(Updating(pair_of, n)))
    reel = updating(result)
    assert size(reel) < 400_000 and reel.n_rows() < 150_000 and reel.n_frames <= FRAMES + 1
    posterior, curve = result.updates[-1].posterior, layer(reel, 0, "path", reel.n_frames - 1, "posterior")
    assert np.array_equal(curve["y"], posterior.prob(curve["x"].to_numpy()))
    low, high = posterior.quantile(np.array([0.1, 0.9]))
    assert np.count_nonzero((curve["x"] > low) & (curve["x"] < high)) > 8 or posterior.prob(posterior.support.high) > 1
    view, truth = reel.panels[0].x, pair_of.truth()
    assert view.low <= truth <= view.high and view.low < high and low < view.high


def test_the_interval_on_the_picture_is_the_posterior_s():
    result = finish(run(Updating(NormalNormalPair(), 30)))
    reel = updating(result)
    band = next(each for each in reel.panels[2].layers if each.mark == "area")
    assert np.array_equal(band.rows[["base", "y"]].to_numpy(), result.intervals) and band.when == "until" and band.rows["x"].tolist() == list(range(31))
    read = {each.name: each.values for each in reel.readouts}
    assert read["mean"][-1] == result.updates[-1].posterior.mean() and np.array_equal(read["evidence"], result.evidence)


def test_shares_of_the_data_and_the_prediction_are_exact():
    result = finish(run(Updating(GammaPoissonPair(), 12)))
    reel = updating(result)
    for frame in (1, 12):
        bars, dots = layer(reel, 1, "bars", frame), layer(reel, 1, "points", frame)
        assert np.array_equal(bars["y"], result.updates[frame].predictive.prob(bars["x"].to_numpy()))
        seen = dots.dropna()
        assert seen["y"].sum() == pytest.approx(1) and set(seen["x"]) == set(result.data[:frame])


def test_every_early_observation_has_a_frame_and_many_are_thinned():
    assert key_counts(30).tolist() == list(range(31))
    many = key_counts(1000)
    assert many[:24].tolist() == list(range(24)) and many[-1] == 1000 and len(many) <= FRAMES + 1 and np.all(np.diff(many) > 0)
    result = finish(run(Updating(NormalNormalPair(), 1000)))
    dots = next(each for each in updating(result).panels[1].layers if each.mark == "points")
    assert len(dots.rows) == 1000 and dots.rows["frame"].iloc[-1] == len(many) - 1
