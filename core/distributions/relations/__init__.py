"""Relations between families: the edges of the map. To add one, write its class into the file of its kind."""

from __future__ import annotations

from core.distributions import FAMILY
from core.distributions.base import Distribution
from core.distributions.relations import (
    conditions,
    differences,
    extremes,
    limits,
    limits_more,
    mixtures,
    rays,
    special_others,
    special_positive,
    sums,
    transforms_normal,
    transforms_others,
    transforms_plain,
)
from core.distributions.relations.base import Relation

FILES = (  # in the order of the menu
    transforms_normal,
    transforms_plain,
    transforms_others,
    rays,
    sums,
    differences,
    extremes,
    mixtures,
    conditions,
    limits,
    limits_more,
    special_positive,
    special_others,
)
RELATIONS: tuple[type[Relation], ...] = tuple(
    each
    for file in FILES
    for each in vars(file).values()
    if isinstance(each, type) and issubclass(each, Relation) and each.__module__ == file.__name__ and "title" in vars(each)
)


# The nodes: a modifier has no place, since it makes a law of any other.
NODES: tuple[type[Distribution], ...] = tuple(family for family in FAMILY if not family.modifier)


def relatives(family: type[Distribution]) -> tuple[type[Relation], ...]:
    """Return the edges that touch a family: those that lead away from it, those from it to itself, those that lead to it, the others."""

    def rank(edge: type[Relation]) -> int:
        away, here = edge.source is family, edge.target is family
        return 0 if away and not here else 1 if away else 2 if here else 3

    return tuple(sorted((edge for edge in RELATIONS if family in edge.families()), key=rank))
