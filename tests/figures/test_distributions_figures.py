"""Every still builds from a tiny result, has labels and words, and shows what the engine computed."""

import re

import numpy as np
import pytest

from core.distributions import FAMILY, Normal
from core.distributions.explore import Explore, run
from core.figures import distributions as figures
from core.progress import finish

STILLS = [
    (figures.histogram, figures.histogram_words, figures.histogram_rows),
    (figures.ecdf, figures.ecdf_words, figures.ecdf_rows),
    (figures.qq, figures.qq_words, figures.qq_rows),
]


@pytest.mark.parametrize("draw, words, rows", STILLS, ids=["histogram", "ecdf", "qq"])
@pytest.mark.parametrize("law", FAMILY, ids=lambda cls: cls.__name__)
def test_every_still_builds_for_every_family(draw, words, rows, law):
    spec = Explore(law(), n=200, seed=2)
    draws = finish(run(spec))
    figure = draw(spec, draws)
    assert figure.layout.xaxis.title.text and figure.layout.yaxis.title.text
    assert all(trace.x is None or len(trace.x) <= 5000 for trace in figure.data)
    assert len(words(draws)) > 40 and "nan" not in words(draws)
    assert len(rows(draws)) >= 1
    assert figure.to_json() and draw(spec, draws, dark=True).layout.paper_bgcolor != figure.layout.paper_bgcolor


def test_the_histogram_counts_every_sample_once():
    spec = Explore(Normal(), n=100_000)
    draws = finish(run(spec))
    rows = figures.histogram_rows(draws)
    assert rows["count"].sum() + draws.below + draws.above == spec.n
    assert np.allclose(rows["density"] * (rows["high"] - rows["low"]) * spec.n, rows["count"])


def test_the_ecdf_gap_is_the_kolmogorov_distance_and_stays_in_its_band_95_percent_of_the_time():
    outside = 0
    for seed in range(200):
        draws = finish(run(Explore(Normal(), n=300, seed=seed)))
        x = np.sort(draws.first)
        exact = max(np.max(np.arange(1, 301) / 300 - Normal().cdf(x)), np.max(Normal().cdf(x) - np.arange(300) / 300))
        said = figures.ecdf_words(draws)
        assert float(re.search(r"exact CDF is ([\d.e-]+),", said).group(1)) == pytest.approx(exact, rel=5e-3)
        outside += "outside" in said
    assert outside <= 22  # binomial(200, 0.05): false alarm about 1e-4


def test_qq_ranges_hold_95_percent_of_the_points():
    inside = []
    for seed in range(100):
        rows = figures.qq_rows(finish(run(Explore(Normal(), n=300, seed=seed))))
        inside.append(np.mean((rows["sample"] >= rows["low"]) & (rows["sample"] <= rows["high"])))
    assert abs(np.mean(inside) - 0.95) < 0.03
    rows = figures.qq_rows(finish(run(Explore(Normal(), n=300))))
    assert np.mean(1.5 * rows["sample"] + 0.3 > rows["high"]) > 0.2  # a planted fault
