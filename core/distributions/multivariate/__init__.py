"""Multivariate distributions: one file per family, all with the same methods."""
# ruff: noqa: I001, F401 - the imports below are the menu, in its order: to add a family, write its file and one line here

from core.distributions.multivariate.base import Multivariate
from core.distributions.multivariate.normal import BivariateNormal
from core.distributions.multivariate.student import BivariateT
from core.distributions.multivariate.dirichlet import Dirichlet
from core.distributions.multivariate.multinomial import Multinomial
from core.distributions.multivariate.wishart import Wishart

MULTIVARIATE: tuple[type[Multivariate], ...] = tuple(
    each for each in tuple(globals().values()) if isinstance(each, type) and issubclass(each, Multivariate) and each is not Multivariate
)
