"""Learning from data when prior and posterior are of one family: three pairs of prior and likelihood.

https://en.wikipedia.org/wiki/Conjugate_prior
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from core.distributions import Beta, BetaBinomial, Binomial, Gamma, NegativeBinomial, Normal, Poisson
from core.distributions.base import Array, Distribution


@dataclass(frozen=True)
class Update:
    """What data teach: the belief about the parameter before and after, and the law of the next value.

    `n` is how many values were seen.
    """

    prior: Distribution
    posterior: Distribution
    predictive: Distribution
    n: int


def update(prior: Distribution, likelihood: Distribution, data: ArrayLike) -> Update:
    """Return the posterior and the posterior predictive.

    Beta(a, b) and Binomial(m, .): a + successes, b + failures; the next count is beta-binomial.
    Gamma(shape, rate) and Poisson: shape + sum, rate + n; the next count is negative binomial(shape, rate / (rate + 1)).
    Normal(mu, sigma) and Normal(., s) of known s: precisions 1 / sigma^2 and n / s^2 add, means are weighted by them; the
    next value is normal, with variance s^2 + that of the mean.

    Args:
        prior: Beta, Gamma or Normal.
        likelihood: Binomial (its n is the trials of each value), Poisson, or Normal (its sigma is known); its other parameter is not read.
        data: (n,) values, none being allowed.

    Raises:
        ValueError: for a pair that is not conjugate, and for values that the likelihood cannot give.
    """
    rule = RULES.get((type(prior), type(likelihood)))
    if rule is None:
        pairs = ", ".join(f"{one.__name__} and {other.__name__}" for one, other in RULES)
        raise ValueError(f"prior and likelihood must be one of {pairs}, got {type(prior).__name__} and {type(likelihood).__name__}: try Beta and Binomial")
    x = np.asarray(data, float).ravel()
    impossible = x[~np.isfinite(x) | (x < likelihood.support.low) | (x > likelihood.support.high) | (likelihood.discrete & (x != np.floor(x)))]
    if len(impossible):
        raise ValueError(f"data must be values of the {likelihood.title} law, got {impossible[0]:g}: try leaving it out")
    return Update(prior, *rule(prior, likelihood, x), len(x))


def _beta_binomial(prior: Beta, likelihood: Binomial, x: Array) -> tuple[Beta, BetaBinomial]:
    successes = float(x.sum())
    posterior = Beta(prior.a + successes, prior.b + likelihood.n * len(x) - successes)
    return posterior, BetaBinomial(likelihood.n, posterior.a, posterior.b)


def _gamma_poisson(prior: Gamma, likelihood: Poisson, x: Array) -> tuple[Gamma, NegativeBinomial]:
    posterior = Gamma(prior.shape + float(x.sum()), prior.rate + len(x))
    return posterior, NegativeBinomial(posterior.shape, posterior.rate / (posterior.rate + 1))


def _normal_normal(prior: Normal, likelihood: Normal, x: Array) -> tuple[Normal, Normal]:
    precision = prior.sigma**-2 + len(x) * likelihood.sigma**-2
    # the pull of the data on the prior mean, from gaps: no digits are lost when both lie far from 0
    mu = prior.mu + float(np.sum(x - prior.mu)) * likelihood.sigma**-2 / precision
    return Normal(mu, precision**-0.5), Normal(mu, math.hypot(likelihood.sigma, precision**-0.5))


RULES = {(Beta, Binomial): _beta_binomial, (Gamma, Poisson): _gamma_poisson, (Normal, Normal): _normal_normal}
