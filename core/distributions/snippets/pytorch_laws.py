"""Every law in PyTorch: which law of PyTorch's it is, or else the lines that draw and give the log density.

https://docs.pytorch.org/docs/stable/distributions.html
"""

from __future__ import annotations

from core.distributions.base import Distribution
from core.distributions.snippets.template import Choose, Lines, beyond

UNIFORM = "torch.rand(1000, dtype=torch.float64)"
NORMAL = "torch.randn(1000, dtype=torch.float64)"


def _law(law: str) -> Lines:
    """Draw from a law of PyTorch and ask it for the log density."""
    return "$tensors", f"law = {law}", "x = law.sample((1000,))", "log_p = law.log_prob(x)"


def _with(*lines: str) -> Lines:
    """Put the names of the numbers above lines of code."""
    return "$tensors", *lines


def _root(gamma: str) -> Lines:
    """Write the law of the square root of a gamma variable."""
    return _law(f"TransformedDistribution({gamma}, PowerTransform(0.5))")


def _truncated_normal(dist: Distribution) -> Lines:
    """Write the inverse of the distribution function, which serves while a limit is near; else reject from the tail (Marsaglia 1964)."""
    side = beyond(dist)
    if not side:
        return _with(
            "p_low, p_high = ndtr((low - mu) / sigma), ndtr((high - mu) / sigma)",
            f"x = mu + sigma * ndtri(p_low + (p_high - p_low) * {UNIFORM})",
            "log_p = Normal(mu, sigma).log_prob(x) - torch.log(p_high - p_low)",
        )
    ends = "(low - mu) / sigma, (high - mu) / sigma" if side > 0 else "(mu - high) / sigma, (mu - low) / sigma"
    return _with(
        f"a, b = {ends}  # both limits are far {'above' if side > 0 else 'below'} mu",
        "u, v = torch.rand(2, 3000, dtype=torch.float64)",
        "z = torch.sqrt(a**2 - 2 * torch.log1p(u * torch.expm1((a**2 - b**2) / 2)))",
        f"x = mu {'+' if side > 0 else '-'} sigma * z[v * z < a][:1000]  # rejection from the tail",
        "log_a, log_b = log_ndtr(-a), log_ndtr(-b)",
        "log_p = Normal(mu, sigma).log_prob(x) - log_a - torch.log1p(-torch.exp(log_b - log_a))",
    )


def _von_mises(dist: Distribution) -> Lines:
    """Draw from PyTorch's law, which has no kappa of 0; its own log density is right to 7 digits only."""
    law = "VonMises(mu, kappa)" if dist.kappa else "Uniform(kappa - torch.pi, kappa + torch.pi)"
    return _with(f"x = {law}.sample((1000,))", "log_p = -2 * kappa * torch.sin((x - mu) / 2) ** 2 - torch.log(2 * torch.pi * i0e(kappa))")


