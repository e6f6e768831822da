"""Every family against a table made with 60 digits, at random and extreme settings (see make_reference*.py).

A case is right when its relative error is at most 1e-10, beyond what the rounding of its inputs explains.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from core.distributions import FAMILY

TABLE = {}
for path in sorted(Path(__file__).parent.glob("reference*.json")):
    TABLE |= json.loads(path.read_text())
NUMBERS = ("mean", "variance", "skewness", "excess_kurtosis", "entropy")
RIGHT, TOLERABLE, SHARE = 1e-10, 1e-6, 0.95


def error(got, want, slack):
    """Return the relative error (absolute at 0) that the slack of the inputs does not explain; inf where only one is finite."""
    want = float(want)
    if not math.isfinite(want):
        return 0.0 if got == want else math.inf
    if not math.isfinite(got):
        return math.inf
    excess = max(0.0, abs(got - want) - slack)
    return excess / (abs(want) or 1.0)


def cases(family):
    """Yield (quantity, setting, place, error) for all the family's cases."""
    for row in TABLE[family.__name__]:
        spec = family.from_dict(row["spec"])
        for name, entry in zip(NUMBERS, row["numbers"], strict=True):
            if entry is not None:
                yield name, spec, None, error(getattr(spec, name)(), *entry)
        for name in ("log_prob", "log_cdf", "log_sf"):
            points = [point for point in row["points"] if name in point]
            got = getattr(spec, name)(np.array([point["x"] for point in points]))
            for point, value in zip(points, got, strict=True):
                yield name, spec, point["x"], error(value, *point[name])
        points = [point["quantile"] for point in row["points"] if "quantile" in point]
        for (q, x, slack), value in zip(points, spec.quantile(np.array([point[0] for point in points])), strict=True):
            yield "quantile", spec, q, error(value, x, slack)


def test_the_table_has_every_family_and_is_large():
    assert set(TABLE) == {family.__name__ for family in FAMILY}
    assert all(len(list(cases(family))) >= 50 for family in FAMILY)


@pytest.mark.parametrize("family", FAMILY)
def test_family_agrees_with_the_table(family):
    found = list(cases(family))
    wrong = sorted((case for case in found if not case[-1] <= RIGHT), key=lambda case: -case[-1])
    assert len(wrong) <= (1 - SHARE) * len(found), f"{len(wrong)} of {len(found)} cases are off by more than {RIGHT}: {wrong[:5]}"
    assert not [case for case in wrong if not case[-1] <= TOLERABLE], f"worst: {wrong[:5]}"


def test_a_wrong_digit_is_noticed():
    assert error(1 + 2e-10, 1.0, 0.0) > RIGHT
    assert error(math.nan, 1.0, 0.0) > TOLERABLE
    assert error(math.inf, 1.0, 1.0) > TOLERABLE
    assert error(1.0, "inf", 0.0) > TOLERABLE
    assert error(1 + 1e-9, 1.0, 2e-9) == 0
