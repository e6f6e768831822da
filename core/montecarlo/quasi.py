"""Points that fill the square evenly instead of at random: Sobol and Halton, scrambled so that their error can be measured."""

from __future__ import annotations

import numpy as np

Array = np.ndarray
BITS = 32
MOST = 1 << 24  # points


def sobol(rng: np.random.Generator, n: int, d: int = 2) -> Array:
    """Return the first n points of a scrambled Sobol sequence in the unit square, or in the unit cube of d = 1 to 3 dimensions: (d, n).

    Any 2^m first points hold exactly one point in each of the 2^m boxes of every dyadic grid. The scrambling multiplies the digits by a
    random lower triangular matrix and shifts them at random (Matousek 1998, as in SciPy): every point is then uniform, the mean of any
    integrand unbiased, and the balance stays. Each point lies in the middle of its cell of 2⁻³².
    The first dimension is van der Corput's, the second Pascal's triangle modulo 2 (Sobol 1967), the third of the polynomial x² + x + 1
    (Joe and Kuo 2008). https://doi.org/10.1006/jcom.1998.0487, https://doi.org/10.1137/070709359
    """
    return np.array([_from_digits(_scrambled(rng, directions), rng.integers(0, 1 << BITS, dtype=np.uint64), n) for directions in _directions()[:d]])


def _directions() -> tuple[Array, Array, Array]:
    """Return what each binary digit of a point's number adds, without carry, to its 32 digits: three of (32,)."""
    first = np.uint64(1) << np.arange(BITS - 1, -1, -1, dtype=np.uint64)
    second, third = first.copy(), first.copy()
    third[1] |= first[0]  # 1 and 3 begin the third
    for k in range(1, BITS):
        second[k] = second[k - 1] ^ (second[k - 1] >> np.uint64(1))
        if k > 1:
            third[k] = third[k - 1] ^ third[k - 2] ^ (third[k - 2] >> np.uint64(2))
    return first, second, third


def _scrambled(rng: np.random.Generator, directions: Array) -> Array:
    """Return directions with their digits mixed: each digit keeps itself and takes up a random choice of the leading ones."""
    place = np.arange(BITS, dtype=np.uint64)  # of a digit, counted from the leading one
    shift = np.uint64(BITS - 1) - place
    above = np.uint64((1 << BITS) - 1) ^ ((np.uint64(2) << shift) - np.uint64(1))
    rows = (rng.integers(0, 1 << BITS, BITS, dtype=np.uint64) & above) | (np.uint64(1) << shift)
    odd = np.bitwise_count(rows[:, None] & directions).astype(np.uint64) & np.uint64(1)  # (digits, directions)
    return np.bitwise_or.reduce(odd << shift[:, None], axis=0)


def _from_digits(directions: Array, shift: np.uint64, n: int) -> Array:
    """Return n coordinates: twice as many at a time, each the old ones with one more direction added without carry."""
    digits = np.empty(n, np.uint32)
    digits[:1], made = shift, 1
    for direction in directions.astype(np.uint32):
        if made >= n:
            break
        more = min(made, n - made)
        np.bitwise_xor(digits[:more], direction, out=digits[made : made + more])
        made += more
    return (digits + 0.5) * 2.0**-BITS


def halton(rng: np.random.Generator, n: int, d: int = 2) -> Array:
    """Return the first n points of a scrambled Halton sequence in the unit square, or in the unit cube of d = 1 to 3 dimensions: (d, n).

    The number of a point, written in base 2, 3 and 5, is mirrored at the point; each digit is permuted at random, so that every
    point is uniform (Owen 2017). https://arxiv.org/abs/1706.02808
    """
    return np.array([_mirrored(rng, base, n) for base in (2, 3, 5)[:d]])


def _mirrored(rng: np.random.Generator, base: int, n: int) -> Array:
    places = np.zeros(1)
    scale, tail = 1.0, 0.0
    while scale > 2.0**-53:
        scale /= base
        permuted = rng.permutation(base) * scale
        if len(places) < n:
            places = (permuted[:, None] + places).ravel()[:n]
        else:
            tail += permuted[0]  # of numbers this small all further digits are 0
    return np.clip(places + tail, 0.0, np.nextafter(1.0, 0.0))
