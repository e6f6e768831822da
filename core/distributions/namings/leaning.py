"""Other namings of leaning bells and of the largest of many: by moments, by the other sign, by a level that is seldom passed."""

from __future__ import annotations

import math

from core.distributions.namings.naming import CENTRE, SD, Naming, inside, line, renamed, size
from core.distributions.real_line.ex_gaussian import ExGaussian
from core.distributions.real_line.generalized_extreme_value import GeneralizedExtremeValue
from core.distributions.real_line.johnson_su import JohnsonSU
from core.distributions.real_line.skew_normal import SkewNormal
from core.knobs import Real

HALF_PI = math.pi / 2
MOST_SKEW = 0.5 * (4 - math.pi) * (HALF_PI - 1) ** -1.5  # of half a normal law
SKEW = Real(math.nan, "Skewness", "How much longer the right tail is than the left.", r"\gamma_1", -0.98, 0.98, 0.02, bounds=(-0.9952, 0.9952))
HUNDRED = -math.log(-math.log(0.99))  # the Gumbel quantile that one year in a hundred passes
TAU = size("Mean of the waiting time", r"\tau", "How much the slow part adds on average: the tail on the right.")


def _from_centred(mean: float, sd: float, skewness: float) -> dict[str, float]:
    """Azzalini's map: r is the mean of the standard law over its standard deviation."""
    inside("skewness", skewness, -MOST_SKEW, MOST_SKEW)
    r = math.copysign((2 * abs(skewness) / (4 - math.pi)) ** (1 / 3), skewness)
    scale = sd * math.hypot(1, r)
    return {"location": mean - sd * r, "scale": scale, "alpha": math.sqrt(HALF_PI) * r / math.sqrt(1 - (HALF_PI - 1) * r * r)}


def _from_hidden(location: float, scale: float, delta: float) -> dict[str, float]:
    return {"alpha": delta / math.sqrt((1 - delta) * (1 + delta))}


def _from_moments(mean: float, sd: float, skewness: float) -> dict[str, float]:
    """Two thirds of the work is the cube root: the third cumulant is 2 tau^3."""
    slow = (skewness / 2) ** (1 / 3)
    return {"mu": mean - sd * slow, "sigma": sd * math.sqrt((1 - slow) * (1 + slow)), "rate": 1 / (sd * slow)}


def _level(xi: float) -> float:
    """Return the standard law's level that one year in a hundred passes."""
    return math.expm1(xi * HUNDRED) / xi if xi else HUNDRED


def _johnson(gamma: float, delta: float, mean: float, sd: float) -> dict[str, float]:
    standard = JohnsonSU(gamma, delta, 0.0, 1.0)
    scale = sd / standard.sd()
    return {"location": mean - scale * standard.mean(), "scale": scale}


