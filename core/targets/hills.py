"""A few hills on the line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.distributions.base import CEILING, FINITE, POSITIVE
from core.params import param
from core.spec import Spec
from core.targets.base import Array
from core.targets.bells import Bells, shared


@dataclass(frozen=True)
class Hill(Spec):
    """One hill: a bell with a share of the mass."""

    weight: float = param(
        0.5, "Weight", low=0, high=1, step=0.01, bounds=(0, CEILING), help="How much of the mass lies in this hill, compared with the others."
    )
    centre: float = param(0.0, "Centre", low=-5, high=5, step=0.05, bounds=FINITE, help="Where this hill has its top.")
    width: float = param(1.0, "Width", low=0.1, high=3, step=0.05, bounds=POSITIVE, help="Its standard deviation.")


@dataclass(frozen=True)
class Hills(Bells):
    """Up to four hills on the line: a sampler must find them all, and give each its share.

    p(x) = sum over k of p_k Normal(x; centre_k, width_k), p_k = weight_k / sum of weights.
    https://en.wikipedia.org/wiki/Mixture_distribution
    """

    parts: tuple[Hill, ...] = param((Hill(0.3, -1.5, 0.6), Hill(0.7, 1.5, 0.9)), "Hills", least=1, most=4, singular="part", help="How many hills there are.")

    title = "Hills"
    story = "Up to four hills, each of which may be dragged; between them lies a valley that a sampler has to cross."
    dim = 1

    def agree(self) -> None:
        shared(np.array([part.weight for part in self.parts]))

    @property
    def bells(self) -> tuple[Array, Array, Array]:
        kept = [part for part in self.parts if part.weight]
        return shared(np.array([part.weight for part in kept])), np.array([[part.centre] for part in kept]), np.array([part.width for part in kept])
