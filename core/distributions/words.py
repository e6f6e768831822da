"""A distribution in words: its formulas with symbols, and with the current numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from core.distributions.base import Distribution
from core.knobs import Param

QUANTITIES = {
    "mean": "mean",
    "variance": "variance",
    "skewness": "skewness",
    "excess_kurtosis": "excess kurtosis",
    "entropy": "entropy (nats)",
}
_NAME = re.compile(r"<(\w+)>")
_PRODUCT = re.compile(r"(<\w+>|\d|(?<!,)\\,)(?:\\,|\s)*(?=<\w+>)")


def tex(dist: Distribution, template: str, numbers: bool = False) -> str:
    """Fill a TeX template: `<name>` becomes the parameter's symbol, or its current number."""
    knobs = type(dist).params()
    return filled(template, knobs, {name: getattr(dist, name) for name in knobs} if numbers else None)


def filled(template: str, knobs: Mapping[str, Param], values: Mapping[str, float] | None = None) -> str:
    """Fill a TeX template with the knobs' symbols, or with values by the same names."""
    if values is not None:  # symbols side by side are a product, digits side by side are not
        template = _PRODUCT.sub(r"\1\\cdot ", template)

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        return number_tex(values[name]) if values is not None else knobs[name].symbol or rf"\mathrm{{{name}}}"

    return _NAME.sub(fill, template)


def number_tex(value: float) -> str:
    """Write a number as TeX: four digits, powers of ten as such, brackets around what begins with a sign."""
    if math.isnan(value):
        return r"\text{undefined}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    mantissa, _, power = f"{value:.4g}".partition("e")
    text = rf"{mantissa}\cdot 10^{{{int(power)}}}" if power else mantissa
    return rf"\left({text}\right)" if value < 0 or power else text


def say(value: float, digits: int = 6) -> str:
    """Write a number for a person: undefined, infinite, or a few digits."""
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "infinite" if value > 0 else "minus infinity"
    return f"{value:.{digits}g}"


def numbers_table(dist: Distribution) -> str:
    """Return the five exact numbers as a Markdown table: name, value, formula, and the same with the current numbers."""
    rows = ["| | value | formula | with these numbers |", "|---|---|---|---|"]
    for name, word in QUANTITIES.items():
        template, value = dist.formulas[name], dist.numbers()[name]
        filled = f"${tex(dist, template, numbers=True)}$" if _NAME.search(template) and math.isfinite(value) else ""
        rows.append(f"| {word} | **{say(value)}** | ${tex(dist, template)}$ | {filled} |")
    return "\n".join(rows)
