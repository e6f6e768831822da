"""Every law in R, with nothing but what R brings along: 1,000 values and their log density.

https://stat.ethz.ch/R-manual/R-devel/library/stats/html/Distributions.html
"""

from __future__ import annotations

from core.distributions.base import Distribution
from core.distributions.snippets.template import Choose, Lines, Number, Value, beyond, fill, lines_for, values


def _law(stem: str, arguments: str) -> Lines:
    """Draw from a law of R and ask it for the log density."""
    return f"x <- r{stem}(1000, {arguments})", f"log_p <- d{stem}(x, {arguments}, log = TRUE)"


def _with(*lines: str) -> Lines:
    """Put the names of the numbers above lines of code."""
    return "$numbers", *lines


def _truncated_normal(dist: Distribution) -> Lines:
    """Write the inverse of the distribution function, which serves while a limit is near; else reject from the tail (Marsaglia 1964)."""
    side = beyond(dist)
    if not side:
        return _with(
            "p <- pnorm(c(low, high), mu, sigma)",
            "x <- qnorm(runif(1000, p[1], p[2]), mu, sigma)",
            "log_p <- dnorm(x, mu, sigma, log = TRUE) - log(p[2] - p[1])",
        )
    ends = ("low - mu", "high - mu") if side > 0 else ("mu - high", "mu - low")
    return _with(
        f"a <- ({ends[0]}) / sigma  # both limits are far {'above' if side > 0 else 'below'} mu",
        f"b <- ({ends[1]}) / sigma",
        "z <- sqrt(a^2 - 2 * log1p(runif(3000) * expm1((a^2 - b^2) / 2)))",
        f"x <- mu {'+' if side > 0 else '-'} sigma * z[runif(3000) * z < a][1:1000]  # rejection from the tail",
        "log_tails <- pnorm(c(a, b), lower.tail = FALSE, log.p = TRUE)",
        "log_p <- dnorm(x, mu, sigma, log = TRUE) - log_tails[1] - log1p(-exp(log_tails[2] - log_tails[1]))",
    )