NAMINGS: tuple[Naming, ...] = (
    renamed(
        SkewNormal,
        "Mean, standard deviation and skewness",
        {"mean": CENTRE, "sd": SD, "skewness": SKEW},
        lambda d: {"mean": d.mean(), "sd": d.sd(), "skewness": d.skewness()},
        _from_centred,
        r"\frac{2}{\omega}\,\varphi(z)\,\Phi(\alpha z),\quad z=\frac{x-<mean>}{\omega}+\frac{r}{\sqrt{1+r^2}},\ \omega=<sd>\sqrt{1+r^2},"
        r"\ \alpha=\frac{r\sqrt{\pi/2}}{\sqrt{1-(\pi/2-1)r^2}},\ r=\mathrm{cbrt}\left(\frac{2\,<skewness>}{4-\pi}\right)",
        "Azzalini's centred parameters; R's sn: cp2dp",
    ),
    renamed(
        SkewNormal,
        "Location, scale and hidden correlation",
        {
            "location": None,
            "scale": None,
            "delta": Real(
                math.nan, "Hidden correlation", "With the hidden normal value whose sign decides.", r"\delta", -0.99, 0.99, 0.02, bounds=(-1 + 1e-12, 1 - 1e-12)
            ),
        },
        lambda d: {"delta": d.alpha / math.hypot(1, d.alpha)},
        _from_hidden,
        r"\frac{2}{<scale>}\,\varphi(z)\,\Phi\left(\frac{<delta>\,z}{\sqrt{1-<delta>^2}}\right),\quad z=\frac{x-<location>}{<scale>}",
        "Models of selection, where δ is the correlation with what was selected on",
    ),
    renamed(
        ExGaussian,
        "Mean and width of the normal part, mean of the waiting time",
        {"mu": None, "sigma": None, "tau": TAU},
        lambda d: {"tau": 1 / d.rate},
        lambda mu, sigma, tau: {"rate": 1 / tau},
        r"\frac{1}{2\,<tau>}\exp\left(\frac{<sigma>^2}{2\,<tau>^2}-\frac{x-<mu>}{<tau>}\right)\mathrm{erfc}\left(\frac{1}{\sqrt{2}}\left(\frac{<sigma>}{<tau>}-\frac{x-<mu>}{<sigma>}\right)\right)",
        "Psychology of reaction times; R's gamlss.dist: exGAUS(mu, sigma, nu)",
    ),
    renamed(
        ExGaussian,
        "Mean of the whole, width of the normal part, mean of the waiting time",
        {"mean": CENTRE, "sigma": None, "tau": TAU},
        lambda d: {"mean": d.mean(), "tau": 1 / d.rate},
        lambda mean, sigma, tau: {"mu": mean - tau, "rate": 1 / tau},
        r"\frac{1}{2\,<tau>}\exp\left(\frac{<sigma>^2}{2\,<tau>^2}-\frac{x-\mu}{<tau>}\right)\mathrm{erfc}\left(\frac{1}{\sqrt{2}}\left(\frac{<sigma>}{<tau>}-\frac{x-\mu}{<sigma>}\right)\right),"
        r"\quad \mu=<mean>-<tau>",
        "R's brms: exgaussian(mu, sigma, beta)",
    ),
    renamed(
        ExGaussian,
        "Mean, standard deviation and skewness",
        {
            "mean": CENTRE,
            "sd": SD,
            "skewness": Real(math.nan, "Skewness", "From 0, a normal law, to 2, a waiting time alone.", r"\gamma_1", 0.02, 1.98, 0.02, bounds=(1e-9, 2 - 1e-9)),
        },
        lambda d: {"mean": d.mean(), "sd": d.sd(), "skewness": 2 / math.hypot(1, d.rate * d.sigma) ** 3},
        _from_moments,
        r"\frac{1}{2\tau}\exp\left(\frac{\sigma^2}{2\tau^2}-\frac{x-\mu}{\tau}\right)\mathrm{erfc}\left(\frac{1}{\sqrt{2}}\left(\frac{\sigma}{\tau}-\frac{x-\mu}{\sigma}\right)\right),"
        r"\quad \tau=<sd>\,h,\ \sigma=<sd>\sqrt{1-h^2},\ \mu=<mean>-\tau,\ h=\mathrm{cbrt}\left(\frac{<skewness>}{2}\right)",
        "Fitting by moments, in chromatography and reaction times",
    ),
    renamed(
        ExGaussian,
        "Location, scale and shape K",
        {"mu": None, "sigma": None, "shape": size("Shape", "K", "How long the waiting time is, in widths of the normal part.", 0.1, 10)},
        lambda d: {"shape": 1 / (d.sigma * d.rate)},
        lambda mu, sigma, shape: {"rate": 1 / (shape * sigma)},
        r"\frac{1}{2\,<shape>\,<sigma>}\exp\left(\frac{1}{2\,<shape>^2}-\frac{z}{<shape>}\right)\mathrm{erfc}\left(\frac{1/<shape>-z}{\sqrt{2}}\right),\quad z=\frac{x-<mu>}{<sigma>}",
        "SciPy: exponnorm(K, loc, scale)",
    ),
    renamed(
        JohnsonSU,
        "Lean, tail lightness, mean and standard deviation",
        {"gamma": None, "delta": None, "mean": CENTRE, "sd": SD},
        lambda d: {"mean": d.mean(), "sd": d.sd()},
        _johnson,
        r"\frac{<delta>}{b\sqrt{1+z^2}\sqrt{2\pi}}\,e^{-\frac{1}{2}\left(<gamma>+<delta>\,\mathrm{asinh}\,z\right)^2},\quad z=\frac{x-<mean>}{b}-\sqrt{w}\,\sinh\Omega,"
        r"\ b=\frac{<sd>}{\sqrt{\frac{1}{2}(w-1)(w\cosh(2\Omega)+1)}},\ w=e^{1/<delta>^2},\ \Omega=\frac{<gamma>}{<delta>}",
        "R's gamlss.dist: JSU(mu, sigma, nu, tau), where ν = -γ and τ = δ",
    ),
    renamed(
        GeneralizedExtremeValue,
        "Location, scale and shape of the other sign",
        {
            "location": None,
            "scale": None,
            "c": Real(math.nan, "Shape", "Minus the tail index: above 0 the law has an upper end.", "c", -0.5, 0.5, 0.01, bounds=(-5, 5)),
        },
        lambda d: {"c": -d.xi + 0.0},
        lambda location, scale, c: {"xi": -c},
        r"\frac{1}{<scale>}\,t^{1-<c>}e^{-t},\quad t=\left(1-<c>\,\frac{x-<location>}{<scale>}\right)^{1/<c>}",
        "SciPy: genextreme(c, loc, scale); hydrology and L-moments, where it is κ",
    ),
    renamed(
        GeneralizedExtremeValue,
        "Hundred-year level, scale and tail index",
        {
            "level": line("Hundred-year level", r"z_{100}", "The value that is passed in one year out of a hundred on average.", -5, 30, 0.5),
            "scale": None,
            "xi": None,
        },
        lambda d: {"level": d.location + d.scale * _level(d.xi)},
        lambda level, scale, xi: {"location": level - scale * _level(xi)},
        r"\frac{1}{<scale>}\,t^{1+<xi>}e^{-t},\quad t=\left((-\log 0.99)^{-<xi>}+<xi>\,\frac{x-<level>}{<scale>}\right)^{-1/<xi>}",
        "Design of dams, dikes and buildings; return levels in extreme-value software",
    ),
)
