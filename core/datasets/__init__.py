"""Data sets: real ones, and those that somebody brings."""

from core.datasets.base import Data, DataSpec, load
from core.datasets.inline import Inline
from core.datasets.tabular import Bundled
from core.datasets.upload import Shelf, Uploaded

FAMILY: tuple[type[DataSpec], ...] = (Bundled, Uploaded, Shelf, Inline)

__all__ = ["FAMILY", "Bundled", "Data", "DataSpec", "Inline", "Shelf", "Uploaded", "load"]
