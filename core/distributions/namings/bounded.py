"""Other namings of laws between two ends: by centre and width, by mean and concentration, by median."""

from __future__ import annotations

import math

from scipy import special

from core.distributions.bounded.arcsine import Arcsine
from core.distributions.bounded.beta import Beta
from core.distributions.bounded.kumaraswamy import Kumaraswamy
from core.distributions.bounded.logit_normal import LogitNormal
from core.distributions.bounded.triangular import Triangular
from core.distributions.bounded.truncated_normal import TruncatedNormal
from core.distributions.bounded.uniform import Uniform
from core.distributions.bounded.wrapped_cauchy import WrappedCauchy
from core.distributions.namings.naming import CENTRE, WIDE, Naming, inside, line, renamed, share, size
from core.knobs import Real

WIDTH = size("Width", "w", "The upper end less the lower one.", 0.2, 10)
SHARE_MEAN = share("Mean", "m", "The average over very many draws.")
BELL = r"\frac{1}{<sigma>\,Z}\,\varphi\left(\frac{x-<mu>}{<sigma>}\right),\quad Z="


def _from_beta_spread(mean: float, sd: float) -> dict[str, float]:
    limit = math.sqrt(mean * (1 - mean))
    inside("sd", sd, high=limit, why=f"sqrt(mean (1 - mean)) = {limit:.6g}")
    n = (limit - sd) * (limit + sd) / sd / sd
    return {"a": mean * n, "b": (1 - mean) * n}


def _to_beta_mode(dist: Beta) -> dict[str, float]:
    inside("a", dist.a, low=1, why="1 for a peak inside")
    inside("b", dist.b, low=1, why="1 for a peak inside")
    return {"mode": (dist.a - 1) / (dist.a + dist.b - 2), "concentration": dist.a + dist.b}


def _from_beta_mode(mode: float, concentration: float) -> dict[str, float]:
    inside("concentration", concentration, low=2, why="2 for a peak inside")
    return {"a": mode * (concentration - 2) + 1, "b": (1 - mode) * (concentration - 2) + 1}


def _from_triangular_mean(low: float, mean: float, high: float) -> dict[str, float]:
    """The mean is a third of the sum, so the peak is what is missing; it must lie between the ends."""
    inside("high", high, low=low, why=f"low = {low:.6g}")
    least, most = (2 * low + high) / 3, (low + 2 * high) / 3
    inside("mean", mean, least - 1e-12 * (most - least), most + 1e-12 * (most - least), f"{least:.6g} and {most:.6g}, the thirds of the range")
    return {"peak": min(max(3 * mean - low - high, low), high)}


def _to_wrapped(dist: WrappedCauchy) -> dict[str, float]:
    inside("rho", dist.rho, 0, 1, "0 and 1 for a width")
    return {"gamma": -math.log(dist.rho)}


def _from_standard_limits(mu: float, sigma: float, lower: float, upper: float) -> dict[str, float]:
    inside("upper", upper, low=lower, why=f"lower = {lower:.6g}")
    return {"low": mu + sigma * lower, "high": mu + sigma * upper}


