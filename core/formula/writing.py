"""Write a tree: as text that reads back to the same tree, and as TeX."""

from __future__ import annotations

from decimal import Decimal

from core.formula.functions import FUNCTIONS
from core.formula.nodes import CONDITIONS, Node

SUM, PRODUCT, FACTOR, POWER, ATOM = 4, 5, 6, 7, 9
LEVEL = {"or": 1, "and": 2, "compare": 3, "+": SUM, "-": PRODUCT, "*": PRODUCT, "/": PRODUCT, "^": POWER}
LEAD = ("*", "/")  # what a product may start with: a/b*c
TEX_SIGN = {"<": "<", "<=": r"\le ", ">": ">", ">=": r"\ge "}
TEX_NAME = {"pi": r"\pi", "tau": r"\tau", "e": "e"}


def digits(value: float) -> str:
    """Write a number the short way that reads back to the same bits: 2, 0.1, 1e-5, 1e20."""
    exact = Decimal(repr(value)).normalize()
    figures = "".join(map(str, exact.as_tuple().digits))
    rest = f".{figures[1:]}" if len(figures) > 1 else ""
    short = f"{figures[0]}{rest}e{exact.adjusted()}"
    plain = f"{exact:f}"
    return plain if len(plain) <= max(len(short), 6) else short


def text(node: Node) -> str:
    """Write a tree so that the parser reads the same tree back."""
    match node.head:
        case "number":
            return digits(float(node.value))
        case "name":
            return str(node.value)
        case "+":
            return _signed([text_in(part, PRODUCT if i else SUM) for i, part in enumerate(node.parts)])
        case "-":
            return f"-{text_in(node.parts[0], PRODUCT)}"
        case "*":
            return "*".join(text_in(part, PRODUCT if i == 0 and part.head in LEAD else FACTOR) for i, part in enumerate(node.parts))
        case "/":
            top, bottom = node.parts
            return f"{text_in(top, PRODUCT if top.head in LEAD else FACTOR)}/{text_in(bottom, FACTOR)}"
        case "^":
            return f"{text_in(node.parts[0], ATOM)}^{text_in(node.parts[1], POWER)}"
        case "compare":
            first, *rest = (text_in(part, SUM) for part in node.parts)
            return first + "".join(f" {sign} {part}" for sign, part in zip(str(node.value).split(), rest, strict=True))
        case "and" | "or":
            return f" {node.head} ".join(text_in(part, LEVEL[node.head] + 1) for part in node.parts)
    return f"{node.head}({', '.join(text(part) for part in node.parts)})"


def text_in(node: Node, least: int) -> str:
    """Write a part, in brackets where it binds less tightly than its place asks; a condition has brackets of its own."""
    if LEVEL.get(node.head, ATOM) >= least:
        return text(node)
    return f"[{text(node)}]" if node.head in CONDITIONS else f"({text(node)})"


def _signed(terms: list[str]) -> str:
    """Join terms with their signs, with blanks around what joins them."""
    return terms[0] + "".join(f" - {term[1:]}" if term[0] == "-" else f" + {term}" for term in terms[1:])


def tex(node: Node) -> str:
    """Write a tree as TeX: fractions, roots, raised exponents, named functions."""
    match node.head:
        case "number":
            mantissa, _, exponent = digits(float(node.value)).partition("e")
            power = f"10^{{{exponent}}}"
            return mantissa if not exponent else power if mantissa == "1" else rf"{mantissa}\cdot {power}"
        case "name":
            word = str(node.value)
            return TEX_NAME.get(word, word if len(word) == 1 else rf"\mathrm{{{word}}}")
        case "+":
            return _signed([tex_in(part, PRODUCT) for part in node.parts])
        case "-":
            return f"-{tex_in(node.parts[0], PRODUCT)}"
        case "*":
            return _tex_product([tex_in(part, PRODUCT if part.head in LEAD else FACTOR) for part in node.parts])
        case "/":
            top, bottom = (tex_in(part, SUM) for part in node.parts)
            return rf"\frac{{{top}}}{{{bottom}}}"
        case "^":
            return _tex_power(*node.parts)
        case "compare":
            first, *rest = (tex_in(part, SUM) for part in node.parts)
            return first + "".join(TEX_SIGN[sign] + part for sign, part in zip(str(node.value).split(), rest, strict=True))
        case "and" | "or":
            return rf"\ \text{{{node.head}}}\ ".join(tex_in(part, LEVEL[node.head] + 1) for part in node.parts)
    return _tex_call(node)


def tex_in(node: Node, least: int) -> str:
    """Write a part, in brackets where it must; cases stand alone or in brackets."""
    if LEVEL.get(node.head, ATOM) >= least and (node.head != "where" or least <= SUM):
        return tex(node)
    left, right = "[]" if node.head in CONDITIONS else "()"
    return rf"\left{left}{tex(node)}\right{right}"


def _tex_product(factors: list[str]) -> str:
    """Set factors side by side, with a dot before one that starts with a figure."""
    return factors[0] + "".join((r"\cdot " if factor[0].isdigit() else r"\,") + factor for factor in factors[1:])


def _tex_power(base: Node, exponent: Node) -> str:
    """Write sin^2(x) as books do, and brackets around whatever is not a letter, a plain number or bracketed already."""
    raised = f"^{{{tex_in(exponent, SUM)}}}"
    if base.head in FUNCTIONS and exponent.head == "number" and _named(base):
        return f"{FUNCTIONS[base.head].tex}{raised}{_tex_arguments(base)}"
    bare = base.head in ("name", "abs", "floor", *CONDITIONS) or (base.head == "number" and "e" not in digits(float(base.value)))
    return (tex_in(base, SUM) if bare else rf"\left({tex(base)}\right)") + raised


def _named(node: Node) -> bool:
    """Tell whether a function's TeX is a name to put before brackets."""
    return bool(FUNCTIONS[node.head].tex) and "<u>" not in FUNCTIONS[node.head].tex


def _tex_arguments(node: Node) -> str:
    return rf"\left({', '.join(tex_in(part, SUM) for part in node.parts)}\right)"


def _tex_call(node: Node) -> str:
    if node.head == "where":
        condition, *values = node.parts
        yes, no = (tex_in(part, SUM) for part in values)
        return rf"\begin{{cases}}{yes}&\text{{if }}{tex(condition)}\\{no}&\text{{otherwise}}\end{{cases}}"
    if node.head == "polygamma":
        return rf"\psi^{{({tex(node.parts[0])})}}\left({tex_in(node.parts[1], SUM)}\right)"
    if _named(node):
        return FUNCTIONS[node.head].tex + _tex_arguments(node)
    return FUNCTIONS[node.head].tex.replace("<u>", tex_in(node.parts[0], SUM))
