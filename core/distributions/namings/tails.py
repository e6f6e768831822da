"""Other namings of laws with heavy tails: by the tail index, by a mean where there is one, by the share that the top holds."""

from __future__ import annotations

import math

from scipy import special

from core.distributions.namings.naming import MEAN, SD, Naming, inside, logarithm, renamed, share, size
from core.distributions.positive.frechet import Frechet
from core.distributions.positive.generalized_pareto import GeneralizedPareto
from core.distributions.positive.levy import Levy
from core.distributions.positive.lomax import Lomax
from core.distributions.positive.pareto import Pareto
from core.knobs import Real

FIFTH = math.log(0.2)
ONE = "1 for a mean"
TAIL_INDEX = size("Tail index", r"\xi", "One over the shape: larger is a heavier tail.", 0.1, 2)
HALF_LEVY = 2 * float(special.erfcinv(0.5)) ** 2  # the standard Lévy law's median is one over this


def _finite(dist: Pareto | Lomax | Frechet) -> None:
    inside("shape", dist.shape, low=1, why=ONE)


def _to_mean(dist: Pareto | Lomax | Frechet) -> dict[str, float]:
    _finite(dist)
    return {"mean": dist.mean()}


def _to_top(dist: Pareto) -> dict[str, float]:
    _finite(dist)
    return {"top": math.exp(FIFTH * (1 - 1 / dist.shape))}


def _to_gini(dist: Pareto) -> dict[str, float]:
    _finite(dist)
    return {"gini": 1 / (2 * dist.shape - 1)}


def _from_pareto_mean(mean: float, scale: float) -> dict[str, float]:
    inside("mean", mean, low=scale, why=f"the least value {scale:.6g}")
    return {"shape": mean / (mean - scale)}


def _from_lomax_mean(mean: float, shape: float) -> dict[str, float]:
    inside("shape", shape, low=1, why=ONE)
    return {"scale": mean * (shape - 1)}


def _from_frechet_mean(mean: float, shape: float) -> dict[str, float]:
    inside("shape", shape, low=1, why=ONE)
    return {"scale": mean / Frechet(shape=shape).mean()}


def _to_excess(dist: GeneralizedPareto) -> dict[str, float]:
    inside("xi", dist.xi, high=0.5, why="0.5 for a standard deviation")
    return {"mean": dist.mean(), "sd": dist.sd()}


def _from_excess(mean: float, sd: float) -> dict[str, float]:
    least = mean / math.sqrt(11)  # at the tail index -5, the lowest there is
    inside("sd", sd, low=least, why=f"mean / sqrt(11) = {least:.6g}")
    square = (mean / sd) ** 2
    return {"xi": 0.5 * (1 - square), "sigma": 0.5 * mean * (1 + square)}


def _level(xi: float) -> float:
    """Return the value that one excess in a hundred passes, for scale 1."""
    return math.expm1(xi * math.log(100)) / xi if xi else math.log(100)


