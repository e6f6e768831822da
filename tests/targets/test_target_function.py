"""A target made in code: guarded against nan, with differences where there is no gradient, and honest about what it does not know."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.targets import FAMILY, CorrelatedNormal, FunctionTarget


def rosenbrock(x):
    return -((1 - x[..., 0]) ** 2) - 5 * (x[..., 1] - x[..., 0] ** 2) ** 2


def slope(x):
    bent = x[..., 1] - x[..., 0] ** 2
    return np.stack([2 * (1 - x[..., 0]) + 20 * bent * x[..., 0], -10 * bent], axis=-1)


def test_it_holds_the_function_its_gradient_and_its_window():
    target = FunctionTarget(rosenbrock, 2, slope, [[-3, 3], [-2, 6]])
    x = np.random.default_rng(0).normal(size=(3, 4, 2))
    assert np.array_equal(target.log_prob(x), rosenbrock(x)) and np.array_equal(target.grad_log_prob(x), slope(x))
    assert (target.dim, target.differences, target.window.tolist()) == (2, False, [[-3, 3], [-2, 6]])
    assert FunctionTarget not in FAMILY and target == target and target != FunctionTarget(rosenbrock, 2) and len({target}) == 1


def test_without_a_gradient_it_takes_differences_and_says_so():
    target = FunctionTarget(rosenbrock, 2)
    x = np.random.default_rng(1).normal(size=(200, 2))
    assert target.differences and target.window.tolist() == [[-5, 5], [-5, 5]]
    assert np.abs(target.grad_log_prob(x) - slope(x)).max() < 1e-9


def test_in_many_dimensions():
    target = FunctionTarget(lambda x: -0.5 * (x**2).sum(axis=-1), 12)
    x = np.random.default_rng(2).normal(size=(5, 12))
    assert np.abs(target.grad_log_prob(x) + x).max() < 1e-11 and target.log_prob(x[0]) == pytest.approx(-0.5 * (x[0] ** 2).sum())


def test_nan_is_no_density():
    target = FunctionTarget(lambda x: np.log(x[..., 0]), 1)
    assert target.log_prob([[2.0], [-1.0], [math.nan], [math.inf]]).tolist() == [math.log(2), -math.inf, -math.inf, -math.inf]
    assert target.grad_log_prob([[2.0], [-1.0]]) == pytest.approx(np.array([[0.5], [0.0]]))


def test_it_says_what_it_does_not_know():
    target = FunctionTarget(CorrelatedNormal().log_prob, 2)
    assert math.isnan(target.log_mass()) and np.isnan(target.mean()).all() and np.isnan(target.covariance()).all() and target.notes() == ()
    with pytest.raises(ValueError, match="exact draws"):
        target.sample(np.random.default_rng(0), 3)


@pytest.mark.parametrize(
    ("dim", "window", "said"), [(0, None, "dim must"), (True, None, "dim must"), (2, [[0, 1]], "window must"), (1, [[1, 1]], "window must")]
)
def test_what_is_no_target_is_refused(dim, window, said):
    with pytest.raises(ValueError, match=f"^{said}"):
        FunctionTarget(rosenbrock, dim, window=window)
