"""Univariate distributions: one file per family, all with the same methods."""

from core.distributions.base import Distribution
from core.distributions.bounded.beta import Beta
from core.distributions.bounded.triangular import Triangular
from core.distributions.bounded.uniform import Uniform
from core.distributions.discrete.bernoulli import Bernoulli
from core.distributions.discrete.binomial import Binomial
from core.distributions.discrete.categorical import Categorical
from core.distributions.discrete.geometric import Geometric
from core.distributions.discrete.negative_binomial import NegativeBinomial
from core.distributions.discrete.poisson import Poisson
from core.distributions.modifiers.gaussian_mixture import GaussianMixture, Part
from core.distributions.positive.exponential import Exponential
from core.distributions.positive.gamma import Gamma
from core.distributions.positive.log_normal import LogNormal
from core.distributions.positive.pareto import Pareto
from core.distributions.positive.weibull import Weibull
from core.distributions.real_line.cauchy import Cauchy
from core.distributions.real_line.laplace import Laplace
from core.distributions.real_line.logistic import Logistic
from core.distributions.real_line.normal import Normal
from core.distributions.real_line.student_t import StudentT

# The menu, in its order. To add a family: its file, its import, and its line here.
FAMILY: tuple[type[Distribution], ...] = (
    Uniform,
    Normal,
    StudentT,
    Cauchy,
    Laplace,
    Logistic,
    LogNormal,
    Exponential,
    Gamma,
    Weibull,
    Pareto,
    Beta,
    Triangular,
    GaussianMixture,
    Bernoulli,
    Categorical,
    Binomial,
    Geometric,
    NegativeBinomial,
    Poisson,
)
CONTINUOUS = tuple(family for family in FAMILY if not family.discrete)
DISCRETE = tuple(family for family in FAMILY if family.discrete)

__all__ = ["CONTINUOUS", "DISCRETE", "FAMILY", "Distribution", "Part"] + [family.__name__ for family in FAMILY]
