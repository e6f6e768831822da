"""The Dirichlet and the multinomial law on the triangle, as they follow the hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from scipy import special

from core.distributions.base import Array
from core.distributions.multivariate.dirichlet import Dirichlet, log_gamma_quantile
from core.distributions.multivariate.multinomial import Multinomial
from core.reels.curves import grows_without_bound, rising
from core.reels.planes import HELD, SHARES, THIN, Picture, filled
from core.reels.reel import Axis, Layer, Panel, Readout
from core.reels.simplex import VIEW, Region, cells, frame, place
from core.reels.stamped import lines, stamped
from core.rng import stream

CELLS = (60, 66)  # rows and columns of the density
DARKEST = 0.05  # the share of the mass whose density has the full colour
PALEST = 1.2  # how far, in log density, full colour may lie above the border of half of the mass: an infinite density hides all else
CLOUD = 250
CURVE = 121
SIDE = 330.0  # px: about the side of the triangle, for discs that fill their cell of the lattice on a small screen
FAINT = 2e-3  # outcomes less likely than this, against the likeliest, are too small to be seen
SHARE = Axis("share", 0, 1)
CAPTION = "the mean shares are {mean_a:.1%}, {mean_b:.1%} and {mean_c:.1%}; a single draw misses the share of a by about {sd_a:.1%}."
LEFT = (0, 0, 0.57, 1)


def dirichlet(members: list[Dirichlet], seed: int) -> Picture:
    """Return panels, read-outs and caption of Dirichlet laws, one a frame."""
    n, cloud = len(members), place(_cloud(members, seed))
    regions = [Region(law) for law in members]
    mean = place(np.array([law.mean() for law in members]))
    layers = [_density(members, regions), *frame()]
    for share, width in zip(SHARES, (2, 3.2), strict=True):
        drawn = lines([[place(line) for line in region.border(share)] for region in regions])
        layers.append(Layer("path", drawn, role="model", label=HELD, style={"width": width}))
    layers += [
        Layer("points", stamped(n, x=cloud[..., 0], y=cloud[..., 1]), role="ink", label="draws", style={"size": 4.5, "opacity": 0.6}),
        Layer("points", stamped(n, x=mean[:, :1], y=mean[:, 1:]), role="truth", label="mean", style={"size": 11}),
    ]
    plane = Panel(*VIEW, tuple(layers), area=LEFT, note="Density over three shares", equal=True, bare=True)
    return (plane, *(_share(members, i) for i in range(3))), _moments(members), CAPTION


def _cloud(members: list[Dirichlet], seed: int) -> Array:
    """Return the same draws under every law, as `push` makes them: (frames, draws, 3). Quantiles that frames share are found once."""
    z, known = stream(seed, "cloud").standard_normal((CLOUD, 3)), {}
    for law in members:
        for i, weight in enumerate(law.weights):
            if (i, weight) not in known:
                known[i, weight] = log_gamma_quantile(weight, z[:, i])
    logs = np.array([[known[i, weight] for i, weight in enumerate(law.weights)] for law in members])  # (frames, 3, draws)
    return np.swapaxes(special.softmax(logs, axis=1), 1, 2)


def _density(members: list[Dirichlet], regions: list[Region]) -> Layer:
    """Return the density as a field: of full colour where the densest 5 % of the mass lie, or from a height at which half of it is seen."""
    touched, covered, shares = cells(*CELLS)
    logs, value = np.log(shares), np.zeros((len(members), CELLS[0] * CELLS[1]))
    for i, (law, region) in enumerate(zip(members, regions, strict=True)):
        full = min(region.level(DARKEST), region.level(0.5) + PALEST)
        height = logs @ (law.weights - 1) - full
        value[i, touched] = covered * np.exp(np.minimum(height, 0.0))
    row, column = (each.ravel() for each in np.indices(CELLS))
    return Layer("field", stamped(len(members), row=row, column=column, value=value), role="model", label="density")


def _share(members: list[Dirichlet], i: int) -> Panel:
    """Return the marginal of one share, a beta law."""
    name, grid = members[0].columns[i], np.linspace(0, 1, CURVE)
    laws = [law.marginals()[i] for law in members]
    heights = np.array([law.prob(grid) for law in laws])
    mean = Layer("rule", stamped(len(members), x=np.array([[law.mean()] for law in laws])), role="truth", label="mean", style=THIN)
    axis = rising("density", heights, np.array([grows_without_bound(law) for law in laws]))
    return Panel(SHARE, axis, (*filled(grid, heights), mean), area=_third(i), note=f"Share of {name}")


def _third(i: int) -> tuple[float, float, float, float]:
    """Return the place of the marginal number i, one under the other."""
    return LEFT[2], i / 3, 1 - LEFT[2], 1 / 3


def _moments(members: list[Dirichlet] | list[Multinomial]) -> tuple[Readout, ...]:
    means, sds = np.array([law.mean() for law in members]), np.array([law.sd() for law in members])
    names = members[0].columns
    return (
        *(Readout(f"mean_{name}", f"mean of {name}", means[:, i]) for i, name in enumerate(names)),
        *(Readout(f"sd_{name}", f"sd of {name}", sds[:, i], ".3g") for i, name in enumerate(names)),
        Readout("correlation", "correlation of a and b", np.array([law.correlation() for law in members]), ".3g"),
    )


def multinomial(members: list[Multinomial], seed: int) -> Picture:
    """Return panels, read-outs and caption of multinomial laws, one a frame: discs whose area is the mass."""
    z = stream(seed, "cloud").standard_normal((CLOUD, members[0].n_normals))
    masses = [law.prob(law.lattice) for law in members]
    drawn = [_discs(law, mass, z) for law, mass in zip(members, masses, strict=True)]
    inside, outside, rings = (_frames([each[i] for each in drawn]) for i in range(3))
    layers = (
        *frame(),
        Layer("points", inside, role="model", label="95 % of the mass", style={"opacity": 0.9}),
        Layer("points", outside, role="context", label="the other outcomes"),
        Layer("points", rings, role="ghost", label=f"{CLOUD} draws", style={"width": 1.4}),
    )
    plane = Panel(*VIEW, layers, area=LEFT, note="Mass of every outcome: area of its disc", equal=True, bare=True)
    top = np.array([mass.max() for mass in masses])
    extra = (Readout("outcomes", "outcomes", np.array([float(len(law.lattice)) for law in members]), ",d"), Readout("top", "likeliest outcome", top, ".2%"))
    caption = "{outcomes:,d} outcomes, the likeliest has {top:.2%} of the mass. On average a comes up {mean_a:.3g} times, give or take {sd_a:.2g}."
    return (plane, *(_count(members, masses, i) for i in range(3))), (*extra, *_moments(members)), caption


def _discs(law: Multinomial, mass: Array, z: Array) -> tuple[Array, Array, Array]:
    """Return discs (x, y, size) of the outcomes in the smallest set of 95 %, of the others, and rings of what was drawn."""
    order = np.argsort(mass)[::-1]
    before = np.cumsum(mass[order]) - mass[order]
    likely = np.zeros(len(mass), bool)
    likely[order[before < SHARES[0]]] = True
    seen = mass > FAINT * mass.max()
    outcomes, counts = np.unique(law.push(z), axis=0, return_counts=True)
    return (
        _sized(law, law.lattice[likely & seen], mass[likely & seen] / mass.max()),
        _sized(law, law.lattice[~likely & seen], mass[~likely & seen] / mass.max()),
        _sized(law, outcomes, counts / len(z) / mass.max()),
    )


def disc_sizes(n_trials: int, share_of_largest: Array) -> Array:
    """Return diameters in px: the largest disc touches its neighbours on the lattice, and areas go with mass."""
    return min(SIDE / n_trials, 0.2 * SIDE) * np.sqrt(share_of_largest)


def _sized(law: Multinomial, outcomes: Array, share_of_largest: Array) -> Array:
    return np.column_stack([place(outcomes / law.n), disc_sizes(law.n, share_of_largest)])


def _frames(discs: list[Array]) -> pd.DataFrame:
    rows = np.concatenate(discs)
    frames = np.repeat(np.arange(len(discs)), [len(each) for each in discs])
    return pd.DataFrame({"frame": frames, "x": rows[:, 0], "y": rows[:, 1], "size": rows[:, 2]})


def _count(members: list[Multinomial], masses: list[Array], i: int) -> Panel:
    """Return the marginal of one count, the sums of the masses over the other two."""
    most = max(law.n for law in members)
    stride = math.ceil((most + 1) / 101)
    k = np.arange(0, most + 1, stride)
    heights = np.array([np.bincount(law.lattice[:, i], mass, most + 1)[k] for law, mass in zip(members, masses, strict=True)])
    bars = stamped(len(members), x=k.astype(float), y=heights, width=np.array([0.7 * stride]))
    mean = Layer("rule", stamped(len(members), x=np.array([[law.mean()[i]] for law in members])), role="truth", label="mean", style=THIN)
    axis = rising("probability", heights, np.zeros(len(members), bool))
    view = Axis("count", -0.6 * stride, most + 0.6 * stride, whole=True)
    return Panel(view, axis, (Layer("bars", bars, role="model", label="marginal"), mean), area=_third(i), note=f"Count of {members[0].columns[i]}")
