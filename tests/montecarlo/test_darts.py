"""Darts against π: exact cells, honest intervals for every way to throw, and faults that are caught."""

import math
from functools import partial

import numpy as np
import pytest
from scipy import special

from core.montecarlo import throws as module
from core.montecarlo.darts import SIGMA, Darts
from core.montecarlo.intervals import share_error, student, wilson
from core.montecarlo.throws import GENERATORS, OUT, SETS, SIDE, SURE, hits, share, throw
from core.progress import finish
from core.rng import stream

FALSE_ALARM = 1e-5
ALARM = float(-special.ndtri(FALSE_ALARM / 2))


def thrown(n=1 << 14, generator="random", seed=1):
    return finish(Darts(n=n, generator=generator).run(seed))


# The fast count


def squared(x, y):
    """What `throw` compares: squares rounded to single precision, and their rounded sum."""
    return x.astype(np.float32) ** 2 + y.astype(np.float32) ** 2


def test_cells_called_sure_lie_wholly_inside_and_those_called_out_wholly_outside():
    y = np.repeat(np.arange(SIDE, dtype=np.int64), 13)
    edge = np.sqrt(np.maximum(SIDE**2 - y**2, 0)).astype(np.int64)
    for near in (0, -2, -3, -4, -5, -6):  # the cells around the circle, and around where the sure ones end
        x = np.clip(edge + near + np.tile(np.arange(-6, 7), SIDE), 0, SIDE - 1)
        radius = squared(x, y)
        assert np.all((x + 1) ** 2 + (y + 1) ** 2 <= SIDE**2, where=radius < SURE)
        assert np.all(x**2 + y**2 >= SIDE**2, where=radius >= OUT)


def test_a_bound_too_generous_by_three_cells_is_caught():
    y = np.arange(SIDE, dtype=np.int64)
    x = np.sqrt(SIDE**2 - y**2).astype(np.int64).clip(0, SIDE - 1)
    assert not np.all((x + 1) ** 2 + (y + 1) ** 2 <= SIDE**2, where=squared(x, y) < np.float32(2.0**32))


def test_few_cells_need_more_digits():
    """The ring between the bounds has a share of π/4 · (2^18 + 1024) / 2^32 < 1 / 20,000 of the square."""
    assert math.pi / 4 * (float(OUT) - float(SURE)) / 2.0**32 < 1 / 20_000


def test_the_middle_of_a_cell_misjudges_at_most_half_of_the_cells_on_the_circle():
    """The claim behind the bias of 2^-48, on grids small enough to count."""
    for bits in (4, 6, 8, 10, 12):
        side = 1 << bits
        middles = (np.arange(side) + 0.5) ** 2
        inside = int(np.searchsorted(middles, side**2 - middles, side="left").sum())
        assert abs(inside / side**2 - math.pi / 4) <= 1 / side


def test_the_share_of_67_million_darts_is_right_and_every_digit_is_used():
    n = 1 << 26
    found = hits(stream(3, "bias"), n) / n
    assert abs(found - math.pi / 4) < ALARM * SIGMA / 4 / math.sqrt(n)
    x, y, inside = throw(stream(3, "digits"), 1 << 20)
    assert abs(np.corrcoef(x, y)[0, 1]) < ALARM / 1024
    for bit in range(16):
        for each in (x, y):
            assert abs(np.mean((each >> bit) & 1) - 0.5) < ALARM * 0.5 / 1024
    assert np.mean(inside != ((x + 0.5) ** 2 + (y + 0.5) ** 2 < SIDE**2)) < 1e-4


def test_a_coordinate_taken_for_both_is_caught():
    x, _, _ = throw(stream(3, "digits"), 1 << 20)
    assert abs(np.mean(2 * (x / SIDE) ** 2 < 1) - math.pi / 4) > ALARM * SIGMA / 4 / 1024


@pytest.mark.parametrize("n", [1, 2, 3, 65_535, 65_537])
def test_any_number_of_darts_can_be_thrown(n):
    assert sum(map(len, throw(stream(1, "odd"), n))) == 3 * n and 0 <= hits(stream(1, "odd"), n) <= n


# Estimates and their errors


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_estimate_lies_within_4_standard_errors_for_20_seeds(generator):
    """At most 20 times in 16,000 by chance for z; Student's law with 15 degrees of freedom for the scramblings."""
    far = 4 if generator in ("random", "stratified", "antithetic") else 4 * student(SETS - 1) / 1.96
    assert all(abs(thrown(generator=generator, seed=seed).found().z) < far for seed in range(20))


