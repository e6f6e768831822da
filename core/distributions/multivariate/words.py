"""A law of several numbers in TeX: its mean and covariance with the current numbers."""

from __future__ import annotations

from core.distributions.multivariate.base import Multivariate
from core.distributions.words import number_tex


def moments_tex(law: Multivariate) -> str:
    """Return the exact mean vector and covariance matrix."""
    mean = r",\;".join(_entry(float(value)) for value in law.mean())
    rows = r"\\ ".join(" & ".join(_entry(float(value)) for value in row) for row in law.covariance())
    return rf"\begin{{gathered}}\operatorname{{E}}X=\left({mean}\right)\\[4pt]\operatorname{{Cov}}X=\begin{{pmatrix}}{rows}\end{{pmatrix}}\end{{gathered}}"


def _entry(value: float) -> str:
    """Write a number without the brackets that it would need in a product."""
    return number_tex(value).removeprefix(r"\left(").removesuffix(r"\right)")
