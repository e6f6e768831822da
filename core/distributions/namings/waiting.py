"""Other namings of gamma-like laws and their inverses: by mean and spread, by scale, half-life, dispersion or drift."""

from __future__ import annotations

import math

from core.distributions.namings.naming import MEAN, SD, Naming, inside, renamed, size
from core.distributions.positive.exponential import Exponential
from core.distributions.positive.gamma import Gamma
from core.distributions.positive.inverse_gamma import InverseGamma
from core.distributions.positive.inverse_gaussian import InverseGaussian
from core.distributions.positive.log_normal import LogNormal

SHAPE_TWO = "2 for a standard deviation"
DISPERSION = size("Dispersion", r"\phi", "The squared coefficient of variation: the variance over the squared mean.", 0.05, 3)


def _to_inverse(dist: InverseGamma) -> dict[str, float]:
    inside("shape", dist.shape, low=2, why=SHAPE_TWO)
    return {"mean": dist.mean(), "sd": dist.sd()}


def _from_inverse(mean: float, sd: float) -> dict[str, float]:
    square = (mean / sd) ** 2
    return {"shape": 2 + square, "scale": mean * (1 + square)}


def _log_moments(mean: float, cv: float) -> dict[str, float]:
    variance = math.log1p(cv * cv)
    return {"mu": math.log(mean) - variance / 2, "sigma": math.sqrt(variance)}


