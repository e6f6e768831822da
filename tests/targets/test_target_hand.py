"""What the hand does to a target: hills go where they are let go, strokes become heights, and what a browser sends is checked like an upload."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.reels import wire
from core.reels.reel import Axis, Panel, Reel
from core.reels.targets import CELLS, PREFIX, curve, field, handles, lines
from core.targets import FAMILY, LINE, PLANE, Hill, Hill2, Hills, Hills2, Painted, PaintedPlane
from core.targets.hand import dragged, grips, paintable, stroked
from core.targets.painted_plane import REACH, SIDE
from pages._ui.targets import changed, moved, painted, paints

HILLS = Hills((Hill(0.3, -2, 0.5), Hill(0.5, 0, 0.4), Hill(0.2, 2, 0.6)))


def height(target: Hills, x: float) -> float:
    return float(np.exp(target.log_prob([x])))


# Hills


def test_a_hill_of_the_line_goes_where_it_is_let_go_and_the_others_keep_their_ratios():
    new = dragged(HILLS, "part.1", 0.7, 0.5)
    assert new.parts[1].centre == 0.7 and height(new, 0.7) == pytest.approx(0.5, rel=2e-3)
    weights = [part.weight for part in new.parts]
    assert sum(weights) == pytest.approx(1, abs=1e-3) and weights[0] / weights[2] == pytest.approx(1.5, rel=2e-3)
    assert grips(new)["part.1"] == (0.7, pytest.approx(0.5, rel=2e-3))


@pytest.mark.parametrize(("y", "share"), [(0, 0.02), (-5, 0.02), (99, 0.98)])
def test_a_hill_is_neither_lost_nor_alone(y, share):
    weights = [part.weight for part in dragged(HILLS, "part.0", -2, y).parts]
    assert weights[0] / sum(weights) == pytest.approx(share, rel=1e-3)


def test_a_single_hill_only_moves_and_a_hill_of_the_plane_moves_both_ways():
    assert dragged(Hills((Hill(2, 0, 1),)), "part.0", 1.23456, 9) == Hills((Hill(2, 1.235, 1),))
    new = dragged(Hills2(), "part.1", -0.5, 3)
    assert (new.parts[1].x, new.parts[1].y, new.parts[1].weight) == (-0.5, 3, Hills2().parts[1].weight) and new.parts[0] == Hills2().parts[0]


def test_two_hills_at_one_place_can_still_be_dragged():
    twins = Hills((Hill(0, 1, 1), Hill(1, 1, 1)))
    assert dragged(twins, "part.0", 1, 0.4).parts[0].weight > 0
    assert dragged(Hills((Hill(1, 0, 1), Hill(0, 2, 1))), "part.0", 1, 5).parts[0] == Hill(1, 1, 1)


def test_only_hills_have_grips():
    assert {cls for cls in FAMILY if grips(cls())} == {Hills, Hills2}
    with pytest.raises(ValueError, match=r"^name must be one of part\.0, part\.1, got part\.7"):
        dragged(Hills(), "part.7", 0, 0)


# Strokes


def test_a_stroke_sets_the_heights_under_it_and_no_others():
    target = Painted((1.0,) * 41, -4.0, 4.0)
    xs = np.linspace(-1.03, 2.01, 57)
    new = stroked(target, xs, xs**2)
    at = np.linspace(-4, 4, 41)
    under = (at >= -1.03) & (at <= 2.01)
    assert np.abs(np.array(new.heights) - at**2)[under].max() < 0.01 and (np.array(new.heights)[~under] == 1).sum() == (~under).sum()
    assert stroked(target, xs[::-1], xs[::-1] ** 2).heights == new.heights


def test_the_last_pass_counts_and_nothing_goes_below_0():
    target = Painted((1.0,) * 9, -4.0, 4.0)
    assert stroked(target, [-4.5, 4.5, -4.5], [3, 3, 3]).heights == (3.0,) * 9
    assert stroked(target, [-4.5, 4.5, 0.5], [3, 3, -2]).heights == (3, 3, 3, 3, 3, 0, 0, 1.125, 2.375)
    assert stroked(target, [0.2], [0.25]).heights == (1, 1, 1, 1, 0.25, 1, 1, 1, 1)
    with pytest.raises(ValueError, match="heights must"):
        stroked(target, [-5, 5], [-1, -1])


def test_the_brush_raises_near_the_stroke_and_the_eraser_takes_it_back():
    empty = PaintedPlane(tuple([0.01] + [0.0] * (SIDE * SIDE - 1)))
    drawn = stroked(empty, [-2, 2], [1, 1])
    at = np.linspace(-REACH, REACH, SIDE)
    row = drawn.grid[:, np.argmin(np.abs(at - 1))]
    assert row[np.abs(at) < 2].min() > 0.4 and row[np.abs(at) > 3.2].max() < 0.3 and drawn.grid[:, np.abs(at - 1) > 3].max() <= 0.01
    assert drawn.mean() == pytest.approx([0, 1], abs=0.15)
    more = stroked(drawn, [-2, 2], [1, 1])
    assert (more.grid >= drawn.grid).all() and more.grid.max() <= 1  # it saturates
    less = stroked(more, [-2, 2], [1, 1], lower=True)
    assert less.grid.sum() < 0.6 * more.grid.sum() and less.grid.min() >= 0


@given(some.lists(some.tuples(some.floats(-9, 9), some.floats(-9, 9)), min_size=1, max_size=20), some.booleans())
def test_any_stroke_leaves_a_target_or_a_sentence(places, lower):
    xs, ys = zip(*places, strict=True)
    for target in (Painted(), PaintedPlane()):
        try:
            new = stroked(target, xs, ys, lower)
        except ValueError as error:
            assert " must " in str(error)
            continue
        assert type(new).from_query(new.to_query()) == (new, []) and np.isfinite(new.log_mass())


# What a browser sends

GOOD = {"kind": "paint", "panel": 0, "xs": [-1, 0, 1.5], "ys": [0.5, 1, 0.25], "serial": 1}
BAD = [
    {"kind": "click"},
    {"panel": 1},
    {"panel": None},
    {"xs": [1, 2]},
    {"xs": []},
    {"xs": "123", "ys": "123"},
    {"xs": [1, None, 2]},
    {"xs": [1, True, 2]},
    {"xs": [1, math.nan, 2]},
    {"ys": [1, math.inf, 2]},
    {"ys": [1, 1e300, 2]},
    {"ys": [[1], 2, 3]},
    {"xs": [0.0] * 201, "ys": [0.0] * 201},
    {"ys": None},
]


def test_a_stroke_from_the_stage_paints_what_can_be_painted():
    for target in (Painted(), PaintedPlane()):
        assert painted(target, GOOD) == stroked(target, GOOD["xs"], GOOD["ys"]) == changed(target, GOOD)
    assert painted(PaintedPlane(), GOOD, erase=True) == stroked(PaintedPlane(), GOOD["xs"], GOOD["ys"], lower=True)
    assert painted(Painted(), GOOD, shift=-2.0).heights == stroked(Painted(), GOOD["xs"], np.array(GOOD["ys"]) * math.exp(-2)).heights
    assert [cls for cls in FAMILY if paints(cls())] == [Painted, PaintedPlane] and not paintable(Hills())
    assert painted(Hills(), GOOD) is None and painted(Painted((0, 1, 0), -1, 1), GOOD | {"xs": [-5, 0, 5], "ys": [-1, -1, -1]}) is None


@pytest.mark.parametrize("wrong", BAD, ids=str)
def test_a_stroke_that_no_stage_sends_does_nothing(wrong):
    assert painted(Painted(), GOOD | wrong) is None


def test_a_handle_from_the_stage_moves_its_hill():
    hand = {"kind": "handle", "name": f"{PREFIX}part.1", "x": 0.7, "y": 0.5}
    assert moved(HILLS, hand) == dragged(HILLS, "part.1", 0.7, 0.5) == changed(HILLS, hand)
    assert moved(HILLS, hand | {"y": 5.0}, shift=math.log(0.1)) == dragged(HILLS, "part.1", 0.7, 0.5)
    for wrong in (
        {"name": "part.1"},
        {"name": f"{PREFIX}part.9"},
        {"name": 3},
        {"x": "1"},
        {"x": 1e300},
        {"y": None},
        {"kind": "click"},
        {"name": f"{PREFIX}part.1.x"},
    ):
        assert moved(HILLS, hand | wrong) is None


# Layers


@pytest.mark.parametrize("cls", FAMILY)
def test_every_target_is_drawn(cls):
    target = cls()
    axes = [Axis(word, *map(float, ends)) for word, ends in zip("xy", target.window, strict=False)]
    layers = (curve(target, *target.window[0]),) if cls in LINE else (field(target, *axes), lines(target, *axes))
    y = Axis("density", 0, 1.1 * float(layers[0].rows["y"].max())) if cls in LINE else axes[1]
    reel = Reel((Panel(axes[0], y, layers),), 1, handles=handles(target))
    head, tables = wire.pack(reel)
    assert head and tables and all(layer.rows.drop(columns="text", errors="ignore").notna().to_numpy().any() for layer in layers)
    assert len(reel.handles) == len(grips(target)) and all(handle.name.startswith(PREFIX) and handle.label for handle in reel.handles)


def test_the_picture_has_the_right_heights():
    rows = curve(HILLS, -4, 4, shift=math.log(2)).rows
    assert np.abs(rows["y"] - np.exp(HILLS.log_prob(rows["x"].to_numpy()[:, None])) / 2).max() < 1e-15
    at = next(handle for handle in handles(HILLS, shift=math.log(2)) if handle.name.endswith("1"))
    assert (at.x, at.y) == (0, pytest.approx(height(HILLS, 0) / 2))
    target = Hills2((Hill2(1, 1, -2, 0.5),))
    x, y = Axis("x", -3, 3), Axis("y", -4, 4)
    rows = field(target, x, y).rows
    best = rows.loc[rows["value"].idxmax()]
    assert (-3 + 6 * (best["column"] + 0.5) / CELLS, -4 + 8 * (best["row"] + 0.5) / CELLS) == (pytest.approx(1, abs=0.04), pytest.approx(-2, abs=0.05))
    line = lines(target, x, y).rows.dropna()
    radius = np.hypot(line["x"] - 1, line["y"] + 2)
    assert {round(float(r), 1) for r in radius} == {round(0.5 * math.sqrt(-2 * math.log(share)), 1) for share in (0.05, 0.2, 0.5, 0.8)}
    assert len(PLANE) == 9
