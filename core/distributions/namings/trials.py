"""Other namings of laws of trials and urns: by log odds, by the mean, by the correlation of trials."""

from __future__ import annotations

import math

from scipy import special

from core.distributions.discrete.bernoulli import Bernoulli
from core.distributions.discrete.beta_binomial import BetaBinomial
from core.distributions.discrete.binomial import Binomial
from core.distributions.discrete.discrete_uniform import DiscreteUniform
from core.distributions.discrete.geometric import Geometric
from core.distributions.discrete.hypergeometric import Hypergeometric
from core.distributions.namings.naming import Naming, inside, renamed, share, size
from core.knobs import Real, Whole

CHANCE = share("Mean probability", r"\mu", "How often one trial succeeds, on average over the throwers.", 0.05, 0.95)
LOG_ODDS = Real(math.nan, "Log odds", "The logarithm of success over failure: 0 is an even chance.", r"\eta", -4, 4, 0.05, bounds=(-30, 30))
MANY = 10**12


def _to_log_odds(dist: Bernoulli | Binomial) -> dict[str, float]:
    inside("p", dist.p, 0, 1, "0 and 1 for log odds")
    return {"log_odds": float(special.logit(dist.p))}


def _to_odds(dist: Bernoulli) -> dict[str, float]:
    inside("p", dist.p, 0, 1, "0 and 1 for odds")
    return {"odds": dist.p / (1 - dist.p)}


def _to_geometric_rate(dist: Geometric) -> dict[str, float]:
    inside("p", dist.p, 0, 1, "0 and 1 for a rate")
    return {"rate": -math.log1p(-dist.p)}


def _from_geometric_mean(mean: float) -> dict[str, float]:
    if mean < 1:
        inside("mean", mean, low=1, why="1, the first trial,")
    return {"p": 1 / mean}


def _from_stop(low: int, stop: int) -> dict[str, float]:
    inside("stop", stop, low=low, why=f"low = {low}")
    return {"high": stop - 1}


def _from_urn(good: int, bad: int, draws: int) -> dict[str, float]:
    inside("draws", draws, high=good + bad + 1, why=f"good + bad + 1 = {good + bad + 1}")
    return {"population": good + bad, "successes": good}


