"""Read a formula: precedence climbing over its tokens, with a bound on everything.

Pratt (1973), "Top down operator precedence", https://doi.org/10.1145/512927.512931
"""

from __future__ import annotations

import math

from core.formula.functions import ALIASES, FUNCTIONS
from core.formula.nodes import CONDITIONS, MOST_CHARACTERS, MOST_DEPTH, MOST_NODES, Node, name, number
from core.formula.scan import SUPERSCRIPTS, Token, tokens
from core.formula.sentences import Rules

SUM, PRODUCT, POWER = 4, 5, 7
BINDING = {"or": 1, "and": 2, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}
CLOSING = {"(": ")", "[": "]", "|": "|"}
MOST_LEVELS = 100  # of the reader's own recursion; a tree that is 40 deep needs no more than about 85
LIFTED = str.maketrans(f"{SUPERSCRIPTS}⁻", "0123456789-")


def read(text: str, rules: Rules) -> Node:
    """Read a formula into its tree.

    Raises:
        ValueError: in one sentence, with the place and a remedy, for anything that is not a formula.
    """
    if len(text) > MOST_CHARACTERS:
        raise rules.refuse(f"be at most {MOST_CHARACTERS} characters long", len(text), "a shorter formula")
    if not text.strip():
        raise rules.refuse("say something", "nothing", rules.example())
    return Reader(list(tokens(text, rules)), rules).whole()


