"""Fits, asked of every family that has no list of parts: nothing likelier is missed, and a p-value means what it says."""

import math

import numpy as np
import pytest
from scipy import stats

from core.distributions import CONTINUOUS, DISCRETE, Beta, Exponential, Gamma, GaussianMixture, Logistic, Normal, Poisson, Uniform
from core.distributions.closed import CLOSED, sample
from core.distributions.estimate import estimate, hill
from core.distributions.fit import LISTS, fit
from core.distributions.goodness import anderson_darling, check_column, chi_square, ks, ks_p_textbook, moments
from core.distributions.likelihood import climb
from core.distributions.peaks import PEAKED
from core.distributions.symmetry import settings, symmetry
from core.params import Whole
from core.progress import finish
from core.rng import stream

FALSE_ALARM = 1e-4  # how often an honest bootstrap fails the test of its p-values
RESTARTS = 20
SLACK = 1e-6  # how much log-likelihood a fit may miss
ROUGH = {"Hypergeometric": 0.5}  # three whole numbers along a ridge: the search may stop beside its highest point
RIDGES = {"GeneralizedPareto": 1e-5, "Gompertz": 1e-5}  # towards the exponential law rounding hides the last of the slope
KINKED = {"AsymmetricLaplace": 1e-3}  # the climb stops beside the data point that is the peak


def fittable(families):
    return [family for family in families if not any(isinstance(knob, LISTS) for knob in family.params().values())]


def draws(dist, n, *names):
    return dist.sample(stream(7, "fit", type(dist).__name__, *names), n).astype(float)


def spread_settings(family):
    """Return the default member and two more, a third of the way from an end of every slider, where that is allowed."""
    found = [family()]
    for share in (0.33, 0.67):
        values = {path: float(np.quantile(knob.ticks(), share)) for path, (knob, _) in family().leaves().items()}
        whole = {path: round(value) for path, value in values.items() if isinstance(family.params()[path], Whole)}
        try:
            found.append(family(**values | whole))
        except ValueError:
            continue
    return found


# The top is found


@pytest.mark.parametrize("family", fittable(CONTINUOUS + DISCRETE))
def test_a_fit_is_at_least_as_likely_as_the_truth(family):
    for i, truth in enumerate(spread_settings(family)):
        data = draws(truth, 400, str(i))
        if data.min() == data.max():
            continue
        found = estimate(family, data)
        if "endless" in found.note:  # there is no top: see the test of endless likelihoods
            continue
        assert found.log_likelihood >= truth.log_prob(data).sum() - ROUGH.get(family.__name__, SLACK), truth
        assert found.log_likelihood == pytest.approx(found.dist.log_prob(data).sum(), rel=1e-12)


