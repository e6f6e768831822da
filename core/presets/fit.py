"""Ready experiments of the fit page."""

from core.datasets import Bundled, Inline
from core.montecarlo.fitting import Fitting
from core.presets.preset import Preset

PRESETS = (
    Preset("Alcohol in wine", Fitting(Bundled("wine"), "alcohol"), "Flatter than a bell: the normal law lies well behind a law with blunt shoulders."),
    Preset(
        "How tumours are sized",
        Fitting(Bundled("breast cancer"), "mean area"),
        "Areas are skewed to the right, and many families with a long right tail describe them.",
    ),
    Preset(
        "Blood pressure",
        Fitting(Bundled("diabetes"), "bp", tested=4),
        "442 patients: read which families the data cannot tell apart before you name one.",
    ),
    Preset(
        "Two species in one column",
        Fitting(Bundled("iris"), "petal length (cm)"),
        "Petals of three species: two heaps with a gap between them.",
        fails="none of these families fits",
        cure="look for groups, and fit each by itself",
    ),
    Preset(
        "Twelve values",
        Fitting(Inline()),
        "With twelve values nearly every family will do.",
        fails="cannot tell apart at this n",
        cure="bring more data, or choose by how the values came about",
    ),
)
