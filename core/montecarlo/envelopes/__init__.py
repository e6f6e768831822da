"""Envelopes: densities that are easy to draw from, to be raised above a target. A new one is its file and a line here."""

from core.montecarlo.envelopes.base import Envelope, Grip
from core.montecarlo.envelopes.bells import Gaussian, Student
from core.montecarlo.envelopes.constant import Constant
from core.montecarlo.envelopes.piecewise import Piecewise
from core.montecarlo.envelopes.tangents import Tangents

ENVELOPES: tuple[type[Envelope], ...] = (Constant, Gaussian, Student, Piecewise, Tangents)

__all__ = ["ENVELOPES", "Constant", "Envelope", "Gaussian", "Grip", "Piecewise", "Student", "Tangents"]
