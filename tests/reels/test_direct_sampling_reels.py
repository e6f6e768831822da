"""The reels of direct sampling: small on the wire, each row in its frame, and what is drawn is what was drawn."""

import math

import numpy as np
import pytest

from core.distributions.discrete.categorical import Categorical
from core.distributions.real_line.cauchy import Cauchy
from core.montecarlo.ancestral import Ancestral
from core.montecarlo.box_muller import BoxMuller
from core.montecarlo.composition import RECIPES, Composition
from core.montecarlo.direct import Direct, run
from core.montecarlo.inverse import Inverse
from core.montecarlo.nets import edit
from core.montecarlo.nets.examples import ALARM, ASIA, EXAM, EXAMPLES, SPRINKLER
from core.montecarlo.nets.net import Net
from core.montecarlo.nets.node import Node
from core.presets.direct import PRESETS
from core.progress import finish
from core.reels.direct_board import board
from core.reels.direct_sampling import direct_sampling
from core.reels.wire import packed_bytes

MOST = 300_000  # bytes
CHAIN = Net((Node("N0"), *(Node(f"N{i}", parents=f"N{i - 1}", table=(0.9, 0.1, 0.2, 0.8)) for i in range(1, 10))))
WIDE = Net(tuple(Node(f"N{i}", states="a, b, c, d", table=(0.25,) * 4) for i in range(10)))
TINY = [Inverse(n=1), Inverse(Cauchy(), n=3), Inverse(Cauchy(), "median", n=2), BoxMuller(n=1), BoxMuller("polar", n=1), BoxMuller("polar", n=4)]
TINY += [*(Composition(recipe(), n=1) for recipe in RECIPES), *(Ancestral(net, n=1) for net in EXAMPLES.values()), Ancestral(CHAIN, n=5), Ancestral(WIDE, n=5)]
TINY += [Ancestral(ALARM, "John calls = yes", n=1), Ancestral(EXAM, "Score = 80", way="weighting", n=2), Ancestral(Net((Node("A"),)), "A = yes", n=3)]


def done(question, seed=1):
    return finish(run(Direct(question, seed)))


def layers(reel, panel, **has):
    return [each for each in reel.panels[panel].layers if all(getattr(each, name) == value for name, value in has.items())]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_the_reel_of_every_preset_is_small_and_shows_the_end_first(preset):
    result = done(preset.spec.question)
    reel = direct_sampling(result, result.trace())
    assert packed_bytes(reel) < MOST and reel.start == reel.n_frames - 1 and len(reel.captions) == reel.n_frames
    last, found = {each.name: each.values[-1] for each in reel.readouts}, result.found()
    assert last["drawn"] == result.course().stops[-1]
    assert np.array_equal([last["value"], last["truth"], last["error"]], [found.value, found.truth, found.standard_error], equal_nan=True)


@pytest.mark.parametrize("question", TINY, ids=repr)
def test_every_reel_builds_from_a_tiny_result(question):
    reel = direct_sampling(done(question))
    assert reel.captions and 0 < packed_bytes(reel) < MOST


def test_the_largest_runs_stay_small():
    for question in (Inverse(n=200_000), BoxMuller("polar", n=200_000), Composition(n=200_000), Ancestral(EXAM, n=200_000)):
        assert packed_bytes(direct_sampling(done(question))) < MOST


def test_darts_fly_at_the_heights_that_were_drawn():
    result = done(Inverse(Categorical(), n=100))
    reel = direct_sampling(result)
    (darts,) = layers(reel, 0, mark="arrows")
    rows = darts.rows
    across = rows[(rows["dy"] == 0) & (rows["frame"] % 2 == 0)]
    assert np.allclose(across["y"], result.heights[:40]) and np.allclose(across["x"] + across["dx"], result.values[:40])
    assert np.allclose(reel.readouts[-2].values[:80:2], result.heights[:40])


def test_a_ghost_is_drawn_pale():
    result, other = done(Inverse(n=500)), done(Inverse(n=900), 2)
    (ghost,) = layers(direct_sampling(result, other.trace()), 2, role="ghost")
    assert np.array_equal(ghost.rows["y"], other.trace()[1])


