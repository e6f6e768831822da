"""The namings that are said to be other programs' forms are those: against SciPy, and against the formulas of R, Stan and JAGS as their manuals print them."""

import numpy as np
import pytest
from scipy import special, stats

from core.distributions import FAMILY
from core.distributions.namings import namings

Q = np.array([0.03, 0.2, 0.5, 0.81, 0.97])
LOG_2PI = np.log(2 * np.pi)

# What `used_by` says of SciPy, as calls with a naming's own numbers; "here" is the form that the family has in this project.
SCIPY = {
    ("Uniform", "Start and width"): lambda low, width: stats.uniform(low, width),
    ("Normal", "here"): lambda mu, sigma: stats.norm(mu, sigma),
    ("StudentT", "here"): lambda df, mu, sigma: stats.t(df, mu, sigma),
    ("Cauchy", "here"): lambda location, scale: stats.cauchy(location, scale),
    ("Laplace", "here"): lambda location, scale: stats.laplace(location, scale),
    ("Logistic", "here"): lambda location, scale: stats.logistic(location, scale),
    ("HyperbolicSecant", "here"): lambda location, scale: stats.hypsecant(location, scale),
    ("GeneralizedNormal", "here"): lambda mu, scale, power: stats.gennorm(power, mu, scale),
    ("SkewNormal", "here"): lambda location, scale, alpha: stats.skewnorm(alpha, location, scale),
    ("AsymmetricLaplace", "here"): lambda location, scale, kappa: stats.laplace_asymmetric(kappa, location, scale),
    ("ExGaussian", "Location, scale and shape K"): lambda mu, sigma, shape: stats.exponnorm(shape, mu, sigma),
    ("JohnsonSU", "here"): lambda gamma, delta, location, scale: stats.johnsonsu(gamma, delta, location, scale),
    ("GeneralizedExtremeValue", "Location, scale and shape of the other sign"): lambda location, scale, c: stats.genextreme(c, location, scale),
    ("Moyal", "here"): lambda location, scale: stats.moyal(location, scale),
    ("LogNormal", "Median and log standard deviation"): lambda median, sigma: stats.lognorm(sigma, scale=median),
    ("Exponential", "Mean"): lambda mean: stats.expon(scale=mean),
    ("Gamma", "Shape and scale"): lambda shape, scale: stats.gamma(shape, scale=scale),
    ("Weibull", "here"): lambda shape, scale: stats.weibull_min(shape, scale=scale),
    ("Pareto", "here"): lambda shape, scale: stats.pareto(shape, scale=scale),
    ("ChiSquared", "here"): lambda df: stats.chi2(df),
    ("Chi", "here"): lambda df: stats.chi(df),
    ("InverseGamma", "here"): lambda shape, scale: stats.invgamma(shape, scale=scale),
    ("InverseGaussian", "Mean over shape, and scale"): lambda ratio, scale: stats.invgauss(ratio, scale=scale),
    ("Rayleigh", "here"): lambda sigma: stats.rayleigh(scale=sigma),
    ("Maxwell", "here"): lambda sigma: stats.maxwell(scale=sigma),
    ("HalfNormal", "here"): lambda sigma: stats.halfnorm(scale=sigma),
    ("HalfCauchy", "here"): lambda scale: stats.halfcauchy(scale=scale),
    ("FRatio", "here"): lambda d1, d2: stats.f(d1, d2),
    ("LogLogistic", "here"): lambda scale, shape: stats.fisk(shape, scale=scale),
    ("Lomax", "here"): lambda shape, scale: stats.lomax(shape, scale=scale),
    ("Lomax", "Tail index and scale of an excess"): lambda xi, sigma: stats.genpareto(xi, scale=sigma),
    ("GeneralizedPareto", "here"): lambda xi, sigma: stats.genpareto(xi, scale=sigma),
    ("Levy", "here"): lambda scale: stats.levy(scale=scale),
    ("Gompertz", "here"): lambda shape, rate: stats.gompertz(shape, scale=1 / rate),
    ("Nakagami", "Shape and root mean square"): lambda m, rms: stats.nakagami(m, scale=rms),
    ("BirnbaumSaunders", "here"): lambda shape, scale: stats.fatiguelife(shape, scale=scale),
    ("Frechet", "here"): lambda shape, scale: stats.invweibull(shape, scale=scale),
    ("Rice", "Signal to noise and noise"): lambda snr, sigma: stats.rice(snr, scale=sigma),
    ("GeneralizedGamma", "here"): lambda shape, power, scale: stats.gengamma(shape, power, scale=scale),
    ("BurrXII", "here"): lambda c, k, scale: stats.burr12(c, k, scale=scale),
    ("Beta", "here"): lambda a, b: stats.beta(a, b),
    ("Triangular", "Low, width and where the peak stands"): lambda low, width, peak_share: stats.triang(peak_share, low, width),
    ("Arcsine", "Start and width"): lambda low, width: stats.arcsine(low, width),
    ("TruncatedNormal", "Bell, and limits in its widths"): lambda mu, sigma, lower, upper: stats.truncnorm(lower, upper, mu, sigma),
    ("VonMises", "here"): lambda mu, kappa: stats.vonmises(kappa, mu),
    ("Bernoulli", "here"): lambda p: stats.bernoulli(p),
    ("Binomial", "here"): lambda n, p: stats.binom(n, p),
    ("Geometric", "here"): lambda p: stats.geom(p),
    ("NegativeBinomial", "here"): lambda r, p: stats.nbinom(r, p),
    ("Poisson", "here"): lambda rate: stats.poisson(rate),
    ("DiscreteUniform", "Start and stop"): lambda low, stop: stats.randint(low, stop),
    ("Hypergeometric", "here"): lambda population, successes, draws: stats.hypergeom(population, successes, draws),
    ("BetaBinomial", "here"): lambda n, a, b: stats.betabinom(n, a, b),
    ("Zipf", "here"): lambda exponent: stats.zipf(exponent),
    ("Logarithmic", "here"): lambda p: stats.logser(p),
    ("Skellam", "here"): lambda rate_up, rate_down: stats.skellam(rate_up, rate_down),
}


