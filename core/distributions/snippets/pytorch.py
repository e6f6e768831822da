"""PyTorch: 1,000 values of a law and their log density, in double precision.

https://docs.pytorch.org/docs/stable/distributions.html
"""

from __future__ import annotations

import re

from core.distributions.base import Distribution
from core.distributions.snippets.pytorch_laws import TABLE
from core.distributions.snippets.template import fill, lines_for, python_list, python_names, python_number, values


def _tensors(texts: dict[str, str]) -> str:
    """Give the numbers their names, in double precision."""
    value = next(iter(texts.values())) if len(texts) == 1 else f"[{', '.join(texts.values())}]"
    return f"{', '.join(texts)} = torch.tensor({value}, dtype=torch.float64)"


def _imports(body: str) -> list[str]:
    """Return the lines that import what the code uses."""
    laws = sorted(set(re.findall(r"\b[A-Z]\w+(?=\()", body)))
    special = [name for name in ("i0e", "log_ndtr", "ndtr", "ndtri", "zeta") if re.search(rf"\b{name}\(", body)]
    return [
        *(["import math", ""] if "math." in body else []),
        "import torch",
        *([f"from torch.distributions import {', '.join(laws)}"] if laws else []),
        *(["from torch.nn.functional import softplus"] if "softplus(" in body else []),
        *([f"from torch.special import {', '.join(special)}"] if special else []),
    ]


def write(dist: Distribution) -> str | None:
    """Write a law in PyTorch: `x`, and `log_p` at each of its values; None where the table has no such law."""
    lines = lines_for(dist, TABLE)
    if lines is None:
        return None
    numbers = values(dist)
    texts = {name: python_list(value) if isinstance(value, list) else python_number(value) for name, value in numbers.items()}
    body = fill(lines, tensors=_tensors(texts), numbers=python_names(numbers), **texts)
    return "\n".join([*_imports(body), "", body])