NAMINGS: tuple[Naming, ...] = (
    renamed(
        Bernoulli,
        "Log odds",
        {"log_odds": LOG_ODDS},
        _to_log_odds,
        lambda log_odds: {"p": float(special.expit(log_odds))},
        r"\frac{e^{<log_odds>\,x}}{1+e^{<log_odds>}},\quad x\in\{0,1\}",
        "Logistic regression; Stan: bernoulli_logit(alpha); PyTorch: Bernoulli(logits)",
    ),
    renamed(
        Bernoulli,
        "Odds",
        {"odds": size("Odds", "o", "Success over failure, as in 3 to 1.", 0.05, 20)},
        _to_odds,
        lambda odds: {"p": odds / (1 + odds)},
        r"\frac{<odds>^x}{1+<odds>},\quad x\in\{0,1\}",
        "Betting; odds ratios in medicine",
    ),
    renamed(
        Binomial,
        "Trials and log odds",
        {"n": None, "log_odds": LOG_ODDS},
        _to_log_odds,
        lambda n, log_odds: {"p": float(special.expit(log_odds))},
        r"\binom{<n>}{x}\frac{e^{<log_odds>\,x}}{(1+e^{<log_odds>})^{<n>}}",
        "Logistic regression; Stan: binomial_logit(N, alpha)",
    ),
    renamed(
        Geometric,
        "Mean",
        {"mean": size("Mean", "m", "How many trials it takes on average.", 1, 20)},
        lambda d: {"mean": 1 / d.p},
        lambda mean: _from_geometric_mean(mean),
        r"\frac{1}{<mean>}\left(1-\frac{1}{<mean>}\right)^{x-1},\quad x=1,2,\dots",
        "Average run length in quality control; return period in hydrology",
    ),
    renamed(
        Geometric,
        "Rate per trial",
        {"rate": size("Rate per trial", r"\lambda", "The rate of the exponential waiting time that is counted in whole steps.", 0.05, 3)},
        _to_geometric_rate,
        lambda rate: {"p": -math.expm1(-rate)},
        r"\left(1-e^{-<rate>}\right)e^{-<rate>\,(x-1)},\quad x=1,2,\dots",
        "Survival in discrete time (complementary log-log regression)",
    ),
    renamed(
        DiscreteUniform,
        "Start and stop",
        {"low": None, "stop": Whole(1, "Stop", "The first value that is too high.", "e", -10, 20, bounds=(-MANY, MANY + 1))},
        lambda d: {"stop": d.high + 1},
        lambda low, stop: _from_stop(low, stop),
        r"\frac{1}{<stop>-<low>},\quad <low>\le x\lt <stop>",
        "SciPy: randint(low, high); NumPy: integers(low, high); Python's range",
    ),
    renamed(
        DiscreteUniform,
        "Start and how many values",
        {"low": None, "count": Whole(1, "How many values", "How many whole numbers there are to pick from.", "N", 1, 30, bounds=(1, MANY))},
        lambda d: {"count": d.high - d.low + 1},
        lambda low, count: {"high": low + count - 1},
        r"\frac{1}{<count>},\quad <low>\le x\lt <low>+<count>",
        "Serial numbers and tickets; MATLAB: unidrnd(N)",
    ),
    renamed(
        Hypergeometric,
        "Good, bad and draws",
        {
            "good": Whole(1, "Good ones", "How many in the urn are of the counted kind.", "K", 0, 50, bounds=(0, 100_000)),
            "bad": Whole(1, "Bad ones", "How many in the urn are of the other kind.", "M", 0, 150, bounds=(0, 100_000)),
            "draws": None,
        },
        lambda d: {"good": d.successes, "bad": d.population - d.successes},
        _from_urn,
        r"\frac{\binom{<good>}{x}\binom{<bad>}{<draws>-x}}{\binom{<good>+<bad>}{<draws>}}",
        "R's dhyper(m, n, k); NumPy: hypergeometric(ngood, nbad, nsample)",
    ),
    renamed(
        BetaBinomial,
        "Trials, mean probability and correlation",
        {"n": None, "mu": CHANCE, "rho": share("Correlation", r"\rho", "Between two trials of one thrower: 0 is the binomial law.", 0.02, 0.6)},
        lambda d: {"mu": d.a / (d.a + d.b), "rho": 1 / (d.a + d.b + 1)},
        lambda n, mu, rho: {"a": mu * (1 - rho) / rho, "b": (1 - mu) * (1 - rho) / rho},
        r"\binom{<n>}{x}\frac{B(x+a,\,<n>-x+b)}{B(a,b)},\quad a=<mu>\,\frac{1-<rho>}{<rho>},\ b=(1-<mu>)\,\frac{1-<rho>}{<rho>}",
        "R's VGAM: dbetabinom(size, prob, rho); litters, clusters and sequencing reads",
    ),
    renamed(
        BetaBinomial,
        "Trials, mean probability and concentration",
        {"n": None, "mu": CHANCE, "phi": size("Concentration", r"\phi", "a + b: the larger, the more alike the throwers.", 0.8, 40)},
        lambda d: {"mu": d.a / (d.a + d.b), "phi": d.a + d.b},
        lambda n, mu, phi: {"a": mu * phi, "b": (1 - mu) * phi},
        r"\binom{<n>}{x}\frac{B(x+<mu>\,<phi>,\,<n>-x+(1-<mu>)\,<phi>)}{B(<mu>\,<phi>,\,(1-<mu>)\,<phi>)}",
        "R's brms: beta_binomial(mu, phi); rethinking: dbetabinom(prob, theta)",
    ),
)