def gamlss_jsu(x, gamma, delta, mean, sd):
    """dJSU(mu, sigma, nu, tau) of gamlss.dist with nu = -gamma and tau = delta, step by step as its source has it."""
    nu, rtau = -gamma, 1 / delta
    w = np.exp(rtau**2)
    omega = -nu * rtau
    c = (0.5 * (w - 1) * (w * np.cosh(2 * omega) + 1)) ** -0.5
    z = (x - (mean + c * sd * w**0.5 * np.sinh(omega))) / (c * sd)
    r = -nu + np.arcsinh(z) / rtau
    return -np.log(sd) - np.log(c) - np.log(rtau) - 0.5 * np.log(z * z + 1) - 0.5 * LOG_2PI - 0.5 * r * r


def flexsurv_gengamma(x, location, log_scale, q):
    """dgengamma(mu, sigma, Q) of flexsurv."""
    w = (np.log(x) - location) / log_scale
    return -np.log(log_scale * x) + np.log(q) + q**-2 * np.log(q**-2) + q**-2 * (q * w - np.exp(q * w)) - special.gammaln(q**-2)


def neg_binomial_2(x, mean, r):
    """Stan's: a binomial coefficient, (mu / (mu + phi))^n (phi / (mu + phi))^phi."""
    return special.gammaln(x + r) - special.gammaln(r) - special.gammaln(x + 1) + x * np.log(mean / (mean + r)) + r * np.log(r / (mean + r))


def nb2(x, mean, alpha):
    """Statsmodels': size 1 / alpha and prob size / (size + mu)."""
    return stats.nbinom(1 / alpha, (1 / alpha) / (1 / alpha + mean)).logpmf(x)


