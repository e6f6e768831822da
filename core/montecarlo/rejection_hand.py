"""What the hand does to an envelope: a handle let go on the picture becomes a setting."""

from __future__ import annotations

import math

import numpy as np

from core.montecarlo.envelopes import Piecewise
from core.montecarlo.envelopes.base import near, rounded
from core.montecarlo.rejection import Rejection
from core.montecarlo.rejection_drawn import Drawn

LOG_MOST = 690.0  # of M that can be typed


def dragged(result: Drawn, name: str, x: float, log_y: float, y: float) -> Rejection:
    """Return the spec after a handle of the envelope was let go.

    An end, a centre or a width moves the envelope, and M stays found or typed as it is. A height sets M, so that the envelope goes
    through the hand, also where that lets the target through.

    Args:
        result: what the picture shows.
        name: the handle's, as the envelope names it.
        x: where it was let go.
        log_y: on a line, log of the height where it was let go.
        y: in the plane, its y.
    """
    spec, envelope = result.spec, result.envelope
    if name == "top":
        at = next(grip.x for grip in envelope.grips(1) if grip.name == "top")
        return _typed(spec.replace(envelope=envelope), log_y - float(envelope.log_prob(np.array([at]))))
    if isinstance(envelope, Piecewise) and name.startswith("height."):
        scale = math.exp(min(result.log_m, LOG_MOST)) / envelope.area()
        lifted = envelope.replace(heights=tuple(rounded(each * scale) for each in envelope.heights)).dragged(name, x, rounded(math.exp(log_y)))
        return _typed(spec.replace(envelope=lifted), math.log(lifted.area()))
    wide = np.ptp(spec.target.window, axis=1)
    return spec.replace(envelope=envelope.dragged(name, near(x, wide[0]), near(y, wide[1]) if spec.target.dim == 2 else math.nan))


def _typed(spec: Rejection, log_m: float) -> Rejection:
    return spec.replace(bound="typed", m=rounded(math.exp(min(max(log_m, -LOG_MOST), LOG_MOST))))
