"""The formula behind each way of direct sampling, with the numbers of the first draw and of the estimate beside the symbols."""

from __future__ import annotations

import math

import numpy as np

from core.distributions.words import number_tex
from core.montecarlo.ancestral import Flowed
from core.montecarlo.box_muller import Paired
from core.montecarlo.composition import Composed, Groups
from core.montecarlo.direct import Result
from core.montecarlo.intervals import Found
from core.montecarlo.inverse import Inverted

Array = np.ndarray
LINE = 110  # characters of TeX after which a product goes on in the next line
SEEN = {
    "Groups": r"f(x) = \sum_k p_k\,f_k(x)",
    "GammaPoisson": r"P(x) = \int_0^\infty \frac{h^x e^{-h}}{x!}\,\frac{b^a h^{a-1}e^{-bh}}{\Gamma(a)}\,dh = \binom{x+a-1}{x}\,p^a(1-p)^x,\quad p = \frac{b}{b+1}",
    "ExponentialNormal": r"f(x) = \int_0^\infty \frac{e^{-x^2/2h}}{\sqrt{2\pi h}}\,\frac{e^{-h/2b^2}}{2b^2}\,dh = \frac{e^{-|x|/b}}{2b}",
    "GammaNormal": r"f(x) = \int_0^\infty \sqrt{\tfrac{h}{2\pi}}\,e^{-hx^2/2}\,\mathrm{Gamma}\!\left(h;\tfrac\nu2,\tfrac\nu2\right)dh = t_\nu(x)",
    "BetaThenBinomial": r"P(x) = \int_0^1 \binom{n}{x}h^x(1-h)^{n-x}\,\mathrm{Beta}(h;a,b)\,dh",
}


def tex(result: Result) -> list[str]:
    """Return the formulas of a result as lines of TeX, with its numbers."""
    return {Inverted: _inverse, Paired: _pairs, Composed: _composed, Flowed: _flow}[type(result)](result)


def _mean(x: Array, found: Found) -> str:
    spread = "s" if np.ptp(x) > 0 or len(x) == 1 else r"\sigma"  # draws that are all alike have the error of their law
    error = rf"\mathrm{{se}} = \frac{{{spread}}}{{\sqrt{{n}}}} = {number_tex(found.standard_error)}"
    return rf"\bar x = \frac1n\sum_i x_i = {number_tex(found.value)},\quad {error},\quad n = {len(x)}"


def _inverse(result: Inverted) -> list[str]:
    u, x = float(result.heights[0]), float(result.values[0])
    line = rf"x = F^{{-1}}(u) = \min\{{x : F(x) \ge u\}},\quad F^{{-1}}({u:.5g}) = {number_tex(x)}"
    return [line, _mean(result.values, result.found())] if result.spec.estimate == "mean" else [line]


def _pairs(result: Paired) -> list[str]:
    plane, kept = result.plane()
    if not plane.shape[1]:
        return [r"s = v_1^2 + v_2^2 \ge 1"]
    (u, v), (x, y) = result.squares[:, int(kept.argmax())], plane[:, 0]
    if result.spec.method == "polar":
        a, b = 2 * u - 1, 2 * v - 1
        rule = r"x = v_1\sqrt{\frac{-2\log s}{s}},\quad y = v_2\sqrt{\frac{-2\log s}{s}},\quad s = v_1^2 + v_2^2 < 1"
        return [rule, rf"v = ({a:.4f},\ {b:.4f}),\quad s = {a * a + b * b:.4f},\quad (x, y) = ({x:.4f},\ {y:.4f})"]
    rule = r"x = \sqrt{-2\log u_1}\,\cos 2\pi u_2,\quad y = \sqrt{-2\log u_1}\,\sin 2\pi u_2"
    return [rule, rf"u = ({u:.4f},\ {v:.4f}),\quad \text{{radius}} = {math.sqrt(-2 * math.log(u)):.4f},\quad (x, y) = ({x:.4f},\ {y:.4f})"]


def _composed(result: Composed) -> list[str]:
    recipe, (hidden, seen) = result.spec.recipe, result.pairs[:, 0]
    first = f"{int(hidden) + 1}" if isinstance(recipe, Groups) else number_tex(float(hidden))
    drawn = rf"\text{{{recipe.first}}}\ h = {first},\quad \text{{then}}\ x = {number_tex(float(seen))}"
    return [SEEN[type(recipe).__name__], drawn, _mean(result.pairs[1], result.found())]


def _flow(result: Flowed) -> list[str]:
    spec, found = result.spec, result.found()
    net, names = spec.net, [rf"\text{{{name.replace('_', ' ')}}}" for name in spec.net.names]
    factors = [rf"p({names[place]}" + (rf"\mid {', '.join(names[up] for up in net.parents[place])}" if net.parents[place] else "") + ")" for place in net.order]
    lines, told = [""], 0
    for factor in factors:
        told += len(factor)
        if lines[-1] and told > LINE:
            lines[-1] += r"\,\cdot"
            lines, told = [*lines, ""], len(factor)
        lines[-1] += r"\," * bool(lines[-1]) + factor
    joint = r"\begin{aligned}p(\text{all}) = {} & " + r"\\ & ".join(lines) + r"\end{aligned}"
    estimate = {
        "plain": r"\frac{1}{n}\sum_i f_i",
        "logic": r"\frac{\sum f_i\ \text{of the draws that agree}}{\text{draws that agree}}",
        "weighting": r"\frac{\sum_i w_i f_i}{\sum_i w_i},\quad w_i = \prod_{\text{known}} p(\text{known}\mid\text{its parents}_i)",
    }["plain" if not spec.known else spec.way]
    return [joint, rf"{number_tex(found.value)} = {estimate},\quad \mathrm{{se}} = {number_tex(found.standard_error)}"]