@pytest.mark.parametrize("truth", [Gamma(), Normal(), Beta()], ids=repr)
@pytest.mark.parametrize("family", fittable(CONTINUOUS))
def test_random_restarts_find_nothing_likelier(family, truth):
    data = draws(truth, 300, "restarts")
    found = estimate(family, data)
    if family in CLOSED or family in PEAKED or found.note:  # a formula is tested below; a sharp peak has a summit at each data point
        return
    rng, slope = stream(7, "restarts", family.__name__), hill(family, sample(data))
    best = max(climb(slope, rng.normal(0, 2, len(slope.axes)), most=40)[1] for _ in range(RESTARTS // 4))
    assert best <= found.log_likelihood + SLACK


@pytest.mark.slow
@pytest.mark.parametrize("family", fittable(CONTINUOUS))
def test_all_twenty_restarts_find_nothing_likelier(family):
    for truth in (Gamma(), Uniform(), Exponential()):
        data = draws(truth, 300, "restarts")
        found = estimate(family, data)
        if family in CLOSED or family in PEAKED or found.note:
            continue
        rng, slope = stream(7, "twenty", family.__name__), hill(family, sample(data))
        best = max(climb(slope, rng.normal(0, 2, len(slope.axes)))[1] for _ in range(RESTARTS))
        assert best <= found.log_likelihood + RIDGES.get(family.__name__, SLACK), truth


@pytest.mark.parametrize("family", [family for family in CLOSED if not any(isinstance(knob, Whole) for knob in family.params().values())])
def test_a_formula_is_where_the_climb_ends(family, monkeypatch):
    data = draws(family(), 300, "formula")
    formula = estimate(family, data)
    monkeypatch.delitem(CLOSED, family)
    climbed = estimate(family, data)
    assert climbed.log_likelihood <= formula.log_likelihood + SLACK
    assert climbed.log_likelihood == pytest.approx(formula.log_likelihood, abs=KINKED.get(family.__name__, SLACK))
    assert list(settings(climbed.dist).values()) == pytest.approx(list(settings(formula.dist).values()), rel=2e-3, abs=2e-3)


@pytest.mark.parametrize("family", [family for family in fittable(CONTINUOUS) if symmetry(family).shift and symmetry(family).scale])
def test_a_fit_follows_the_units_of_the_data(family):
    data = draws(family(), 300, "units")
    found, moved = estimate(family, data), estimate(family, 1e4 + 1e-3 * data)
    assert moved.log_likelihood - 300 * math.log(1e3) == pytest.approx(found.log_likelihood, abs=2e-4)  # the data themselves lose seven digits


def test_planted_an_estimate_by_moments_is_found_to_miss_the_top():
    data = draws(Gamma(), 300, "moments")
    by_moments = Gamma(data.mean() ** 2 / data.var(), data.mean() / data.var())
    slope = hill(Gamma, sample(data))
    assert climb(slope, slope.coordinates(settings(by_moments)))[1] > by_moments.log_prob(data).sum() + SLACK


def test_an_endless_likelihood_is_held_and_said():
    arcsine = next(family for family in CONTINUOUS if family.__name__ == "Arcsine")
    data = draws(arcsine(), 300)
    found = estimate(arcsine, data)
    assert "endless" in found.note and math.isfinite(found.log_likelihood)
    assert found.dist.low < data.min() and found.dist.high > data.max()


def test_all_continuous_families_are_fitted():
    assert len(finish(fit(stream(1), draws(Gamma(), 1000, "time")))) == len(fittable(CONTINUOUS))


# What is reported


def test_criteria_and_order():
    data = draws(Normal(1, 2), 500)
    reports = list(fit(stream(1), data))
    assert [len(report.result) for report in reports] == list(range(1, len(reports) + 1)) and reports[-1].done == reports[-1].total
    for report in reports:
        assert [each.aic for each in report.result] == sorted(each.aic for each in report.result)
    for each in reports[-1].result:
        assert each.aic == 2 * each.n_parameters - 2 * each.log_likelihood
        assert each.bic == each.n_parameters * math.log(500) - 2 * each.log_likelihood
        assert each.holds != bool(each.note) or "endless" in each.note
        assert math.isnan(each.ks_p) and math.isnan(each.ad_p) and math.isnan(each.chi2_p)
    normal = next(each for each in reports[-1].result if type(each.dist) is Normal)
    assert normal.n_parameters == 2 and normal.dist == Normal(data.mean(), data.std())
    assert normal.ks == pytest.approx(stats.kstest(data, normal.dist.cdf).statistic)


def test_a_family_that_cannot_hold_the_data_says_why():
    found = {type(each.dist): each for each in finish(fit(stream(1), np.array([-1.5, 2, 3, 4, 5]), (Gamma, Beta, Poisson, Normal)))}
    assert found[Gamma].note == "Gamma must have values from 0 up, got -1.5: try a law of the whole line"
    assert found[Poisson].note == "Poisson must have whole numbers, got -1.5: try a law with a density"
    assert found[Gamma].log_likelihood == -math.inf and found[Gamma].aic == math.inf and not found[Beta].holds and found[Normal].note == ""
    zero = estimate(Gamma, np.array([0.0, 1, 2, 3, 5]))
    assert zero.log_likelihood == -math.inf and zero.note.startswith("Gamma must give every value a finite density")


def test_counts_go_to_the_discrete_families():
    found = finish(fit(stream(1), draws(Poisson(3), 400), DISCRETE))
    best = next(each for each in found if type(each.dist) is Poisson)
    assert best.aic < found[0].aic + 4 and math.isnan(best.ad) and math.isfinite(best.chi2)
    binomial = next(each for each in found if type(each.dist).__name__ == "Binomial")
    assert binomial.log_likelihood > best.log_likelihood - 0.5


@pytest.mark.parametrize(
    ("data", "families", "bootstrap", "words"),
    [
        ([1, 2, 3], (Normal,), 0, "values must be at least 5, got 3"),
        ([2.0] * 9, (Normal,), 0, "values must differ, got 9 times 2"),
        ([1, 2, 3, 4, math.nan, 6], (Normal,), 0, "values must not be missing, got missing in row 5"),
        ([1, 2, 3, 4, 5], (GaussianMixture,), 0, "families must hold at least one"),
        ([1, 2, 3, 4, 5], (Normal,), -1, "bootstrap must be 0 or more"),
    ],
)
def test_fit_refuses_in_a_sentence(data, families, bootstrap, words):
    with pytest.raises(ValueError, match=words):
        fit(stream(1), data, families, bootstrap)


# p-values


def test_the_bootstrap_repeats_and_does_not_depend_on_the_company():
    data = draws(Gamma(), 60)
    alone, again = (finish(fit(stream(3), data, (Gamma,), bootstrap=19)) for _ in range(2))
    company = finish(fit(stream(3), data, (Gamma, Normal), bootstrap=19))
    assert alone == again and alone[0] in company
    assert all(round(20 * p) == pytest.approx(20 * p) and 0 < p <= 1 for each in company for p in (each.ks_p, each.ad_p, each.chi2_p))


@pytest.mark.parametrize(
    ("truth", "families"), [(Exponential(), (Normal,)), (Poisson(0.5), tuple(family for family in DISCRETE if family.__name__ == "DiscreteUniform"))]
)
def test_a_wrong_law_is_found_out(truth, families):
    found = finish(fit(stream(3), draws(truth, 200, "wrong"), families, bootstrap=39))[0]
    assert found.ks_p == found.chi2_p == 1 / 40


@pytest.mark.slow
@pytest.mark.parametrize("truth", [Normal(3, 2), Logistic(1, 0.5)], ids=lambda law: law.title)
def test_bootstrap_p_is_uniform_under_the_null_and_planted_the_textbook_p_is_not(truth):
    rng, found, repeats = stream(11, "null"), [], 200
    for _ in range(repeats):
        found.append(finish(fit(rng, truth.sample(rng, 40), (type(truth),), bootstrap=19))[0])
    jitter = rng.random(repeats) / 20  # a rank of 20 spread over its step is uniform under the null
    for name in ("ks_p", "ad_p", "chi2_p"):
        spread = np.array([getattr(each, name) for each in found]) - jitter
        if name != "chi2_p":  # which takes few values, so that its ranks tie
            assert stats.kstest(spread, "uniform").pvalue > FALSE_ALARM, name
        assert np.mean(spread < 0.1) < 0.1 + stats.norm.isf(FALSE_ALARM) * math.sqrt(0.09 / repeats)
    assert stats.kstest([each.ks_p_textbook for each in found], "uniform").pvalue < 1e-12


# Distances


def test_distances_are_the_textbooks():
    data = draws(Normal(), 50)
    assert ks(Normal(), data) == pytest.approx(stats.kstest(data, "norm").statistic)
    assert ks_p_textbook(ks(Normal(), data), 50) == pytest.approx(stats.kstest(data, "norm").pvalue, abs=0.01)
    x, n = np.sort(data), len(data)
    grid = np.linspace(1e-7, 1 - 1e-7, 2_000_001)
    share = np.searchsorted(Normal().cdf(x), grid, side="right") / n
    assert anderson_darling(Normal(), data) == pytest.approx(n * np.mean((share - grid) ** 2 / (grid * (1 - grid))), rel=1e-3)
    assert anderson_darling(Uniform(0, 1), [0.5, 2.0, 3.0]) == math.inf
    assert chi_square(Uniform(), (np.arange(100) + 0.5) / 100) == pytest.approx(0, abs=0.5)
    assert chi_square(Uniform(), np.full(100, 0.01)) == pytest.approx(100 * 11)  # 12 cells, all values in one


def test_discrete_distance_is_taken_on_both_sides_of_a_step():
    dist, data = Poisson(2), np.array([1.0, 1, 2, 5])
    k = np.arange(0, 30)
    share = np.array([(data <= each).mean() for each in k])
    assert ks(dist, data) == pytest.approx(np.abs(share - dist.cdf(k)).max())


# Columns


def alternating(center, low, high, n=1001):
    return [center] + [low, high] * ((n - 1) // 2)


MICHELSON = """850 740 900 1070 930 850 950 980 980 880 1000 980 930 650 760 810 1000 1000 960 960 960 940 960 940 880 800 850 880 900 840
    830 790 810 880 880 830 800 790 760 800 880 880 880 860 720 720 620 860 970 950 880 910 850 870 840 840 850 840 840 840 890 810 810 820
    800 770 760 740 750 760 910 920 890 860 880 720 840 850 850 780 890 840 780 810 760 810 790 810 820 850 870 870 810 740 810 940 950 800
    810 870"""
LOTTERY = """162 671 933 414 788 730 817 33 536 875 670 236 473 167 877 980 316 950 456 92 517 557 956 954 104 178 794 278 147 773 437 435 502
    610 582 780 689 562 964 791 28 97 848 281 858 538 660 972 671 613 867 448 738 966 139 636 847 659 754 243 122 455 195 968 793 59 730 361
    574 522 97 762 431 158 429 414 22 629 788 999 187 215 810 782 47 34 108 986 25 644 829 630 315 567 919 331 207 412 242 607 668 944 749
    168 864 442 533 805 372 63 458 777 416 340 436 140 919 350 510 572 905 900 85 389 473 758 444 169 625 692 140 897 672 288 312 860 724
    226 884 508 976 741 476 417 831 15 318 432 241 114 799 955 833 358 935 146 630 830 440 642 356 373 271 715 367 393 190 669 8 861 108 795
    269 590 326 866 64 523 862 840 219 382 998 4 628 305 747 247 34 747 729 645 856 974 24 568 24 694 608 480 410 729 947 293 53 930 223 203
    677 227 62 455 387 318 562 242 428 968"""
MAVRO = """180 170 180 190 180 170 150 140 150 150 170 180 180 190 190 210 200 160 140 130 130 150 150 160 150 140 130 140 150 140 150 160 150
    160 190 200 200 210 220 230 240 250 270 260 260 260 270 260 250 240"""
NIST = {  # https://www.itl.nist.gov/div898/strd/univ/homepage.html: data, certified mean and sd, digits that the binary data allow
    "Michelso": (
        lambda: [float(f"299.{int(each):03d}") if int(each) < 1000 else float(f"300.{int(each) - 1000:03d}") for each in MICHELSON.split()],
        299.8524,
        0.0790105478190518,
        13,
    ),
    "Lottery": (lambda: [int(each) for each in LOTTERY.split()], 518.958715596330, 291.699727470969, 14),
    "Mavro": (lambda: [float(f"2.00{each}") for each in MAVRO.split()], 2.001856, 0.000429123454003053, 13),
    "NumAcc1": (lambda: [10000001, 10000003, 10000002], 10000002, 1, 15),
    "NumAcc2": (lambda: alternating(1.2, 1.1, 1.3), 1.2, 0.1, 14),
    "NumAcc3": (lambda: alternating(1000000.2, 1000000.1, 1000000.3), 1000000.2, 0.1, 9),
    "NumAcc4": (lambda: alternating(10000000.2, 10000000.1, 10000000.3), 10000000.2, 0.1, 8),
}


def digits(found, certified):
    """Return the log relative error: how many digits are right, at most 15."""
    return min(15.0, -math.log10(max(abs(found - certified) / abs(certified), 1e-15)))


@pytest.mark.parametrize("name", NIST)
def test_moments_reach_the_certified_digits(name):
    make, mean, sd, reached = NIST[name]
    found = moments(make())
    assert digits(found[0], mean) > 14.9 and digits(found[1], sd) >= reached


def test_planted_the_one_pass_formula_loses_all_digits():
    data = np.array(NIST["NumAcc4"][0]())
    one_pass = (np.sum(data**2) - len(data) * data.mean() ** 2) / (len(data) - 1)
    assert digits(math.sqrt(max(one_pass, 0.0)), 0.1) < 2


def test_moments_want_two_values():
    with pytest.raises(ValueError, match="must have at least 2 values"):
        moments([1.0])


@pytest.mark.parametrize(
    ("values", "kept", "sentences"),
    [
        ([1, 2.5, "3", 4, 5], 5, []),
        ([1, 2, 3, 4, 5, "x", "y"], 5, ["values must be numbers, got x in row 6 and 1 more: try leaving the words out"]),
        ([1, None, 3, 4, " ", 6, 7, math.nan], 5, ["values must not be missing, got missing in row 2 and 2 more: try leaving the gaps out"]),
        ([1, 2, 3, 4, 5, math.inf], 5, ["values must be finite, got infinite in row 6: try leaving the infinite ones out"]),
        ([7] * 6, 6, ["values must differ, got 6 times 7: try another column"]),
        ([1, 2, 3], 3, ["values must be at least 5, got 3: try a longer column"]),
        ([], 0, ["values must be at least 5, got 0: try a longer column"]),
        ([1, 2, 3] * 3, 9, ["values must take more than 3 levels to look like draws from a density, got 3: try the discrete families"]),
    ],
)
def test_a_column_is_checked_in_sentences(values, kept, sentences):
    clean, problems = check_column(values)
    assert len(clean) == kept and clean.dtype == np.float64 and problems == sentences
