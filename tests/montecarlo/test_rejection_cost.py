"""What rejection costs in d dimensions, against exact shares."""

import math

import numpy as np
import pytest
from mpmath import mp, mpf
from scipy import special, stats

from core.montecarlo.ball import DIMENSIONS
from core.montecarlo.rejection import failure, numbers, run
from core.montecarlo.rejection_cost import Cost
from core.progress import finish

FALSE_ALARM = 1e-5
ALARM = float(-special.ndtri(FALSE_ALARM / 2))


def done(spec):
    return finish(run(spec))


def test_the_exact_shares_are_those_of_mpmath():
    with mp.workdps(40):
        for place, d in enumerate(DIMENSIONS.tolist()):
            ball = mp.pi ** (mpf(d) / 2) / mp.gamma(mpf(d) / 2 + 1) / mpf(2) ** d
            assert Cost("ball").exact()[place] == pytest.approx(float(ball), rel=1e-13)
            assert Cost(wider=1.3).exact()[place] == pytest.approx(float(mpf(1.3) ** -d), rel=1e-13)


@pytest.mark.parametrize("spec", [Cost("ball", n=300_000), Cost(wider=1.1, n=300_000), Cost(wider=1.7, n=300_000)], ids=repr)
def test_the_share_kept_is_the_exact_one_in_every_dimension(spec):
    result = done(spec)
    share, exact = result.shares()[0], result.exact()
    assert np.all(np.abs(share - exact) < ALARM * np.sqrt(exact * (1 - exact) / spec.n) + 20 / spec.n * (exact * spec.n < 30))
    wrong = np.roll(exact, 1)[1:8]  # of one dimension less
    assert np.all(np.abs(share[1:8] - wrong) > ALARM * np.sqrt(wrong * (1 - wrong) / spec.n))


def test_what_is_kept_lies_where_the_target_does():
    """Distances of the kept from the centre follow chi's law; those of all darts do not."""
    result = done(Cost(wider=1.2, n=200_000))
    edges = np.linspace(0, result.spec.reach(), result.shells.shape[2] + 1)
    for place in (0, 8, 18):
        all_, kept = result.shells[:, place]
        for counts, fits in ((kept, True), (all_, False)):
            p = np.diff(stats.chi(DIMENSIONS[place]).cdf(edges))
            p[-1] += stats.chi(DIMENSIONS[place]).sf(edges[-1])
            used = p * counts.sum() > 5
            rest = [max(1e-9, p[~used].sum() * counts.sum())]
            chi2 = np.sum((counts[used] - p[used] * counts.sum()) ** 2 / (p[used] * counts.sum())) + (counts[~used].sum() - rest[0]) ** 2 / max(rest[0], 1)
            assert (stats.chi2.sf(chi2, used.sum()) > FALSE_ALARM) == fits


def test_without_a_draw_the_error_is_not_nothing():
    found = done(Cost("ball", n=1000)).found()
    assert found.value == 0 < found.standard_error and found.low == 0 and found.high == pytest.approx(3.8415 / 1003.8415, rel=1e-4)
    assert failure(done(Cost("ball", n=1000))).name == "Rejection dies of the dimension" and failure(done(Cost(d=3))) is None
    assert numbers(done(Cost("ball", n=1000)))["darts for one draw"] == math.inf


def test_reports_add_up_and_a_row_stands_for_a_dimension():
    reports = list(run(Cost(n=40_000)))
    assert [each.done for each in reports] == [16384, 32768, 40_000] and reports[-1].result.shells[0].sum(axis=1).tolist() == [40_000] * 19
    rows = reports[-1].result.rows()
    assert rows["d"].tolist() == list(range(2, 21)) and np.all((rows["low"] <= rows["acceptance"]) & (rows["acceptance"] <= rows["high"]))
    assert np.all(np.diff(rows["accepted"]) < 0)
