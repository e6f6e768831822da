"""Formulas that a person types: read by a parser of our own, with a whitelist, and bounded in every way.

    target = parse("[x > 0] x^2 exp(-3x)")
    target.evaluate(x); target.log_evaluate(x); target.derivative("x").tex()

What may be typed:

    numbers         1   .5   2.5e-3 (a number); 2e-x is 2*e - x
    names           the variables of the page; pi, e, tau
    operators       + - * / and ^ (or **); -x^2 is -(x^2), 2^3^2 is 2^(3^2), 2^-x is 2^(-x)
    no operator     2x, 3 sin(x), (x+1)(x-1), x(x+1), 2pi x, x^2 exp(-x) are products
    conditions      < <= > >=, also 0 < x < 1, joined by `and`, `or`; worth 1 where they hold and 0 where not
    brackets        ( ), |x| for abs(x), and [x > 0], which holds a condition
    functions       see FUNCTIONS, always with brackets: sin(x); `ln` is `log`; where(x > 0, a, b); min and max of two or more
    as in books     x², π, τ, −, ·, ×, ÷, ≤, ≥

A product without its sign is refused where readers would differ: 1/2x, 1/2 x and e^2x get a sentence that asks for
brackets (behind a bracket it is read from the left, so 1/(2pi) exp(-x) is a product). A number never stands
directly behind something else. A name is read whole: xy is no product, and the sentence says to write x*y.

A factor that is a condition is a strong zero, as in Knuth (1992), "Two notes on notation", https://arxiv.org/abs/math/9205211:
[x > 0] log(x) is 0 for x <= 0, although log(x) is undefined there.
"""

from core.formula.formula import Formula, parse
from core.formula.functions import CONSTANTS, FUNCTIONS
from core.formula.nodes import MOST_CHARACTERS, MOST_DEPTH, MOST_NODES, Node

__all__ = ["CONSTANTS", "FUNCTIONS", "MOST_CHARACTERS", "MOST_DEPTH", "MOST_NODES", "Formula", "Node", "parse"]
