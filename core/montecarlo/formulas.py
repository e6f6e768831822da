"""The formula behind each estimate of the Monte Carlo π page, with the current numbers beside the symbols."""

from __future__ import annotations

from core.distributions.words import number_tex
from core.formula import parse
from core.montecarlo.ball import Filled
from core.montecarlo.darts import Thrown
from core.montecarlo.integral import Integrated
from core.montecarlo.needle import Fallen
from core.montecarlo.pi import Result
from core.montecarlo.race import Raced
from core.montecarlo.reference import VARIABLES
from core.montecarlo.repeats import Repeated
from core.montecarlo.throws import SETS


def tex(result: Result) -> list[str]:
    """Return the formulas of a result's estimate and error as lines of TeX, with its numbers."""
    return {Thrown: _darts, Fallen: _needle, Repeated: _repeats, Raced: _race, Filled: _ball, Integrated: _integral}[type(result)](result)


def _darts(result: Thrown) -> list[str]:
    n, found = int(result.stops[-1]), result.found()
    hits = round(found.value * n / 4)
    value = rf"\hat\pi = \frac{{4 \cdot \text{{hits}}}}{{n}} = \frac{{4 \cdot {hits:,}}}{{{n:,}}} = {found.value:.6g}".replace(",", r"\,")
    rules = {
        "random": r"\mathrm{se} = 4\sqrt{\hat p\,(1-\hat p)/n}",
        "antithetic": r"\mathrm{se} = 2\sqrt{\hat q\,(1-\hat q)/(n/2)},\ q = \text{share of pairs with a miss}",
        "stratified": r"\mathrm{se} = 4\sqrt{\text{cells whose two darts disagree}}\,/\,(2 \cdot \text{cells})",
    }
    even = rf"\mathrm{{se}} = s/\sqrt{{{SETS}}},\ s = \text{{spread of the {SETS} scramblings}}"
    return [value, f"{rules.get(result.spec.generator, even)} = {number_tex(found.standard_error)}"]


def _needle(result: Fallen) -> list[str]:
    spec, mean, found = result.spec, result.sums[-1, 0] / result.stops[-1], result.found()
    symbols = r"\hat\pi = \frac{2\,\ell}{w\,\bar c}"
    return [rf"{symbols} = \frac{{2 \cdot {spec.length:g}}}{{{spec.width:g} \cdot {mean:.5g}}} = {number_tex(found.value)}"]


def _repeats(result: Repeated) -> list[str]:
    n = result.spec.n
    kinds = {
        "wilson": r"\frac{\hat p + \frac{z^2}{2n} \pm z\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}}{1 + z^2/n}",
        "plain": r"\hat p \pm z\sqrt{\frac{\hat p(1-\hat p)}{n}}",
    }
    return [rf"4 \cdot {kinds[result.spec.interval]},\quad z = 1.96,\ n = {n}"]


def _race(result: Raced) -> list[str]:
    slope, half = result.found().value, 1.96 * result.found().standard_error
    return [r"\log \mathrm{RMSE} = a + b \log n", rf"b_{{\text{{random}}}} = {slope:.3f} \pm {half:.3f},\quad \text{{theory}}\ -\tfrac12"]


def _ball(result: Filled) -> list[str]:
    d, found = result.spec.d, result.found()
    truth = rf"V_d = \frac{{\pi^{{d/2}}}}{{\Gamma(d/2+1)}},\quad V_{{{d}}} = {number_tex(found.truth)}"
    how = r"\hat V_d = 2^d \cdot \frac{\text{hits}}{n}" if result.spec.method == "darts" else r"\hat V_d = 2 \prod_{k=2}^{d} \overline{2(1-x^2)^{(k-1)/2}}"
    return [truth, f"{how} = {number_tex(found.value)}"]


def _integral(result: Integrated) -> list[str]:
    spec, found, count = result.spec, result.found(), f"{int(result.stops[-1]):,}".replace(",", r"\,")
    signs = "".join(rf"\int_{{{_bound(low)}}}^{{{_bound(high)}}}" for low, high in reversed(spec.box()))
    over = r"\,".join(rf"\mathrm d {word}" for word in VARIABLES[: spec.d])
    mean = rf"V \cdot \frac1n \sum_{{i=1}}^n f_i = {number_tex(spec.volume())} \cdot {number_tex(found.value / spec.volume())}"
    return [rf"{signs} \left({parse(spec.f, VARIABLES).tex()}\right) {over}", rf"{mean} = {number_tex(found.value)},\quad n = {count}"]


def _bound(value: float) -> str:
    """Write an end of an integral, which needs no brackets."""
    return number_tex(value).removeprefix(r"\left(").removesuffix(r"\right)")
