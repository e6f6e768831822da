"""Ready experiments of the page of direct and ancestral sampling, and the question that it asks."""

from core.distributions.discrete.poisson import Poisson
from core.distributions.positive.exponential import Exponential
from core.distributions.real_line.cauchy import Cauchy
from core.montecarlo.ancestral import Ancestral
from core.montecarlo.box_muller import BoxMuller
from core.montecarlo.composition import Composition, ExponentialNormal, GammaPoisson, Groups
from core.montecarlo.direct import Direct
from core.montecarlo.inverse import Inverse
from core.montecarlo.nets.examples import ALARM, ASIA, EXAM, SPRINKLER
from core.presets.preset import Preset
from core.presets.question import Question

RARE = "Asia = yes, Tuberculosis = yes, Lung cancer = yes, Smoker = no"
CALLS = "John calls = yes, Mary calls = yes"

PRESETS = (
    Preset("Through the CDF", Direct(Inverse(Exponential())), "Even heights go across to the curve and down: where it is steep, many land."),
    Preset("Down a staircase", Direct(Inverse(Poisson(4.0))), "A law of whole numbers has stairs for a CDF: as many heights meet a step as it is high."),
    Preset("The square becomes a bell", Direct(BoxMuller()), "A radius and an angle: the unit square bends into a cloud of two independent normal numbers."),
    Preset("Marsaglia's disc", Direct(BoxMuller(method="polar")), "Without a sine: points of the disc move outwards. π / 4 of the square's points lie in it."),
    Preset("Two groups", Direct(Composition(Groups())), "First the group, then the value: the histogram shows both hills, in their shares."),
    Preset("Counts at random rates", Direct(Composition(GammaPoisson())), "A Poisson count whose rate is itself drawn scatters more than any Poisson count."),
    Preset(
        "A peak out of bells", Direct(Composition(ExponentialNormal())), "Normal laws of all widths together have a sharp peak and long tails: Laplace's law."
    ),
    Preset("Sprinkler", Direct(Ancestral(SPRINKLER)), "Clouds, then sprinkler and rain, then the grass: each value flows down the arrows."),
    Preset("Chest clinic", Direct(Ancestral(ASIA)), "Eight nodes, the best known of all: from smoking and travel to an X-ray and a short breath."),
    Preset("Exam", Direct(Ancestral(EXAM, asked="Score")), "States and numbers in one model: talent and hours make a score, the score is cut into a letter."),
    Preset(
        "Who got an A?",
        Direct(Ancestral(EXAM, given="Letter = A", asked="Talent", n=5000)),
        "Only draws with an A are kept. Their talent is 113 on average, not 100.",
    ),
    Preset(
        "Cloudy, given a wet lawn",
        Direct(Ancestral(SPRINKLER, given="Wet grass = yes", asked="Cloudy = yes", way="weighting", n=5000)),
        "The wet grass is set and not drawn, and each draw weighs by how likely it was.",
    ),
    Preset(
        "The median of a Cauchy",
        Direct(Inverse(Cauchy(), estimate="median")),
        "It has no mean, but a median, and draws find it as fast as any other.",
    ),
    Preset(
        "The mean of a Cauchy",
        Direct(Inverse(Cauchy(), n=10_000)),
        "The draws are perfect. Their average jumps whenever a far one lands, and never settles.",
        fails="there is no mean to find",
        cure="estimate the median",
    ),
    Preset(
        "A poor generator",
        Direct(BoxMuller(source="lcg13")),
        "Pairs of numbers, each 13 times the last, lie on 13 lines. The plane winds them up into spirals.",
        fails="not one point below −3, where 27 are expected",
        cure="take a good generator",
    ),
    Preset(
        "Rare evidence",
        Direct(Ancestral(ASIA, given=RARE, asked="Short breath = yes", n=10_000)),
        "One draw in 400,000 agrees with what is known; the other draws are thrown away.",
        fails="no draw is left",
        cure="take likelihood weighting",
    ),
    Preset(
        "Evidence at the end of the arrows",
        Direct(Ancestral(ALARM, given=CALLS, asked="Burglary = yes", way="weighting", n=1000)),
        "Both neighbours call. Burglaries are drawn once in a thousand, and the few draws that have one carry all the weight.",
        fails="a thousand draws are worth about five",
        cure="draw 100,000 times",
    ),
)

QUESTION = Question(
    "The grass is wet, so the sprinkler was on with probability 0.43. Now you learn that it has rained. Does that probability …",
    ("rise", "stay", "fall"),
    2,
    "It falls to 0.19. Rain explains the wet grass, so the sprinkler is no longer needed: two causes that know nothing of each other compete once their effect is seen.",
    (
        "It would rise if rain turned the sprinkler on. Here both hang on the clouds, which turn it off when it rains.",
        "Given the clouds and nothing else, rain and sprinkler are independent. Once the grass is known to be wet they are not.",
        "",
    ),
    Preset(
        "Explaining away",
        Direct(Ancestral(SPRINKLER, given="Wet grass = yes, Rain = yes", asked="Sprinkler = on", n=5000)),
        "Rain explains the wet grass away.",
    ),
)
