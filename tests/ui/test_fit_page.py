"""The fit page: real data, typed data, the shelf, bad columns and hostile files."""

import numpy as np
import pandas as pd
import pytest

from core.presets.fit import PRESETS
from pages._ui import shelf
from tests.ui.test_pages import app, sentences

PAGE = "pages/fit.py"
QUICK = {"tested": "1", "bootstrap": "19"}


def text(at):
    return " ".join(each.value for each in (*at.markdown, *at.header, *at.info, *at.caption, *at.warning)).replace("\\", "")


def ranking(at):
    return at.dataframe[0].value


def uploaded(data: bytes, name: str = "data.csv"):
    """The page after a file came in, as the uploader hands it over."""
    at = app(PAGE, data="A CSV file", **QUICK)
    at.file_uploader(key="csv-file").set_value((name, data, "text/csv")).run()
    assert not at.exception, at.exception
    return at


def test_the_page_ranks_and_tests_the_wine():
    at = app(PAGE, **QUICK)
    table = ranking(at)
    assert table["verdict"].iloc[0].startswith("leads") and table["AIC above best"].is_monotonic_increasing and len(table) > 30
    assert table["bootstrap p, KS"].notna().sum() == 1
    assert "leads, out of" in text(at) and "Cannot tell apart at this n" in sentences(at)


def test_the_state_comes_from_the_link():
    at = app(PAGE, **{"data.Bundled.name": "iris", "column": "sepal width (cm)", "look": "Normal", "seed": "4", **QUICK})
    assert at.selectbox(key="data.Bundled.name").value == "iris" and at.selectbox(key="column").value == "sepal width (cm)"
    assert at.selectbox(key="look").value == "Normal"
    assert all(part in at.code[0].value for part in ("column=sepal+width", "look=Normal", "seed=4"))


def test_another_data_set_starts_at_its_first_column():
    at = app(PAGE, column="ash", **QUICK)
    at.selectbox(key="data.Bundled.name").set_value("iris").run()
    assert not at.exception and at.selectbox(key="column").value == "sepal length (cm)"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_opens_and_one_that_fails_says_so(preset):
    at = app(PAGE, **QUICK)
    at.button(key=f"preset:{preset.name}").click().run(timeout=120)
    assert not at.exception
    if preset.fails:
        assert preset.fails in sentences(at).lower()


def test_what_is_on_the_shelf_can_be_fitted():
    at = app(PAGE, **QUICK)
    at.session_state["shelf"] = {"mine": shelf.Item(pd.DataFrame({"x": np.random.default_rng(1).normal(size=60)}), "test", "k")}
    at.selectbox(key="data").set_value("Shelf").run()
    assert not at.exception and at.selectbox(key="column").value == "x"
    assert "60 values" in text(at)


def test_an_upload_is_fitted_and_its_notebook_comes_with_its_data():
    at = uploaded(b"size;kind\n" + b"".join(f"{v:.3f};a\n".replace(".", ",").encode() for v in np.random.default_rng(2).gamma(2, 1, 80)))
    assert at.selectbox(key="column").value == "size" and "80 values" in text(at)
    assert "data.Uploaded.sha256=" in at.code[0].value


def test_a_link_to_a_file_of_another_session_asks_for_it():
    at = app(PAGE, **{"data": "A CSV file", "data.Uploaded.sha256": "ab" * 32})
    assert "must be uploaded in this session, got the file with SHA-256 abababababab" in sentences(at)


@pytest.mark.parametrize(
    "data, sentence",
    [
        ("\n".join(["😀", "😀", "😁"] * 9).encode(), "values must be numbers, got 😀"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "must be a CSV, got one of another kind"),
        (b"<script>alert(1)</script>\n" * 9, "values must be numbers"),
        (b"{}", "must hold rows below its names"),
        (b"x\n" + b"1\n" * 30, "values must differ, got 30 times 1"),
        (b"x\n" + b"1\n2\n3\n" * 10, "more than 3 levels"),
        (b"x\n1\n2\n\n4\n", "values must be at least 5"),
        (b"=1+1,@x\n1,2\n3,4\n5,6\n7,8\n9,1\n10,12\n", ""),
    ],
    ids=["emoji", "picture", "script", "json", "constant", "three values", "short", "formula"],
)
def test_a_hostile_file_gets_a_sentence_and_a_page(data, sentence):
    at = uploaded(data)
    assert sentence in sentences(at)


def test_names_of_columns_are_never_markup():
    at = uploaded(b"**bold** [link](http://x.test)\n" + b"\n".join(str(v).encode() for v in np.random.default_rng(2).normal(size=30)))
    assert not any("**bold**" in each.value for each in at.markdown)


@pytest.mark.parametrize("query", [{"column": "nothing"}, {"families": "all"}, {"tested": "1e9"}, {"values": "x"}, {"look": "<b>"}], ids=str)
def test_a_bad_link_gets_a_page(query):
    at = app(PAGE, **{**QUICK, **query})
    assert at.title[0].value == "Fit"
