"""Rows of layers, stamped with their frames, and the ellipses that several pictures draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

Array = np.ndarray
ROUND = np.linspace(0, 2 * np.pi, 73)


def stamped(n_frames: int, **columns: Array) -> pd.DataFrame:
    """Return rows for every frame from columns of (n_frames, k) each; one of (k,) is the same in all frames, one of (n_frames, 1) along all rows."""
    k = max(np.shape(column)[-1] for column in columns.values())
    rows = {name: np.broadcast_to(column, (n_frames, k)).ravel() for name, column in columns.items()}
    return pd.DataFrame({"frame": np.repeat(np.arange(n_frames), k)} | rows)


def lines(frames: Sequence[Sequence[Array]]) -> pd.DataFrame:
    """Return rows of a path from the lines (k, 2) of each frame; the pen lifts between lines."""
    gap = np.full((1, 2), np.nan)
    parts = [part for drawn in frames for line in drawn for part in (line, gap)]
    counts = [sum(len(line) + 1 for line in drawn) for drawn in frames]
    points = np.concatenate(parts) if parts else np.empty((0, 2))
    return pd.DataFrame({"frame": np.repeat(np.arange(len(frames)), counts), "x": points[:, 0], "y": points[:, 1]})


def ellipse(centre: Array, covariance: Array, radius: float, turns: Array = ROUND) -> Array:
    """Return the points on the ellipse of a covariance: (..., 2) and (..., 2, 2) -> (..., k, 2).

    They are centre + radius R (cos t, sin t) with R the symmetric root of the covariance, found without eigenvectors.
    """
    covariance = np.asarray(covariance, float)
    det = covariance[..., 0, 0] * covariance[..., 1, 1] - covariance[..., 0, 1] ** 2
    root = np.sqrt(np.maximum(det, 0.0))
    trace = covariance[..., 0, 0] + covariance[..., 1, 1]
    half = (covariance + root[..., None, None] * np.eye(2)) / np.sqrt(np.maximum(trace + 2 * root, 1e-300))[..., None, None]
    circle = np.stack([np.cos(turns), np.sin(turns)])  # (2, k)
    return np.asarray(centre)[..., None, :] + radius * np.swapaxes(half @ circle, -1, -2)
