"""The relatives page's notebook runs in a fresh kernel and gives the page's numbers to the last bit."""

import nbformat
import pytest

from core import notebook
from core.distributions.kinship import Kin, numbers, run
from core.distributions.relations.limits import BinomialToPoisson
from core.distributions.relations.rays import GammaToBeta
from core.progress import finish
from tests.notebooks.test_notebooks import execute


@pytest.mark.parametrize("spec", [Kin(BinomialToPoisson(n=77, rate=4.0)), Kin(GammaToBeta(a=0.7), seed=6)], ids=lambda spec: type(spec.edge).__name__)
def test_a_notebook_of_a_relation_gives_the_page_s_numbers(spec, tmp_path):
    shown = numbers(finish(run(spec.frames())))
    file = notebook.build(spec.edge.title, spec.edge.statement(), spec, run, numbers, shown, [], "http://example.org/relatives")
    book = nbformat.reads(file.decode(), as_version=4)
    nbformat.validate(book)
    assert "Every number is the page's, to the last bit." in execute(book, tmp_path)