NAMINGS: tuple[Naming, ...] = (
    renamed(
        Uniform,
        "Centre and half-width",
        {"centre": line("Centre", "c", "The middle, which is the mean."), "half": size("Half-width", "h", "How far either end lies from the centre.", 0.1, 5)},
        lambda d: {"centre": 0.5 * d.low + 0.5 * d.high, "half": 0.5 * d.high - 0.5 * d.low},
        lambda centre, half: {"low": centre - half, "high": centre + half},
        r"\frac{1}{2\,<half>},\quad |x-<centre>|\le <half>",
        "Tolerances, as in 10 ± 0.5; the uncertainty of measurement from a data sheet",
    ),
    renamed(
        Uniform,
        "Start and width",
        {"low": None, "width": WIDTH},
        lambda d: {"width": d.high - d.low},
        lambda low, width: {"high": low + width},
        r"\frac{1}{<width>},\quad <low>\le x\le <low>+<width>",
        "SciPy: uniform(loc, scale)",
    ),
    renamed(
        Uniform,
        "Mean and standard deviation",
        {"mean": CENTRE, "sd": size("Standard deviation", "s", "The half-width over the root of 3.", 0.05, 3)},
        lambda d: {"mean": d.mean(), "sd": d.sd()},
        lambda mean, sd: {"low": mean - math.sqrt(3) * sd, "high": mean + math.sqrt(3) * sd},
        r"\frac{1}{2\sqrt{3}\,<sd>},\quad |x-<mean>|\le \sqrt{3}\,<sd>",
        "Rounding and quantisation noise, given by its power",
    ),
    renamed(
        Beta,
        "Mean and concentration",
        {"mean": SHARE_MEAN, "concentration": size("Concentration", r"\phi", "a + b: how many throws the belief is worth.", 0.8, 40)},
        lambda d: {"mean": d.mean(), "concentration": d.a + d.b},
        lambda mean, concentration: {"a": mean * concentration, "b": (1 - mean) * concentration},
        r"\frac{x^{<mean>\,<concentration>-1}(1-x)^{(1-<mean>)\,<concentration>-1}}{B(<mean>\,<concentration>,\,(1-<mean>)\,<concentration>)}",
        "Beta regression: R's betareg, Stan: beta_proportion(mu, kappa)",
    ),
    renamed(
        Beta,
        "Mean and standard deviation",
        {"mean": SHARE_MEAN, "sd": size("Standard deviation", "s", "How far a typical draw lies from the mean.", 0.02, 0.4)},
        lambda d: {"mean": d.mean(), "sd": d.sd()},
        _from_beta_spread,
        r"\frac{x^{a-1}(1-x)^{b-1}}{B(a,b)},\quad a=<mean>\,n,\ b=(1-<mean>)\,n,\ n=\frac{<mean>(1-<mean>)}{<sd>^2}-1",
        "Choosing a prior for a probability; PyMC: Beta(mu, sigma)",
    ),
    renamed(
        Beta,
        "Mode and concentration",
        {
            "mode": share("Mode", r"\omega", "Where the density is highest."),
            "concentration": size("Concentration", r"\kappa", "a + b; above 2 there is a peak inside.", 2.1, 40),
        },
        _to_beta_mode,
        _from_beta_mode,
        r"\frac{x^{a-1}(1-x)^{b-1}}{B(a,b)},\quad a=<mode>(<concentration>-2)+1,\ b=(1-<mode>)(<concentration>-2)+1",
        "Kruschke: Doing Bayesian Data Analysis",
    ),
    renamed(
        Triangular,
        "Low, width and where the peak stands",
        {
            "low": None,
            "width": WIDTH,
            "peak_share": share("Place of the peak", "c", "How far along the range the peak stands: 0 at the low end, 1 at the high end.", 0, 1, (0, 1)),
        },
        lambda d: {"width": d.high - d.low, "peak_share": (d.peak - d.low) / (d.high - d.low)},
        lambda low, width, peak_share: {"high": low + width, "peak": min(low + peak_share * width, low + width)},
        r"\frac{2}{<width>}\begin{cases}z/<peak_share>&z\le <peak_share>\\(1-z)/(1-<peak_share>)&z\gt <peak_share>\end{cases},\quad z=\frac{x-<low>}{<width>}",
        "SciPy: triang(c, loc, scale)",
    ),
    renamed(
        Triangular,
        "Low, mean and high",
        {"low": None, "mean": line("Mean", "m", "The average over very many draws: a third of low + peak + high."), "high": None},
        lambda d: {"mean": d.mean()},
        _from_triangular_mean,
        r"\frac{2}{<high>-<low>}\begin{cases}\frac{x-<low>}{c-<low>}&x\le c\\\frac{<high>-x}{<high>-c}&x\gt c\end{cases},\quad c=3\,<mean>-<low>-<high>",
        "Estimates where the average of past cases is known, not the most likely one",
    ),
    renamed(
        Kumaraswamy,
        "Power of the value and median",
        {"a": None, "median": share("Median", "m", "Half of all draws lie below it.")},
        lambda d: {"median": d.median()},
        lambda a, median: {"b": -math.log(2) / math.log1p(-(median**a))},
        r"<a>\,b\,x^{<a>-1}(1-x^{<a>})^{b-1},\quad b=\frac{-\log 2}{\log(1-<median>^{<a>})}",
        "Median regression for rates and proportions (Mitnik and Baek)",
    ),
    renamed(
        Arcsine,
        "Centre and amplitude",
        {"centre": line("Centre", "c", "Where the swing has its middle."), "amplitude": size("Amplitude", "A", "How far the swing goes either way.", 0.1, 5)},
        lambda d: {"centre": 0.5 * d.low + 0.5 * d.high, "amplitude": 0.5 * d.high - 0.5 * d.low},
        lambda centre, amplitude: {"low": centre - amplitude, "high": centre + amplitude},
        r"\frac{1}{\pi\sqrt{<amplitude>^2-(x-<centre>)^2}}",
        "A sine wave seen at a random time; cyclic errors of a thermostat",
    ),
    renamed(
        Arcsine,
        "Start and width",
        {"low": None, "width": WIDTH},
        lambda d: {"width": d.high - d.low},
        lambda low, width: {"high": low + width},
        r"\frac{1}{\pi\sqrt{(x-<low>)(<low>+<width>-x)}}",
        "SciPy: arcsine(loc, scale)",
    ),
    renamed(
        Arcsine,
        "Mean and standard deviation",
        {"mean": CENTRE, "sd": size("Standard deviation", "s", "The amplitude over the root of 2: the effective value of an alternating current.", 0.1, 4)},
        lambda d: {"mean": d.mean(), "sd": d.sd()},
        lambda mean, sd: {"low": mean - math.sqrt(2) * sd, "high": mean + math.sqrt(2) * sd},
        r"\frac{1}{\pi\sqrt{2\,<sd>^2-(x-<mean>)^2}}",
        "Alternating current, given by its effective value",
    ),
    renamed(
        LogitNormal,
        "Median and spread of the log odds",
        {"median": share("Median", "m", "Half of all draws lie below it."), "sigma": None},
        lambda d: {"median": float(special.expit(d.mu))},
        lambda median, sigma: {"mu": float(special.logit(median))},
        r"\frac{1}{<sigma>\sqrt{2\pi}\,x(1-x)}\exp\left(-\frac{(\mathrm{logit}\,x-\mathrm{logit}(<median>))^2}{2\,<sigma>^2}\right)",
        "Logistic regression with random effects: the typical person's probability",
    ),
    renamed(
        TruncatedNormal,
        "Bell, and limits in its widths",
        {
            "mu": None,
            "sigma": None,
            "lower": line("Lower limit in widths", r"\alpha", "How many widths of the bell above its centre the lower limit lies.", -4, 4),
            "upper": line("Upper limit in widths", r"\beta", "How many widths of the bell above its centre the upper limit lies.", -4, 4),
        },
        lambda d: {"lower": (d.low - d.mu) / d.sigma, "upper": (d.high - d.mu) / d.sigma},
        _from_standard_limits,
        BELL + r"\Phi(<upper>)-\Phi(<lower>)",
        "SciPy: truncnorm(a, b, loc, scale)",
    ),
    renamed(
        TruncatedNormal,
        "Centre and precision of the bell, and limits",
        {
            "mu": None,
            "precision": Real(math.nan, "Precision", "One over the squared width of the bell.", r"\tau", 0.05, 25, scale="log", bounds=WIDE),
            "low": None,
            "high": None,
        },
        lambda d: {"precision": d.sigma**-2},
        lambda mu, precision, low, high: {"sigma": 1 / math.sqrt(precision)},
        r"\frac{\sqrt{<precision>}\,\varphi\left(\sqrt{<precision>}\,(x-<mu>)\right)}{\Phi\left(\sqrt{<precision>}\,(<high>-<mu>)\right)-\Phi\left(\sqrt{<precision>}\,(<low>-<mu>)\right)}",
        "JAGS: dnorm(mu, tau) T(low, high)",
    ),
    renamed(
        WrappedCauchy,
        "Direction and width before wrapping",
        {"mu": None, "gamma": size("Width before wrapping", r"\gamma", "The scale of the Cauchy law that is wound around the circle.", 0.05, 4)},
        _to_wrapped,
        lambda mu, gamma: {"rho": math.exp(-gamma)},
        r"\frac{1}{2\pi}\,\frac{\sinh <gamma>}{\cosh <gamma>-\cos(x-<mu>)}",
        "Textbooks on directions, and encyclopaedias",
    ),
    renamed(
        WrappedCauchy,
        "Direction and circular variance",
        {"mu": None, "circular": share("Circular variance", "V", "0 where all directions are the same, 1 where all are alike.", 0.05, 1, (1e-9, 1))},
        lambda d: {"circular": 1 - d.rho},
        lambda mu, circular: {"rho": 1 - circular},
        r"\frac{1-\rho^2}{2\pi\left(1+\rho^2-2\rho\cos(x-<mu>)\right)},\quad \rho=1-<circular>",
        "Animal movement and circular statistics",
    ),
)