def test_points_of_the_square_end_where_the_plane_has_them():
    result = done(BoxMuller(n=2000))
    reel = direct_sampling(result)
    moving = layers(reel, 1, mark="points")[0].rows
    (x, y), _ = result.plane()
    first = moving[moving["frame"] == moving["frame"].min()]
    assert np.allclose(first["x"], 4 * result.squares[0][: len(first)] - 2) and np.allclose(first["y"], 4 * result.squares[1][: len(first)] - 2)
    landed = layers(reel, 1, label="points")[0].rows
    assert np.allclose(np.sort(landed["x"]), np.sort(x)) and len(landed) == 2000 and landed["frame"].max() == reel.n_frames - 1
    arrows = layers(reel, 1, mark="arrows")[0].rows
    assert np.allclose(arrows["dx"][1::2], x[:10]) and np.allclose(np.hypot(arrows["dx"], arrows["dy"])[::2], np.hypot(x, y)[:10])


def test_pairs_outside_the_disc_are_marked_and_do_not_land():
    result = done(BoxMuller("polar", n=2000))
    reel = direct_sampling(result)
    _, kept = result.plane()
    assert len(layers(reel, 0, label="thrown away")[0].rows) == (~kept).sum() and len(layers(reel, 1, label="points")[0].rows) == kept.sum()
    points = next(each.values for each in reel.readouts if each.name == "drawn")
    pairs = next(each.values for each in reel.readouts if each.name == "pairs")
    assert points[-1] == kept.sum() and np.all(points <= pairs) and np.all(np.diff(pairs) >= 0)


@pytest.mark.parametrize("question", [Inverse(n=3000), BoxMuller(n=3000), Composition(n=3000)], ids=lambda question: question.title)
def test_the_last_histogram_is_that_of_all_draws(question):
    result = done(question)
    reel = direct_sampling(result)
    values = {"Inverse CDF": lambda: result.values, "Box-Muller": lambda: result.plane()[0][0], "Composition": lambda: result.pairs[1]}[question.title]()
    panel = {"Inverse CDF": 1, "Box-Muller": 2, "Composition": 2}[question.title]
    bars = next(each for each in layers(reel, panel, mark="bars") if each.when == "frame").rows
    last = bars[(bars["frame"] == reel.n_frames - 1) & (bars["y"] > 0)]
    width = last["width"].iloc[0]
    for _, bar in last.iterrows():
        inside = np.count_nonzero((values >= bar["x"] - width / 2 - 1e-12) & (values < bar["x"] + width / 2 - 1e-12))
        assert bar["y"] == pytest.approx(inside / len(values) / width, abs=2 / len(values) / width)


# The model


def test_values_are_written_in_as_they_flow():
    """Cloudy is drawn in one frame; each of its descendants in four, in the first three of which the parents' values are on their way."""
    result = done(Ancestral(SPRINKLER, n=200))
    reel = direct_sampling(result)
    net, order = SPRINKLER, SPRINKLER.order
    arrived = [caption for caption in reel.captions if caption.startswith("Draw ") and "on the way" not in caption]
    for draw in range(3):
        for j, place in enumerate(order):
            state = net.nodes[place].state_names[int(result.values[draw, place])]
            assert arrived[4 * draw + j].startswith(f"Draw {draw + 1}: {net.names[place]}") and arrived[4 * draw + j].endswith(f"It is {state}.")
    discs = layers(reel, 0, label="value now")[0].rows
    assert [np.count_nonzero(discs["frame"] == frame) for frame in range(14)] == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 1]
    lit = layers(reel, 0, mark="arrows", role="model")[0].rows
    assert [np.count_nonzero(lit["frame"] == frame) for frame in (0, 1, 5, 9, 12, 13)] == [0, 1, 1, 2, 2, 0]
    moving = next(layer.rows for layer in layers(reel, 0, mark="text", when="frame") if 9 in set(layer.rows["frame"]) and 0 not in set(layer.rows["frame"]))
    words = [SPRINKLER.nodes[place].state_names[int(result.values[0, place])] for place in (1, 2)]
    assert [moving[moving["frame"] == frame]["text"].tolist() for frame in (9, 10, 11, 12)] == [words, words, words, []]
    assert moving[moving["frame"] == 9]["y"].mean() > moving[moving["frame"] == 11]["y"].mean(), "down the arrows"