TABLE: dict[str, Lines | Choose] = {
    "Uniform": _law("Uniform(low, high)"),
    "Normal": _law("Normal(mu, sigma)"),
    "StudentT": _law("StudentT(df, mu, sigma)"),
    "Cauchy": _law("Cauchy(location, scale)"),
    "Laplace": _law("Laplace(location, scale)"),
    "Logistic": _with(
        f"x = location + scale * torch.logit({UNIFORM})",
        "z = (x - location) / scale",
        "log_p = -z - 2 * softplus(-z) - torch.log(scale)",
    ),
    "HyperbolicSecant": _with(
        f"x = location + scale * torch.log(torch.tan(torch.pi / 2 * {UNIFORM}))",
        "log_p = -torch.log(torch.pi * scale * torch.cosh((x - location) / scale))",
    ),
    "GeneralizedNormal": _with(
        "size = scale * Gamma(1 / power, 1.0).sample((1000,)) ** (1 / power)",
        "x = mu + size * (2 * torch.randint(2, (1000,)) - 1)",
        "log_p = torch.log(power / (2 * scale)) - torch.lgamma(1 / power) - torch.abs((x - mu) / scale) ** power",
    ),
    "SkewNormal": _with(
        "u, v = torch.randn(2, 1000, dtype=torch.float64)",
        "x = location + scale * (alpha * torch.abs(u) + v) / torch.sqrt(1 + alpha**2)",
        "log_p = Normal(location, scale).log_prob(x) + math.log(2) + log_ndtr(alpha * (x - location) / scale)",
    ),
    "AsymmetricLaplace": _with(
        "x = location + scale * (Exponential(kappa).sample((1000,)) - Exponential(1 / kappa).sample((1000,)))",
        "z = (x - location) / scale",
        "log_p = -torch.where(z < 0, -z / kappa, z * kappa) - torch.log(scale * (kappa + 1 / kappa))",
    ),
    "ExGaussian": _with(
        "x = Normal(mu, sigma).sample((1000,)) + Exponential(rate).sample((1000,))",
        "z = (x - mu) / sigma - rate * sigma",
        "log_p = torch.log(rate) + log_ndtr(z) - rate * (x - mu) + (rate * sigma) ** 2 / 2",
    ),
    "JohnsonSU": _with(
        "law = Normal(-gamma / delta, 1 / delta)",
        "x = location + scale * torch.sinh(law.sample((1000,)))",
        "z = (x - location) / scale",
        "log_p = law.log_prob(torch.asinh(z)) - torch.log(scale) - 0.5 * torch.log1p(z**2)",
    ),
    "GeneralizedExtremeValue": _with(
        "gumbel = -torch.log(torch.empty(1000, dtype=torch.float64).exponential_())",
        "x = location + scale * (torch.expm1(xi * gumbel) / xi if xi else gumbel)",
        "z = (x - location) / scale",
        "s = torch.log1p(xi * z) / xi if xi else z",
        "log_p = -torch.log(scale) - (1 + xi) * s - torch.exp(-s)",
    ),
    "Moyal": _with(
        f"x = location - 2 * scale * torch.log(torch.abs({NORMAL}))",
        "z = (x - location) / scale",
        "log_p = -0.5 * (z + torch.exp(-z)) - torch.log(scale * math.sqrt(2 * math.pi))",
    ),
    "LogNormal": _law("LogNormal(mu, sigma)"),
    "Exponential": _law("Exponential(rate)"),
    "Gamma": _law("Gamma(shape, rate)"),
    "Weibull": _law("Weibull(scale, shape)"),
    "Pareto": _law("Pareto(scale, shape)"),
    "ChiSquared": _law("Chi2(df)"),
    "Chi": _root("Chi2(df)"),
    "InverseGamma": _law("InverseGamma(shape, scale)"),
    "InverseGaussian": _with(
        "w, u = mu / (2 * shape) * torch.randn(1000, dtype=torch.float64) ** 2, torch.rand(1000, dtype=torch.float64)",
        "y = 1 / (1 + w + torch.sqrt(w * (2 + w)))  # Michael, Schucany and Haas (1976)",
        "x = mu * torch.where(u < 1 / (1 + y), y, 1 / y)",
        "log_p = 0.5 * torch.log(shape / (2 * torch.pi * x**3)) - shape * (x - mu) ** 2 / (2 * mu**2 * x)",
    ),
    "Rayleigh": _law("Weibull(math.sqrt(2) * sigma, 2.0)"),
    "Maxwell": _root("Gamma(1.5, 0.5 / sigma**2)"),
    "HalfNormal": _law("HalfNormal(sigma)"),
    "HalfCauchy": _law("HalfCauchy(scale)"),
    "FRatio": _law("FisherSnedecor(d1, d2)"),
    "LogLogistic": _with(
        f"x = scale * torch.exp(torch.logit({UNIFORM}) / shape)",
        "z = shape * torch.log(x / scale)",
        "log_p = torch.log(shape / x) - z - 2 * softplus(-z)",
    ),
    "Lomax": _with(
        "x = scale * torch.expm1(Exponential(shape).sample((1000,)))",
        "log_p = torch.log(shape / scale) - (shape + 1) * torch.log1p(x / scale)",
    ),
    "GeneralizedPareto": _with(
        "e = torch.empty(1000, dtype=torch.float64).exponential_()",
        "x = sigma * (torch.expm1(xi * e) / xi if xi else e)",
        "hazard = torch.log1p(xi * x / sigma) / xi if xi else x / sigma",
        "log_p = -torch.log(sigma) - (1 + xi) * hazard",
    ),
    "Levy": _law("InverseGamma(0.5, scale / 2)"),
    "Gompertz": _with(
        "x = torch.log1p(Exponential(shape).sample((1000,))) / rate",
        "log_p = torch.log(shape * rate) + rate * x - shape * torch.expm1(rate * x)",
    ),
    "Nakagami": _root("Gamma(m, m / omega)"),
    "BirnbaumSaunders": _with(
        f"x = scale * torch.exp(2 * torch.asinh(shape / 2 * {NORMAL}))",
        "root = torch.sqrt(x / scale)",
        "z = (root - 1 / root) / shape",
        "log_p = torch.log((root + 1 / root) / (2 * shape * x)) - 0.5 * z**2 - 0.5 * math.log(2 * math.pi)",
    ),
    "Frechet": _law("TransformedDistribution(Exponential(torch.ones_like(shape)), [PowerTransform(-1 / shape), AffineTransform(0.0, scale)])"),
    "Rice": _with(
        "x = torch.hypot(Normal(nu, sigma).sample((1000,)), Normal(0.0, sigma).sample((1000,)))",
        "log_p = torch.log(x / sigma**2) - (x - nu) ** 2 / (2 * sigma**2) + torch.log(i0e(x * nu / sigma**2))",
    ),
    "GeneralizedGamma": _law("TransformedDistribution(Gamma(shape, 1.0), [PowerTransform(1 / power), AffineTransform(0.0, scale)])"),
    "BurrXII": _with(
        "x = scale * torch.expm1(Exponential(k).sample((1000,))) ** (1 / c)",
        "z = torch.log(x / scale)",
        "log_p = torch.log(c * k / scale) + (c - 1) * z - (k + 1) * softplus(c * z)",
    ),
    "Beta": _law("Beta(a, b)"),
    "Triangular": _with(
        f"u = (high - low) * {UNIFORM}",
        "x = torch.where(low + u < peak, low + torch.sqrt(u * (peak - low)), high - torch.sqrt((high - low - u) * (high - peak)))",
        "side = torch.where(x < peak, (x - low) / (peak - low), (high - x) / (high - peak))",
        "log_p = torch.log(2 * side / (high - low))",
    ),
    "Kumaraswamy": _law("Kumaraswamy(a, b)"),
    "Arcsine": _with(
        f"x = low + (high - low) * torch.sin(torch.pi / 2 * {UNIFORM}) ** 2",
        "log_p = -torch.log(torch.pi * torch.sqrt((x - low) * (high - x)))",
    ),
    "LogitNormal": _law("TransformedDistribution(Normal(mu, sigma), SigmoidTransform())"),
    "TruncatedNormal": _truncated_normal,
    "WrappedCauchy": _with(
        f"half = (1 - rho) / (1 + rho) * torch.tan(torch.pi * ({UNIFORM} - 0.5))",
        "x = (mu + 2 * torch.atan(half) + torch.pi) % (2 * torch.pi) - torch.pi",
        "log_p = torch.log((1 - rho**2) / (2 * torch.pi * (1 + rho**2 - 2 * rho * torch.cos(x - mu))))",
    ),
    "VonMises": _von_mises,
    "GaussianMixture": (
        "weight, mean, sd = torch.tensor([$weight, $mean, $sd], dtype=torch.float64)",
        "law = MixtureSameFamily(Categorical(logits=torch.log(weight)), Normal(mean, sd))",
        "x = law.sample((1000,))",
        "log_p = law.log_prob(x)",
    ),
    "Bernoulli": _law("Bernoulli(p)"),
    "Categorical": _law("Categorical(logits=torch.log(weights))  # numbered from 0"),
    "Binomial": _law("Binomial(n, p)"),
    "Geometric": _with(
        "failures = Geometric(p).sample((1000,))",
        "x = failures + 1  # the trials, the success included",
        "log_p = Geometric(p).log_prob(failures)",
    ),
    "NegativeBinomial": _law("NegativeBinomial(r, probs=1 - p)  # PyTorch's probs is that of what is counted"),
    "Poisson": _law("Poisson(rate)"),
    "DiscreteUniform": (
        "$numbers",
        "x = torch.randint(low, high + 1, (1000,))",
        "log_p = torch.full((1000,), -math.log(high - low + 1), dtype=torch.float64)",
    ),
    "Hypergeometric": (
        "$numbers",
        "k = torch.arange(max(0, draws + successes - population), min(draws, successes) + 1, dtype=torch.float64)",
        "groups = torch.stack([k, successes - k, draws - k, population - successes - draws + k])",
        "law = Categorical(logits=-torch.lgamma(groups + 1).sum(0))  # up to a factor that is the same for all k",
        "place = law.sample((1000,))",
        "x, log_p = k[place], law.log_prob(place)",
    ),
    "BetaBinomial": (
        "",
        "def lbeta(a, b):",
        "    return torch.lgamma(a) + torch.lgamma(b) - torch.lgamma(a + b)",
        "",
        "",
        "$tensors",
        "x = Binomial(n, Beta(a, b).sample((1000,))).sample()",
        "log_p = lbeta(x + a, n - x + b) - lbeta(a, b) - lbeta(x + 1, n - x + 1) - torch.log(n + 1)",
    ),
    "Zipf": _with(
        "u, v = torch.rand(2, 4000, dtype=torch.float64)",
        "k = torch.floor(u ** (-1 / (exponent - 1)))  # rejection (Devroye 1986)",
        "t, b = (1 + 1 / k) ** (exponent - 1), 2 ** (exponent - 1)",
        "x = k[v * k * (t - 1) / (b - 1) <= t / b][:1000]",
        "log_p = -exponent * torch.log(x) - torch.log(zeta(exponent, torch.ones_like(exponent)))",
    ),
    "Logarithmic": _with(
        "u, v = torch.rand(2, 1000, dtype=torch.float64)",
        "q = -torch.expm1(u * torch.log1p(-p))",
        "x = 1 + torch.floor(torch.log(v) / torch.log(q))  # a geometric law whose p is random",
        "log_p = x * torch.log(p) - torch.log(x) - torch.log(-torch.log1p(-p))",
    ),
    "Skellam": _with(
        "x = Poisson(rate_up).sample((1000,)) - Poisson(rate_down).sample((1000,))",
        "m = 64 + 32 * int(torch.sqrt(rate_up + rate_down))  # the law's characteristic function, and back",
        "t = 2 * torch.pi / m * torch.arange(m, dtype=torch.float64)",
        "log_cf = torch.complex((rate_up + rate_down) * (torch.cos(t) - 1), (rate_up - rate_down) * torch.sin(t))",
        "p = torch.fft.fft(torch.exp(log_cf)).real / m",
        "log_p = torch.log(p[x.long() % m])",
    ),
    "ZeroInflatedPoisson": _with(
        f"x = Poisson(rate).sample((1000,)) * ({UNIFORM} >= zeros)",
        "log_p = torch.log(zeros * (x == 0) + (1 - zeros) * torch.exp(Poisson(rate).log_prob(x)))",
    ),
}
