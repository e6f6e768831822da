"""Other namings of the laws of lifetimes: by mean, by rate, by the logarithm, by the risk at the start."""

from __future__ import annotations

import dataclasses
import math

from scipy import optimize

from core.distributions.namings.naming import MEAN, SD, Naming, inside, logarithm, renamed, size
from core.distributions.positive.birnbaum_saunders import BirnbaumSaunders
from core.distributions.positive.burr_xii import BurrXII
from core.distributions.positive.generalized_gamma import GeneralizedGamma
from core.distributions.positive.gompertz import Gompertz
from core.distributions.positive.log_logistic import LogLogistic
from core.distributions.positive.weibull import Weibull

SHAPES = (0.05, 1e6)  # of a Weibull law, between which its coefficient of variation is inverted
LOG_PLACE = logarithm("Location of the logarithm", r"\mu", "The logarithm of the scale.")
LOG_SCALE = size("Scale of the logarithm", r"\sigma", "One over the shape.", 0.1, 2)
MEAN_SHAPE = dataclasses.replace(LogLogistic.params()["shape"], low=1.1)
GROWTH = size("Growth of the risk", "b", "By how much the log hazard rises per unit of time.")


def _variation(shape: float) -> float:
    law = Weibull(shape=shape)
    return law.sd() / law.mean()


def _from_weibull_moments(mean: float, sd: float) -> dict[str, float]:
    """The coefficient of variation falls as the shape rises: bracket the shape, then solve on logarithms."""
    cv, most, least = sd / mean, *(_variation(shape) for shape in SHAPES)
    inside("sd", sd, least * mean, most * mean, f"{least:.3g} and {most:.3g} times the mean")
    ends = math.log(SHAPES[0] / 2), math.log(SHAPES[1] * 2)
    u = optimize.brentq(lambda u: math.log(_variation(math.exp(u)) / cv), *ends, xtol=1e-15, rtol=8.9e-16)
    return {"shape": math.exp(u), "scale": mean / Weibull(shape=math.exp(u)).mean()}


def _to_log_logistic_mean(dist: LogLogistic) -> dict[str, float]:
    inside("shape", dist.shape, low=1, why="1 for a mean")
    return {"mean": dist.mean()}


def _from_log_logistic_mean(mean: float, shape: float) -> dict[str, float]:
    inside("shape", shape, low=1, why="1 for a mean")
    return {"scale": mean / LogLogistic(shape=shape).mean()}


def _to_modal_age(dist: Gompertz) -> dict[str, float]:
    inside("shape", dist.shape, high=1, why="1 for a modal age above 0")
    return {"mode": -math.log(dist.shape) / dist.rate}


def _to_fatigue(dist: BirnbaumSaunders) -> dict[str, float]:
    return {"mean": dist.mean(), "sd": dist.sd()}


def _from_fatigue(mean: float, sd: float) -> dict[str, float]:
    """The squared shape u solves (5 - c) u^2 / 4 + (1 - c) u = c, where c is the squared coefficient of variation."""
    inside("sd", sd, high=math.sqrt(5) * mean, why=f"sqrt(5) mean = {math.sqrt(5) * mean:.6g}")
    c = (sd / mean) ** 2
    root = math.sqrt(1 + 3 * c)
    square = 2 * c / (root + 1 - c) if c < 1 else 2 * (c - 1 + root) / (5 - c)
    return {"shape": math.sqrt(square), "scale": mean / (1 + square / 2)}


