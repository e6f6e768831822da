"""Reels check themselves, and their wire form is small and exact."""

import json

import numpy as np
import pandas as pd
import pytest

from core.reels.reel import MARKS, Axis, Layer, Panel, Readout, Reel, Sweep
from core.reels.wire import GAP, pack, packed_bytes

X, Y = Axis("x", -3, 3), Axis("y", -3, 3)


def reel(*layers: Layer, n_frames: int = 4, **rest) -> Reel:
    return Reel((Panel(X, Y, layers),), n_frames, **rest)


def path(n_frames: int, rows: int, when: str = "frame", shift: float = 0.0) -> Layer:
    frame = np.repeat(np.arange(n_frames), rows)
    x = np.tile(np.linspace(-3, 3, rows), n_frames)
    return Layer("path", pd.DataFrame({"frame": frame, "x": x, "y": np.sin(x + frame) + shift}), when)


def column(packed: tuple, reference: dict) -> np.ndarray:
    values = packed[1][reference["t"]][f"c{reference['c']}"].to_numpy()
    if "scale" in reference:
        low, step = reference["scale"]
        return np.where(values == GAP, np.nan, low + values * step)
    return values.astype(float)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_asks_for_its_columns(mark):
    required, _ = MARKS[mark]
    with pytest.raises(ValueError, match="missing"):
        Layer(mark, pd.DataFrame({"nothing": [1.0]}))
    rows = pd.DataFrame({name: ["a" if name == "text" else 0] for name in (*required, "frame")})
    assert Layer(mark, rows).mark == mark
    with pytest.raises(ValueError, match="may not have surplus"):
        Layer(mark, rows.assign(surplus=1))


@pytest.mark.parametrize(
    "broken, sentence",
    [
        (lambda: reel(n_frames=0), "n_frames must lie in"),
        (lambda: reel(n_frames=1001), "n_frames must lie in"),
        (lambda: reel(start=4), "start must lie in"),
        (lambda: reel(captions=("a", "b")), "captions must be one or 4"),
        (lambda: reel(captions=("{missing}",)), "asks for missing"),
        (lambda: reel(readouts=(Readout("a", "A", np.zeros(3)),)), "must have 4 values"),
        (lambda: reel(sweep=Sweep("mu", "mu", np.zeros(3))), "must have 4 ticks"),
        (lambda: reel(path(5, 2)), "must have frames in"),
        (lambda: Axis("x", 1, 1), "must run from low to high"),
        (lambda: Axis("x", 0, 1, log=True), "must start above 0"),
        (lambda: Layer("blob", pd.DataFrame()), "mark must be one of"),
        (lambda: Layer("rule", pd.DataFrame({"frame": [0]}), role="hero"), "role must be one of"),
        (lambda: Layer("rule", pd.DataFrame({"frame": [0]}), when="never"), "when must be one of"),
    ],
)
def test_a_broken_reel_gets_its_sentence(broken, sentence):
    with pytest.raises(ValueError, match=sentence):
        broken()


def test_a_path_of_a_thousand_steps_is_small():
    walk = np.cumsum(np.random.default_rng(0).normal(size=(1000, 2)), axis=0) / 30
    made = reel(Layer("path", pd.DataFrame({"frame": np.arange(1000), "x": walk[:, 0], "y": walk[:, 1]}), "until"), n_frames=1000)
    assert packed_bytes(made) + len(json.dumps(pack(made)[0])) < 40_000


def test_columns_that_repeat_are_sent_once():
    made = pack(reel(path(4, 50), path(4, 50), path(4, 50, shift=1.0)))
    layers = made[0]["panels"][0]["layers"]
    assert layers[0]["columns"] == layers[1]["columns"]
    assert layers[0]["columns"]["x"]["tile"] and layers[2]["columns"]["x"] == layers[0]["columns"]["x"]
    assert layers[2]["columns"]["y"] != layers[0]["columns"]["y"]


def test_sixteen_bits_keep_a_coordinate_within_a_fraction_of_a_pixel():
    n_frames, rows = 60, 1000
    made = pack(reel(path(n_frames, rows), n_frames=n_frames))
    y = column(made, made[0]["panels"][0]["layers"][0]["columns"]["y"])
    frame = np.repeat(np.arange(n_frames), rows)
    exact = np.sin(np.tile(np.linspace(-3, 3, rows), n_frames) + frame)
    assert np.abs(y - exact).max() <= 6 * 3 / 65534 / 2 * 1.001  # half a step of three axis widths


def test_gaps_and_runaways_survive_both_ways_of_sending():
    for repeat in (1, 20_000):
        y = np.tile([0.0, np.nan, np.inf, -np.inf], repeat)
        rows = pd.DataFrame({"frame": np.zeros(len(y), int), "x": np.zeros(len(y)), "y": y})
        made = pack(reel(Layer("path", rows), n_frames=1))
        back = column(made, made[0]["panels"][0]["layers"][0]["columns"]["y"])[:4]
        assert abs(back[0]) < 1e-3 and np.isnan(back[1]) and back[2] >= 8.9 and back[3] <= -8.9


def test_frames_travel_as_offsets_when_they_are_uneven():
    rows = pd.DataFrame({"frame": [2, 0, 2], "x": [1.0, 2.0, 3.0], "y": [0.0, 0.0, 0.0]})
    made = pack(reel(Layer("points", rows)))
    layer = made[0]["panels"][0]["layers"][0]
    assert column(made, layer["counts"]).tolist() == [0, 1, 1, 3, 3]
    assert column(made, layer["columns"]["x"]).tolist() == [2.0, 1.0, 3.0]


def test_the_head_is_plain_json_and_the_columns_are_types_the_browser_reads():
    head, tables = pack(reel(path(4, 3), captions=("frame {frame}: {a:.2f}",), readouts=(Readout("a", "A", np.array([1, np.nan, np.inf, 0])),)))
    assert "NaN" not in json.dumps(head) and "Infinity" not in json.dumps(head)
    assert {str(kind) for table in tables.values() for kind in table.dtypes} <= {"float32", "float64", "uint8", "uint16", "uint32"}
