"""A few hills in the plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.distributions.base import CEILING, FINITE, POSITIVE
from core.params import param
from core.spec import Spec
from core.targets.base import Array
from core.targets.bells import Bells, shared


@dataclass(frozen=True)
class Hill2(Spec):
    """One round hill in the plane, with a share of the mass."""

    weight: float = param(
        0.5, "Weight", low=0, high=1, step=0.01, bounds=(0, CEILING), help="How much of the mass lies in this hill, compared with the others."
    )
    x: float = param(0.0, "x", low=-5, high=5, step=0.1, bounds=FINITE, help="Where it lies across.")
    y: float = param(0.0, "y", low=-5, high=5, step=0.1, bounds=FINITE, help="Where it lies upward.")
    width: float = param(1.0, "Width", low=0.1, high=3, step=0.05, bounds=POSITIVE, help="Its standard deviation.")


@dataclass(frozen=True)
class Hills2(Bells):
    """Up to four round hills in the plane, each of which may be dragged.

    p(x) = sum over k of p_k Normal(x; (x_k, y_k), width_k^2 I), p_k = weight_k / sum of weights.
    """

    parts: tuple[Hill2, ...] = param(
        (Hill2(0.4, -1.5, -1.0, 0.7), Hill2(0.6, 1.5, 1.0, 0.9)), "Hills", least=1, most=4, singular="part", help="How many hills there are."
    )

    title = "Hills in the plane"
    story = "Up to four round hills, each of which may be dragged; a sampler must find them all."
    dim = 2

    def agree(self) -> None:
        shared(np.array([part.weight for part in self.parts]))

    @property
    def bells(self) -> tuple[Array, Array, Array]:
        kept = [part for part in self.parts if part.weight]
        shares = shared(np.array([part.weight for part in kept]))
        return shares, np.array([[part.x, part.y] for part in kept]), np.array([part.width for part in kept])
