"""Other namings of bells: by variance, precision, full width or standard deviation."""

from __future__ import annotations

import dataclasses
import math

from core.distributions.namings.naming import SD, Naming, inside, renamed, size
from core.distributions.real_line.asymmetric_laplace import AsymmetricLaplace
from core.distributions.real_line.cauchy import Cauchy
from core.distributions.real_line.generalized_normal import GeneralizedNormal
from core.distributions.real_line.hyperbolic_secant import HyperbolicSecant
from core.distributions.real_line.laplace import Laplace
from core.distributions.real_line.logistic import Logistic
from core.distributions.real_line.normal import Normal
from core.distributions.real_line.student_t import StudentT
from core.knobs import Real

PRECISION = size("Precision", r"\tau", "One over the square of the scale: how much one draw tells about the centre.", 0.05, 25)
PER_SIGMA = 2 * math.sqrt(2 * math.log(2))  # full widths at half height in a standard deviation
SPREAD_DF = dataclasses.replace(StudentT.params()["df"], low=2.5)


def _to_spread(dist: StudentT) -> dict[str, float]:
    inside("df", dist.df, low=2, why="2 for a standard deviation")
    return {"sd": dist.sd()}


def _from_spread(df: float, mu: float, sd: float) -> dict[str, float]:
    inside("df", df, low=2, why="2 for a standard deviation")
    return {"sigma": sd * math.sqrt((df - 2) / df)}


def _from_quantile(location: float, sigma: float, tau: float) -> dict[str, float]:
    return {"scale": sigma / math.sqrt(tau * (1 - tau)), "kappa": math.sqrt(tau / (1 - tau))}