def covered(generator, seeds, narrower=1.0):
    found = [thrown(1 << 12, generator, seed).found() for seed in range(seeds)]
    return float(np.mean([abs(each.value - math.pi) <= narrower * (each.high - each.low) / 2 for each in found]))


@pytest.mark.parametrize("generator", GENERATORS)
def test_95_percent_of_the_intervals_hold(generator):
    """400 of them: 93 to 97 % is what is promised, and chance adds at FALSE_ALARM."""
    slack = ALARM * math.sqrt(0.95 * 0.05 / 400)
    assert 0.93 - slack < covered(generator, 400) < 0.97 + slack


@pytest.mark.parametrize("generator", GENERATORS)
def test_intervals_half_as_wide_are_caught(generator):
    assert covered(generator, 400, 0.5) < 0.93 - ALARM * math.sqrt(0.95 * 0.05 / 400)


def test_the_formula_of_random_darts_would_be_far_too_wide_for_sobol_points():
    found = thrown(1 << 16, "sobol").found()
    assert found.standard_error < 0.25 * SIGMA / 256


def test_no_standard_error_is_ever_0():
    for generator in GENERATORS:
        for n in (1, 2, 5, 16, 40, 100):
            for seed in range(8):
                result = thrown(n, generator, seed)
                assert np.all(result.errors()[1] > 0), (generator, n, seed)
    assert share_error(0, 100) > 0 and share_error(100, 100) > 0


def test_wilson_is_the_interval_of_the_score_test():
    """Its ends are the shares p0 that a two-sided test at 5 % just refuses: |p - p0| = 1.96 √(p0 (1 - p0)/n)."""
    for hits_, n in ((0, 10), (3, 10), (10, 10), (785, 1000)):
        for end in wilson(hits_, n):
            if 0 < end < 1:
                assert abs(hits_ / n - end) == pytest.approx(float(special.ndtri(0.975)) * math.sqrt(end * (1 - end) / n), rel=1e-9)
    assert wilson(0, 10)[1] == pytest.approx(0.277532, abs=1e-6) and wilson(0, 10)[0] == 0


def test_the_variance_of_mirrored_pairs_is_that_of_the_formula():
    """A pair misses once with probability q = 2 - π/2, so the variance of the estimate is 8 q (1 - q) / n."""
    q, n = 2 - math.pi / 2, 1 << 16
    assert thrown(n, "antithetic").found().standard_error == pytest.approx(math.sqrt(8 * q * (1 - q) / n), rel=0.02)


def test_a_mirrored_pair_never_misses_twice():
    tallies = thrown(1 << 16, "antithetic").tallies
    assert np.all(tallies[:, 0] == 0)


def test_every_cell_gets_two_darts():
    for volley in module.THROWN["stratified"](partial(stream, 1), 2 * 20 * 30):
        cells = np.floor(volley.x * 24).astype(int) + 24 * np.floor(volley.y * 25).astype(int)
        assert np.array_equal(np.sort(cells[:, 0]), np.arange(600)) and np.array_equal(cells[:, 0], cells[:, 1])


@pytest.mark.parametrize("generator", GENERATORS)
def test_tallies_are_those_of_the_darts(generator):
    n = 200_000
    result = thrown(n, generator, 4)
    inside = np.concatenate([volley.inside for volley in module.THROWN[generator](partial(stream, 4), result.spec.used())])
    each = inside.shape[1]
    for stop, value in zip(result.stops[::40], result.errors()[0][::40], strict=True):
        assert value == pytest.approx(4 * inside[: stop // each].mean(), abs=1e-12)
    assert result.stops[-1] == result.spec.used()


@pytest.mark.parametrize("generator", GENERATORS)
def test_reports_on_the_way_are_whole_results(generator):
    reports = list(Darts(n=300_000, generator=generator).run(2))
    assert [each.done for each in reports][-1] == reports[-1].total
    for each in reports:
        assert each.result.stops[-1] == each.done and len(each.result.stops) == len(each.result.tallies)
        assert math.isfinite(each.result.found().z) and np.all(np.diff(each.result.stops) > 0)


def test_a_share_of_one_run_is_that_of_its_points():
    source = partial(stream, 9)
    assert share("random", source, 5000) == hits(stream(9, "darts"), 5000) / 5000
    x, y = module.sobol(stream(9, "darts"), 5000)
    assert share("sobol", source, 5000) == np.mean(x * x + y * y < 1)


def test_the_same_seed_gives_the_same_bits_and_another_does_not():
    for generator in GENERATORS:
        assert repr(thrown(generator=generator).numbers()) == repr(thrown(generator=generator).numbers())
        assert thrown(generator=generator, seed=2).found() != thrown(generator=generator).found()
