"""Stan: a program whose posterior is the law, and an independent draw from it.

https://mc-stan.org/docs/reference-manual/blocks.html
"""

from __future__ import annotations

import math
import re

from core.distributions.base import Distribution
from core.distributions.snippets.stan_laws import TABLE
from core.distributions.snippets.template import Number, Value, fill, values

MOST = 2**31 - 1  # Stan's whole numbers have 32 bits


def _number(value: Number) -> str:
    """Write a number: a real one keeps its point, for 1 / 2 is 0 in Stan."""
    return repr(float(value)) if isinstance(value, float) else str(int(value))


def _text(value: Value) -> str:
    """Write a number or a vector."""
    return f"[{', '.join(map(_number, value))}]'" if isinstance(value, list) else _number(value)


def _type(value: Value) -> str:
    return "vector" if isinstance(value, list) else "real" if isinstance(value, float) else "int"


def _name(dist: Distribution) -> str:
    """Return the family's name as Stan writes names: johnson_su for JohnsonSU."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", type(dist).__name__).lower()


def _range(dist: Distribution) -> str:
    """Return the bounds of x: `<lower=0>`."""
    known = {math.pi: "pi()", -math.pi: "-pi()"}
    ends = {"lower": dist.support.low, "upper": dist.support.high}
    bounds = [f"{side}={known.get(end, repr(end).removesuffix('.0'))}" for side, end in ends.items() if math.isfinite(end)]
    return f"<{', '.join(bounds)}>" if bounds else ""


def _block(title: str, *lines: str) -> list[str]:
    """Put lines into a block."""
    return [f"{title} {{", *(f"  {line}" for line in lines), "}"]


def write(dist: Distribution) -> str | None:
    """Write a law in Stan: a complete program; None where the table has no such law."""
    row = TABLE.get(type(dist).__name__)
    if row is None:
        return None
    row, numbers, real = row(dist) if callable(row) else row, values(dist), "int" if dist.discrete else "real"
    if any(isinstance(value, int) and abs(value) > MOST for value in numbers.values()):
        return f"// Stan's whole numbers end at {MOST}, and these go beyond."
    texts = {name: _text(value) for name, value in numbers.items()}
    law, draw = (fill((each,), **texts) for each in (row.law, row.draw))
    name, arguments = row.name or _name(dist), ", ".join(f"{_type(value)} {each}" for each, value in numbers.items())
    call, functions = f"({', '.join(texts.values())})", list(row.above)
    if row.log_density:
        functions += _block(f"real {name}_{'lpmf' if dist.discrete else 'lpdf'}({real} x, {arguments})", *row.log_density)
        law = name + call
    if row.random:
        functions += _block(f"{real} {name}_rng({arguments})", *row.random)
        draw = f"{name}_rng{call}"
    home = "data" if dist.discrete else "parameters"
    lines = [
        *(_block("functions", *functions) if functions else []),
        *_block(home, f"{real}{_range(dist)} x;" + ("  // a parameter must be real: counts are data" if dist.discrete else "")),
        *_block("model", f"x ~ {law};"),
        *_block("generated quantities", f"{real} draw = {draw};"),
    ]
    return "\n".join(lines)