def centred_skew_normal(x, mean, sd, skewness):
    """Azzalini's centred form, by its definition: mean + sd (Z - E Z) / sd(Z) with delta found on a fine bisection."""
    low, high = -0.99999, 0.99999
    for _ in range(80):
        delta = 0.5 * (low + high)
        m = delta * np.sqrt(2 / np.pi)
        low, high = (delta, high) if 0.5 * (4 - np.pi) * m**3 / (1 - m * m) ** 1.5 < skewness else (low, delta)
    scale = sd / np.sqrt(1 - m * m)
    return stats.skewnorm(delta / np.sqrt(1 - delta**2), mean - scale * m, scale).logpdf(x)


# Formulas as the manuals print them, as log densities of x and the naming's own numbers.
PRINTED = {
    ("JohnsonSU", "Lean, tail lightness, mean and standard deviation"): gamlss_jsu,
    ("GeneralizedGamma", "Location and scale of the logarithm, and Q"): flexsurv_gengamma,
    ("NegativeBinomial", "Mean and size"): neg_binomial_2,
    ("NegativeBinomial", "Mean and overdispersion"): nb2,
    ("NegativeBinomial", "Stops and probability of going on"): lambda x, r, q: stats.nbinom(r, 1 - q).logpmf(x),
    ("NegativeBinomial", "Shape and rate of the Poisson rate"): lambda x, r, beta: stats.nbinom(r, beta / (beta + 1)).logpmf(x),
    ("SkewNormal", "Mean, standard deviation and skewness"): centred_skew_normal,
    ("Normal", "Mean and precision"): lambda x, mu, precision: 0.5 * np.log(precision) - 0.5 * LOG_2PI - precision / 2 * (x - mu) ** 2,
    ("LogNormal", "Log mean and log precision"): lambda x, mu, precision: (
        0.5 * np.log(precision / (2 * np.pi)) - np.log(x) - precision / 2 * (np.log(x) - mu) ** 2
    ),
    ("Laplace", "Location and rate"): lambda x, location, rate: np.log(rate / 2) - rate * np.abs(x - location),
    ("Logistic", "Midpoint and steepness"): lambda x, location, steepness: stats.logistic(location, 1 / steepness).logpdf(x),
    ("Weibull", "Shape and rate"): lambda x, shape, rate: np.log(shape * rate) + (shape - 1) * np.log(x) - rate * x**shape,
    ("Weibull", "Location and scale of the logarithm"): lambda x, location, log_scale: stats.gumbel_l(location, log_scale).logpdf(np.log(x)) - np.log(x),
    ("LogLogistic", "Location and scale of the logarithm"): lambda x, location, log_scale: stats.logistic(location, log_scale).logpdf(np.log(x)) - np.log(x),
    ("Frechet", "Location and scale of the logarithm"): lambda x, location, log_scale: stats.gumbel_r(location, log_scale).logpdf(np.log(x)) - np.log(x),
    ("Frechet", "Tail index and scale"): lambda x, xi, scale: stats.genextreme(-xi, scale, xi * scale).logpdf(x),
    ("InverseGamma", "Degrees of freedom and prior variance"): lambda x, df, variance: stats.chi2(df).logpdf(df * variance / x) + np.log(df * variance / x**2),
    ("Gompertz", "Risk at the start and its growth"): lambda x, start, rate: np.log(start) + rate * x - start / rate * np.expm1(rate * x),
    ("Beta", "Mean and concentration"): lambda x, mean, concentration: stats.beta(mean * concentration, (1 - mean) * concentration).logpdf(x),
    ("Bernoulli", "Log odds"): lambda x, log_odds: x * log_odds - np.log1p(np.exp(log_odds)),
    ("Poisson", "Log rate"): lambda x, log_rate: x * log_rate - np.exp(log_rate) - special.gammaln(x + 1),
    ("GeneralizedNormal", "Mean, standard deviation and power"): lambda x, mu, sd, power: _standardised(stats.gennorm(power), x, mu, sd),
    ("StudentT", "Degrees of freedom, mean and standard deviation"): lambda x, df, mu, sd: _standardised(stats.t(df), x, mu, sd),
    ("AsymmetricLaplace", "Quantile, its share and scale"): lambda x, location, sigma, tau: (
        np.log(tau * (1 - tau) / sigma) - _check((x - location) / sigma, tau)
    ),
    ("ExGaussian", "Mean of the whole, width of the normal part, mean of the waiting time"): lambda x, mean, sigma, tau: stats.exponnorm(
        tau / sigma, mean - tau, sigma
    ).logpdf(x),
    ("Hypergeometric", "Good, bad and draws"): lambda x, good, bad, draws: stats.hypergeom(good + bad, good, draws).logpmf(x),
    ("BetaBinomial", "Trials, mean probability and concentration"): lambda x, n, mu, phi: stats.betabinom(n, mu * phi, (1 - mu) * phi).logpmf(x),
}


