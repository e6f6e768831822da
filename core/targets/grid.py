"""Hills in rows and columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.distributions.base import POSITIVE
from core.params import param
from core.targets.base import Array
from core.targets.bells import Bells


@dataclass(frozen=True)
class Grid(Bells):
    """Equal hills in rows and columns, 9 or 25 of them: a generator or a sampler that leaves some out is caught by counting.

    p(x) = mean over the hills of Normal(x; c_k, width^2 I).
    """

    side: int = param(3, "Hills a side", low=2, high=5, step=1, help="3 makes 9 hills, 5 makes 25.")
    spacing: float = param(2.0, "Spacing", low=0.5, high=4, step=0.1, bounds=POSITIVE, help="From hill to hill.")
    width: float = param(0.3, "Width", low=0.05, high=1, step=0.05, bounds=POSITIVE, help="The standard deviation of each hill.")

    title = "Grid of hills"
    story = "Equal hills in rows and columns: count how many of them were found."
    dim = 2

    @property
    def bells(self) -> tuple[Array, Array, Array]:
        places = self.spacing * (np.arange(self.side) - (self.side - 1) / 2)
        centres = np.stack(np.meshgrid(places, places, indexing="ij"), axis=-1).reshape(-1, 2)
        return np.full(len(centres), 1 / len(centres)), centres, np.full(len(centres), self.width)
