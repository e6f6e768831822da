"""The formulas of rejection sampling, with the current numbers beside the symbols."""

from __future__ import annotations

from core.distributions.words import number_tex
from core.montecarlo.rejection import Result
from core.montecarlo.rejection_cost import Costs
from core.montecarlo.rejection_drawn import Drawn, size

RULE = r"\text{keep } x \sim g \text{ when } u\,M\,g(x) \le f(x)"
HULL = r"\log f(x) \le h(x) = \min_i\,\bigl(\log f(x_i) + (x - x_i)\,(\log f)'(x_i)\bigr)"


def tex(result: Result) -> list[str]:
    """Return the formulas of a result as lines of TeX, with its numbers."""
    return _cost(result) if isinstance(result, Costs) else [HULL if result.hulls else RULE, _share(result), _estimate(result)]


def _share(result: Drawn) -> str:
    """Return the acceptance: Z / M, or the integral of min(f, M g) over M where the envelope is pierced."""
    lid, kept = (number_tex(size(each)) for each in (result.log_m, result.cut.kept))
    if result.hulls:
        mean = number_tex(result.acceptance().truth)
        return rf"P(\text{{keep}}) = Z \Big/ \int e^{{h}}, \quad \text{{at the end }} \frac{{{kept}}}{{{lid}}},\ \text{{on average }} {mean}"
    above = r"\int \min(f, M g)" if result.cut.pierced else "Z"
    return rf"P(\text{{keep}}) = \frac{{{above}}}{{M}} = \frac{{{kept}}}{{{lid}}} = {number_tex(result.acceptance().truth)}"


def _estimate(result: Drawn) -> str:
    found, k, n = result.found(), int(result.hits[-1]), int(result.stops[-1])
    value = f"{number_tex(found.value)} \\pm {number_tex(found.standard_error)}"
    if result.spec.what == "mass":
        weight = (
            r"\frac{1}{n}\sum_{\text{kept}} \int e^{h}" if result.hulls else rf"M\,\frac{{k}}{{n}} = {number_tex(size(result.log_m))} \cdot \frac{{{k}}}{{{n}}}"
        )
        return rf"\hat Z = {weight} = {value}"
    power = "^2" if result.spec.what == "square" else ""
    return rf"\frac{{1}}{{k}} \sum_{{\text{{kept}}}} x_i{power} = {value}, \quad k = {k}"


def _cost(result: Costs) -> list[str]:
    spec, exact = result.spec, number_tex(result.found().truth)
    if spec.shape == "gaussian":
        return [rf"M = s^d, \quad P(\text{{keep}}) = s^{{-d}} = {spec.wider:g}^{{-{spec.d}}} = {exact}"]
    return [rf"P(\text{{keep}}) = \frac{{\pi^{{d/2}}}}{{\Gamma(d/2 + 1)\,2^d}} = {exact}, \quad d = {spec.d}"]
