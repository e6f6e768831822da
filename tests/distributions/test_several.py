"""Draws of several numbers: the estimates are those of all rows, what fails is named, files read back to the same bits."""

import io
import json
import math

import numpy as np
import pyarrow.csv
import pyarrow.parquet
import pytest

from core.distributions.explore import KEPT
from core.distributions.files import MOST_JSON
from core.distributions.multivariate import MULTIVARIATE, BivariateNormal, BivariateT, Dirichlet, Multinomial, Wishart, files
from core.distributions.multivariate.several import BLOCK, Several, blocks, failure, numbers, run
from core.distributions.multivariate.words import moments_tex
from core.distributions.words import tex
from core.presets.multivariate import PRESETS
from core.progress import finish


@pytest.mark.parametrize("law", [cls() for cls in MULTIVARIATE], ids=repr)
@pytest.mark.parametrize("n", [2, 999, 2 * BLOCK + 17])
def test_the_estimates_are_those_of_all_rows(law, n):
    spec = Several(law, n=n, seed=5)
    *_, last = run(spec)
    x, rows = np.concatenate(list(blocks(spec))), last.result
    assert (last.done, last.total, rows.n) == (n, n, n) and x.shape == (n, law.dim)
    assert np.array_equal(rows.first, x[:KEPT])
    assert rows.mean == pytest.approx(x.mean(axis=0), rel=1e-11, abs=1e-12)
    assert rows.covariance == pytest.approx(np.cov(x.T), rel=1e-9, abs=1e-12)
    found = {each.name: each for each in rows.estimates()}
    assert len(found) == law.dim + law.dim * (law.dim + 1) // 2
    first, second = law.columns[:2]
    covariance = found[f"covariance of {first} and {second}"]
    assert covariance.value == rows.covariance[0, 1] and covariance.truth == law.covariance()[0, 1]
    assert found[f"variance of {second}"].standard_error == law.covariance_errors(n)[1, 1]
    assert found[f"mean of {first}"].z == pytest.approx((rows.mean[0] - law.mean()[0]) / law.mean_errors(n)[0])


def test_every_report_is_of_the_rows_so_far():
    reports = list(run(Several(n=3 * BLOCK, seed=2)))
    x = np.concatenate(list(blocks(Several(n=3 * BLOCK, seed=2))))
    assert [each.done for each in reports] == [BLOCK, 2 * BLOCK, 3 * BLOCK]
    for each in reports:
        assert each.result.mean == pytest.approx(x[: each.done].mean(axis=0), rel=1e-10)
    assert [n for n, _, _ in reports[-1].result.history] == [BLOCK, 2 * BLOCK, 3 * BLOCK]


@pytest.mark.parametrize("law", [cls() for cls in MULTIVARIATE], ids=repr)
def test_the_same_spec_gives_the_same_bits_and_another_seed_does_not(law):
    one, same, other = (numbers(finish(run(Several(law, n=300, seed=seed)))) for seed in (1, 1, 2))
    assert repr(one) == repr(same) != repr(other)
    assert len(one) == 4 * (law.dim + law.dim * (law.dim + 1) // 2)


def test_numbers_of_a_law_without_moments_are_undefined_not_wrong():
    shown = numbers(finish(run(Several(BivariateT(df=1.0), n=1000))))
    assert math.isnan(shown["exact mean of x"]) and math.isnan(shown["z of the mean of x"]) and math.isfinite(shown["sample mean of x"])
    shown = numbers(finish(run(Several(BivariateT(df=1.5), n=1000))))
    assert shown["exact variance of x"] == math.inf == shown["standard error of the mean of x"] and math.isnan(shown["exact covariance of x and y"])


@pytest.mark.parametrize(
    "spec, name",
    [
        (Several(BivariateT(df=1.0)), "No mean"),
        (Several(BivariateT(df=2.0)), "Infinite covariance"),
        (Several(BivariateT(df=4.0)), "Infinite fourth moments"),
        (Several(BivariateT(df=4.5)), None),
        (Several(BivariateNormal(rho=0.9999)), "Singular correlation"),
        (Several(BivariateT(df=5.0, rho=-0.9999)), "Singular correlation"),
        (Several(BivariateNormal(rho=0.99)), None),
        (Several(Dirichlet(a=0.9, b=2.0, c=2.0)), "Infinite density at the edge"),
        (Several(Dirichlet(a=1.0, b=1.0, c=1.0)), None),
        (Several(Dirichlet(a=1.0, b=5000.0, c=5000.0), n=20), "Too few draws for this tail"),
        (Several(Wishart(df=2.9)), "Needles"),
        (Several(Wishart(df=3.0)), None),
        (Several(Multinomial()), None),
        (Several(Multinomial(n=1, weight_a=1e-4), n=1000), "Too few draws for this tail"),
    ],
    ids=repr,
)
def test_what_fails_is_named(spec, name):
    trouble = failure(spec)
    assert (trouble.name if trouble else None) == name
    assert trouble is None or (trouble.why.endswith(".") and trouble.cure.endswith("."))


def test_presets_fail_where_they_say_so():
    assert len(PRESETS) >= 4 and sum(bool(preset.fails) for preset in PRESETS) >= 2
    for preset in PRESETS:
        assert bool(preset.fails) == bool(failure(preset.spec)), preset.name
        law = type(preset.spec.law).__name__
        assert all(key == f"hand.{law}" and value in preset.spec.law.leaves() for key, value in preset.view)
        assert Several.from_query(preset.spec.to_query()) == (preset.spec, [])


@pytest.mark.parametrize("law", [cls() for cls in MULTIVARIATE], ids=repr)
def test_files_read_back_to_the_same_bits(law):
    spec = Several(law, n=333, seed=4)
    rows = finish(run(spec)).first
    names = list(law.columns)
    csv = pyarrow.csv.read_csv(io.BytesIO(files.to_csv(spec))).to_pandas()
    parquet = pyarrow.parquet.read_table(io.BytesIO(files.to_parquet(spec)))
    made = json.loads(files.to_json(spec))
    assert list(csv.columns) == names == parquet.column_names == made["columns"]
    assert np.array_equal(csv.to_numpy(), rows) and np.array_equal(parquet.to_pandas().to_numpy(), rows)
    assert np.array_equal(np.column_stack([made["rows"][name] for name in names]), rows)
    recipe = json.loads(parquet.schema.metadata[b"ulam"])
    assert Several.from_dict(recipe["spec"]) == spec == Several.from_dict(made["spec"])
    assert (csv.dtypes == (np.int64 if law.discrete else np.float64)).all()


def test_a_file_too_large_for_json_gets_a_sentence():
    with pytest.raises(ValueError, match=f"JSON holds at most {MOST_JSON} values, got 1000002: try CSV or Parquet"):
        files.to_json(Several(n=500_001))


@pytest.mark.parametrize("law", [cls() for cls in MULTIVARIATE] + [BivariateT(df=1.5, rho=-0.5), BivariateNormal(sigma_x=1e-7)], ids=repr)
def test_formulas_are_filled(law):
    for numbers_in in (False, True):
        text = tex(law, law.density, numbers=numbers_in)
        assert "<" not in text and text.count("{") == text.count("}") and text.count(r"\left") == text.count(r"\right")
    moments = moments_tex(law)
    assert moments.count("&") == law.dim * (law.dim - 1) and moments.count("{") == moments.count("}")
    assert (r"\infty" in moments) == bool(np.isinf(law.covariance()).any()) and (r"\text{undefined}" in moments) == bool(np.isnan(law.covariance()).any())