NAMINGS: tuple[Naming, ...] = (
    renamed(
        Weibull,
        "Shape and rate",
        {"shape": None, "rate": size("Rate", "b", "The cumulative hazard at time 1.", 0.05, 20)},
        lambda d: {"rate": d.scale**-d.shape},
        lambda shape, rate: {"scale": rate ** (-1 / shape)},
        r"<shape>\,<rate>\,x^{<shape>-1}\exp\left(-<rate>\,x^{<shape>}\right)",
        "BUGS and JAGS: dweib(v, lambda); proportional hazards: R's flexsurv: WeibullPH(shape, scale)",
    ),
    renamed(
        Weibull,
        "Location and scale of the logarithm",
        {"location": LOG_PLACE, "log_scale": LOG_SCALE},
        lambda d: {"location": math.log(d.scale), "log_scale": 1 / d.shape},
        lambda location, log_scale: {"shape": 1 / log_scale, "scale": math.exp(location)},
        r"\frac{1}{<log_scale>\,x}\,e^{w-e^w},\quad w=\frac{\log x-<location>}{<log_scale>}",
        'Accelerated failure times: R\'s survreg(dist = "weibull")',
    ),
    renamed(
        Weibull,
        "Mean and shape",
        {"mean": MEAN, "shape": None},
        lambda d: {"mean": d.mean()},
        lambda mean, shape: {"scale": mean / Weibull(shape=shape).mean()},
        r"\frac{<shape>}{\lambda}\left(\frac{x}{\lambda}\right)^{<shape>-1}\exp\left(-\left(\frac{x}{\lambda}\right)^{<shape>}\right),\quad \lambda=\frac{<mean>}{\Gamma(1+1/<shape>)}",
        "R's brms: weibull regression (mu, shape); wind speeds at a site",
    ),
    renamed(
        Weibull,
        "Mean and standard deviation",
        {"mean": MEAN, "sd": SD},
        lambda d: {"mean": d.mean(), "sd": d.sd()},
        _from_weibull_moments,
        r"\frac{k}{\lambda}\left(\frac{x}{\lambda}\right)^{k-1}\exp\left(-\left(\frac{x}{\lambda}\right)^{k}\right),\quad \lambda=\frac{<mean>}{\Gamma(1+1/k)},"
        r"\ \frac{\Gamma(1+2/k)}{\Gamma(1+1/k)^2}=1+\frac{<sd>^2}{<mean>^2}",
        "Wind energy, from the mean and the turbulence of a record",
    ),
    renamed(
        LogLogistic,
        "Location and scale of the logarithm",
        {"location": LOG_PLACE, "log_scale": LOG_SCALE},
        lambda d: {"location": math.log(d.scale), "log_scale": 1 / d.shape},
        lambda location, log_scale: {"scale": math.exp(location), "shape": 1 / log_scale},
        r"\frac{1}{<log_scale>\,x}\,\frac{e^{w}}{(1+e^{w})^2},\quad w=\frac{\log x-<location>}{<log_scale>}",
        'Accelerated failure times: R\'s survreg(dist = "loglogistic"); MATLAB: LogLogistic(mu, sigma)',
    ),
    renamed(
        LogLogistic,
        "Rate and shape",
        {"rate": size("Rate", r"\lambda", "One over the median."), "shape": None},
        lambda d: {"rate": 1 / d.scale},
        lambda rate, shape: {"scale": 1 / rate},
        r"\frac{<rate>\,<shape>\,(<rate>\,x)^{<shape>-1}}{\left(1+(<rate>\,x)^{<shape>}\right)^2}",
        "Survival textbooks: S(t) = 1 / (1 + (λt)^p)",
    ),
    renamed(
        LogLogistic,
        "Mean and shape",
        {"mean": MEAN, "shape": MEAN_SHAPE},
        _to_log_logistic_mean,
        _from_log_logistic_mean,
        r"\frac{(<shape>/\alpha)(x/\alpha)^{<shape>-1}}{\left(1+(x/\alpha)^{<shape>}\right)^2},\quad \alpha=<mean>\,\frac{\sin(\pi/<shape>)}{\pi/<shape>}",
        "Incomes (the Fisk law), given by their mean",
    ),
    renamed(
        Gompertz,
        "Risk at the start and its growth",
        {"start": size("Risk at the start", "a", "The hazard at time 0.", 0.05, 5), "rate": GROWTH},
        lambda d: {"start": d.shape * d.rate},
        lambda start, rate: {"shape": start / rate},
        r"<start>\,e^{<rate>\,x}\exp\left(-\frac{<start>}{<rate>}\left(e^{<rate>\,x}-1\right)\right)",
        "Demography: hazard a e^(bx); R's flexsurv: dgompertz, whose shape is b and whose rate is a",
    ),
    renamed(
        Gompertz,
        "Risk at the start and its doubling time",
        {
            "start": size("Risk at the start", "a", "The hazard at time 0.", 0.05, 5),
            "doubling": size("Doubling time", "D", "How long the risk takes to double.", 0.1, 4),
        },
        lambda d: {"start": d.shape * d.rate, "doubling": math.log(2) / d.rate},
        lambda start, doubling: {"shape": start * doubling / math.log(2), "rate": math.log(2) / doubling},
        r"<start>\,2^{x/<doubling>}\exp\left(-\frac{<start>\,<doubling>}{\log 2}\left(2^{x/<doubling>}-1\right)\right)",
        "Biology of ageing: the mortality rate doubling time, about eight years for adult humans",
    ),
    renamed(
        Gompertz,
        "Modal age and growth of the risk",
        {"mode": size("Modal age", "M", "The age at which most die.", 0.1, 6), "rate": GROWTH},
        _to_modal_age,
        lambda mode, rate: {"shape": math.exp(-rate * mode)},
        r"<rate>\,e^{<rate>\,(x-<mode>)}\exp\left(e^{-<rate>\,<mode>}-e^{<rate>\,(x-<mode>)}\right)",
        "Demography of old age, where level and pace are less entangled in this form",
    ),
    renamed(
        BirnbaumSaunders,
        "Mean and precision",
        {"mean": MEAN, "precision": size("Precision", r"\delta", "Two over the squared shape.", 0.5, 200)},
        lambda d: {"mean": d.mean(), "precision": 2 / d.shape**2},
        lambda mean, precision: {"shape": math.sqrt(2 / precision), "scale": mean * precision / (precision + 1)},
        r"\frac{\sqrt{x/\beta}+\sqrt{\beta/x}}{2\alpha x\sqrt{2\pi}}\exp\left(-\frac{1}{2\alpha^2}\left(\frac{x}{\beta}+\frac{\beta}{x}-2\right)\right),"
        r"\quad \alpha=\sqrt{\frac{2}{<precision>}},\ \beta=\frac{<mean>\,<precision>}{<precision>+1}",
        "Birnbaum and Saunders regression for the mean",
    ),
    renamed(
        BirnbaumSaunders,
        "Mean and standard deviation",
        {"mean": MEAN, "sd": SD},
        _to_fatigue,
        _from_fatigue,
        r"\frac{\sqrt{x/\beta}+\sqrt{\beta/x}}{2\alpha x\sqrt{2\pi}}\exp\left(-\frac{1}{2\alpha^2}\left(\frac{x}{\beta}+\frac{\beta}{x}-2\right)\right),"
        r"\quad \alpha^2=\frac{2(c-1+\sqrt{1+3c})}{5-c},\ \beta=\frac{<mean>}{1+\alpha^2/2},\ c=\frac{<sd>^2}{<mean>^2}",
        "Matching the first two moments of a fatigue test",
    ),
    renamed(
        GeneralizedGamma,
        "Scale, power and product of the shapes",
        {"scale": None, "d": size("Product of the shapes", "d", "How the density starts: like x to the power d - 1.", 0.5, 20), "power": None},
        lambda d: {"d": d.shape * d.power},
        lambda scale, d, power: {"shape": d / power},
        r"\frac{<power>}{<scale>^{<d>}\,\Gamma(<d>/<power>)}\,x^{<d>-1}\exp\left(-\left(\frac{x}{<scale>}\right)^{<power>}\right)",
        "Stacy's form, which encyclopaedias give (a, d, p)",
    ),
    renamed(
        GeneralizedGamma,
        "Location and scale of the logarithm, and Q",
        {
            "location": logarithm(
                "Location of the logarithm", r"\mu", "The logarithm of the scale, shifted so that the law nears a log-normal one as Q nears 0.", -2, 3
            ),
            "log_scale": size("Scale of the logarithm", r"\sigma", "The width on the log scale.", 0.1, 2),
            "q": size("Shape Q", "Q", "Near 0 the log-normal law, at 1 the Weibull law, at the scale of the logarithm the gamma law.", 0.3, 1.5),
        },
        lambda d: {"location": math.log(d.scale) + math.log(d.shape) / d.power, "log_scale": 1 / (d.power * math.sqrt(d.shape)), "q": 1 / math.sqrt(d.shape)},
        lambda location, log_scale, q: {"shape": q**-2, "power": q / log_scale, "scale": math.exp(location + 2 * log_scale / q * math.log(q))},
        r"\frac{<q>\,(<q>^{-2})^{<q>^{-2}}}{<log_scale>\,x\,\Gamma(<q>^{-2})}\exp\left(\frac{<q>\,w-e^{<q>\,w}}{<q>^2}\right),\quad w=\frac{\log x-<location>}{<log_scale>}",
        "Prentice's form; R's flexsurv: dgengamma(mu, sigma, Q) with Q > 0; Stata: streg, ggamma",
    ),
    renamed(
        BurrXII,
        "Weibull shape and scale, and frailty",
        {
            "c": None,
            "baseline": size("Scale of the Weibull part", r"\lambda", "The scale of a member with frailty 1."),
            "frailty": size("Frailty variance", r"\theta", "How much the members' risks differ: near 0, a Weibull law.", 0.1, 2),
        },
        lambda d: {"baseline": d.scale * d.k ** (-1 / d.c), "frailty": 1 / d.k},
        lambda c, baseline, frailty: {"k": 1 / frailty, "scale": baseline * frailty ** (-1 / c)},
        r"\frac{<c>}{<baseline>}\left(\frac{x}{<baseline>}\right)^{<c>-1}\left(1+<frailty>\left(\frac{x}{<baseline>}\right)^{<c>}\right)^{-1/<frailty>-1}",
        "Survival with unobserved differences: Weibull lifetimes whose risks follow a gamma law",
    ),
    renamed(
        BurrXII,
        "First shape, tail exponent and scale",
        {"c": None, "tail": size("Tail exponent", r"\alpha", "How fast the tail falls: P(X > x) is like x to the power minus this.", 1, 30), "scale": None},
        lambda d: {"tail": d.c * d.k},
        lambda c, tail, scale: {"k": tail / c},
        r"\frac{<tail>}{<scale>}\,\frac{(x/<scale>)^{<c>-1}}{\left(1+(x/<scale>)^{<c>}\right)^{<tail>/<c>+1}}",
        "Incomes and claims, compared with a Pareto tail",
    ),
)
