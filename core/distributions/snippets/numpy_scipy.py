"""Every law in NumPy and SciPy: 1,000 values and their log density.

https://numpy.org/doc/stable/reference/random/generator.html, https://docs.scipy.org/doc/scipy/reference/stats.html
"""

from __future__ import annotations

import re

from core.distributions.base import Distribution
from core.distributions.snippets.template import Choose, Lines, fill, lines_for, python_list, python_names, python_number, values


def _law(law: str, *before: str) -> Lines:
    """Draw from a law of SciPy and ask it for the log density."""
    return *before, f"law = stats.{law}", "x = law.rvs(1000, random_state=rng)", "log_p = law.logpdf(x)"


TABLE: dict[str, Lines | Choose] = {
    "Uniform": ("$numbers", "x = rng.uniform(low, high, 1000)", "log_p = stats.uniform.logpdf(x, loc=low, scale=high - low)"),
    "Normal": ("x = rng.normal(loc=$mu, scale=$sigma, size=1000)", "log_p = stats.norm.logpdf(x, loc=$mu, scale=$sigma)"),
    "StudentT": ("x = $mu + $sigma * rng.standard_t(df=$df, size=1000)", "log_p = stats.t.logpdf(x, df=$df, loc=$mu, scale=$sigma)"),
    "Cauchy": ("x = $location + $scale * rng.standard_cauchy(1000)", "log_p = stats.cauchy.logpdf(x, loc=$location, scale=$scale)"),
    "Laplace": ("x = rng.laplace(loc=$location, scale=$scale, size=1000)", "log_p = stats.laplace.logpdf(x, loc=$location, scale=$scale)"),
    "Logistic": ("x = rng.logistic(loc=$location, scale=$scale, size=1000)", "log_p = stats.logistic.logpdf(x, loc=$location, scale=$scale)"),
    "HyperbolicSecant": _law("hypsecant(loc=$location, scale=$scale)"),
    "GeneralizedNormal": _law("gennorm(beta=$power, loc=$mu, scale=$scale)"),
    "SkewNormal": _law("skewnorm(a=$alpha, loc=$location, scale=$scale)"),
    "AsymmetricLaplace": _law("laplace_asymmetric(kappa=$kappa, loc=$location, scale=$scale)"),
    "ExGaussian": (
        "$numbers",
        "x = rng.normal(mu, sigma, 1000) + rng.exponential(1 / rate, 1000)",
        "log_p = stats.exponnorm.logpdf(x, K=1 / (rate * sigma), loc=mu, scale=sigma)",
    ),
    "JohnsonSU": _law("johnsonsu(a=$gamma, b=$delta, loc=$location, scale=$scale)"),
    "GeneralizedExtremeValue": _law("genextreme(c=-xi, loc=location, scale=scale)  # the sign of the tail index is turned", "$numbers"),
    "Moyal": _law("moyal(loc=$location, scale=$scale)"),
    "LogNormal": ("x = rng.lognormal(mean=$mu, sigma=$sigma, size=1000)", "log_p = stats.lognorm.logpdf(x, s=$sigma, scale=np.exp($mu))"),
    "Exponential": ("x = rng.exponential(scale=1 / $rate, size=1000)", "log_p = stats.expon.logpdf(x, scale=1 / $rate)"),
    "Gamma": ("x = rng.gamma(shape=$shape, scale=1 / $rate, size=1000)", "log_p = stats.gamma.logpdf(x, a=$shape, scale=1 / $rate)"),
    "Weibull": ("x = $scale * rng.weibull($shape, size=1000)", "log_p = stats.weibull_min.logpdf(x, c=$shape, scale=$scale)"),
    "Pareto": (
        "x = $scale * (1 + rng.pareto($shape, size=1000))  # NumPy's Pareto law starts at 0",
        "log_p = stats.pareto.logpdf(x, b=$shape, scale=$scale)",
    ),
    "ChiSquared": ("x = rng.chisquare(df=$df, size=1000)", "log_p = stats.chi2.logpdf(x, df=$df)"),
    "Chi": ("x = np.sqrt(rng.chisquare(df=$df, size=1000))", "log_p = stats.chi.logpdf(x, df=$df)"),
    "InverseGamma": ("x = 1 / rng.gamma(shape=$shape, scale=1 / $scale, size=1000)", "log_p = stats.invgamma.logpdf(x, a=$shape, scale=$scale)"),
    "InverseGaussian": ("x = rng.wald(mean=$mu, scale=$shape, size=1000)", "log_p = stats.invgauss.logpdf(x, mu=$mu / $shape, scale=$shape)"),
    "Rayleigh": ("x = rng.rayleigh(scale=$sigma, size=1000)", "log_p = stats.rayleigh.logpdf(x, scale=$sigma)"),
    "Maxwell": ("x = np.linalg.norm(rng.normal(scale=$sigma, size=(1000, 3)), axis=1)", "log_p = stats.maxwell.logpdf(x, scale=$sigma)"),
    "HalfNormal": ("x = np.abs(rng.normal(scale=$sigma, size=1000))", "log_p = stats.halfnorm.logpdf(x, scale=$sigma)"),
    "HalfCauchy": ("x = $scale * np.abs(rng.standard_cauchy(1000))", "log_p = stats.halfcauchy.logpdf(x, scale=$scale)"),
    "FRatio": ("x = rng.f(dfnum=$d1, dfden=$d2, size=1000)", "log_p = stats.f.logpdf(x, dfn=$d1, dfd=$d2)"),
    "LogLogistic": ("x = $scale * np.exp(rng.logistic(scale=1 / $shape, size=1000))", "log_p = stats.fisk.logpdf(x, c=$shape, scale=$scale)"),
    "Lomax": ("x = $scale * rng.pareto($shape, size=1000)", "log_p = stats.lomax.logpdf(x, c=$shape, scale=$scale)"),
    "GeneralizedPareto": _law("genpareto(c=$xi, scale=$sigma)"),
    "Levy": ("x = $scale / rng.standard_normal(1000) ** 2", "log_p = stats.levy.logpdf(x, scale=$scale)"),
    "Gompertz": _law("gompertz(c=$shape, scale=1 / $rate)"),
    "Nakagami": (
        "x = np.sqrt(rng.gamma(shape=$m, scale=$omega / $m, size=1000))",
        "log_p = stats.nakagami.logpdf(x, nu=$m, scale=np.sqrt($omega))",
    ),
    "BirnbaumSaunders": _law("fatiguelife(c=$shape, scale=$scale)"),
    "Frechet": ("x = $scale / rng.weibull($shape, size=1000)", "log_p = stats.invweibull.logpdf(x, c=$shape, scale=$scale)"),
    "Rice": (
        "x = np.hypot(rng.normal($nu, $sigma, 1000), rng.normal(0.0, $sigma, 1000))",
        "log_p = stats.rice.logpdf(x, b=$nu / $sigma, scale=$sigma)",
    ),
    "GeneralizedGamma": (
        "x = $scale * rng.gamma($shape, size=1000) ** (1 / $power)",
        "log_p = stats.gengamma.logpdf(x, a=$shape, c=$power, scale=$scale)",
    ),
    "BurrXII": _law("burr12(c=$c, d=$k, scale=$scale)"),
    "Beta": ("x = rng.beta(a=$a, b=$b, size=1000)", "log_p = stats.beta.logpdf(x, a=$a, b=$b)"),
    "Triangular": (
        "$numbers",
        "x = rng.triangular(low, peak, high, 1000)",
        "log_p = stats.triang.logpdf(x, c=(peak - low) / (high - low), loc=low, scale=high - low)",
    ),
    "Kumaraswamy": (
        "$numbers",
        "x = (1 - rng.random(1000) ** (1 / b)) ** (1 / a)",
        "log_p = np.log(a * b) + (a - 1) * np.log(x) + (b - 1) * np.log1p(-(x**a))",
    ),
    "Arcsine": ("$numbers", "x = low + (high - low) * rng.beta(0.5, 0.5, 1000)", "log_p = stats.arcsine.logpdf(x, loc=low, scale=high - low)"),
    "LogitNormal": (
        "$numbers",
        "x = special.expit(rng.normal(mu, sigma, 1000))",
        "log_p = stats.norm.logpdf(special.logit(x), mu, sigma) - np.log(x) - np.log1p(-x)",
    ),
    "TruncatedNormal": _law(
        "truncnorm(a=(low - mu) / sigma, b=(high - mu) / sigma, loc=mu, scale=sigma)",
        "$numbers",
    ),
    "WrappedCauchy": (
        "$numbers",
        "half = (1 - rho) / (1 + rho) * np.tan(np.pi * (rng.random(1000) - 0.5))",
        "x = (mu + 2 * np.arctan(half) + np.pi) % (2 * np.pi) - np.pi",
        "log_p = np.log((1 - rho**2) / (2 * np.pi * (1 + rho**2 - 2 * rho * np.cos(x - mu))))",
    ),
    "VonMises": ("x = rng.vonmises(mu=$mu, kappa=$kappa, size=1000)", "log_p = stats.vonmises.logpdf(x, kappa=$kappa, loc=$mu)"),
    "GaussianMixture": (
        "weight, mean, sd = np.array([$weight, $mean, $sd])",
        "weight = weight / weight.sum()",
        "part = rng.choice(len(weight), size=1000, p=weight)",
        "x = rng.normal(mean[part], sd[part])",
        "log_p = special.logsumexp(stats.norm.logpdf(x[:, None], mean, sd), axis=1, b=weight)",
    ),
    "Bernoulli": ("x = rng.binomial(n=1, p=$p, size=1000)", "log_p = stats.bernoulli.logpmf(x, p=$p)"),
    "Categorical": (
        "weights = np.array($weights)",
        "p = weights / weights.sum()",
        "x = rng.choice(len(p), size=1000, p=p)",
        "log_p = np.log(p[x])",
    ),
    "Binomial": ("x = rng.binomial(n=$n, p=$p, size=1000)", "log_p = stats.binom.logpmf(x, n=$n, p=$p)"),
    "Geometric": ("x = rng.geometric(p=$p, size=1000)", "log_p = stats.geom.logpmf(x, p=$p)"),
    "NegativeBinomial": ("x = rng.negative_binomial(n=$r, p=$p, size=1000)", "log_p = stats.nbinom.logpmf(x, n=$r, p=$p)"),
    "Poisson": ("x = rng.poisson(lam=$rate, size=1000)", "log_p = stats.poisson.logpmf(x, mu=$rate)"),
    "DiscreteUniform": ("x = rng.integers($low, $high, size=1000, endpoint=True)", "log_p = stats.randint.logpmf(x, low=$low, high=$high + 1)"),
    "Hypergeometric": (
        "x = rng.hypergeometric(ngood=$successes, nbad=$population - $successes, nsample=$draws, size=1000)",
        "log_p = stats.hypergeom.logpmf(x, M=$population, n=$successes, N=$draws)",
    ),
    "BetaBinomial": ("x = rng.binomial($n, rng.beta($a, $b, size=1000))", "log_p = stats.betabinom.logpmf(x, n=$n, a=$a, b=$b)"),
    "Zipf": ("x = rng.zipf(a=$exponent, size=1000)", "log_p = stats.zipf.logpmf(x, a=$exponent)"),
    "Logarithmic": ("x = rng.logseries(p=$p, size=1000)", "log_p = stats.logser.logpmf(x, p=$p)"),
    "Skellam": (
        "x = rng.poisson(lam=$rate_up, size=1000) - rng.poisson(lam=$rate_down, size=1000)",
        "log_p = stats.skellam.logpmf(x, mu1=$rate_up, mu2=$rate_down)",
    ),
    "ZeroInflatedPoisson": (
        "$numbers",
        "x = rng.poisson(rate, 1000) * (rng.random(1000) >= zeros)",
        "log_p = np.log(zeros * (x == 0) + (1 - zeros) * stats.poisson.pmf(x, rate))",
    ),
}


def write(dist: Distribution) -> str | None:
    """Write a law in NumPy and SciPy: `x`, and `log_p` at each of its values; None where the table has no such law."""
    lines = lines_for(dist, TABLE)
    if lines is None:
        return None
    numbers = values(dist)
    texts = {name: python_list(value) if isinstance(value, list) else python_number(value) for name, value in numbers.items()}
    body = fill(lines, numbers=python_names(numbers), **texts)
    used = [name for name in ("special", "stats") if re.search(rf"\b{name}\.", body)]
    scipy = [f"from scipy import {', '.join(used)}"] if used else []
    return "\n".join(["import numpy as np", *scipy, "", "rng = np.random.default_rng(1)", body])