NAMINGS: tuple[Naming, ...] = (
    renamed(
        Normal,
        "Mean and variance",
        {"mu": None, "variance": size("Variance", r"\sigma^2", "The mean squared distance from the mean.", 0.04, 25)},
        lambda d: {"variance": d.sigma**2},
        lambda mu, variance: {"sigma": math.sqrt(variance)},
        r"\frac{1}{\sqrt{2\pi\,<variance>}}\exp\left(-\frac{(x-<mu>)^2}{2\,<variance>}\right)",
        "Textbooks: N(μ, σ²)",
    ),
    renamed(
        Normal,
        "Mean and precision",
        {"mu": None, "precision": PRECISION},
        lambda d: {"precision": d.sigma**-2},
        lambda mu, precision: {"sigma": 1 / math.sqrt(precision)},
        r"\sqrt{\frac{<precision>}{2\pi}}\exp\left(-\frac{<precision>\,(x-<mu>)^2}{2}\right)",
        "BUGS and JAGS: dnorm(mu, tau); Bayesian updating, where precisions add",
    ),
    renamed(
        Normal,
        "Centre and full width at half height",
        {"mu": None, "width": size("Full width at half height", "w", "How wide the bell is at half of its height.", 0.5, 12)},
        lambda d: {"width": PER_SIGMA * d.sigma},
        lambda mu, width: {"sigma": width / PER_SIGMA},
        r"\frac{2}{<width>}\sqrt{\frac{\log 2}{\pi}}\exp\left(-4\log 2\,\frac{(x-<mu>)^2}{<width>^2}\right)",
        "Spectroscopy, astronomy and imaging: FWHM",
    ),
    renamed(
        StudentT,
        "Degrees of freedom, mean and standard deviation",
        {"df": SPREAD_DF, "mu": None, "sd": SD},
        _to_spread,
        _from_spread,
        r"\frac{1}{<sd>\sqrt{<df>-2}\,B(\frac{<df>}{2},\frac{1}{2})}\left(1+\frac{(x-<mu>)^2}{(<df>-2)\,<sd>^2}\right)^{-\frac{<df>+1}{2}}",
        "R's fGarch: dstd(mean, sd, nu); volatility models",
    ),
    renamed(
        StudentT,
        "Degrees of freedom, location and precision",
        {"df": None, "mu": None, "precision": PRECISION},
        lambda d: {"precision": d.sigma**-2},
        lambda df, mu, precision: {"sigma": 1 / math.sqrt(precision)},
        r"\sqrt{\frac{<precision>}{<df>}}\,\frac{1}{B(\frac{<df>}{2},\frac{1}{2})}\left(1+\frac{<precision>\,(x-<mu>)^2}{<df>}\right)^{-\frac{<df>+1}{2}}",
        "BUGS and JAGS: dt(mu, tau, k)",
    ),
    renamed(
        Cauchy,
        "Location and full width at half height",
        {"location": None, "width": size("Full width at half height", "w", "Twice the scale; half of all draws lie within it.", 0.4, 10)},
        lambda d: {"width": 2 * d.scale},
        lambda location, width: {"scale": width / 2},
        r"\frac{2}{\pi\,<width>}\,\frac{1}{1+4\left(\frac{x-<location>}{<width>}\right)^2}",
        "Spectroscopy and particle physics: the Lorentz or Breit and Wigner line",
    ),
    renamed(
        Laplace,
        "Location and rate",
        {
            "location": None,
            "rate": size("Rate", r"\tau", "How fast the density falls on either side; for a query that one person moves by at most 1, the privacy loss."),
        },
        lambda d: {"rate": 1 / d.scale},
        lambda location, rate: {"scale": 1 / rate},
        r"\frac{<rate>}{2}\,e^{-<rate>\,|x-<location>|}",
        "BUGS and JAGS: ddexp(mu, tau); differential privacy, where the rate is ε",
    ),
    renamed(
        Laplace,
        "Mean and standard deviation",
        {"location": None, "sd": SD},
        lambda d: {"sd": d.sd()},
        lambda location, sd: {"scale": sd / math.sqrt(2)},
        r"\frac{1}{\sqrt{2}\,<sd>}\exp\left(-\frac{\sqrt{2}\,|x-<location>|}{<sd>}\right)",
        "Signal and image models, where noise is given by its power",
    ),
    renamed(
        Logistic,
        "Mean and standard deviation",
        {"location": None, "sd": SD},
        lambda d: {"sd": d.sd()},
        lambda location, sd: {"scale": sd * math.sqrt(3) / math.pi},
        r"\frac{\pi}{\sqrt{3}\,<sd>}\,\frac{e^{-z}}{(1+e^{-z})^2},\quad z=\frac{\pi}{\sqrt{3}}\,\frac{x-<location>}{<sd>}",
        "Comparisons with the normal law, as of logit with probit",
    ),
    renamed(
        Logistic,
        "Midpoint and steepness",
        {
            "location": None,
            "steepness": size("Steepness", "k", "One over the scale: how steeply the cumulative curve climbs; a quarter of it is the slope at the midpoint."),
        },
        lambda d: {"steepness": 1 / d.scale},
        lambda location, steepness: {"scale": 1 / steepness},
        r"\frac{<steepness>\,e^{-z}}{(1+e^{-z})^2},\quad z=<steepness>\,(x-<location>)",
        "BUGS and JAGS: dlogis(mu, tau); growth and dose curves",
    ),
    renamed(
        HyperbolicSecant,
        "Mean and standard deviation",
        {"location": None, "sd": SD},
        lambda d: {"sd": d.sd()},
        lambda location, sd: {"scale": 2 * sd / math.pi},
        r"\frac{1}{2\,<sd>}\,\mathrm{sech}\left(\frac{\pi}{2}\,\frac{x-<location>}{<sd>}\right)",
        "Textbooks, for the standard form with variance 1",
    ),
    renamed(
        GeneralizedNormal,
        "Mean, standard deviation and power",
        {"mu": None, "sd": SD, "power": None},
        lambda d: {"sd": d.sd()},
        lambda mu, sd, power: {"scale": sd / GeneralizedNormal(power=power).sd()},
        r"\frac{<power>}{2a\,\Gamma(1/<power>)}\exp\left(-\left|\frac{x-<mu>}{a}\right|^{<power>}\right),\quad a=<sd>\sqrt{\frac{\Gamma(1/<power>)}{\Gamma(3/<power>)}}",
        "R's fGarch: dged(mean, sd, nu); volatility models",
    ),
    renamed(
        GeneralizedNormal,
        "Location, power deviation and power",
        {"mu": None, "deviation": size("Power deviation", r"\sigma_p", "The mean of |x - μ| to the power p, and of that the p-th root."), "power": None},
        lambda d: {"deviation": d.scale * d.power ** (-1 / d.power)},
        lambda mu, deviation, power: {"scale": deviation * power ** (1 / power)},
        r"\frac{1}{2\,<power>^{1/<power>}\,\Gamma(1+1/<power>)\,<deviation>}\exp\left(-\frac{|x-<mu>|^{<power>}}{<power>\,<deviation>^{<power>}}\right)",
        "R's normalp: dnormp(mu, sigmap, p)",
    ),
    renamed(
        AsymmetricLaplace,
        "Quantile, its share and scale",
        {
            "location": None,
            "sigma": size("Scale", r"\sigma", "The scale of the check loss.", 0.05, 3),
            "tau": Real(
                math.nan,
                "Share below the peak",
                "The share of draws below the location, which is that quantile.",
                r"\tau",
                0.06,
                0.94,
                0.01,
                bounds=(1e-9, 1 - 1e-9),
            ),
        },
        lambda d: {"sigma": d.scale / (d.kappa + 1 / d.kappa), "tau": d.kappa / (d.kappa + 1 / d.kappa)},
        _from_quantile,
        r"\frac{<tau>(1-<tau>)}{<sigma>}\begin{cases}e^{-<tau>\,z}&z\ge 0\\e^{(1-<tau>)\,z}&z\lt 0\end{cases},\quad z=\frac{x-<location>}{<sigma>}",
        "Quantile regression; R's ald: dALD(mu, sigma, p), brms: asym_laplace",
    ),
    renamed(
        AsymmetricLaplace,
        "Peak and the mean steps up and down",
        {
            "location": None,
            "up": size("Mean step up", "u", "How far above the peak a draw lies on average, if it lies above."),
            "down": size("Mean step down", "d", "How far below the peak a draw lies on average, if it lies below."),
        },
        lambda d: {"up": d.scale / d.kappa, "down": d.scale * d.kappa},
        lambda location, up, down: {"scale": math.sqrt(up) * math.sqrt(down), "kappa": math.sqrt(down / up)},
        r"\frac{1}{<up>+<down>}\begin{cases}e^{-(x-<location>)/<up>}&x\ge <location>\\e^{(x-<location>)/<down>}&x\lt <location>\end{cases}",
        "The difference of two waiting times, by their means; two-sided jump models in finance",
    ),
)