NAMINGS: tuple[Naming, ...] = (
    renamed(
        Exponential,
        "Mean",
        {"mean": MEAN},
        lambda d: {"mean": 1 / d.rate},
        lambda mean: {"rate": 1 / mean},
        r"\frac{1}{<mean>}\,e^{-x/<mean>}",
        "SciPy: expon(scale); NumPy: exponential(scale); reliability, where it is the mean time to failure",
    ),
    renamed(
        Exponential,
        "Half-life",
        {"half_life": size("Half-life", r"t_{1/2}", "The time by which half have decayed: the median.", 0.1, 4)},
        lambda d: {"half_life": math.log(2) / d.rate},
        lambda half_life: {"rate": math.log(2) / half_life},
        r"\frac{\log 2}{<half_life>}\,2^{-x/<half_life>}",
        "Radioactive decay, and drugs in the blood",
    ),
    renamed(
        Gamma,
        "Shape and scale",
        {"shape": None, "scale": size("Scale", r"\theta", "One over the rate: the mean wait for one event.")},
        lambda d: {"scale": 1 / d.rate},
        lambda shape, scale: {"rate": 1 / scale},
        r"\frac{1}{\Gamma(<shape>)\,<scale>^{<shape>}}\,x^{<shape>-1}e^{-x/<scale>}",
        "SciPy: gamma(a, scale); NumPy: gamma(shape, scale); hydrology",
    ),
    renamed(
        Gamma,
        "Mean and standard deviation",
        {"mean": MEAN, "sd": SD},
        lambda d: {"mean": d.mean(), "sd": d.sd()},
        lambda mean, sd: {"shape": (mean / sd) ** 2, "rate": mean / sd / sd},
        r"\frac{\beta^\alpha}{\Gamma(\alpha)}\,x^{\alpha-1}e^{-\beta x},\quad \alpha=\frac{<mean>^2}{<sd>^2},\ \beta=\frac{<mean>}{<sd>^2}",
        "Choosing a prior; serial intervals in epidemiology; PyMC: Gamma(mu, sigma)",
    ),
    renamed(
        Gamma,
        "Mean and dispersion",
        {"mean": MEAN, "dispersion": DISPERSION},
        lambda d: {"mean": d.mean(), "dispersion": 1 / d.shape},
        lambda mean, dispersion: {"shape": 1 / dispersion, "rate": 1 / dispersion / mean},
        r"\frac{1}{\Gamma(k)\,(<mean>\,<dispersion>)^k}\,x^{k-1}e^{-x/(<mean>\,<dispersion>)},\quad k=\frac{1}{<dispersion>}",
        "Generalized linear models: R's glm(family = Gamma), statsmodels",
    ),
    renamed(
        Gamma,
        "Mean and shape",
        {"mean": MEAN, "shape": None},
        lambda d: {"mean": d.mean()},
        lambda mean, shape: {"rate": shape / mean},
        r"\frac{1}{\Gamma(<shape>)}\left(\frac{<shape>}{<mean>}\right)^{<shape>}x^{<shape>-1}e^{-<shape>\,x/<mean>}",
        "R's brms: Gamma regression (mu, shape)",
    ),
    renamed(
        LogNormal,
        "Median and log standard deviation",
        {"median": size("Median", r"e^\mu", "Half of all draws lie below it."), "sigma": None},
        lambda d: {"median": math.exp(d.mu)},
        lambda median, sigma: {"mu": math.log(median)},
        r"\frac{1}{x\,<sigma>\sqrt{2\pi}}\exp\left(-\frac{\log(x/<median>)^2}{2\,<sigma>^2}\right)",
        "SciPy: lognorm(s, scale)",
    ),
    renamed(
        LogNormal,
        "Geometric mean and geometric standard deviation",
        {
            "geometric_mean": size("Geometric mean", r"\mu_g", "The exponential of the mean logarithm: the median."),
            "geometric_sd": size("Geometric standard deviation", r"\sigma_g", "The factor either way that holds two thirds of the draws.", 1.1, 4.5),
        },
        lambda d: {"geometric_mean": math.exp(d.mu), "geometric_sd": math.exp(d.sigma)},
        lambda geometric_mean, geometric_sd: _from_geometric(geometric_mean, geometric_sd),
        r"\frac{1}{x\log(<geometric_sd>)\sqrt{2\pi}}\exp\left(-\frac{1}{2}\left(\frac{\log(x/<geometric_mean>)}{\log <geometric_sd>}\right)^2\right)",
        "Aerosols, grain sizes, exposure limits: GM and GSD",
    ),
    renamed(
        LogNormal,
        "Mean and standard deviation",
        {"mean": MEAN, "sd": SD},
        lambda d: {"mean": d.mean(), "sd": d.sd()},
        lambda mean, sd: _log_moments(mean, sd / mean),
        r"\frac{1}{x\,\sigma\sqrt{2\pi}}\exp\left(-\frac{(\log x-\mu)^2}{2\sigma^2}\right),\quad \mu=\log <mean>-\frac{\sigma^2}{2},\ \sigma^2=\log\left(1+\frac{<sd>^2}{<mean>^2}\right)",
        "Cost and risk models that are given a mean and a spread",
    ),
    renamed(
        LogNormal,
        "Mean and coefficient of variation",
        {"mean": MEAN, "cv": size("Coefficient of variation", "c_v", "The standard deviation over the mean.", 0.1, 3)},
        lambda d: {"mean": d.mean(), "cv": math.sqrt(math.expm1(d.sigma**2))},
        _log_moments,
        r"\frac{1}{x\,\sigma\sqrt{2\pi}}\exp\left(-\frac{(\log x-\mu)^2}{2\sigma^2}\right),\quad \mu=\log <mean>-\frac{\sigma^2}{2},\ \sigma^2=\log\left(1+<cv>^2\right)",
        "Pharmacokinetics; insurance claims",
    ),
    renamed(
        LogNormal,
        "Log mean and log precision",
        {"mu": None, "precision": size("Precision of the logarithm", r"\tau", "One over the variance of the logarithm.", 0.4, 100)},
        lambda d: {"precision": d.sigma**-2},
        lambda mu, precision: {"sigma": 1 / math.sqrt(precision)},
        r"\frac{1}{x}\sqrt{\frac{<precision>}{2\pi}}\exp\left(-\frac{<precision>\,(\log x-<mu>)^2}{2}\right)",
        "BUGS and JAGS: dlnorm(mu, tau)",
    ),
    renamed(
        InverseGamma,
        "Mean and standard deviation",
        {"mean": MEAN, "sd": SD},
        _to_inverse,
        _from_inverse,
        r"\frac{\beta^\alpha}{\Gamma(\alpha)}\,x^{-\alpha-1}e^{-\beta/x},\quad \alpha=2+\frac{<mean>^2}{<sd>^2},\ \beta=<mean>\left(1+\frac{<mean>^2}{<sd>^2}\right)",
        "Choosing a prior for a variance; PyMC: InverseGamma(mu, sigma)",
    ),
    renamed(
        InverseGamma,
        "Degrees of freedom and prior variance",
        {
            "df": size("Degrees of freedom", r"\nu", "How many draws the belief is worth: twice the shape.", 1, 24),
            "variance": size("Prior variance", r"\tau^2", "The variance that these draws would have had.", 0.05, 2),
        },
        lambda d: {"df": 2 * d.shape, "variance": d.scale / d.shape},
        lambda df, variance: {"shape": df / 2, "scale": variance * df / 2},
        r"\frac{(<df>\,<variance>/2)^{<df>/2}}{\Gamma(<df>/2)}\,x^{-<df>/2-1}\exp\left(-\frac{<df>\,<variance>}{2x}\right)",
        "The scaled inverse chi-squared law of Bayesian textbooks; Stan: scaled_inv_chi_square(nu, s) with s² the prior variance",
    ),
    renamed(
        InverseGaussian,
        "Mean and standard deviation",
        {"mu": None, "sd": SD},
        lambda d: {"sd": d.sd()},
        lambda mu, sd: {"shape": mu * (mu / sd) ** 2},
        r"\sqrt{\frac{<mu>^3}{2\pi\,<sd>^2\,x^3}}\exp\left(-\frac{<mu>\,(x-<mu>)^2}{2\,<sd>^2\,x}\right)",
        "Matching the first two moments of a positive, skewed sample",
    ),
    renamed(
        InverseGaussian,
        "Mean and dispersion",
        {"mu": None, "dispersion": size("Dispersion", r"\phi", "One over the shape: the variance over the mean cubed.")},
        lambda d: {"dispersion": 1 / d.shape},
        lambda mu, dispersion: {"shape": 1 / dispersion},
        r"\frac{1}{\sqrt{2\pi\,<dispersion>\,x^3}}\exp\left(-\frac{(x-<mu>)^2}{2\,<dispersion>\,<mu>^2\,x}\right)",
        "Generalized linear models: R's statmod: dinvgauss(mean, dispersion)",
    ),
    renamed(
        InverseGaussian,
        "Mean over shape, and scale",
        {
            "ratio": size("Mean over shape", "m", "The mean of the law with shape 1: the squared coefficient of variation."),
            "scale": size("Scale", r"\lambda", "The shape of the usual form, which is a scale."),
        },
        lambda d: {"ratio": d.mu / d.shape, "scale": d.shape},
        lambda ratio, scale: {"mu": ratio * scale, "shape": scale},
        r"\frac{1}{<scale>\sqrt{2\pi z^3}}\exp\left(-\frac{(z-<ratio>)^2}{2\,<ratio>^2\,z}\right),\quad z=\frac{x}{<scale>}",
        "SciPy: invgauss(mu, scale)",
    ),
    renamed(
        InverseGaussian,
        "Drift and distance to the wall",
        {
            "drift": size("Drift", "v", "How far the particle moves per unit of time on average."),
            "distance": size("Distance", "a", "How far away the wall is, where the wandering has variance 1 per unit of time."),
        },
        lambda d: {"drift": math.sqrt(d.shape) / d.mu, "distance": math.sqrt(d.shape)},
        lambda drift, distance: {"mu": distance / drift, "shape": distance**2},
        r"\frac{<distance>}{\sqrt{2\pi x^3}}\exp\left(-\frac{(<distance>-<drift>\,x)^2}{2x}\right)",
        "First passage of Brownian motion; the Wald model of response times",
    ),
)


def _from_geometric(geometric_mean: float, geometric_sd: float) -> dict[str, float]:
    inside("geometric_sd", geometric_sd, low=1)
    return {"mu": math.log(geometric_mean), "sigma": math.log(geometric_sd)}
