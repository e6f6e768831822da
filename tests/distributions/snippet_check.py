"""The settings at which snippets are tried, and what their values and log densities must be; for the tests and for the benchmark."""

import hashlib
import re
import zlib

import numpy as np
from scipy import stats

from core import distributions as law
from core.distributions import FAMILY
from core.distributions.modifiers.gaussian_mixture import Part
from core.distributions.snippets import numpy_scipy, snippet
from core.params import Choice, Whole

N = 1000
FALSE_ALARM = 1e-6  # how often right code fails the test of fit
CLOSE = 1e-9  # between log densities, in units of the log density or of 1, whichever is more
WITHOUT = ("Censored", "Mixture", "Truncated", "ZeroInflated")  # laws around another law: Ulam's own class stands for them


def awkward() -> list[law.Distribution]:
    """Return settings at which libraries have their own ideas, lose digits, or divide by zero."""
    return [
        law.Uniform(-1e6, -999999.5),
        law.Normal(-2.0, 1e-12),
        law.Normal(123456.789, 1e12),
        law.StudentT(1.0, -3.0, 0.2),
        law.StudentT(1e6, 1.0, 1.0),
        law.Cauchy(-1e3, 1e-3),
        law.Laplace(-2.5, 1e-6),
        law.Logistic(-2.5, 1e6),
        law.HyperbolicSecant(-1.0, 1e-3),
        law.GeneralizedNormal(-1.0, 0.2, 0.5),
        law.GeneralizedNormal(1.0, 2.0, 50.0),
        law.SkewNormal(-1.0, 0.5, 0.0),
        law.SkewNormal(0.0, 1.0, -1000.0),
        law.AsymmetricLaplace(0.0, 1.0, 1.0),
        law.AsymmetricLaplace(-1.0, 0.5, 20.0),
        law.ExGaussian(-2.0, 5.0, 5.0),
        law.JohnsonSU(-3.0, 0.8, -2.0, 0.2),
        law.GeneralizedExtremeValue(0.0, 1.0, 0.0),
        law.GeneralizedExtremeValue(0.0, 1.0, 1e-9),
        law.GeneralizedExtremeValue(-2.0, 0.5, -0.5),
        law.GeneralizedExtremeValue(-2.0, 0.5, -1.0),
        law.Moyal(-3.0, 0.01),
        law.LogNormal(-8.0, 3.0),
        law.Exponential(1e-12),
        law.Gamma(0.05, 1.0),
        law.Gamma(1e4, 1e-3),
        law.Weibull(0.2, 1.0),
        law.Weibull(80.0, 1e-4),
        law.Pareto(0.1, 1e-3),
        law.ChiSquared(0.5),
        law.Chi(0.5),
        law.InverseGamma(0.2, 1e-3),
        law.InverseGamma(1e3, 1e3),
        law.InverseGaussian(5.0, 0.01),
        law.InverseGaussian(0.01, 100.0),
        law.Rayleigh(1e-5),
        law.Maxwell(1e5),
        law.HalfNormal(1e-9),
        law.HalfCauchy(1e6),
        law.FRatio(1e3, 0.5),
        law.LogLogistic(1e3, 50.0),
        law.Lomax(0.2, 1.0),
        law.GeneralizedPareto(0.0, 1.0),
        law.GeneralizedPareto(1e-9, 1.0),
        law.GeneralizedPareto(-0.8, 0.2),
        law.GeneralizedPareto(-1.0, 2.0),
        law.Levy(1e6),
        law.Gompertz(1e-6, 1.0),
        law.Nakagami(0.1, 1.0),
        law.BirnbaumSaunders(10.0, 0.1),
        law.Frechet(0.2, 1.0),
        law.Rice(0.0, 0.3),
        law.Rice(50.0, 0.5),
        law.GeneralizedGamma(0.1, 0.3, 1.0),
        law.BurrXII(0.3, 0.3, 1.0),
        law.Beta(1.0, 1.0),
        law.Beta(1e3, 2e3),
        law.Triangular(-1.0, -1.0, 2.0),
        law.Triangular(-1.0, 2.0, 2.0),
        law.Triangular(-3.5, -3.2, -1.0),
        law.Kumaraswamy(30.0, 200.0),
        law.Arcsine(-5.0, -4.9),
        law.LogitNormal(-3.0, 4.0),
        law.TruncatedNormal(-5.0, 0.2, 5.0, 5.1),  # 50 widths above the centre
        law.TruncatedNormal(5.0, 0.2, -5.0, -4.0),
        law.TruncatedNormal(0.0, 1.0, 3.0, 3.5),
        law.TruncatedNormal(0.0, 1.0, -50.0, -2.9),
        law.TruncatedNormal(-1.5, 5.0, -1.0, -0.9),
        law.WrappedCauchy(-3.1, 0.0),
        law.WrappedCauchy(3.14, 0.95),
        law.VonMises(-3.1, 0.0),
        law.VonMises(3.0, 1e4),
        law.GaussianMixture((Part(2.0, -2.0, 0.2),)),
        law.GaussianMixture((Part(0.0, 0.0, 0.2), Part(3.0, -4.0, 0.5), Part(1e-6, 4.0, 2.0), Part(7.0, 5.0, 0.2))),
        law.Bernoulli(0.0),
        law.Bernoulli(1.0),
        law.Categorical((0.0, 1e9, 0.0, 3e8)),
        law.Categorical((0.1,) * 12),
        law.Binomial(0, 0.3),
        law.Binomial(20, 0.0),
        law.Binomial(20, 1.0),
        law.Geometric(1.0),
        law.Geometric(0.001),
        law.NegativeBinomial(4.0, 1.0),
        law.NegativeBinomial(0.05, 0.01),
        law.Poisson(1e-6),
        law.DiscreteUniform(5, 5),
        law.DiscreteUniform(-10, -3),
        law.DiscreteUniform(-(10**12), 10**12),
        law.Hypergeometric(50, 0, 12),
        law.Hypergeometric(50, 15, 0),
        law.Hypergeometric(20, 15, 12),
        law.Hypergeometric(50, 3, 5),
        law.Hypergeometric(100_000, 50_000, 5000),
        law.BetaBinomial(0, 2.0, 3.0),
        law.BetaBinomial(1000, 50.0, 0.4),
        law.Zipf(2.0),
        law.Zipf(400.0),
        law.Logarithmic(1e-9),
        law.Logarithmic(0.999),
        law.Skellam(1e-3, 1e-3),
        law.Skellam(1e4, 5.0),
        law.ZeroInflatedPoisson(4.0, 0.0),
        law.ZeroInflatedPoisson(4.0, 1.0),
    ]