def test_the_probability_that_is_told_is_that_of_the_right_row():
    """Grass that follows sprinkler off and rain yes is wet with 0.9; the caption of each draw is checked against the table by names."""
    result = done(Ancestral(SPRINKLER, n=50))
    reel, told = direct_sampling(result), 0
    table = {("on", "yes"): 0.99, ("on", "no"): 0.9, ("off", "yes"): 0.9, ("off", "no"): 0.0}
    for draw in range(10):
        sprinkler, rain, grass = (SPRINKLER.nodes[place].state_names[int(result.values[draw, place])] for place in (1, 2, 3))
        chance = table[sprinkler, rain] if grass == "yes" else 1 - table[sprinkler, rain]
        line = f"Draw {draw + 1}: Wet grass given Sprinkler = {sprinkler}, Rain = {rain} is {grass} with probability {chance:.3g}. It is {grass}."
        told += line in reel.captions
    assert told == 10


def test_bars_end_at_the_shares_of_the_draws_and_outlines_at_the_exact_ones():
    result = done(Ancestral(ASIA, n=3000))
    reel, place = direct_sampling(result), board(ASIA)
    bars, outlines = (layers(reel, 0, mark="bars", label=label)[0].rows for label in ("draws so far", "exact"))
    last = bars[bars["frame"] == reel.n_frames - 1]
    full = place.inner(0)[1] - place.inner(0)[0]
    shares = [np.mean(result.values[:, node] == state) for node in range(8) for state in range(2)]
    truths = [law.probabilities[state] for law in result.truth.laws for state in range(2)]
    assert np.allclose(last["width"] / full, shares, atol=1e-6) and np.allclose(outlines["width"] / full, truths, atol=1e-6)


def test_draws_that_disagree_are_marked_where_they_are_thrown_away():
    result = done(Ancestral(SPRINKLER, "Wet grass = yes", n=300))
    reel = direct_sampling(result)
    thrown = [caption for caption in reel.captions if "thrown away" in caption]
    marked = layers(reel, 0, label="thrown away")[0].rows["frame"].nunique()
    shown = sum(caption.startswith("Draw ") and "Cloudy is" in caption for caption in reel.captions)
    assert len(thrown) == marked == np.count_nonzero(result.values[:shown, 3] == 1) > 0
    ess = next(each.values for each in reel.readouts if each.name == "ess")
    assert ess[-1] == np.count_nonzero(result.values[:, 3] == 0)


def test_numbers_are_written_in_and_their_histogram_is_weighted():
    result = done(Ancestral(EXAM, "Letter = A", way="weighting", n=2000))
    reel = direct_sampling(result)
    told = [each for layer in layers(reel, 0, mark="text", when="frame") for each in layer.rows["text"]]
    assert f"{result.values[0, 1]:.4g}" in told and any("is set, and the draw weighs" in caption for caption in reel.captions)
    score = next(caption for caption in reel.captions if caption.startswith("Draw 1: Score"))
    difficulty = EXAM.nodes[0].state_names[int(result.values[0, 0])]
    base = {"hard": -45, "fair": -30, "easy": -12}[difficulty]
    assert f"normal around {base + 0.8 * result.values[0, 1] + 1.5 * result.values[0, 2]:.4g}" in score


@pytest.mark.parametrize("net", [*EXAMPLES.values(), CHAIN, WIDE, edit.added(EXAM)], ids=lambda net: net.names[-1])
def test_boxes_stand_in_the_picture_and_not_on_each_other(net):
    place = board(net)
    (w, h), centres = place.size, place.centres
    assert np.all(centres - np.array([w, h]) / 2 > -1e-9) and np.all(centres + np.array([w, h]) / 2 < 100 + 1e-9)
    for i in range(len(net.nodes)):
        for j in range(i):
            assert abs(centres[i, 0] - centres[j, 0]) > w or abs(centres[i, 1] - centres[j, 1]) > h


def test_no_arrow_of_an_example_runs_through_a_box():
    for net in EXAMPLES.values():
        place = board(net)
        for down, ups in enumerate(net.parents):
            for up in ups:
                line = place.centres[up] + np.linspace(0, 1, 201)[:, None] * (place.centres[down] - place.centres[up])
                for other in set(range(len(net.nodes))) - {up, down}:
                    off = np.abs(line - place.centres[other]) / (np.array(place.size) / 2)
                    assert off.max(axis=1).min() > 1, (net.names[up], net.names[down], net.names[other])


def test_estimates_of_shares_are_shown_between_0_and_1():
    reel = direct_sampling(done(Ancestral(n=500)))
    views = reel.panels[1].y.windows
    assert views.min() > -0.06 and views.max() < 1.05 and math.isclose(reel.panels[1].y.high, views.max())
