"""Every law in Stan: which law of Stan's it is, or else the functions that give its log density and a draw.

https://mc-stan.org/docs/functions-reference/, https://mc-stan.org/docs/stan-users-guide/user-functions.html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.distributions.base import Distribution
from core.distributions.snippets.template import Lines, beyond


@dataclass(frozen=True)
class Row:
    """A law: what stands behind `x ~`, how a value is drawn, or else the lines of functions of one's own for both."""

    law: str = ""
    draw: str = ""
    log_density: Lines = ()
    random: Lines = ()
    above: Lines = ()  # what these functions call
    name: str = ""  # of these functions, where the family's own is taken


def _law(law: str) -> Row:
    """Use a law that Stan has."""
    name, arguments = law.split("(", 1)
    return Row(law, f"{name}_rng({arguments}")


def _half(law: str) -> Row:
    """Use the upper half of a law that is symmetric about 0."""
    return Row(f"{law} T[0, ]", f"abs({_law(law).draw})")


def _own(log_density: str | Lines, random: str | Lines, above: Lines = (), name: str = "") -> Row:
    """Write functions for the log density and for a draw; a text is what they return."""
    return Row("", "", *((f"return {each};",) if isinstance(each, str) else each for each in (log_density, random)), above, name)


def _negative_binomial(dist: Distribution) -> Row:
    """Leave out the odds where they are infinite: without failures the count is 0."""
    return _law("neg_binomial($r, $p / (1 - $p))") if dist.p < 1 else _law("discrete_range(0, 0)")


def _truncated_normal(dist: Distribution) -> Row:
    """Use Stan's truncation while a limit is near; else take the thinner tail, and reject from it (Marsaglia 1964)."""
    side = beyond(dist)
    if not side:
        random = ("real p = uniform_rng(normal_cdf(low | mu, sigma), normal_cdf(high | mu, sigma));", "return mu + sigma * inv_Phi(p);")
        return Row("normal($mu, $sigma) T[$low, $high]", random=random)
    tails = (
        ("normal_lcdf(-low | -mu, sigma)", "normal_lcdf(-high | -mu, sigma)") if side > 0 else ("normal_lcdf(high | mu, sigma)", "normal_lcdf(low | mu, sigma)")
    )
    ends = ("low - mu", "high - mu") if side > 0 else ("mu - high", "mu - low")
    return _own(
        f"normal_lpdf(x | mu, sigma) - log_diff_exp({tails[0]}, {tails[1]})",
        (
            f"real a = ({ends[0]}) / sigma;  // both limits are far {'above' if side > 0 else 'below'} mu",
            f"real b = ({ends[1]}) / sigma;",
            "real z = positive_infinity();",
            "while (uniform_rng(0, 1) * z >= a) {  // rejection from the tail",
            "  z = sqrt(a ^ 2 - 2 * log1p(uniform_rng(0, 1) * expm1((a ^ 2 - b ^ 2) / 2)));",
            "}",
            f"return mu {'+' if side > 0 else '-'} sigma * z;",
        ),
    )


