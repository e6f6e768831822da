"""Other namings of laws of counts: by the mean, by the excess over Poisson, by the share of zeros."""

from __future__ import annotations

import math

from scipy import optimize

from core.distributions.discrete.logarithmic import Logarithmic
from core.distributions.discrete.negative_binomial import NegativeBinomial
from core.distributions.discrete.poisson import Poisson
from core.distributions.modifiers.zero_inflated_poisson import ZeroInflatedPoisson
from core.distributions.namings.naming import MEAN, Naming, inside, logarithm, renamed, share, size

COUNT_MEAN = size("Mean", r"\mu", "The average count.", 0.2, 30)
LOG_SERIES = tuple(Logarithmic(p=p).mean() for p in Logarithmic.params()["p"].bounds)


def _counted(dist: NegativeBinomial) -> dict[str, float]:
    """Return the numbers that stand in other namings; where every trial stops the count there are none."""
    inside("p", dist.p, high=1, why="1 for counts above 0")
    return {"mean": dist.mean(), "alpha": 1 / dist.r, "factor": 1 / dist.p, "beta": dist.p / (1 - dist.p)}


def _from_factor(mean: float, factor: float) -> dict[str, float]:
    inside("factor", factor, low=1)
    return {"r": mean / (factor - 1), "p": 1 / factor}


def _from_overdispersion(mean: float, alpha: float) -> dict[str, float]:
    return {"r": 1 / alpha, "p": 1 / (1 + alpha * mean)}


def _from_log_series_mean(mean: float) -> dict[str, float]:
    """With u = -log(1 - p) the mean is (e^u - 1) / u, which rises from 1 on."""
    inside("mean", mean, *LOG_SERIES, f"{LOG_SERIES[0]:.10g} and {LOG_SERIES[1]:.3g}")
    excess = mean - 1

    def gap(u: float) -> float:
        series = u / 2 * (1 + u / 3 * (1 + u / 4 * (1 + u / 5 * (1 + u / 6 * (1 + u / 7)))))
        return (series if u < 0.02 else math.expm1(u) / u - 1) / excess - 1

    u = optimize.brentq(gap, min(excess, 1e-12), 2 * excess if excess < 1 else 2 * math.log(mean) + 2, xtol=1e-300, rtol=8.9e-16)
    return {"p": -math.expm1(-u)}


def _to_zeros(dist: ZeroInflatedPoisson) -> dict[str, float]:
    return {"all_zeros": dist.zeros + (1 - dist.zeros) * math.exp(-dist.rate)}


def _from_zeros(rate: float, all_zeros: float) -> dict[str, float]:
    least = math.exp(-rate)
    inside("all_zeros", all_zeros, least * (1 - 1e-12), 1.0, f"exp(-rate) = {least:.6g} and 1")
    return {"zeros": max(0.0, (all_zeros - least) / -math.expm1(-rate))}


def _to_inflated_mean(dist: ZeroInflatedPoisson) -> dict[str, float]:
    inside("zeros", dist.zeros, high=1, why="1 for a mean above 0")
    return {"mean": dist.mean()}


def _from_inflated_mean(mean: float, zeros: float) -> dict[str, float]:
    inside("zeros", zeros, high=1, why="1 for a mean above 0")
    return {"rate": mean / (1 - zeros)}


