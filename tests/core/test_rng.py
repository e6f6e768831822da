"""Streams are named, independent and stable."""

import numpy as np
import pytest

from core.progress import Progress, finish
from core.rng import stream


def test_a_stream_is_stable_across_versions_of_ours():
    assert stream(7, "samples").integers(0, 2**32, 3).tolist() == [1065397647, 448029511, 602387701]


def test_names_and_seeds_make_different_streams():
    first = {tuple(stream(seed, *names).random(4)) for seed in (0, 1) for names in ((), ("a",), ("b",), ("a", "b"))}
    assert len(first) == 8


def test_streams_of_one_seed_do_not_correlate():
    draws = np.array([stream(3, f"block {i}").standard_normal(20_000) for i in range(8)])
    off = np.corrcoef(draws)[np.triu_indices(8, 1)]
    assert np.abs(off).max() < 4.5 / np.sqrt(20_000)  # 28 pairs, false alarm about 2e-4


def test_a_negative_seed_gets_a_sentence():
    with pytest.raises(ValueError, match="seed must be 0 or more, got -1: try 0"):
        stream(-1)


def test_finish_returns_the_last_result():
    assert finish(Progress(i, 3, i * i) for i in range(1, 4)) == 9
    with pytest.raises(ValueError, match="without a report"):
        finish(iter(()))
