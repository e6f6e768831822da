"""Random numbers: one seed gives any number of named, independent streams."""

import zlib

import numpy as np


def stream(seed: int, *names: str) -> np.random.Generator:
    """Return the generator that belongs to a seed and a name, always the same one.

    Streams of different names are independent, so that a page which draws one thing more
    leaves every other number as it was.

    Args:
        seed: a whole number, 0 or more.
        names: what the stream is for, for example ``stream(7, "samples", "block 3")``.

    Raises:
        ValueError: when the seed is negative.

    Reference:
        NumPy's SeedSequence, https://numpy.org/doc/stable/reference/random/bit_generators/
    """
    if seed < 0:
        raise ValueError(f"seed must be 0 or more, got {seed}: try 0")
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=tuple(zlib.crc32(name.encode()) for name in names)))