NAMINGS: tuple[Naming, ...] = (
    renamed(
        NegativeBinomial,
        "Mean and size",
        {"mean": COUNT_MEAN, "r": None},
        _counted,
        lambda mean, r: {"p": r / (r + mean)},
        r"\frac{\Gamma(x+<r>)}{x!\,\Gamma(<r>)}\left(\frac{<r>}{<r>+<mean>}\right)^{<r>}\left(\frac{<mean>}{<r>+<mean>}\right)^x",
        "R's dnbinom(mu, size); Stan: neg_binomial_2(mu, phi); MASS: glm.nb",
    ),
    renamed(
        NegativeBinomial,
        "Mean and overdispersion",
        {"mean": COUNT_MEAN, "alpha": size("Overdispersion", r"\alpha", "One over the size: the variance is the mean plus this times its square.", 0.05, 2)},
        _counted,
        _from_overdispersion,
        r"\frac{\Gamma(x+1/<alpha>)}{x!\,\Gamma(1/<alpha>)}\,\frac{(<alpha>\,<mean>)^x}{(1+<alpha>\,<mean>)^{x+1/<alpha>}}",
        "Stata: nbreg; statsmodels: NB2; gene counts: edgeR, DESeq2",
    ),
    renamed(
        NegativeBinomial,
        "Mean and variance over mean",
        {"mean": COUNT_MEAN, "factor": size("Variance over mean", "F", "How much more the counts scatter than Poisson's.", 1.05, 20)},
        _counted,
        _from_factor,
        r"\frac{\Gamma(x+r)}{x!\,\Gamma(r)}\,<factor>^{-r}\left(1-\frac{1}{<factor>}\right)^x,\quad r=\frac{<mean>}{<factor>-1}",
        "Constant-dispersion (NB1) regression; the Fano factor of spike counts",
    ),
    renamed(
        NegativeBinomial,
        "Stops and probability of going on",
        {"r": None, "q": share("Probability of going on", "q", "How often one trial is of the counted kind.", 0.02, 0.9, (0, 1 - 1e-9))},
        lambda d: {"q": 1 - d.p},
        lambda r, q: {"p": 1 - q},
        r"\frac{\Gamma(x+<r>)}{x!\,\Gamma(<r>)}\,(1-<q>)^{<r>}<q>^x",
        "PyTorch and TensorFlow Probability: NegativeBinomial(total_count, probs), where probs is q",
    ),
    renamed(
        NegativeBinomial,
        "Shape and rate of the Poisson rate",
        {"r": None, "beta": size("Rate of the gamma law", r"\beta", "The Poisson rate follows a gamma law with this rate: p / (1 - p).", 0.1, 10)},
        _counted,
        lambda r, beta: {"p": beta / (1 + beta)},
        r"\frac{\Gamma(x+<r>)}{x!\,\Gamma(<r>)}\left(\frac{<beta>}{<beta>+1}\right)^{<r>}\left(\frac{1}{<beta>+1}\right)^x",
        "Stan: neg_binomial(alpha, beta); predictions from a gamma belief about a rate",
    ),
    renamed(
        Poisson,
        "Log rate",
        {"log_rate": logarithm("Log rate", r"\eta", "The logarithm of the rate.", -1.5, 3)},
        lambda d: {"log_rate": math.log(d.rate)},
        lambda log_rate: {"rate": math.exp(log_rate)},
        r"\frac{e^{<log_rate>\,x-e^{<log_rate>}}}{x!}",
        "Poisson regression; Stan: poisson_log(alpha)",
    ),
    renamed(
        Poisson,
        "Share of zeros",
        {"zero": share("Share of zeros", "p_0", "How often nothing happens at all.", 0.01, 0.8, (1e-300, 1 - 1e-9))},
        lambda d: {"zero": math.exp(-d.rate)},
        lambda zero: {"rate": -math.log(zero)},
        r"<zero>\,\frac{(-\log <zero>)^x}{x!}",
        "Digital PCR and dilution assays, where only empty or not is seen",
    ),
    renamed(
        Logarithmic,
        "Mean",
        {"mean": size("Mean", "m", "How many of one species there are on average, among those seen.", 1.02, 12)},
        lambda d: {"mean": d.mean()},
        _from_log_series_mean,
        r"\frac{-p^x}{x\log(1-p)},\quad \frac{-p}{(1-p)\log(1-p)}=<mean>",
        "Ecology: individuals over species of a catch (Fisher)",
    ),
    renamed(
        ZeroInflatedPoisson,
        "Mean and share of sure zeros",
        {"mean": MEAN, "zeros": None},
        _to_inflated_mean,
        _from_inflated_mean,
        r"<zeros>\,[x=0]+(1-<zeros>)\,\frac{\lambda^x e^{-\lambda}}{x!},\quad \lambda=\frac{<mean>}{1-<zeros>}",
        "Marginalised zero-inflated regression",
    ),
    renamed(
        ZeroInflatedPoisson,
        "Rate and share of all zeros",
        {"rate": None, "all_zeros": share("Share of all zeros", "p_0", "Sure zeros and Poisson's own together: what one sees.", 0.02, 0.98)},
        _to_zeros,
        _from_zeros,
        r"p\,[x=0]+(1-p)\,\frac{<rate>^x e^{-<rate>}}{x!},\quad p=\frac{<all_zeros>-e^{-<rate>}}{1-e^{-<rate>}}",
        "Hurdle models, which share this number",
    ),
)
