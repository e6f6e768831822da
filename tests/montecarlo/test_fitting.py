"""A column is fitted, ranked and tested; a bad one gets a sentence; what cannot be told apart is not."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from core.datasets import Bundled, Inline, Shelf
from core.distributions import FAMILY as LAWS
from core.distributions import Exponential, Gamma, Normal, StudentT, Uniform
from core.distributions.fit import fit, p_values
from core.montecarlo.fitting import FAMILIES, Fitting, beside, column, failure, numbers, rank, run, standings
from core.progress import finish
from core.rng import stream

TABLE = json.loads((Path(__file__).parents[1] / "distributions" / "ranking.json").read_text())
ENOUGH = 90  # of 100 draws
FALSE_ALARM = 1e-4


def of(values, **rest):
    """A spec for a column on the shelf, and what the session holds."""
    return Fitting(Shelf("data"), "x", **rest), {"data": pd.DataFrame({"x": values})}


@pytest.mark.parametrize(
    "values, refused, sentence",
    [
        (["red", "blue"] * 10, "values must be at least 5, got 0", "values must be numbers, got red in row 1 and 19 more"),
        (["😀"] * 20, "values must be at least 5, got 0", "values must be numbers, got 😀 in row 1"),
        ([None, *np.linspace(0, 1, 20)], "", "values must not be missing, got missing in row 1: try leaving the gaps out"),
        ([math.inf, *np.linspace(0, 1, 20)], "", "values must be finite, got infinite in row 1"),
        ([2.5] * 20, "values must differ, got 20 times 2.5", ""),
        ([1, 2, 3] * 10, "values must take more than 3 levels to look like draws from a density, got 3: try the discrete families", ""),
        (list(range(10)) * 10, "", "values must have digits after the point to look like draws from a density, got 10 whole numbers"),
    ],
    ids=["text", "emoji", "missing", "infinite", "constant", "three values", "counts"],
)
def test_each_kind_of_bad_column_has_its_sentence(values, refused, sentence):
    found = column(*of(values))
    assert found.refused.startswith(refused) and bool(found.refused) == bool(refused)
    assert any(each.startswith(sentence) for each in found.problems) or not sentence
    if refused:
        with pytest.raises(ValueError, match="must"):
            finish(run(*of(values)))


def test_three_levels_are_fine_for_laws_of_counts_and_fractions_are_not():
    found = column(*of([1, 2, 3] * 10, families="discrete"))
    assert not found.refused and not found.problems
    assert "must be whole numbers for the discrete families, got 0.5" in column(*of([0.5, 1, 2, 3, 4, 5], families="discrete")).refused


def test_a_column_that_is_not_there_says_so():
    with pytest.raises(ValueError, match="column must be one of the data set's, got proof: try alcohol"):
        column(Fitting(column="proof"))


def test_a_long_column_is_thinned_under_the_seed():
    x = np.random.default_rng(1).normal(size=30_000)
    first, again, other = (column(*of(x, seed=seed)).values for seed in (1, 1, 2))
    assert len(first) == 20_000 and np.array_equal(first, again) and not np.array_equal(first, other)


def test_the_run_repeats_and_tests_only_the_leaders():
    spec = Fitting(Inline(), tested=2, bootstrap=19)
    found, again = finish(run(spec)), finish(run(spec))
    assert numbers(found) == numbers(again)
    assert [each.fitted.dist for each in found.tested()] == [each.fitted.dist for each in found.standings[:2]]
    assert all(rows.shape == (19, 3) for rows in found.drawn.values())
    best = found.standings[0].fitted
    assert best.ks_p == p_values(best, found.drawn[best.dist.title])["ks_p"]


def test_a_family_that_holds_the_best_one_is_not_told_apart_from_it():
    found = finish(rank(*of(Exponential(2.0).sample(stream(4), 500))))
    alike = {each.fitted.dist.title for each in found.standings if each.alike}
    assert {"Exponential", "Gamma", "Weibull"} <= alike and "Normal" not in alike
    assert failure(found).name == "Cannot tell apart at this n"


def test_far_families_are_told_apart_and_near_ones_only_with_many_values():
    truth, pair = StudentT(df=4), (Normal, StudentT)
    few, many = (standings(finish(fit(stream(1), truth.sample(stream(2), n), pair)), truth.sample(stream(2), n)) for n in (40, 4000))
    assert all(each.alike for each in few)
    assert [type(each.fitted.dist) for each in many if each.alike] == [StudentT]


def test_two_heaps_are_fitted_by_no_family_and_the_page_names_it():
    found = finish(run(Fitting(Bundled("iris"), "petal length (cm)", tested=2, bootstrap=39)))
    assert failure(found).name == "None of these families fits"


def test_data_beside_a_fitted_law_are_the_data():
    found = finish(rank(Fitting()))
    seen = beside(found, "Normal")
    assert isinstance(seen.spec.dist, Normal) and seen.mean == found.column.values.mean() and sorted(seen.first) == sorted(found.column.values)
    assert seen.counts.sum() + seen.below + seen.above == seen.n == 178


def test_vuong_s_statistic_is_that_of_its_paper():
    x = Gamma(2, 1).sample(stream(5), 300)
    first, second = standings(finish(fit(stream(1), x, (Gamma, Uniform))), x)
    gap = first.fitted.dist.log_prob(x) - second.fitted.dist.log_prob(x)
    charge = first.fitted.n_parameters - second.fitted.n_parameters
    assert second.vuong == pytest.approx((gap.sum() - charge) / (math.sqrt(300) * gap.std()))


# Does the truth come first? The table is made by `python -m tests.benchmarks ranking`


def test_the_truth_leads_wherever_it_can_be_told_apart():
    assert TABLE and all(each["nats"] >= 0.02 for each in TABLE)
    assert not [each for each in TABLE if each["leads"] < ENOUGH]


def _leads(each, seed, planted=False):
    classes = {law.__name__: law for law in LAWS}
    truth = classes[each["truth"]["type"]].from_dict(each["truth"])
    x = truth.sample(stream(seed, "suite", truth.key()), 1000)
    ranks = finish(fit(stream(1), x, [classes[name] for name in each["rivals"]]))
    names, sign = {each["truth"]["type"], *each["supersets"]}, -1 if planted else 1
    return min(sign * one.aic for one in ranks if type(one.dist).__name__ in names) <= min(sign * one.aic for one in ranks) + 2


def test_a_draw_of_each_setting_agrees_with_the_table_and_planted_a_ranking_upside_down_does_not():
    told = [each for each in TABLE if len(each["rivals"]) <= 12][:24]
    least = int(stats.binom.ppf(FALSE_ALARM, len(told), ENOUGH / 100))
    assert sum(_leads(each, 7) for each in told) >= least
    assert not all(_leads(each, 7, planted=True) for each in told)


def test_every_family_that_can_be_fitted_is_asked():
    assert set(FAMILIES["continuous"]) | set(FAMILIES["discrete"]) == set(LAWS)