class Reader:
    """A place in a list of tokens, and what has been opened there."""

    def __init__(self, pieces: list[Token], rules: Rules) -> None:
        self.pieces, self.rules = pieces, rules
        self.at = self.level = 0
        self.open: list[Token] = []
        self.divisor_end = self.exponent_end = -1

    @property
    def token(self) -> Token:
        """The token to read next."""
        return self.pieces[self.at]

    def take(self) -> Token:
        """Step over a token and return it."""
        self.at += 1
        return self.pieces[self.at - 1]

    def refuse(self, rule: str, remedy: str, token: Token | None = None) -> ValueError:
        """Build the error for a token, or for the next one."""
        token = token or self.token
        return self.rules.refuse(rule, token.text, remedy, token.start)

    def make(self, head: str, *parts: Node, value: str = "") -> Node:
        """Make a node, unless the tree grows too large."""
        node = Node(head, parts, value)
        if node.size > MOST_NODES:
            raise self.rules.refuse(f"have at most {MOST_NODES} parts", "more", "a shorter formula")
        if node.depth > MOST_DEPTH:
            raise self.too_deep()
        return node

    def too_deep(self) -> ValueError:
        """Build the error for a formula in a formula in a formula."""
        return self.rules.refuse(f"nest at most {MOST_DEPTH} deep", "more", "fewer brackets and signs", self.token.start)

    def whole(self) -> Node:
        """Read everything."""
        node = self.expression(0)
        if self.token.kind == "end":
            return node
        if self.token.text == ",":
            raise self.refuse("have commas only between the arguments of a function", "a point in 1.5")
        raise self.refuse("open every bracket that it closes", "without it")

    def expression(self, least: int) -> Node:
        """Read an operand, and every operator behind it that binds at least so tightly."""
        self.level += 1
        if self.level > MOST_LEVELS:
            raise self.too_deep()
        left = self.operand(least)
        while (sign := self.operator()) and BINDING[sign] >= least:
            left = self.joined(left, sign)
        self.level -= 1
        return left

    def operator(self) -> str:
        """Name the operator that comes next; "*" where two operands touch, and nothing where the expression ends."""
        kind, text = self.token[:2]
        if kind == "raised":
            return "^"
        if text == "|":
            return "" if self.open and self.open[-1].text == "|" else "*"
        if kind in ("number", "name") or text in CLOSING:
            return "*"
        return text if text in BINDING else ""

    def joined(self, left: Node, sign: str) -> Node:
        """Read the operator and its right operand, and join the two sides."""
        if self.token.kind == "raised":
            return self.raised(left)
        if BINDING[sign] == BINDING["<"]:
            return self.comparison(left)
        if self.token.text in BINDING:
            token = self.take()
        else:
            self.touching()
            token = self.token
        right = self.expression(POWER if sign == "^" else BINDING[sign] + 1)
        if sign == "/":
            self.divisor_end = self.at
        if sign == "^":
            self.exponent_end = self.at
        if sign in CONDITIONS and not {left.head, right.head} <= set(CONDITIONS):
            raise self.refuse(f"have a comparison on both sides of {sign}", "[0 < x and x < 1]", token)
        if sign == "-":
            sign, right = "+", self.make("-", right)
        first = left.parts if left.head == sign and sign in ("+", "*", "and", "or") else (left,)
        return self.make(sign, *first, right)

    def touching(self) -> None:
        """Refuse a product without its sign where two readers would read two things."""
        before, token = self.pieces[self.at - 1], self.token
        if token.kind == "number":
            raise self.refuse("have an operator before a number", f"* before {token.text}")
        if self.at == self.divisor_end and before.text not in CLOSING.values():
            raise self.refuse("say with brackets what / divides by", "1/(2*x) or (1/2)*x")
        if self.at == self.exponent_end and before.kind == "number" and token.kind == "name" and not token.spaced:
            raise self.refuse("say with brackets where an exponent ends", "e^(2*x) or e^2*x")

    def raised(self, left: Node) -> Node:
        """Read a raised number, as in x²."""
        token = self.take()
        exponent = number(self.finite(token, token.text.translate(LIFTED).lstrip("-")))
        return self.make("^", left, self.make("-", exponent) if token.text[0] == "⁻" else exponent)

    def comparison(self, left: Node) -> Node:
        """Read a chain of comparisons, as in 0 < x < 1."""
        parts, signs = [left], []
        while BINDING.get(self.token.text) == BINDING["<"]:
            signs.append(self.take().text)
            parts.append(self.expression(SUM))
        return self.make("compare", *parts, value=" ".join(signs))

    def operand(self, least: int) -> Node:
        """Read a number, a name, a call, a bracket, or a sign and its operand."""
        token = self.take()
        if token.kind == "number":
            return number(self.finite(token, token.text))
        if token.kind == "name":
            return self.named(token)
        if token.text in CLOSING:
            return self.bracket(token)
        if token.text in ("-", "+"):  # at the start of a term the sign is the term's, so that -2*x is -(2*x)
            inside = self.expression(max(least, PRODUCT))
            return self.make("-", inside) if token.text == "-" else inside
        rule = "not end here" if token.kind == "end" else "have a number, a name or a bracket here"
        raise self.refuse(rule, self.rules.example(), token)

    def finite(self, token: Token, digits: str) -> float:
        """Read a number that a computer can hold."""
        value = float(digits)
        if not math.isfinite(value):
            raise self.refuse("have numbers below 1.8e308", "1e300", token)
        return value

    def named(self, token: Token) -> Node:
        """Read a variable, a constant or a call."""
        word = ALIASES.get(token.text, token.text)
        return self.call(token, word) if word in FUNCTIONS else name(word)

    def bracket(self, token: Token) -> Node:
        """Read what stands in brackets of any kind, up to and with the closing one."""
        self.enter(token)
        inside = self.expression(0)
        if token.text == "[" and inside.head not in CONDITIONS:
            raise self.refuse("have a condition in square brackets", "[x > 0], or round brackets", token)
        self.leave()
        return self.make("abs", inside) if token.text == "|" else inside

    def enter(self, token: Token) -> None:
        """Open a bracket."""
        self.open.append(token)
        if len(self.open) > MOST_DEPTH:
            raise self.too_deep()

    def leave(self) -> None:
        """Close the bracket opened last."""
        opened = self.open.pop()
        if self.token.text != CLOSING[opened.text]:
            raise self.refuse(f"close the {opened.text} of character {opened.start + 1}", f"{CLOSING[opened.text]} there")
        self.take()

    def call(self, token: Token, word: str) -> Node:
        """Read the arguments of a function."""
        if self.token.text != "(":
            powered = self.token.text == "^" or self.token.kind == "raised"
            raise self.refuse("call a function with brackets", f"{token.text}(x)^2" if powered else f"{token.text}(x)", token)
        self.enter(self.take())
        arguments = [self.expression(0)]
        while self.token.text == ",":
            self.take()
            arguments.append(self.expression(0))
        self.leave()
        self.fitting(token, word, arguments)
        return self.make(word, *arguments)

    def fitting(self, token: Token, word: str, arguments: list[Node]) -> None:
        """Refuse arguments that a function does not take."""
        function, first = FUNCTIONS[word], arguments[0]
        if not function.least <= len(arguments) <= function.most:
            many = f"{function.least}" if function.least == function.most else f"{function.least} or more"
            sample = ["u", "v", "w"][: function.least]
            got = f"{len(arguments)} in {token.text}"
            raise self.rules.refuse(f"give {token.text} {many} argument{'s' * (many != '1')}", got, f"{token.text}({', '.join(sample)})", token.start)
        if word == "where" and first.head not in CONDITIONS:
            raise self.refuse("start where with a condition", "where(x > 0, 1, 2)", token)
        if word == "polygamma" and not (first.head == "number" and float(first.value) in range(101)):
            raise self.refuse("start polygamma with a whole number up to 100", "polygamma(1, x)", token)
