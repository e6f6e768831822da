"""Targets: densities to sample from, known up to a factor, with their exact moments; one file each, all with the same methods."""
# ruff: noqa: I001, F401 - the imports below are the menu, in its order: to add a target, write its file and one line here

from core.targets.base import Density, Target
from core.targets.bells import Bells
from core.targets.function import FunctionTarget
from core.targets.law import Law
from core.targets.hills import Hill, Hills
from core.targets.typed import Typed
from core.targets.painted import Painted
from core.targets.correlated import CorrelatedNormal
from core.targets.banana import Banana
from core.targets.ring import Ring
from core.targets.moons import Moons
from core.targets.funnel import Funnel
from core.targets.grid import Grid
from core.targets.hills_plane import Hill2, Hills2
from core.targets.typed_plane import TypedPlane
from core.targets.painted_plane import PaintedPlane

FAMILY: tuple[type[Target], ...] = tuple(
    each for each in tuple(globals().values()) if isinstance(each, type) and issubclass(each, Target) and "title" in vars(each)
)
LINE = tuple(cls for cls in FAMILY if cls.dim == 1)
PLANE = tuple(cls for cls in FAMILY if cls.dim == 2)
