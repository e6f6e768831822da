"""The sweep over one parameter of a law of several numbers, so that its picture follows the hand."""

from __future__ import annotations

import numpy as np

from core.distributions.multivariate import BivariateNormal, BivariateT, Dirichlet, Multinomial, Wishart
from core.distributions.multivariate.base import Multivariate
from core.reels.planes import Picture, planes
from core.reels.reel import Readout, Reel, Sweep
from core.reels.scatter import wishart
from core.reels.sweep import frame_key, members_of, spoken, sweepable
from core.reels.triangles import dirichlet, multinomial

TICKS = {BivariateNormal: 67, BivariateT: 67, Dirichlet: 45, Multinomial: 51, Wishart: 55}  # at most: a sweep is built in some 0.1 s
FEWEST = 25  # for lattices of thousands of outcomes
FINE_LATTICE = 60  # trials


def ticks_of(law: Multivariate) -> int:
    """Return how many ticks the slider has at most, so that a sweep is built while one blinks and stays below 400 kB."""
    return FEWEST if isinstance(law, Multinomial) and law.n > FINE_LATTICE else TICKS.get(type(law), FEWEST)


def key(law: Multivariate, path: str, seed: int) -> str:
    """Return what the frames of a sweep depend on: the other parameters, the cloud's seed, and the value only where it is no tick."""
    return f"{frame_key(law, path, None, ticks_of(law))} {seed}"


def sweep(law: Multivariate, path: str, seed: int = 1, intro: bool = False) -> Reel:
    """Return the reel over one parameter: the picture of the law, the same draws moved under it, and its marginals.

    The draws are made from the same standard normals at every tick, so that each point moves smoothly. The frames depend on the other
    parameters alone; a value typed between two ticks gets a frame of its own. With `intro` the slider swings once by itself.

    Raises:
        ValueError: when the law has no such parameter.
    """
    if path not in sweepable(law):
        raise ValueError(f"path must be one of {', '.join(sweepable(law))}, got {path}: try {next(iter(sweepable(law)))}")
    knob, value = law.leaves()[path]
    ticks, members = members_of(law, path, knob, float(value), ticks_of(law))
    start, label = int(np.argmin(np.abs(ticks - value))), spoken(path)
    panels, readouts, caption = picture(members, seed)
    readouts = (*readouts, Readout("value", label, ticks, shown=False))
    caption = f"{law.title} with {label} {{value:.4g}}: {caption}"
    return Reel(panels, len(ticks), (caption,), readouts, fps=24, start=start, intro=intro, sweep=Sweep(path, label, ticks, "d" if knob.step == 1 else ".4g"))


def picture(members: list, seed: int) -> Picture:
    """Return panels, read-outs and caption of laws of one family, one a frame."""
    makers = {Dirichlet: dirichlet, Multinomial: multinomial, Wishart: wishart}
    return makers.get(type(members[0]), planes)(members, seed)
