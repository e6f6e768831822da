"""Draws of a law of several numbers as they arrive: the running mean and covariance close in on the exact ones."""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.distributions.base import Array
from core.distributions.multivariate import Dirichlet, Multinomial, Wishart
from core.distributions.multivariate.base import Multivariate
from core.distributions.multivariate.several import Rows
from core.distributions.multivariate.wishart import matrices
from core.reels.planes import LEFT, LOWER, UPPER
from core.reels.reel import Axis, Layer, Panel, Readout, Reel
from core.reels.scatter import OUT, TURNS
from core.reels.simplex import CORNER_PLACES, VIEW, frame, place
from core.reels.stamped import ellipse, lines, stamped
from core.reels.triangles import disc_sizes

SINGLE = 30  # draws shown one by one
FRAMES = 60  # for the rest of those that are kept
ELLIPSES = 60  # draws of a covariance that stay on the picture
WIDER = 1.15  # than the view of the sweep
USUAL = {"dash": True, "width": 2}


def arrivals(rows: Rows) -> Reel:
    """Return draws as they arrive, one by one and then more and more a frame, up to all n."""
    law, marks = rows.spec.law, _marks(rows)
    means, covariances = _running(rows, marks)
    panel = {Dirichlet: _triangle, Multinomial: _lattice, Wishart: _ellipses}.get(type(law), _plane)(rows, marks, means, covariances)
    off = _off(law, marks, means, covariances)
    usual_mean, usual_covariance = law.usual_distances(marks)
    known = np.isfinite(law.covariance()).all()
    panels = (
        panel,
        _distance(marks, off[0], usual_mean, UPPER, "Mean: distance from the exact one" if np.isfinite(law.mean()).all() else "Mean: distance from the middle"),
        _distance(marks, off[1], usual_covariance, LOWER, "Covariance: distance from the exact one" if known else "Covariance: its size"),
    )
    values = {
        "drawn": ("draws", marks.astype(float), ",d"),
        "off": ("mean off by", off[0], ".3g"),
        "usual": ("usual for the mean", usual_mean, ".3g"),
        "covariance_off": ("covariance off by" if known else "size of the covariance", off[1], ".3g"),
        "covariance_usual": ("usual for the covariance", usual_covariance, ".3g"),
    }
    readouts = tuple(Readout(name, label, np.asarray(numbers, float), form) for name, (label, numbers, form) in values.items())
    return Reel(panels, len(marks), (_caption(known),), readouts, fps=10, intro=True)


def _caption(known: bool) -> str:
    if known:
        return "After {drawn:,d} draws the mean is off by {off:.2g} ({usual:.2g} is usual) and the covariance by {covariance_off:.2g}: both shrink like 1 / √n."
    return "After {drawn:,d} draws the sample covariance has the size {covariance_off:.3g}: there is no exact one for it to settle on."


def _marks(rows: Rows) -> Array:
    """Return how many draws each frame shows."""
    kept = len(rows.first)
    single = min(SINGLE, kept)
    later = np.geomspace(single + 1, kept, FRAMES).astype(int) if kept > single else []
    return np.unique([*range(1, single + 1), *later, *(n for n, _, _ in rows.history if n > kept)])


def _running(rows: Rows, marks: Array) -> tuple[Array, Array]:
    """Return the means (frames, d) and covariances (frames, d, d) of the draws so far; nan for the covariance of one."""
    kept, later = rows.first.astype(float), {n: (mean, covariance) for n, mean, covariance in rows.history}
    with np.errstate(all="ignore"):
        base = np.median(kept, axis=0)
        away = kept - base
        sums, squares = np.cumsum(away, axis=0), np.cumsum(away[:, :, None] * away[:, None, :], axis=0)
        found = []
        for n in marks:
            if n > len(kept):
                found.append(later[n])
                continue
            mean = sums[n - 1] / n
            found.append((base + mean, (squares[n - 1] - n * np.outer(mean, mean)) / (n - 1) if n > 1 else np.full_like(squares[0], np.nan)))
    return np.array([mean for mean, _ in found]), np.array([covariance for _, covariance in found])


def _off(law: Multivariate, marks: Array, means: Array, covariances: Array) -> tuple[Array, Array]:
    """Return how far the running means and covariances are from the exact ones; from the middle, and from 0, where there are none."""
    centre, exact = law.mean(), law.covariance()
    centre = centre if np.isfinite(centre).all() else np.array([law.mu_x, law.mu_y])
    exact = exact if np.isfinite(exact).all() else np.zeros_like(exact)
    return np.linalg.norm(means - centre, axis=1), np.linalg.norm(covariances - exact, axis=(1, 2))


def _distance(marks: Array, off: Array, usual: Array, area: tuple, note: str) -> Panel:
    """Return a distance against n, both on log scales, beside its exact root mean square."""
    seen = np.concatenate([off, usual])
    seen = seen[np.isfinite(seen) & (seen > 0)]
    low, high = (0.7 * seen.min(), 1.4 * seen.max()) if seen.size else (0.1, 10.0)
    frame_of = np.arange(len(marks))
    line = pd.DataFrame({"frame": frame_of, "x": marks.astype(float), "y": np.where(off > 0, off, np.nan)})
    layers = [Layer("path", line, "until", "model", "these draws", style={"width": 2.5}), Layer("points", line, "frame", "model", style={"size": 10})]
    if np.isfinite(usual[1:]).all():  # of one draw there is no covariance
        layers.insert(0, Layer("path", pd.DataFrame({"x": marks.astype(float), "y": usual}), "always", "truth", "usual: root mean square", style=USUAL))
    return Panel(
        Axis("draws, n", 1, float(marks[-1]) * 1.1, log=True),
        Axis("size" if note.endswith("size") else "distance", low, high, log=True),
        tuple(layers),
        area=area,
        note=note,
    )


