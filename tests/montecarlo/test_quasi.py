"""Sobol and Halton points: the sequences that the books print, balance after scrambling, and no bias."""

import math

import numpy as np
import pytest
from scipy import special
from scipy.stats import kstest, qmc

from core.montecarlo import quasi
from core.montecarlo.quasi import halton, sobol
from core.rng import stream

ALARM = 1e-5


def boxes(points, across, up):
    """How many of the points lie in each box of a grid."""
    place = np.floor(points[0] * across).astype(int) * up + np.floor(points[1] * up).astype(int)
    return np.bincount(place, minlength=across * up)


def test_without_scrambling_the_points_are_those_of_joe_and_kuo():
    """SciPy walks through each block of 2^m in Gray's order, which holds the same points."""
    n = 1 << 12
    mine = np.array([quasi._from_digits(directions, np.uint64(0), n) for directions in quasi._directions()]) - 2.0**-33
    theirs = qmc.Sobol(3, scramble=False).random(n).T
    for m in range(13):
        block = slice(0, 1 << m)
        assert np.array_equal(mine[:, block][:, np.lexsort(mine[:, block])], theirs[:, block][:, np.lexsort(theirs[:, block])])


@pytest.mark.parametrize("m", [1, 4, 7, 10, 14])
def test_every_dyadic_box_holds_one_scrambled_sobol_point(m):
    for seed in range(5):
        points = sobol(stream(seed, "net"), 1 << m)
        for i in range(m + 1):
            assert np.all(boxes(points, 1 << i, 1 << (m - i)) == 1)


def test_a_direction_taken_twice_is_caught(monkeypatch):
    first, second, third = quasi._directions()
    second[3] = second[2]
    monkeypatch.setattr(quasi, "_directions", lambda: (first, second, third))
    points = sobol(stream(0, "net"), 1 << 10)
    assert any(np.any(boxes(points, 1 << i, 1 << (10 - i)) != 1) for i in range(11))


def test_every_box_of_powers_of_2_and_3_holds_one_scrambled_halton_point():
    for seed in range(5):
        assert np.all(boxes(halton(stream(seed, "net"), 8 * 27), 8, 27) == 1)


def test_without_scrambling_halton_points_are_the_mirrored_numbers():
    class Straight:
        def permutation(self, base):
            return np.arange(base)

    theirs = qmc.Halton(2, scramble=False).random(500).T
    assert np.allclose(halton(Straight(), 500), theirs, atol=1e-12)


@pytest.mark.parametrize("points", [sobol, halton], ids=["sobol", "halton"])
def test_each_point_is_uniform_over_the_scramblings(points):
    """Kolmogorov's test at FALSE_ALARM of single points, over 4,000 scramblings, in both coordinates and in their place within a cell."""
    drawn = np.array([points(stream(seed, "uniform"), 6) for seed in range(4000)])  # (seeds, 2, 6)
    for place in (0, 1, 5):
        for axis in range(2):
            assert kstest(drawn[:, axis, place], "uniform").pvalue > ALARM / 12
            assert kstest(drawn[:, axis, place] * 1024 % 1, "uniform").pvalue > ALARM / 12


def test_points_that_are_not_shifted_are_caught():
    drawn = np.array([quasi._from_digits(quasi._scrambled(stream(seed, "uniform"), quasi._directions()[1]), np.uint64(0), 6) for seed in range(400)])
    assert kstest(drawn[:, 0], "uniform").pvalue < ALARM


@pytest.mark.parametrize("points", [sobol, halton], ids=["sobol", "halton"])
def test_the_mean_of_a_smooth_function_has_no_bias_and_hardly_an_error(points):
    """exp(x + y) over the square is (e - 1)²; random points would err by 0.8 / √1,024 = 0.025."""
    means = np.array([np.exp(points(stream(seed, "smooth"), 1024).sum(axis=0)).mean() for seed in range(200)])
    truth = (math.e - 1) ** 2
    assert abs(means.mean() - truth) < -special.ndtri(ALARM / 2) * means.std(ddof=1) / math.sqrt(200)
    assert means.std(ddof=1) < 0.025 / 10


@pytest.mark.parametrize("points", [sobol, halton], ids=["sobol", "halton"])
@pytest.mark.parametrize("n", [1, 2, 3, 100, 1025])
def test_any_number_of_points_and_all_inside_the_square(points, n):
    drawn = points(stream(1, "any"), n)
    assert drawn.shape == (2, n) and drawn.min() >= 0 and drawn.max() < 1
    assert np.array_equal(points(stream(1, "any"), n + 7)[:, :n], drawn)