NAMINGS: tuple[Naming, ...] = (
    renamed(
        Pareto,
        "Share of the top fifth and least value",
        {
            "top": share(
                "Share of the top fifth", "S", "How much of the whole the richest fifth hold; 0.8 is the rule of 80 to 20.", 0.22, 0.95, (0.2 + 1e-9, 1 - 1e-9)
            ),
            "scale": None,
        },
        _to_top,
        lambda top, scale: {"shape": 1 / (1 - math.log(top) / FIFTH)},
        r"\frac{a\,<scale>^{a}}{x^{a+1}},\quad a=\frac{1}{1-\log(<top>)/\log(0.2)}",
        "Pareto's own rule of 80 to 20; wealth and sales",
    ),
    renamed(
        Pareto,
        "Gini coefficient and least value",
        {"gini": share("Inequality (Gini)", "G", "0 where all have the same, 1 where one has all.", 0.06, 0.95), "scale": None},
        _to_gini,
        lambda gini, scale: {"shape": (1 + 1 / gini) / 2},
        r"\frac{a\,<scale>^{a}}{x^{a+1}},\quad a=\frac{1+<gini>}{2\,<gini>}",
        "Economics of inequality",
    ),
    renamed(
        Pareto,
        "Mean and least value",
        {"mean": MEAN, "scale": None},
        _to_mean,
        _from_pareto_mean,
        r"\frac{a\,<scale>^{a}}{x^{a+1}},\quad a=\frac{<mean>}{<mean>-<scale>}",
        "Incomes above a threshold, given by their mean: van der Wijk's law",
    ),
    renamed(
        Lomax,
        "Mean and shape",
        {
            "mean": MEAN,
            "shape": Real(math.nan, "Shape", "How fast the tail falls; there is a mean above 1.", r"\alpha", 1.1, 12, scale="log", bounds=(1e-12, 1e12)),
        },
        _to_mean,
        _from_lomax_mean,
        r"\frac{<shape>}{\lambda}\left(1+\frac{x}{\lambda}\right)^{-<shape>-1},\quad \lambda=<mean>\,(<shape>-1)",
        "Insurance claims and traffic models, given by their mean",
    ),
    renamed(
        Lomax,
        "Tail index and scale of an excess",
        {"xi": TAIL_INDEX, "sigma": size("Scale of an excess", r"\sigma", "One over the density at 0.", 0.05, 3)},
        lambda d: {"xi": 1 / d.shape, "sigma": d.scale / d.shape},
        lambda xi, sigma: {"shape": 1 / xi, "scale": sigma / xi},
        r"\frac{1}{<sigma>}\left(1+\frac{<xi>\,x}{<sigma>}\right)^{-1/<xi>-1}",
        "The generalized Pareto law with ξ > 0: SciPy: genpareto(c, scale)",
    ),
    renamed(
        GeneralizedPareto,
        "Shape of the other sign and scale",
        {"k": Real(math.nan, "Shape", "Minus the tail index: above 0 the law has an upper end.", "k", -0.8, 0.8, 0.02, bounds=(-5, 5)), "sigma": None},
        lambda d: {"k": -d.xi + 0.0},
        lambda k, sigma: {"xi": -k},
        r"\frac{1}{<sigma>}\left(1-\frac{<k>\,x}{<sigma>}\right)^{1/<k>-1}",
        "Hosking and Wallis; hydrology and L-moments",
    ),
    renamed(
        GeneralizedPareto,
        "Mean and standard deviation",
        {"mean": MEAN, "sd": SD},
        _to_excess,
        _from_excess,
        r"\frac{1}{\sigma}\left(1+\frac{\xi x}{\sigma}\right)^{-1/\xi-1},\quad \xi=\frac{1}{2}\left(1-\frac{<mean>^2}{<sd>^2}\right),\ \sigma=<mean>\,(1-\xi)",
        "Fitting by moments (Hosking and Wallis)",
    ),
    renamed(
        GeneralizedPareto,
        "Tail index and 99 % level",
        {"xi": None, "level": size("99 % level", r"q_{99}", "The excess that one in a hundred passes.", 0.5, 40)},
        lambda d: {"level": d.sigma * _level(d.xi)},
        lambda xi, level: {"sigma": level / _level(xi)},
        r"\frac{1}{\sigma}\left(1+\frac{<xi>\,x}{\sigma}\right)^{-1/<xi>-1},\quad \sigma=\frac{<xi>\,<level>}{0.01^{-<xi>}-1}",
        "Value at risk in finance; return levels by peaks over a threshold",
    ),
    renamed(
        Frechet,
        "Tail index and scale",
        {"xi": TAIL_INDEX, "scale": None},
        lambda d: {"xi": 1 / d.shape},
        lambda xi, scale: {"shape": 1 / xi},
        r"\frac{1}{<xi>\,<scale>}\left(\frac{x}{<scale>}\right)^{-1/<xi>-1}\exp\left(-\left(\frac{x}{<scale>}\right)^{-1/<xi>}\right)",
        "The extreme-value law with location s, scale ξs and ξ > 0",
    ),
    renamed(
        Frechet,
        "Location and scale of the logarithm",
        {
            "location": logarithm("Location of the logarithm", r"\mu", "The logarithm of the scale: the mode of the Gumbel law that log X follows."),
            "log_scale": size("Scale of the logarithm", r"\beta", "One over the shape: the scale of that Gumbel law.", 0.1, 2),
        },
        lambda d: {"location": math.log(d.scale), "log_scale": 1 / d.shape},
        lambda location, log_scale: {"shape": 1 / log_scale, "scale": math.exp(location)},
        r"\frac{1}{<log_scale>\,x}\,e^{-w-e^{-w}},\quad w=\frac{\log x-<location>}{<log_scale>}",
        "Floods and claims after taking logarithms, which follow a Gumbel law",
    ),
    renamed(
        Frechet,
        "Mean and shape",
        {
            "mean": MEAN,
            "shape": Real(math.nan, "Shape", "How fast the tail falls; there is a mean above 1.", r"\alpha", 1.1, 12, scale="log", bounds=(1e-12, 1e12)),
        },
        _to_mean,
        _from_frechet_mean,
        r"\frac{<shape>}{s}\left(\frac{x}{s}\right)^{-<shape>-1}\exp\left(-\left(\frac{x}{s}\right)^{-<shape>}\right),\quad s=\frac{<mean>}{\Gamma(1-1/<shape>)}",
        "R's brms: frechet regression (mu, nu)",
    ),
    renamed(
        Levy,
        "Distance to the wall",
        {"distance": size("Distance", "a", "How far away the wall is, where the wandering has variance 1 per unit of time.")},
        lambda d: {"distance": math.sqrt(d.scale)},
        lambda distance: {"scale": distance**2},
        r"\frac{<distance>}{\sqrt{2\pi x^3}}\exp\left(-\frac{<distance>^2}{2x}\right)",
        "First passage of Brownian motion without drift",
    ),
    renamed(
        Levy,
        "Median",
        {"median": size("Median", r"x_{1/2}", "Half of all draws lie below it; there is no mean.", 0.4, 12)},
        lambda d: {"median": d.scale / HALF_LEVY},
        lambda median: {"scale": median * HALF_LEVY},
        r"\sqrt{\frac{c}{2\pi}}\,\frac{e^{-c/(2x)}}{x^{3/2}},\quad c=2\,\mathrm{erfcinv}\left(\tfrac{1}{2}\right)^2\,<median>",
        "Typical values, where a mean does not exist",
    ),
)