def _check(u, tau):
    """The loss of quantile regression."""
    return u * (tau - (u < 0))


def _standardised(law, x, mean, sd):
    """A law turned to variance 1 by its own numbers, then moved."""
    return law.logpdf((x - mean) / sd * law.std()) + np.log(law.std() / sd)


def naming_of(family, title):
    """Return a family and one of its namings; None where the family is not there."""
    cls = next(cls for cls in FAMILY if cls.__name__ == family)
    return cls, next(naming for i, naming in enumerate(namings(cls)) if naming.title == title or (title == "here" and i == 0))


def settings(cls, naming):
    """Yield members, and their numbers, at ticks of the sliders."""
    rng = np.random.default_rng(11)
    for dist in (cls(), *(naming_at(rng, naming) for _ in range(12))):
        if dist is not None:
            yield dist, naming.to(dist)


def naming_at(rng, naming):
    try:
        return naming.back({name: knob.check(name, float(rng.choice(knob.ticks(21)))) for name, knob in naming.fields.items()})
    except ValueError:
        return None


def worst(cls, naming, log_density):
    """Return the largest gap in the log density over members and points, in parts of what it is."""
    gaps = []
    for dist, values in settings(cls, naming):
        x = np.unique(dist.quantile(Q)).astype(float)
        want = log_density(x, **values)
        held = np.isfinite(want)
        gaps.append(np.max(np.abs(dist.log_prob(x[held]) - want[held]) / np.maximum(1, np.abs(want[held]))) if held.all() else np.inf)
    return max(gaps)


@pytest.mark.parametrize("family, title", SCIPY)
def test_it_is_scipy_s_form_where_it_says_so(family, title):
    cls, naming = naming_of(family, title)
    assert "SciPy" in naming.used_by
    law = SCIPY[family, title]
    assert worst(cls, naming, lambda x, **values: (law(**values).logpmf if cls.discrete else law(**values).logpdf)(x)) < 1e-9


@pytest.mark.parametrize("family, title", PRINTED)
def test_it_is_the_form_that_the_manual_prints(family, title):
    assert worst(*naming_of(family, title), PRINTED[family, title]) < 1e-8


def test_all_that_name_scipy_are_checked():
    named = {(cls.__name__, naming.title if i else "here") for cls in FAMILY for i, naming in enumerate(namings(cls)) if "SciPy" in naming.used_by}
    assert named == set(SCIPY)


def test_planted_confusions_are_noticed():
    cls, naming = naming_of("InverseGaussian", "Mean over shape, and scale")
    assert worst(cls, naming, lambda x, ratio, scale: stats.invgauss(ratio * scale, scale=scale).logpdf(x)) > 1e-3
    cls, naming = naming_of("GeneralizedExtremeValue", "Location, scale and shape of the other sign")
    assert worst(cls, naming, lambda x, location, scale, c: stats.genextreme(-c, location, scale).logpdf(x)) > 1e-3
    cls, naming = naming_of("NegativeBinomial", "Stops and probability of going on")
    assert worst(cls, naming, lambda x, r, q: stats.nbinom(r, q).logpmf(x)) > 1e-3