def ticked(family: type[law.Distribution], number: int) -> list[law.Distribution]:
    """Draw settings from the ticks of a family's sliders."""
    rng = np.random.default_rng(zlib.crc32(family.__name__.encode()))

    def ask(path, knob, default):
        tick = default if isinstance(knob, Choice) else rng.choice(knob.ticks(21))
        return tick if isinstance(knob, Choice) else int(tick) if isinstance(knob, Whole) else float(tick)

    found = []
    while len(found) < number:
        try:
            found.append(family.read(ask))
        except ValueError:  # two fields contradict each other
            continue
    return found


def settings() -> list[law.Distribution]:
    """Return every setting that is tried: each family's defaults, two from its sliders, and the awkward ones."""
    return [*(dist for family in covered() for dist in (family(), *ticked(family, 2))), *awkward()]


def covered() -> list[type[law.Distribution]]:
    """Return the families that stand in the tables of snippets."""
    return [family for family in FAMILY if family.__name__ in numpy_scipy.TABLE]


def error(dist: law.Distribution, x: np.ndarray, log_p: np.ndarray) -> float:
    """Return the largest difference between log densities, in units of the log density or of 1, whichever is more."""
    right = dist.log_prob(x)
    with np.errstate(invalid="ignore"):  # outside the support both are minus infinity, and the difference nan
        return float(np.max(np.abs(log_p - right) / np.maximum(1, np.abs(right))))


def fit(dist: law.Distribution, x: np.ndarray) -> float:
    """Return how likely draws from the law fit as badly by chance: Kolmogorov and Smirnov, or chi-square; 0 outside the support."""
    if not np.all((x >= dist.support.low) & (x <= dist.support.high)):
        return 0.0
    return _chi_square(dist, x) if dist.discrete else float(stats.kstest(x, dist.cdf).pvalue)


def _chi_square(dist: law.Distribution, x: np.ndarray) -> float:
    """Compare counts between quantiles, pooled from the left until at least 10 values are expected in each group."""
    cuts = np.unique(dist.quantile(np.linspace(0.02, 0.98, 40)))
    mass = np.diff(dist.cdf(cuts), prepend=0.0, append=1.0)
    counts = np.bincount(np.searchsorted(cuts, x), minlength=len(mass))
    groups = [[0.0, 0.0]]
    for expected, count in zip(mass * len(x), counts):
        if groups[-1][0] >= 10:
            groups.append([0.0, 0.0])
        groups[-1] = [groups[-1][0] + expected, groups[-1][1] + count]
    if len(groups) > 1 and groups[-1][0] < 10:
        last = groups.pop()
        groups[-1] = [groups[-1][0] + last[0], groups[-1][1] + last[1]]
    expected, observed = np.array(groups).T
    return float(stats.chi2.sf(((observed - expected) ** 2 / expected).sum(), len(groups) - 1)) if len(groups) > 1 else 1.0


def digest(family: type[law.Distribution]) -> str:
    """Return what names the code in R and Stan of a family, whatever its numbers: a table of runs is of this code or is out of date."""
    tried = [family(), *(dist for dist in awkward() if type(dist) is family)]
    texts = "\n".join(snippet(dist, language) for dist in tried for language in ("R", "Stan"))
    return hashlib.sha256(re.sub(r"-?\b\d[\d.]*(e[-+]?\d+)?", "0", texts).encode()).hexdigest()[:8]