def _cloud(places: Array, marks: Array) -> Layer:
    """Return the kept draws, each stamped with the frame in which it arrives."""
    arrives = np.searchsorted(marks, np.arange(1, len(places) + 1))
    return Layer("points", pd.DataFrame({"frame": arrives, "x": places[:, 0], "y": places[:, 1]}), "until", "ink", "draws", style={"size": 4, "opacity": 0.4})


def _centres(running: Array, exact: Array, words: str = "mean and covariance") -> tuple[Layer, ...]:
    """Return the running mean and, where there is one, the exact one."""
    layers = [Layer("points", stamped(len(running), x=running[:, :1], y=running[:, 1:]), role="model", label=f"{words} so far", style={"size": 11})]
    if np.isfinite(exact).all():
        there = pd.DataFrame({"x": exact[:1], "y": exact[1:]})
        layers.insert(0, Layer("points", there, "always", "truth", f"exact {words}", style={"size": 11}))
    return tuple(layers)


def _rings(running: Array, covariances: Array, exact: Array, covariance: Array, out: float) -> tuple[Layer, ...]:
    """Return the ellipses of the running covariance and, where there is one, of the exact one."""
    so_far = ellipse(running, covariances, out)
    rows = stamped(len(running), x=so_far[..., 0], y=so_far[..., 1])
    layers = [Layer("path", rows, role="model", label="mean and covariance so far", style={"width": 3})]
    if np.isfinite(covariance).all():
        there = pd.DataFrame(ellipse(exact, covariance, out), columns=["x", "y"])
        layers.insert(0, Layer("path", there, "always", "truth", "exact mean and covariance", style={"width": 3, "dash": True}))
    return tuple(layers)


def _plane(rows: Rows, marks: Array, means: Array, covariances: Array) -> Panel:
    law = rows.spec.law
    half = WIDER * law.reach * max(law.sigma_x, law.sigma_y)
    axes = (Axis(name, middle - half, middle + half) for name, middle in (("x", law.mu_x), ("y", law.mu_y)))
    rings = _rings(means, covariances, law.mean(), law.covariance(), OUT)
    layers = (_cloud(rows.first, marks), *rings, *_centres(means, law.mean()))
    return Panel(*axes, layers, area=LEFT, note="Draws: with ellipses of two standard deviations", equal=True)


def _triangle(rows: Rows, marks: Array, means: Array, covariances: Array) -> Panel:
    law, turn = rows.spec.law, CORNER_PLACES
    flat, exact = turn.T @ covariances @ turn, turn.T @ law.covariance() @ turn
    rings = _rings(place(means), flat, place(law.mean()), exact, 1.0)
    layers = (*frame(), _cloud(place(rows.first), marks), *rings, *_centres(place(means), place(law.mean())))
    return Panel(*VIEW, layers, area=LEFT, note="Draws: with ellipses of one standard deviation", equal=True, bare=True)


def _lattice(rows: Rows, marks: Array, means: Array, covariances: Array) -> Panel:
    law, exact = rows.spec.law, rows.spec.law.prob(rows.spec.law.lattice)
    seen = exact > 0
    rings = np.column_stack([place(law.lattice / law.n), disc_sizes(law.n, exact / exact.max())])[seen]
    frames = [_counted(law, rows.first[:n]) for n in marks]
    discs = np.concatenate(frames)
    stamps = np.repeat(np.arange(len(marks)), [len(each) for each in frames])
    names = ["x", "y", "size"]
    layers = (
        *frame(),
        Layer("points", pd.DataFrame(discs, columns=names).assign(frame=stamps), role="model", label="draws", style={"opacity": 0.75}),
        Layer("points", pd.DataFrame(rings, columns=names), "always", "ghost", "exact mass", style={"width": 1.4}),
        *_centres(place(means / law.n), place(law.mean() / law.n), "mean"),
    )
    return Panel(*VIEW, layers, area=LEFT, note="Outcomes: area of a disc by how often it came", equal=True, bare=True)


def _counted(law: Multinomial, draws: Array) -> Array:
    """Return discs (x, y, size) of what was drawn: the most frequent outcome's fills its cell."""
    outcomes, counts = np.unique(draws, axis=0, return_counts=True)
    return np.column_stack([place(outcomes / law.n), disc_sizes(law.n, counts / counts.max())])


def _ellipses(rows: Rows, marks: Array, means: Array, covariances: Array) -> Panel:
    law, few = rows.spec.law, rows.first[:ELLIPSES]
    drawn = ellipse(np.zeros(2), matrices(few) / law.df, OUT, TURNS)
    arrives = np.searchsorted(marks, np.arange(1, len(few) + 1))
    so_far = ellipse(np.zeros(2), matrices(means) / law.df, OUT)
    true = pd.DataFrame(ellipse(np.zeros(2), law.scale_matrix(), OUT), columns=["x", "y"])
    stays = lines([[each] for each in drawn]).assign(frame=np.repeat(arrives, len(TURNS) + 1))
    half = 1.75 * OUT * max(law.sigma_x, law.sigma_y)
    layers = (
        Layer("path", stays, "until", "context", f"the first {len(few)} draws", style={"width": 1.2, "opacity": 0.5}),
        Layer("path", stamped(len(marks), x=so_far[..., 0], y=so_far[..., 1]), role="model", label="mean so far", style={"width": 3}),
        Layer("path", true, "always", "truth", "exact mean", style={"width": 3, "dash": True}),
    )
    axes = (Axis(name, -half, half) for name in "xy")
    return Panel(*axes, layers, area=LEFT, note="Draws S / ν: ellipses of two standard deviations", equal=True)
