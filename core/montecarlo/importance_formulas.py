"""The formula behind each estimate of the importance page, with the current numbers beside the symbols."""

from __future__ import annotations

import math

from core.distributions.words import number_tex
from core.formula import parse
from core.montecarlo.importance import Result
from core.montecarlo.importance_coverage import Covered
from core.montecarlo.importance_dimension import Shrunk
from core.montecarlo.importance_expectation import Weighed
from core.montecarlo.intervals import student
from core.montecarlo.rare import Swept
from core.montecarlo.resampling import Resampled

PLAIN = r"\hat\mu=\frac1n\sum_i w_i f(x_i)"
NORMALISED = r"\tilde\mu=\frac{\sum_i w_i f(x_i)}{\sum_i w_i}"


def tex(result: Result) -> list[str]:
    """Return the formulas of a result's estimate and error as lines of TeX, with its numbers."""
    return {Weighed: _estimate, Covered: _intervals, Resampled: _resampling, Swept: _event, Shrunk: _dimension}[type(result)](result)


def _number(value: float) -> str:
    return r"\text{unknown}" if math.isinf(value) else number_tex(value)


def _estimate(result: Weighed) -> list[str]:
    plain, normalised, worth = result.found("plain"), result.found("normalised"), result.running.ess[-1]
    f = parse(result.spec.f).tex()
    return [
        rf"w(x)=\frac{{p(x)}}{{q(x)}},\quad f(x)={f},\quad x_1,\dots,x_{{{result.n}}}\sim q",
        rf"{PLAIN}={_number(plain.value)},\quad \mathrm{{se}}=\frac{{s_{{wf}}}}{{\sqrt n}}={_number(plain.standard_error)}",
        rf"{NORMALISED}={_number(normalised.value)},\quad "
        rf"\mathrm{{se}}=\frac{{\sqrt{{\sum_i w_i^2\,(f(x_i)-\tilde\mu)^2}}}}{{\sum_i w_i}}={_number(normalised.standard_error)}",
        rf"\mathrm{{ESS}}=\frac{{\left(\sum_i w_i\right)^2}}{{\sum_i w_i^2}}={number_tex(float(worth))}",
    ]


def _intervals(result: Covered) -> list[str]:
    plain = result.spec.reported == "plain"
    symbol = r"\hat\mu" if plain else r"\tilde\mu"
    return [PLAIN if plain else NORMALISED, rf"{symbol}\pm {student(result.spec.n - 1):.3g}\,\mathrm{{se}},\quad n={result.spec.n}"]


def _resampling(result: Resampled) -> list[str]:
    found, m = result.found(), len(result.kept)
    lines = [rf"\bar f=\frac1m\sum_j f(x_{{i_j}})={_number(found.value)},\quad \mathrm{{P}}(i_j=i)=\frac{{w_i}}{{\sum_k w_k}},\quad m={m}"]
    if result.spec.method == "multinomial":
        return [*lines, r"\mathrm{E}\,\text{distinct}=\sum_i 1-\left(1-\frac{w_i}{\sum_k w_k}\right)^m"]
    return [*lines, r"\mathrm{E}\,\text{distinct}=\sum_i \min\left(1,\frac{m\,w_i}{\sum_k w_k}\right)"]


def _event(result: Swept) -> list[str]:
    found = result.weighted(result.place)
    return [
        rf"\hat P=\frac1n\sum_i \frac{{p(x_i)}}{{q(x_i)}}\,[x_i>t]={number_tex(found.value)},\quad t={number_tex(float(result.thresholds[result.place]))}",
        r"\frac{\mathrm{se}}{P}=\sqrt{\frac{1-P}{nP}}\ \text{plain},\qquad \sqrt{\frac1n\left(\frac{1}{P^2}\int_t^\infty\frac{p^2}{q}\,dx-1\right)}\ \text{weighted}",
    ]


def _dimension(result: Shrunk) -> list[str]:
    spec = result.spec
    one = math.exp(spec.log_power(2)[0]) if math.isfinite(spec.log_power(2)[0]) else math.inf
    return [
        r"\frac{\mathrm{ESS}}{n}\to\left(\mathrm{E}_q w_1^2\right)^{-d},\quad \mathrm{E}_q w_1^2=\frac{\sigma^2}{\sqrt{2\sigma^2-1}}\,e^{\mu^2/(2\sigma^2-1)}"
        rf"={number_tex(one)}",
        rf"\left({number_tex(one)}\right)^{{-{spec.d}}}={number_tex(float(spec.share(spec.d)))}",
    ]
