"""KL divergences that have a closed form, in symbols, with the current numbers, and as a value."""

from __future__ import annotations

import math
from collections.abc import Callable

from core.distributions.base import Distribution
from core.distributions.discrete.poisson import Poisson
from core.distributions.positive.exponential import Exponential
from core.distributions.real_line.laplace import Laplace
from core.distributions.real_line.normal import Normal
from core.distributions.words import number_tex

Form = tuple[str, Callable[[Distribution, Distribution], float]]


def _normal(p: Normal, q: Normal) -> float:
    return math.log(q.sigma / p.sigma) + (p.sigma**2 + (p.mu - q.mu) ** 2) / (2 * q.sigma**2) - 0.5


def _exponential(p: Exponential, q: Exponential) -> float:
    return math.log(p.rate / q.rate) + q.rate / p.rate - 1


def _poisson(p: Poisson, q: Poisson) -> float:
    return p.rate * math.log(p.rate / q.rate) + q.rate - p.rate


def _laplace(p: Laplace, q: Laplace) -> float:
    gap = abs(p.location - q.location)
    return math.log(q.scale / p.scale) + (p.scale * math.exp(-gap / p.scale) + gap) / q.scale - 1


# <p.name> and <q.name> stand for the parameters
FORMS: dict[type, Form] = {
    Normal: (r"\log\frac{<q.sigma>}{<p.sigma>}+\frac{<p.sigma>^2+\left(<p.mu>-<q.mu>\right)^2}{2\,<q.sigma>^2}-\tfrac12", _normal),
    Exponential: (r"\log\frac{<p.rate>}{<q.rate>}+\frac{<q.rate>}{<p.rate>}-1", _exponential),
    Poisson: (r"<p.rate>\,\log\frac{<p.rate>}{<q.rate>}+<q.rate>-<p.rate>", _poisson),
    Laplace: (r"\log\frac{<q.scale>}{<p.scale>}+\frac{<p.scale>\,e^{-d/<p.scale>}+d}{<q.scale>}-1,\quad d=|<p.location>-<q.location>|", _laplace),
}


def closed_kl(p: Distribution, q: Distribution) -> tuple[str, str, float] | None:
    """Return KL(p || q) of two members of one family as TeX in symbols, as TeX in numbers, and its value; None where no closed form is known here.

    https://en.wikipedia.org/wiki/Kullback%E2%80%93Leibler_divergence#Examples
    """
    if type(p) is not type(q) or type(p) not in FORMS:
        return None
    template, value = FORMS[type(p)]
    symbols, numbers = template, template.replace(r"\,<", r"\cdot <")  # digits side by side are no product
    for name, law in (("p", p), ("q", q)):
        for field, knob in law.params().items():
            symbols = symbols.replace(f"<{name}.{field}>", f"{knob.symbol}_{name}")
            numbers = numbers.replace(f"<{name}.{field}>", number_tex(getattr(law, field)))
    return symbols, numbers, value(p, q)