TABLE: dict[str, Row | Callable[[Distribution], Row]] = {
    "Uniform": _law("uniform($low, $high)"),
    "Normal": _law("normal($mu, $sigma)"),
    "StudentT": _law("student_t($df, $mu, $sigma)"),
    "Cauchy": _law("cauchy($location, $scale)"),
    "Laplace": _law("double_exponential($location, $scale)"),
    "Logistic": _law("logistic($location, $scale)"),
    "HyperbolicSecant": _own("-log(pi() * scale * cosh((x - location) / scale))", "location + scale * log(abs(cauchy_rng(0, 1)))"),
    "GeneralizedNormal": _own(
        "log(power / (2 * scale)) - lgamma(1 / power) - abs((x - mu) / scale) ^ power",
        ("real size = scale * gamma_rng(1 / power, 1) ^ (1 / power);", "return bernoulli_rng(0.5) ? mu + size : mu - size;"),
    ),
    "SkewNormal": _law("skew_normal($location, $scale, $alpha)"),
    "AsymmetricLaplace": _law("skew_double_exponential($location, 2 * $scale * $kappa / (1 + $kappa ^ 2), $kappa ^ 2 / (1 + $kappa ^ 2))"),
    "ExGaussian": _law("exp_mod_normal($mu, $sigma, $rate)"),
    "JohnsonSU": _own(
        ("real z = (x - location) / scale;", "return normal_lpdf(gamma + delta * asinh(z) | 0, 1) + log(delta / scale) - log1p(z ^ 2) / 2;"),
        "location + scale * sinh((normal_rng(0, 1) - gamma) / delta)",
    ),
    "GeneralizedExtremeValue": _own(
        (
            "real z = (x - location) / scale;",
            "real s = xi == 0 ? z : log1p(xi * z) / xi;",
            "return -log(scale) - (1 + xi) * s - exp(-s);",
        ),
        ("real s = gumbel_rng(0, 1);", "return location + scale * (xi == 0 ? s : expm1(xi * s) / xi);"),
    ),
    "Moyal": _own(
        ("real z = (x - location) / scale;", "return -(z + exp(-z)) / 2 - log(scale * sqrt(2 * pi()));"),
        "location - 2 * scale * log(abs(normal_rng(0, 1)))",
    ),
    "LogNormal": _law("lognormal($mu, $sigma)"),
    "Exponential": _law("exponential($rate)"),
    "Gamma": _law("gamma($shape, $rate)"),
    "Weibull": _law("weibull($shape, $scale)"),
    "Pareto": _law("pareto($scale, $shape)"),
    "ChiSquared": _law("chi_square($df)"),
    "Chi": _own("chi_square_lpdf(x ^ 2 | df) + log(2 * x)", "sqrt(chi_square_rng(df))"),
    "InverseGamma": _law("inv_gamma($shape, $scale)"),
    "InverseGaussian": _own(
        "log(shape / (2 * pi() * x ^ 3)) / 2 - shape * (x - mu) ^ 2 / (2 * mu ^ 2 * x)",
        (
            "real w = mu / (2 * shape) * normal_rng(0, 1) ^ 2;",
            "real y = 1 / (1 + w + sqrt(w * (2 + w)));  // Michael, Schucany and Haas (1976)",
            "return mu * (bernoulli_rng(1 / (1 + y)) ? y : 1 / y);",
        ),
    ),
    "Rayleigh": _law("rayleigh($sigma)"),
    "Maxwell": _own("chi_square_lpdf((x / sigma) ^ 2 | 3) + log(2 * x / sigma ^ 2)", "sigma * sqrt(chi_square_rng(3))"),
    "HalfNormal": _half("normal(0, $sigma)"),
    "HalfCauchy": _half("cauchy(0, $scale)"),
    "FRatio": _own(
        ("real odds = x * d1 / d2;", "return d1 / 2 * log(odds) - (d1 + d2) / 2 * log1p(odds) - log(x) - lbeta(d1 / 2, d2 / 2);"),
        "(chi_square_rng(d1) / d1) / (chi_square_rng(d2) / d2)",
    ),
    "LogLogistic": _law("loglogistic($scale, $shape)"),
    "Lomax": _law("pareto_type_2(0, $scale, $shape)"),
    "GeneralizedPareto": _own(
        ("real hazard = xi == 0 ? x / sigma : log1p(xi * x / sigma) / xi;", "return -log(sigma) - (1 + xi) * hazard;"),
        ("real e = exponential_rng(1);", "return sigma * (xi == 0 ? e : expm1(xi * e) / xi);"),
    ),
    "Levy": _law("inv_gamma(0.5, $scale / 2)"),
    "Gompertz": _own("log(shape * rate) + rate * x - shape * expm1(rate * x)", "log1p(exponential_rng(shape)) / rate"),
    "Nakagami": _own("gamma_lpdf(x ^ 2 | m, m / omega) + log(2 * x)", "sqrt(gamma_rng(m, m / omega))"),
    "BirnbaumSaunders": _own(
        ("real root = sqrt(x / scale);", "return normal_lpdf((root - 1 / root) / shape | 0, 1) + log((root + 1 / root) / (2 * shape * x));"),
        "scale * exp(2 * asinh(shape / 2 * normal_rng(0, 1)))",
    ),
    "Frechet": _law("frechet($shape, $scale)"),
    "Rice": _own(
        "log(x / sigma ^ 2) - (x ^ 2 + nu ^ 2) / (2 * sigma ^ 2) + log_modified_bessel_first_kind(0, x * nu / sigma ^ 2)",
        "hypot(normal_rng(nu, sigma), normal_rng(0, sigma))",
    ),
    "GeneralizedGamma": _own(
        ("real t = (x / scale) ^ power;", "return gamma_lpdf(t | shape, 1) + log(power * t / x);"),
        "scale * gamma_rng(shape, 1) ^ (1 / power)",
    ),
    "BurrXII": _own(
        "log(c * k / scale) + (c - 1) * log(x / scale) - (k + 1) * log1p((x / scale) ^ c)",
        "scale * expm1(exponential_rng(k)) ^ (1 / c)",
    ),
    "Beta": _law("beta($a, $b)"),
    "Triangular": _own(
        "log(2 / (high - low)) + log(x < peak ? (x - low) / (peak - low) : (high - x) / (high - peak))",
        (
            "real u = uniform_rng(0, high - low);",
            "return low + u < peak ? low + sqrt(u * (peak - low)) : high - sqrt((high - low - u) * (high - peak));",
        ),
    ),
    "Kumaraswamy": _own("log(a * b) + (a - 1) * log(x) + (b - 1) * log1m(x ^ a)", "(1 - uniform_rng(0, 1) ^ (1 / b)) ^ (1 / a)"),
    "Arcsine": _own("-log(pi() * sqrt((x - low) * (high - x)))", "low + (high - low) * sin(pi() / 2 * uniform_rng(0, 1)) ^ 2"),
    "LogitNormal": _own("normal_lpdf(logit(x) | mu, sigma) - log(x) - log1m(x)", "inv_logit(normal_rng(mu, sigma))"),
    "TruncatedNormal": _truncated_normal,
    "WrappedCauchy": _own(
        "log((1 - rho ^ 2) / (2 * pi() * (1 + rho ^ 2 - 2 * rho * cos(x - mu))))",
        (
            "real half = (1 - rho) / (1 + rho) * tan(pi() * (uniform_rng(0, 1) - 0.5));",
            "return atan2(sin(mu + 2 * atan(half)), cos(mu + 2 * atan(half)));  // from -pi to pi",
        ),
    ),
    "VonMises": Row("von_mises($mu, $kappa)", "fmod(von_mises_rng($mu, $kappa) + pi(), 2 * pi()) - pi()"),  # from -pi to pi, as Stan's is not
    "GaussianMixture": _own(
        (
            "vector[num_elements(weight)] terms = log(weight / sum(weight));",
            "for (k in 1 : num_elements(weight)) {",
            "  terms[k] += normal_lpdf(x | mean[k], sd[k]);",
            "}",
            "return log_sum_exp(terms);",
        ),
        ("int k = categorical_rng(weight / sum(weight));", "return normal_rng(mean[k], sd[k]);"),
    ),
    "Bernoulli": _law("bernoulli($p)"),
    "Categorical": _own(
        "categorical_lpmf(x + 1 | weights / sum(weights))",
        "categorical_rng(weights / sum(weights)) - 1",
        name="categorical_from_0",
    ),
    "Binomial": _law("binomial($n, $p)"),
    "Geometric": _own("x == 1 ? log(p) : log(p) + (x - 1) * log1m(p)", "p == 1 ? 1 : 1 + neg_binomial_rng(1, p / (1 - p))"),
    "NegativeBinomial": _negative_binomial,
    "Poisson": _law("poisson($rate)"),
    "DiscreteUniform": _law("discrete_range($low, $high)"),
    "Hypergeometric": Row(
        "hypergeometric($draws, $successes, $population - $successes)",
        random=(
            "int hits = 0;  // ball by ball: hypergeometric_rng of Stan 2.35 never gives 0",
            "for (i in 1 : draws) {",
            "  hits += bernoulli_rng((successes - hits) * 1.0 / (population - i + 1));",
            "}",
            "return hits;",
        ),
        name="urn",
    ),
    "BetaBinomial": _law("beta_binomial($n, $a, $b)"),
    "Zipf": _own(
        "-exponent * log(x) - log(zeta(exponent))",
        (
            "int k = 1;",
            "real u = uniform_rng(0, zeta(exponent));",
            "while (u > k ^ -exponent) {",
            "  u -= k ^ -exponent;",
            "  k += 1;",
            "}",
            "return k;",
        ),
        (
            "real zeta(real s) {  // by the formula of Euler and Maclaurin",
            "  real tail = 1000 / (s - 1) - 0.5 + s / 12000;",
            "  return sum(linspaced_vector(1000, 1, 1000) ^ -s) + 1000 ^ -s * tail;",
            "}",
        ),
    ),
    "Logarithmic": _own(
        "x * log(p) - log(x) - log(-log1m(p))",
        ("real q = -expm1(uniform_rng(0, 1) * log1m(p));", "return 1 + neg_binomial_rng(1, (1 - q) / q);  // a geometric law whose p is random"),
    ),
    "Skellam": _own(
        (
            "real bessel = log_modified_bessel_first_kind(abs(x), 2 * sqrt(rate_up * rate_down));",
            "return bessel + x * log(rate_up / rate_down) / 2 - rate_up - rate_down;",
        ),
        "poisson_rng(rate_up) - poisson_rng(rate_down)",
    ),
    "ZeroInflatedPoisson": _own(
        (
            "if (x == 0) {",
            "  return log_sum_exp(bernoulli_lpmf(1 | zeros), bernoulli_lpmf(0 | zeros) - rate);",
            "}",
            "return bernoulli_lpmf(0 | zeros) + poisson_lpmf(x | rate);",
        ),
        "bernoulli_rng(zeros) ? 0 : poisson_rng(rate)",
    ),
}
