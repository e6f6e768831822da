"""Reels of direct sampling: the dart through the CDF, the square that becomes the plane, a draw in two steps, values down the arrows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.distributions.explore import KEPT, Draws, Explore, bins
from core.montecarlo.ancestral import Flowed
from core.montecarlo.box_muller import Paired
from core.montecarlo.composition import Composed
from core.montecarlo.direct import Result
from core.montecarlo.inverse import Inverted
from core.reels.direct import direct
from core.reels.direct_flow import flow
from core.reels.direct_pairs import pairs
from core.reels.direct_parts import parts
from core.reels.direct_running import Trace, running, told
from core.reels.reel import Reel

LEFT = 0.58


def direct_sampling(result: Result, ghost: Trace | None = None, intro: bool = True) -> Reel:
    """Return the reel that belongs to a result; a ghost is the estimates of an earlier run."""
    reel = {Inverted: darts, Paired: pairs, Composed: parts, Flowed: flow}[type(result)](result, ghost)
    return replace(reel, intro=intro, start=reel.n_frames - 1)


def darts(result: Inverted, ghost: Trace | None = None) -> Reel:
    """Return the darts through the CDF, each at its own height, beside the estimate."""
    draws = as_draws(result)
    reel = direct(draws, result.heights)
    drawn = next(each.values for each in reel.readouts if each.name == "drawn")
    course = result.course()
    upper, lower = (replace(panel, area=(0, place / 2, LEFT, 0.5)) for place, panel in enumerate(reel.panels))
    right = running(course, drawn, ghost, (LEFT, 0, 1 - LEFT, 1), f"The {result.spec.estimate}: of {result.spec.dist.title} draws")
    own = told(course, drawn)
    single = {each.name: each for each in reel.readouts if each.name in ("u", "x")}
    many = f"{{drawn:,d}} draws: their {result.spec.estimate} is {{value:.5g}}, the exact one {{truth:.5g}}."
    captions = tuple(many if caption.startswith("{drawn") else caption for caption in reel.captions)
    return replace(reel, panels=(upper, lower, right), captions=captions, readouts=(*own, *single.values()))


def as_draws(result: Inverted) -> Draws:
    """Return the draws as the reel of darts takes them: the first values, and the histogram as it grows."""
    spec, x = Explore(result.spec.dist, len(result.values)), result.values
    edges = bins(spec.dist, len(x))
    ends = [KEPT << k for k in range(1, 20) if KEPT << k < len(x)] + ([len(x)] if len(x) > KEPT else [])
    history = tuple((n, np.histogram(x[:n], edges)[0], float(x[:n].mean())) for n in ends)
    counts = np.histogram(x, edges)[0]
    below, above = int((x < edges[0]).sum()), int((x > edges[-1]).sum())
    with np.errstate(all="ignore"):
        return Draws(spec, len(x), x[:KEPT], edges, counts, below, above, float(x.mean()), float(x.var()), history)
