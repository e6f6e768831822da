"""Rare events against exact probabilities and exact relative errors; no hit is no error of 0."""

import math

import numpy as np
import pytest
from mpmath import mp, mpf
from scipy import special

from core.distributions import Exponential, Gamma, Laplace, LogNormal, Normal, StudentT, Weibull
from core.montecarlo.importance import Importance, failure, numbers, run
from core.montecarlo.rare import LAWS, Rare, Swept, ticks
from core.progress import finish

FALSE_ALARM = 1e-5
ALARM = float(-special.ndtri(FALSE_ALARM / 2))


def done(question, seed=1):
    return finish(run(Importance(question, seed)))


@pytest.mark.parametrize("t", [0.5, 2.0, 4.0, 7.0])
def test_the_relative_error_of_a_shifted_normal_is_the_closed_form(t):
    """E w² = e^(t²) P(Z > 2t), and E w³ = e^(3t²) P(Z > 3t)."""
    mp.dps = 40
    p = mp.ncdf(-mpf(t))
    assert Rare().power(t, 2) == pytest.approx(float(mp.exp(mpf(t) ** 2) * mp.ncdf(-2 * mpf(t)) / p**2), rel=1e-10)
    assert Rare().power(t, 3) == pytest.approx(float(mp.exp(3 * mpf(t) ** 2) * mp.ncdf(-3 * mpf(t)) / p**3), rel=1e-10)
    plain, _ = Rare(n=10_000).exact(t)
    assert plain == pytest.approx(float(mp.sqrt((1 - p) / (p * 10_000))), rel=1e-12)


def test_an_exponential_shifted_to_the_event_has_the_error_of_a_fair_coin():
    """Beyond t all weights are equal: w = 2 P(X > t) or nothing."""
    spec = Rare(law=Exponential(), t=10.0)
    assert spec.exact(10.0)[1] == pytest.approx(0.01, rel=1e-9) and spec.power(10.0, 1) == pytest.approx(1, rel=1e-9)
    tilted = Rare(law=Exponential(), t=10.0, method="tilted")  # ∫ e^(-2x) / (e^(-x/t) / t) dx beyond t, over P²
    assert tilted.power(10.0, 2) == pytest.approx(10 / (2 - 0.1) * math.exp(1), rel=1e-9)


@pytest.mark.parametrize("method", ["shifted", "tilted", "stretched"])
@pytest.mark.parametrize(
    "law", [Normal(1.0, 2.0), Exponential(0.5), Gamma(2.0, 1.0), Laplace(), StudentT(3.0), LogNormal(), Weibull()], ids=lambda law: type(law).__name__
)
def test_estimates_are_right_within_their_errors_and_weights_left_out_are_caught(law, method):
    if method == "tilted" and type(law) not in (Normal, Exponential, Gamma):
        with pytest.raises(ValueError, match="method must be"):
            Rare(law=law, method=method, t=float(ticks(law)[10]))
        return
    t = float(ticks(law)[14])
    result = done(Rare(law=law, t=t, method=method, n=50_000), 3)
    found = result.found()
    if failure(result) is None:
        assert abs(found.z) < ALARM and found.standard_error / found.truth == pytest.approx(result.spec.exact(t)[1], rel=0.15)
    proposal = result.spec.proposal(t)
    hits = np.mean(proposal.sample(np.random.default_rng(1), 50_000) > t)
    assert abs(hits - found.truth) > ALARM * math.sqrt(hits * (1 - hits) / 50_000)


def test_heavy_tails_need_to_be_stretched():
    shifted, stretched = (Rare(law=StudentT(3.0), t=50.0, method=method) for method in ("shifted", "stretched"))
    assert shifted.exact(50.0)[1] > 20 * stretched.exact(50.0)[1]
    assert failure(done(shifted)).name == "The error bar lies" and failure(done(stretched)) is None


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_thresholds_run_from_likely_to_rare_for_every_law(law):
    chosen = ticks(law())
    p = law().sf(chosen)
    assert np.all(np.diff(chosen) > 0) and p[0] == pytest.approx(0.3, rel=0.01) and p[-1] == pytest.approx(1e-12, rel=0.2)


def test_no_hit_gives_an_upper_bound_and_no_error_of_0():
    result = done(Rare(t=6.0, method="plain"))
    found = result.found()
    assert found.value == 0 and found.standard_error > 0 and found.low == 0 and found.high == pytest.approx(3.841459 / 10_003.841459, rel=1e-5) and found.holds
    assert failure(result).name == "No hit" and math.isnan(result.relative()[0][result.place])
    empty = Swept(result.spec.replace(method="shifted"), np.array([6.0]), np.zeros((1, 3))).weighted(0)
    assert empty.value == 0 and 0 < empty.standard_error < empty.high


def test_plain_errors_are_measured_where_there_are_hits():
    result = done(Rare(n=100_000))
    plain, _ = result.relative()
    exact, many = result.exact()[:, 0], result.told[:, 0] > 500
    assert many.sum() > 5 and np.allclose(plain[many], exact[many], rtol=ALARM / math.sqrt(500) / 2)


def test_a_few_hits_are_named_too():
    assert failure(done(Rare(t=3.2, method="plain"))).name == "Too few hits"
    assert failure(done(Rare(t=2.0, method="plain"))) is None


def test_the_chosen_threshold_is_always_in_the_picture():
    for t in (4.0, 3.987654, 0.3):
        result = done(Rare(t=t, n=200))
        assert result.thresholds[result.place] == t and numbers(result)["threshold"] == t and len(result.rows()) == len(result.thresholds)


def test_a_tilt_without_a_variance_is_named_and_one_with_it_is_not():
    """p²/q falls like exp((1/t - 2) x) beyond t: it has an integral from t = 1/2 on."""
    for t, trouble in ((0.3, True), (0.45, True), (0.8, False), (2.0, False)):
        spec = Rare(law=Exponential(), t=t, method="tilted")
        assert math.isfinite(spec.exact(t)[1]) != trouble and (spec.lean() == math.inf) == (t < 2 / 3)
        assert (failure(done(spec)) is not None) == trouble
    assert failure(done(Rare(law=Exponential(), t=0.3, method="tilted"))).name == "The proposal's tails are too light"
