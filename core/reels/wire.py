"""A reel on its way to the browser: a small JSON head and tables of typed columns.

Columns are sent once each: equal columns are shared, a column that is the same in every frame is sent for one frame
("tile"), frames are offsets instead of a column, and large reels are cut to 16 bits over three widths of their axis.
The reader is `assets/stage/reel.js`.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pandas as pd

from core.reels.reel import MARKS, Axis, Handle, Layer, Panel, Reel

FINE_ROWS = 50_000  # above this many rows, coordinates travel as uint16
GAP = 65535  # the code of nan, which lifts the pen
X_COLUMNS = ("x", "dx", "width")


class Columns:
    """Collects columns, each distinct one once, and hands out references to them."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, bytes], tuple[int, int]] = {}
        self._tables: dict[int, list[np.ndarray]] = {}

    def add(self, values: np.ndarray) -> dict[str, Any]:
        """Keep a column and return where it stands: table and column number."""
        values = np.ascontiguousarray(values)
        name = (values.dtype.str, values.tobytes())
        if name not in self._places:
            table = self._tables.setdefault(len(values), [])
            self._places[name] = (len(values), len(table))
            table.append(values)
        length, column = self._places[name]
        return {"t": f"t{length}", "c": column}

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the tables by name."""
        return {f"t{length}": pd.DataFrame({f"c{i}": column for i, column in enumerate(table)}) for length, table in self._tables.items()}


def pack(reel: Reel) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Split a reel into a JSON head and tables of typed columns (float32, float64, uint8, uint16, uint32)."""
    columns, fine = Columns(), reel.n_rows() > FINE_ROWS
    head: dict[str, Any] = {"version": 1, "frames": reel.n_frames, "fps": reel.fps, "start": reel.start, "intro": reel.intro}
    head["captions"] = list(reel.captions)
    head["panels"] = [_panel(columns, panel, reel.n_frames, fine) for panel in reel.panels]
    head["readouts"] = [
        {"name": each.name, "label": each.label, "form": each.form, "shown": each.shown, "values": columns.add(np.asarray(each.values, float))}
        for each in reel.readouts
    ]
    if reel.sweep:
        ticks = columns.add(np.asarray(reel.sweep.ticks, float))
        head["sweep"] = {"name": reel.sweep.name, "label": reel.sweep.label, "form": reel.sweep.form, "ticks": ticks}
    head["handles"] = [_handle(columns, handle) for handle in reel.handles]
    return head, columns.tables()


def _handle(columns: Columns, handle: Handle) -> dict[str, Any]:
    told = {name: value for name, value in vars(handle).items() if name not in ("xs", "ys")}
    if handle.xs is None or handle.ys is None:
        return told
    return told | {"xs": columns.add(np.asarray(handle.xs, np.float32)), "ys": columns.add(np.asarray(handle.ys, np.float32))}


def packed_bytes(reel: Reel) -> int:
    """Return how many bytes of columns a reel sends."""
    return sum(int(column.to_numpy().nbytes) for table in pack(reel)[1].values() for _, column in table.items())


def inline(tables: dict[str, pd.DataFrame]) -> dict[str, list[dict[str, str]]]:
    """Write tables as base64 in JSON, for a page that plays from a file."""
    return {
        name: [{"type": str(table[c].dtype), "data": base64.b64encode(table[c].to_numpy().tobytes()).decode()} for c in table.columns]
        for name, table in tables.items()
    }


def _axis(columns: Columns, axis: Axis) -> dict[str, Any]:
    head: dict[str, Any] = {"label": axis.label, "low": float(axis.low), "high": float(axis.high), "log": axis.log, "whole": axis.whole}
    if axis.windows is not None:
        windows = np.asarray(axis.windows, float)  # (n_frames, 2)
        head["windows"] = [columns.add(windows[:, 0].copy()), columns.add(windows[:, 1].copy())]
    return head


def _panel(columns: Columns, panel: Panel, n_frames: int, fine: bool) -> dict[str, Any]:
    return {
        "x": _axis(columns, panel.x),
        "y": _axis(columns, panel.y),
        "area": list(panel.area),
        "note": panel.note,
        "equal": panel.equal,
        "bare": panel.bare,
        "layers": [_layer(columns, layer, panel, n_frames, fine) for layer in panel.layers],
    }


def _layer(columns: Columns, layer: Layer, panel: Panel, n_frames: int, fine: bool) -> dict[str, Any]:
    head: dict[str, Any] = {"mark": layer.mark, "when": layer.when, "role": layer.role, "label": layer.label, "trail": layer.trail, "style": layer.style}
    rows, per_frame = layer.rows, 0
    if layer.when != "always":
        rows = rows.sort_values("frame", kind="stable")
        counts = np.bincount(rows["frame"].to_numpy(int), minlength=n_frames)
        even = int(counts[0]) if (counts == counts[0]).all() else 0
        head["counts"] = even or columns.add(np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32))
        per_frame = even if layer.when == "frame" else 0  # rows that pile up are never tiled
    if layer.mark == "field":
        shape = [int(rows["row"].max()) + 1, int(rows["column"].max()) + 1]
        rows = rows.sort_values((["frame"] if layer.when != "always" else []) + ["row", "column"], kind="stable")
        head["shape"] = shape
        head["columns"] = {"value": _column(columns, np.round(np.clip(rows["value"], 0, 1) * 255).to_numpy(np.uint8), per_frame)}
        return head
    head["columns"] = {}
    for name in (*MARKS[layer.mark][0], *MARKS[layer.mark][1]):
        if name == "text" and name in rows:
            words, codes = np.unique(rows["text"].astype(str).to_numpy(str), return_inverse=True)
            head["words"] = words.tolist()
            head["columns"]["text"] = _column(columns, codes.astype(np.uint16), per_frame)
        elif name in rows:
            head["columns"][name] = _coordinate(columns, rows[name].to_numpy(float), name, panel, per_frame, fine)
    return head


def _coordinate(columns: Columns, values: np.ndarray, name: str, panel: Panel, per_frame: int, fine: bool) -> dict[str, Any]:
    if name in ("size", "value", "part"):
        return _column(columns, values.astype(np.float32), per_frame)
    axis = panel.x if name in X_COLUMNS else panel.y
    if name in ("dx", "dy", "width") or axis.log:
        return _column(columns, values.astype(np.float32), per_frame)
    low, high = _span(axis)
    values = np.clip(values, low, high)
    if not fine:
        return _column(columns, values.astype(np.float32), per_frame)
    step = (high - low) / (GAP - 1)
    codes = np.where(np.isnan(values), GAP, np.round((np.nan_to_num(values, nan=low) - low) / step)).astype(np.uint16)
    return _column(columns, codes, per_frame) | {"scale": [low, step]}


def _span(axis: Axis) -> tuple[float, float]:
    """Return one width of the axis more on either side, so that lines leave the picture at the right slope."""
    low, high = axis.low, axis.high
    if axis.windows is not None:
        low, high = min(low, float(np.min(axis.windows))), max(high, float(np.max(axis.windows)))
    width = high - low
    return low - width, high + width


def _column(columns: Columns, values: np.ndarray, per_frame: int) -> dict[str, Any]:
    if per_frame and len(values) > per_frame:
        frames = values.reshape(-1, per_frame)
        if (frames == frames[0]).all():
            return columns.add(frames[0]) | {"tile": True}
    return columns.add(values)
