"""A law as code to take away: 1,000 values and their log density, or a program, with the current numbers.

Each language has a table by class name. A family that stands in none of them gets something true all the same.
"""

from __future__ import annotations

from core import distributions
from core.distributions.base import Distribution
from core.distributions.snippets import numpy_scipy, pytorch, r, stan
from core.distributions.snippets.template import Language
from core.params import plain
from core.spec import Spec

LANGUAGES = (
    Language("NumPy", "python", "#", numpy_scipy.write),
    Language("PyTorch", "python", "#", pytorch.write),
    Language("R", "r", "#", r.write),
    Language("Stan", "stan", "//", stan.write),
)


def snippet(dist: Distribution, language: str) -> str:
    """Write a law in a language, by its title in LANGUAGES.

    In NumPy, PyTorch and R it ends with `x`, 1,000 values, and `log_p`, the log density at each. In Stan it is a program.

    Raises:
        ValueError: when there is no such language.
    """
    for each in LANGUAGES:
        if each.title == language:
            return each.write(dist) or (_ours(dist) if language == "NumPy" else _none_yet(each))
    raise ValueError(f"language must be one of {', '.join(each.title for each in LANGUAGES)}, got {plain(language)}: try {LANGUAGES[0].title}")


def _none_yet(language: Language) -> str:
    """Say that a language has no such law."""
    return f"{language.comment} There is no code in {language.title} for this law here yet: see {LANGUAGES[0].title}, where Ulam's own class stands for it."


def _ours(dist: Distribution) -> str:
    """Use the class itself."""
    lines = ["import numpy as np", "", *_imports(dist), "", f"law = {dist!r}", "x = law.sample(np.random.default_rng(1), 1000)", "log_p = law.log_prob(x)"]
    return "\n".join(lines)


def _imports(dist: Distribution) -> list[str]:
    """Return the lines that import every class that the spec is made of."""
    found: dict[str, set[str]] = {}
    for cls in _classes(dist):
        listed = getattr(distributions, cls.__name__, None) is cls
        found.setdefault(distributions.__name__ if listed else cls.__module__, set()).add(cls.__name__)
    return [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(found.items())]


def _classes(spec: Spec) -> list[type]:
    """Return the class of a spec and of each spec in its fields."""
    fields = [getattr(spec, name) for name in type(spec).params()]
    parts = [part for value in fields for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Spec)]
    return [type(spec), *(cls for part in parts for cls in _classes(part))]
