"""Univariate distributions: one file per family, all with the same methods."""
# ruff: noqa: I001, F401 - the imports below are the menu, in its order: to add a family, write its file and one line here

from core.distributions.base import Distribution
from core.distributions.bounded.uniform import Uniform
from core.distributions.real_line.normal import Normal
from core.distributions.real_line.student_t import StudentT
from core.distributions.real_line.cauchy import Cauchy
from core.distributions.real_line.laplace import Laplace
from core.distributions.real_line.logistic import Logistic
from core.distributions.real_line.hyperbolic_secant import HyperbolicSecant
from core.distributions.real_line.generalized_normal import GeneralizedNormal
from core.distributions.real_line.skew_normal import SkewNormal
from core.distributions.real_line.asymmetric_laplace import AsymmetricLaplace
from core.distributions.real_line.ex_gaussian import ExGaussian
from core.distributions.real_line.johnson_su import JohnsonSU
from core.distributions.real_line.generalized_extreme_value import GeneralizedExtremeValue
from core.distributions.real_line.moyal import Moyal
from core.distributions.positive.log_normal import LogNormal
from core.distributions.positive.exponential import Exponential
from core.distributions.positive.gamma import Gamma
from core.distributions.positive.weibull import Weibull
from core.distributions.positive.pareto import Pareto
from core.distributions.positive.chi_squared import ChiSquared
from core.distributions.positive.chi import Chi
from core.distributions.positive.inverse_gamma import InverseGamma
from core.distributions.positive.inverse_gaussian import InverseGaussian
from core.distributions.positive.rayleigh import Rayleigh
from core.distributions.positive.maxwell import Maxwell
from core.distributions.positive.half_normal import HalfNormal
from core.distributions.positive.half_cauchy import HalfCauchy
from core.distributions.positive.f_ratio import FRatio
from core.distributions.positive.log_logistic import LogLogistic
from core.distributions.positive.lomax import Lomax
from core.distributions.positive.generalized_pareto import GeneralizedPareto
from core.distributions.positive.levy import Levy
from core.distributions.positive.gompertz import Gompertz
from core.distributions.positive.nakagami import Nakagami
from core.distributions.positive.birnbaum_saunders import BirnbaumSaunders
from core.distributions.positive.frechet import Frechet
from core.distributions.positive.rice import Rice
from core.distributions.positive.generalized_gamma import GeneralizedGamma
from core.distributions.positive.burr_xii import BurrXII
from core.distributions.bounded.beta import Beta
from core.distributions.bounded.triangular import Triangular
from core.distributions.bounded.kumaraswamy import Kumaraswamy
from core.distributions.bounded.arcsine import Arcsine
from core.distributions.bounded.logit_normal import LogitNormal
from core.distributions.bounded.truncated_normal import TruncatedNormal
from core.distributions.bounded.wrapped_cauchy import WrappedCauchy
from core.distributions.bounded.von_mises import VonMises
from core.distributions.modifiers.gaussian_mixture import GaussianMixture
from core.distributions.modifiers.truncated import Truncated
from core.distributions.modifiers.censored import Censored
from core.distributions.modifiers.mixture import Mixture
from core.distributions.discrete.bernoulli import Bernoulli
from core.distributions.discrete.categorical import Categorical
from core.distributions.discrete.binomial import Binomial
from core.distributions.discrete.geometric import Geometric
from core.distributions.discrete.negative_binomial import NegativeBinomial
from core.distributions.discrete.poisson import Poisson
from core.distributions.discrete.discrete_uniform import DiscreteUniform
from core.distributions.discrete.hypergeometric import Hypergeometric
from core.distributions.discrete.beta_binomial import BetaBinomial
from core.distributions.discrete.zipf import Zipf
from core.distributions.discrete.logarithmic import Logarithmic
from core.distributions.discrete.skellam import Skellam
from core.distributions.modifiers.zero_inflated_poisson import ZeroInflatedPoisson
from core.distributions.modifiers.zero_inflated import ZeroInflated

FAMILY: tuple[type[Distribution], ...] = tuple(
    each for each in tuple(globals().values()) if isinstance(each, type) and issubclass(each, Distribution) and each is not Distribution
)
CONTINUOUS = tuple(cls for cls in FAMILY if not cls.discrete)
DISCRETE = tuple(cls for cls in FAMILY if cls.discrete)
