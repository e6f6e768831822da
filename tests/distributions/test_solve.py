"""The quantile setter finds the member that meets both conditions, or says in a sentence that there is none."""

import numpy as np
import pytest

from core.distributions import CONTINUOUS, Bernoulli, Beta, Cauchy, Exponential, Gamma, LogNormal, Normal, Uniform
from core.distributions.solve import Quantiles, solve
from core.knobs import Real, Whole

TWO = [cls for cls in CONTINUOUS if sum(isinstance(knob, Real) and not isinstance(knob, Whole) for knob, _ in cls().leaves().values()) >= 2]


@pytest.mark.parametrize("cls", TWO, ids=lambda cls: cls.__name__)
def test_every_family_with_two_parameters_finds_a_member_it_can_reach(cls):
    """Start from the defaults and ask for the quantiles of another member."""
    dist = cls()
    paths = [path for path, (knob, _) in dist.leaves().items() if isinstance(knob, Real)][:2]
    other = dist
    for path in paths:
        value = dist.leaves()[path][1]
        try:
            other = other.with_leaf(path, value * 1.3 if value else 0.2)
        except ValueError:
            continue
    low, high = other.quantile(np.array([0.1, 0.8]))
    found = solve(dist, Quantiles(0.1, float(low), 0.8, float(high)))
    assert np.allclose(found.quantile(np.array([0.1, 0.8])), [low, high], rtol=1e-8, atol=1e-8 * (high - low))


@pytest.mark.parametrize("start", [Normal(), Normal(mu=5, sigma=0.2), Cauchy(), LogNormal(), Gamma(), Uniform()], ids=repr)
def test_a_wish_far_from_the_start_is_met(start):
    wish = Quantiles(0.025, 3.0, 0.975, 9.0)
    found = solve(start, wish)
    assert found.cdf(3.0) == pytest.approx(0.025, abs=1e-8) and found.cdf(9.0) == pytest.approx(0.975, abs=1e-8)


def test_a_normal_has_the_known_answer():
    found = solve(Normal(), Quantiles(0.025, 3.0, 0.975, 9.0))
    assert found.mu == pytest.approx(6.0, abs=1e-9) and found.sigma == pytest.approx(3.0 / 1.959963984540054, rel=1e-9)


@pytest.mark.parametrize(
    "dist, wish, sentence",
    [
        (Gamma(), Quantiles(0.1, -2.0, 0.9, 3.0), "no Gamma member puts 0.1 of its mass below -2"),
        (Beta(), Quantiles(0.1, 0.5, 0.9, 3.0), "no Beta member"),
        (Exponential(), Quantiles(), "has one parameter"),
        (Bernoulli(), Quantiles(), "whole numbers only"),
    ],
    ids=lambda each: str(each)[:30],
)
def test_what_cannot_be_met_gets_a_sentence(dist, wish, sentence):
    with pytest.raises(ValueError, match=sentence):
        solve(dist, wish)


def test_conditions_in_the_wrong_order_get_a_sentence():
    with pytest.raises(ValueError, match="must be above the first"):
        Quantiles(0.9, 1.0, 0.1, 2.0)