TABLE: dict[str, Lines | Choose] = {
    "Uniform": _law("unif", "min = $low, max = $high"),
    "Normal": _law("norm", "mean = $mu, sd = $sigma"),
    "StudentT": _with("x <- mu + sigma * rt(1000, df)", "log_p <- dt((x - mu) / sigma, df, log = TRUE) - log(sigma)"),
    "Cauchy": _law("cauchy", "location = $location, scale = $scale"),
    "Laplace": _with("x <- location + scale * (rexp(1000) - rexp(1000))", "log_p <- -abs(x - location) / scale - log(2 * scale)"),
    "Logistic": _law("logis", "location = $location, scale = $scale"),
    "HyperbolicSecant": _with("x <- location + scale * log(abs(rcauchy(1000)))", "log_p <- -log(pi * scale * cosh((x - location) / scale))"),
    "GeneralizedNormal": _with(
        "x <- mu + scale * sample(c(-1, 1), 1000, replace = TRUE) * rgamma(1000, 1 / power)^(1 / power)",
        "log_p <- log(power / (2 * scale)) - lgamma(1 / power) - abs((x - mu) / scale)^power",
    ),
    "SkewNormal": _with(
        "x <- location + scale * (alpha * abs(rnorm(1000)) + rnorm(1000)) / sqrt(1 + alpha^2)",
        "z <- (x - location) / scale",
        "log_p <- log(2 / scale) + dnorm(z, log = TRUE) + pnorm(alpha * z, log.p = TRUE)",
    ),
    "AsymmetricLaplace": _with(
        "x <- location + scale * (rexp(1000, kappa) - rexp(1000, 1 / kappa))",
        "z <- (x - location) / scale",
        "log_p <- -ifelse(z < 0, -z / kappa, z * kappa) - log(scale * (kappa + 1 / kappa))",
    ),
    "ExGaussian": _with(
        "x <- rnorm(1000, mu, sigma) + rexp(1000, rate)",
        "z <- (x - mu) / sigma - rate * sigma",
        "log_p <- log(rate) + pnorm(z, log.p = TRUE) - rate * (x - mu) + (rate * sigma)^2 / 2",
    ),
    "JohnsonSU": _with(
        "x <- location + scale * sinh((rnorm(1000) - gamma) / delta)",
        "z <- (x - location) / scale",
        "log_p <- dnorm(gamma + delta * asinh(z), log = TRUE) + log(delta / scale) - log1p(z^2) / 2",
    ),
    "GeneralizedExtremeValue": _with(
        "gumbel <- -log(rexp(1000))",
        "x <- location + scale * (if (xi == 0) gumbel else expm1(xi * gumbel) / xi)",
        "z <- (x - location) / scale",
        "s <- if (xi == 0) z else log1p(xi * z) / xi",
        "log_p <- -log(scale) - (1 + xi) * s - exp(-s)",
    ),
    "Moyal": _with(
        "x <- location - 2 * scale * log(abs(rnorm(1000)))",
        "z <- (x - location) / scale",
        "log_p <- -(z + exp(-z)) / 2 - log(scale * sqrt(2 * pi))",
    ),
    "LogNormal": _law("lnorm", "meanlog = $mu, sdlog = $sigma"),
    "Exponential": _law("exp", "rate = $rate"),
    "Gamma": _law("gamma", "shape = $shape, rate = $rate"),
    "Weibull": _law("weibull", "shape = $shape, scale = $scale"),
    "Pareto": _with("x <- scale * exp(rexp(1000, shape))", "log_p <- log(shape / x) - shape * log(x / scale)"),
    "ChiSquared": _law("chisq", "df = $df"),
    "Chi": _with("x <- sqrt(rchisq(1000, df))", "log_p <- dchisq(x^2, df, log = TRUE) + log(2 * x)"),
    "InverseGamma": _with("x <- 1 / rgamma(1000, shape, rate = scale)", "log_p <- dgamma(1 / x, shape, rate = scale, log = TRUE) - 2 * log(x)"),
    "InverseGaussian": _with(
        "w <- mu / (2 * shape) * rnorm(1000)^2",
        "y <- 1 / (1 + w + sqrt(w * (2 + w)))  # Michael, Schucany and Haas (1976)",
        "x <- mu * ifelse(runif(1000) < 1 / (1 + y), y, 1 / y)",
        "log_p <- log(shape / (2 * pi * x^3)) / 2 - shape * (x - mu)^2 / (2 * mu^2 * x)",
    ),
    "Rayleigh": _with("x <- rweibull(1000, 2, sqrt(2) * sigma)", "log_p <- dweibull(x, 2, sqrt(2) * sigma, log = TRUE)"),
    "Maxwell": _with("x <- sigma * sqrt(rchisq(1000, 3))", "log_p <- dchisq((x / sigma)^2, 3, log = TRUE) + log(2 * x / sigma^2)"),
    "HalfNormal": _with("x <- abs(rnorm(1000, 0, sigma))", "log_p <- log(2) + dnorm(x, 0, sigma, log = TRUE)"),
    "HalfCauchy": _with("x <- abs(rcauchy(1000, 0, scale))", "log_p <- log(2) + dcauchy(x, 0, scale, log = TRUE)"),
    "FRatio": _law("f", "df1 = $d1, df2 = $d2"),
    "LogLogistic": _with(
        "x <- exp(rlogis(1000, log(scale), 1 / shape))",
        "log_p <- dlogis(log(x), log(scale), 1 / shape, log = TRUE) - log(x)",
    ),
    "Lomax": _with("x <- scale * expm1(rexp(1000, shape))", "log_p <- log(shape / scale) - (shape + 1) * log1p(x / scale)"),
    "GeneralizedPareto": _with(
        "x <- sigma * (if (xi == 0) rexp(1000) else expm1(xi * rexp(1000)) / xi)",
        "hazard <- if (xi == 0) x / sigma else log1p(xi * x / sigma) / xi",
        "log_p <- -log(sigma) - (1 + xi) * hazard",
    ),
    "Levy": _with("x <- scale / rnorm(1000)^2", "log_p <- log(scale / (2 * pi)) / 2 - scale / (2 * x) - 1.5 * log(x)"),
    "Gompertz": _with("x <- log1p(rexp(1000, shape)) / rate", "log_p <- log(shape * rate) + rate * x - shape * expm1(rate * x)"),
    "Nakagami": _with("x <- sqrt(rgamma(1000, m, rate = m / omega))", "log_p <- dgamma(x^2, m, rate = m / omega, log = TRUE) + log(2 * x)"),
    "BirnbaumSaunders": _with(
        "x <- scale * exp(2 * asinh(shape / 2 * rnorm(1000)))",
        "root <- sqrt(x / scale)",
        "log_p <- dnorm((root - 1 / root) / shape, log = TRUE) + log((root + 1 / root) / (2 * shape * x))",
    ),
    "Frechet": _with("x <- 1 / rweibull(1000, shape, 1 / scale)", "log_p <- dweibull(1 / x, shape, 1 / scale, log = TRUE) - 2 * log(x)"),
    "Rice": _with(
        "x <- sqrt(rnorm(1000, nu, sigma)^2 + rnorm(1000, 0, sigma)^2)",
        "bessel <- besselI(x * nu / sigma^2, 0, expon.scaled = TRUE)",
        "log_p <- log(x / sigma^2 * bessel) - (x - nu)^2 / (2 * sigma^2)",
    ),
    "GeneralizedGamma": _with(
        "x <- scale * rgamma(1000, shape)^(1 / power)",
        "t <- (x / scale)^power",
        "log_p <- dgamma(t, shape, log = TRUE) + log(power * t / x)",
    ),
    "BurrXII": _with(
        "x <- scale * expm1(rexp(1000, k))^(1 / c)",
        "log_p <- log(c * k / scale) + (c - 1) * log(x / scale) - (k + 1) * log1p((x / scale)^c)",
    ),
    "Beta": _law("beta", "shape1 = $a, shape2 = $b"),
    "Triangular": _with(
        "u <- (high - low) * runif(1000)",
        "left <- low + u < peak",
        "x <- ifelse(left, low + sqrt(u * (peak - low)), high - sqrt((high - low - u) * (high - peak)))",
        "side <- ifelse(left, (x - low) / (peak - low), (high - x) / (high - peak))",
        "log_p <- log(2 * side / (high - low))",
    ),
    "Kumaraswamy": _with(
        "x <- (1 - runif(1000)^(1 / b))^(1 / a)",
        "log_p <- log(a * b) + (a - 1) * log(x) + (b - 1) * log1p(-x^a)",
    ),
    "Arcsine": _with("x <- low + (high - low) * rbeta(1000, 0.5, 0.5)", "log_p <- -log(pi * sqrt((x - low) * (high - x)))"),
    "LogitNormal": _with("x <- plogis(rnorm(1000, mu, sigma))", "log_p <- dnorm(qlogis(x), mu, sigma, log = TRUE) - log(x) - log1p(-x)"),
    "TruncatedNormal": _truncated_normal,
    "WrappedCauchy": _with(
        "half <- (1 - rho) / (1 + rho) * tan(pi * (runif(1000) - 0.5))",
        "x <- (mu + 2 * atan(half) + pi) %% (2 * pi) - pi",
        "log_p <- log((1 - rho^2) / (2 * pi * (1 + rho^2 - 2 * rho * cos(x - mu))))",
    ),
    "VonMises": _with(
        "s <- 1 + sqrt(1 + 4 * kappa^2)",
        "rho <- 2 * kappa / (s + sqrt(2 * s))",
        "z <- cos(pi * runif(4000))",
        "f <- (2 * rho + (1 + rho^2) * z) / (1 + rho^2 + 2 * rho * z)  # rejection (Best and Fisher 1979)",
        "g <- (1 + rho^2) * (s + sqrt(2 * s)) / 4 - kappa * f",
        "turn <- acos(f[log(g / runif(4000)) + 1 >= g][1:1000]) * sample(c(-1, 1), 1000, replace = TRUE)",
        "x <- (mu + turn + pi) %% (2 * pi) - pi",
        "log_p <- kappa * (cos(x - mu) - 1) - log(2 * pi * besselI(kappa, 0, expon.scaled = TRUE))",
    ),
    "GaussianMixture": _with(
        "part <- sample.int(length(weight), 1000, replace = TRUE, prob = weight)",
        "x <- rnorm(1000, mean[part], sd[part])",
        "p <- sapply(seq_along(weight), function(k) weight[k] / sum(weight) * dnorm(x, mean[k], sd[k]))",
        "log_p <- log(rowSums(p))",
    ),
    "Bernoulli": _law("binom", "size = 1, prob = $p"),
    "Categorical": _with(
        "x <- sample.int(length(weights), 1000, replace = TRUE, prob = weights) - 1  # numbered from 0",
        "log_p <- log(weights[x + 1] / sum(weights))",
    ),
    "Binomial": _law("binom", "size = $n, prob = $p"),
    "Geometric": (
        "failures <- rgeom(1000, prob = $p)",
        "x <- failures + 1  # the trials, the success included",
        "log_p <- dgeom(failures, prob = $p, log = TRUE)",
    ),
    "NegativeBinomial": _law("nbinom", "size = $r, prob = $p"),
    "Poisson": _law("pois", "lambda = $rate"),
    "DiscreteUniform": _with("x <- low - 1 + sample.int(high - low + 1, 1000, replace = TRUE)", "log_p <- rep(-log(high - low + 1), 1000)"),
    "Hypergeometric": _law("hyper", "m = $successes, n = $population - $successes, k = $draws"),
    "BetaBinomial": _with(
        "x <- rbinom(1000, n, rbeta(1000, a, b))",
        "log_p <- lchoose(n, x) + lbeta(x + a, n - x + b) - lbeta(a, b)",
    ),
    "Zipf": _with(
        "k <- floor(runif(4000)^(-1 / (exponent - 1)))  # rejection (Devroye 1986)",
        "t <- (1 + 1 / k)^(exponent - 1)",
        "b <- 2^(exponent - 1)",
        "x <- k[runif(4000) * k * (t - 1) / (b - 1) <= t / b][1:1000]",
        "tail <- 1000 / (exponent - 1) - 1 / 2 + exponent / 12000  # Euler and Maclaurin",
        "zeta <- sum((1:1000)^-exponent) + 1000^-exponent * tail",
        "log_p <- -exponent * log(x) - log(zeta)",
    ),
    "Logarithmic": _with(
        "q <- -expm1(runif(1000) * log1p(-p))",
        "x <- 1 + floor(log(runif(1000)) / log(q))  # a geometric law whose p is random",
        "log_p <- x * log(p) - log(x) - log(-log1p(-p))",
    ),
    "Skellam": _with(
        "x <- rpois(1000, rate_up) - rpois(1000, rate_down)",
        "downs <- qpois(1e-20, rate_down):qpois(1e-20, rate_down, lower.tail = FALSE)",
        "log_p <- sapply(x, function(k) log(sum(dpois(downs + k, rate_up) * dpois(downs, rate_down))))",
    ),
    "ZeroInflatedPoisson": _with(
        "x <- rpois(1000, rate) * (runif(1000) >= zeros)",
        "log_p <- log(zeros * (x == 0) + (1 - zeros) * dpois(x, rate))",
    ),
}


def _number(value: Number) -> str:
    """Write a number as R does: 2 for 2.0."""
    return repr(float(value)).removesuffix(".0") if isinstance(value, float) else str(int(value))


def _text(value: Value) -> str:
    """Write a number or a vector."""
    return f"c({', '.join(map(_number, value))})" if isinstance(value, list) else _number(value)


def write(dist: Distribution) -> str | None:
    """Write a law in R: `x`, and `log_p` at each of its values; None where the table has no such law."""
    lines = lines_for(dist, TABLE)
    if lines is None:
        return None
    texts = {name: _text(value) for name, value in values(dist).items()}
    names = "\n".join(f"{name} <- {text}" for name, text in texts.items())
    return "\n".join(["set.seed(1)", fill(lines, numbers=names, **texts)])
