"""Directed models to begin with, each from where it was published."""

from __future__ import annotations

from core.montecarlo.nets.net import Net
from core.montecarlo.nets.node import Node

SPRINKLER = Net(  # Murphy (2001), https://www.cs.ubc.ca/~murphyk/Bayes/bnintro.html
    nodes=(
        Node("Cloudy", table=(0.5, 0.5)),
        Node("Sprinkler", states="on, off", parents="Cloudy", table=(0.1, 0.9, 0.5, 0.5)),
        Node("Rain", parents="Cloudy", table=(0.8, 0.2, 0.2, 0.8)),
        Node("Wet grass", parents="Sprinkler, Rain", table=(0.99, 0.01, 0.9, 0.1, 0.9, 0.1, 0, 1)),
    )
)
ASIA = Net(  # Lauritzen and Spiegelhalter (1988), https://doi.org/10.1111/j.2517-6161.1988.tb01721.x
    nodes=(
        Node("Asia", table=(0.01, 0.99)),
        Node("Smoker", table=(0.5, 0.5)),
        Node("Tuberculosis", parents="Asia", table=(0.05, 0.95, 0.01, 0.99)),
        Node("Lung cancer", parents="Smoker", table=(0.1, 0.9, 0.01, 0.99)),
        Node("Bronchitis", parents="Smoker", table=(0.6, 0.4, 0.3, 0.7)),
        Node("Either", parents="Tuberculosis, Lung cancer", table=(1, 0, 1, 0, 1, 0, 0, 1)),
        Node("X-ray", parents="Either", table=(0.98, 0.02, 0.05, 0.95)),
        Node("Short breath", parents="Either, Bronchitis", table=(0.9, 0.1, 0.7, 0.3, 0.8, 0.2, 0.1, 0.9)),
    )
)
ALARM = Net(  # Pearl (1988), with the numbers of Russell and Norvig, https://aima.cs.berkeley.edu/
    nodes=(
        Node("Burglary", table=(0.001, 0.999)),
        Node("Earthquake", table=(0.002, 0.998)),
        Node("Alarm", parents="Burglary, Earthquake", table=(0.95, 0.05, 0.94, 0.06, 0.29, 0.71, 0.001, 0.999)),
        Node("John calls", parents="Alarm", table=(0.9, 0.1, 0.05, 0.95)),
        Node("Mary calls", parents="Alarm", table=(0.7, 0.3, 0.01, 0.99)),
    )
)
EXAM = Net(  # made here, after the student of Koller and Friedman (2009), section 3.2
    nodes=(
        Node("Difficulty", states="hard, fair, easy", table=(0.3, 0.5, 0.2)),
        Node("Talent", "number", "", table=(100, 15)),
        Node("Hours", "number", "", "Difficulty", (12, 3, 9, 3, 6, 2)),
        Node("Score", "number", "", "Difficulty, Talent, Hours", (-45, 0.8, 1.5, 10, -30, 0.8, 1.5, 8, -12, 0.8, 1.5, 6)),
        Node("Letter", "cut", "C, B, A", "Score", (55, 75)),
    )
)
EXAMPLES: dict[str, Net] = {"sprinkler": SPRINKLER, "clinic": ASIA, "alarm": ALARM, "exam": EXAM}
TITLES = {"sprinkler": "Sprinkler", "clinic": "Chest clinic (Asia)", "alarm": "Burglar alarm", "exam": "Exam"}
