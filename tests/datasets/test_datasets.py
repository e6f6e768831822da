"""Data sets come in as they are, and a file that is no table says so in a sentence."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from core.datasets import FAMILY, Bundled, Inline, Shelf, Uploaded, load
from core.datasets.tabular import SETS
from core.datasets.upload import MOST_COLUMNS, MOST_MB, hash_of, open_file, read_csv
from core.spec import Spec

ROOT = Path(__file__).resolve().parents[2]
SHAPES = {"wine": (178, 13), "breast cancer": (569, 30), "diabetes": (442, 11), "iris": (150, 4)}


@pytest.mark.parametrize("name", SETS)
def test_bundled_sets_have_their_rows(name):
    data = load(Bundled(name))
    assert data.x.shape == SHAPES[name] and np.isfinite(data.x).all() and len(data.names) == data.x.shape[1]
    assert (data.labels is None) == (name == "diabetes")


def test_bundled_values_are_the_published_ones():
    iris = Bundled("iris").table()
    assert list(iris.iloc[0]) == [5.1, 3.5, 1.4, 0.2, "setosa"]
    assert Bundled("wine").table()["alcohol"].mean() == pytest.approx(13.0006, abs=1e-4)
    assert Bundled("diabetes").table()["age"].max() == 79  # in years, not scaled


def test_a_table_that_a_caller_changes_stays_as_it_was():
    mine = Bundled("iris").table()
    mine.loc[0, "sepal length (cm)"] = 0.0
    assert Bundled("iris").table().iloc[0, 0] == 5.1


@pytest.mark.parametrize("member", FAMILY)
def test_every_data_set_goes_into_a_link_and_a_file_and_back(member):
    spec = member()
    assert isinstance(spec, Spec)
    assert member.from_query(spec.to_query()) == (spec, [])
    assert member.from_dict(spec.to_dict()) == spec
    assert eval(repr(spec), {member.__name__: member}) == spec


def test_typed_numbers_are_read_with_any_separator():
    assert Inline.from_query({"values": "1, 2;3\n4.5  -6e2"}) == (Inline((1.0, 2.0, 3.0, 4.5, -600.0)), [])
    for words, sentence in (("1, x", "be numbers, got x"), ("1," * 300, "be 1 to 200 numbers"), ("nan", "finite")):
        found, problems = Inline.from_query({"values": words})
        assert found == Inline() and sentence in problems[0], problems


def test_what_is_not_in_the_session_says_so():
    with pytest.raises(ValueError, match="must be uploaded in this session, got no file yet"):
        Uploaded().table()
    with pytest.raises(ValueError, match="the shelf must hold the data set, got samples"):
        Shelf("samples").table({})
    assert Shelf("samples").table({"samples": pd.DataFrame({"x": [1]})}).shape == (1, 1)


@pytest.mark.parametrize(
    "text, names, first",
    [
        ("a,b\n1,x\n2,y\n", ["a", "b"], [1.0, "x"]),
        ("a;b\n1,5;2\n2,5;3\n", ["a", "b"], [1.5, 2.0]),
        ("a\tb\n1\t2\n", ["a", "b"], [1.0, 2.0]),
        ("1.5\n2.5\n", ["column 1"], [1.5]),
        ("\ufeffa,a,\n1,2,3\n", ["a", "a (2)", "column 3"], [1.0, 2.0, 3.0]),
        ('"a,b",c\n"x, y",2\n', ["a,b", "c"], ["x, y", 2.0]),
        ("a\n1\nNA\n3\n", ["a"], [1.0]),
        ("value\n1e400\n1\n", ["value"], [np.inf]),
    ],
)
def test_a_csv_is_read(text, names, first):
    rows = read_csv(text.encode())
    assert list(rows.columns) == names and list(rows.iloc[0]) == first


def test_numbers_come_back_to_the_last_bit(tmp_path):
    x = np.random.default_rng(1).normal(size=2000) * 10.0 ** np.random.default_rng(2).integers(-30, 30, 2000)
    file = tmp_path / "data.csv"
    file.write_bytes(pd.DataFrame({"x": x}).to_csv(index=False).encode())
    assert np.array_equal(open_file(file)[hash_of(file.read_bytes())]["x"], x)


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"", "the file must hold rows, got an empty one"),
        (b"\n\n \n", "the file must hold rows, got an empty one"),
        (b"x\n", "must hold rows below its names"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "must be a CSV, got one of another kind"),
        (b"PK\x03\x04\x14\x00\x00\x00", "must be a CSV, got one of another kind"),
        ("naïve,1\n".encode("latin-1"), "must be a CSV in UTF-8, got a byte that is not at place 3"),
        (b"a,b\n1,2,3\n4\n", "got lines of several lengths"),
        (b'"a\n1\n2', "must be a table"),
        (b",".join(b"x" for _ in range(MOST_COLUMNS + 1)) + b"\n1\n", f"at most {MOST_COLUMNS} columns"),
        (b"1\n" * 1_000_002, "at most 1,000,000 rows"),
        (b"1," * 100_000, "lines of at most 100,000 bytes, got one of 200,000"),
        (b"a\n" + b"1\n" * 9 + b"2" * 100_001, "lines of at most 100,000 bytes"),
        (b"x" * ((MOST_MB << 20) + 1), f"at most {MOST_MB} MB, got 50 MB"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_file_that_is_no_table_gets_a_sentence(data, sentence):
    with pytest.raises(ValueError, match="must") as caught:
        read_csv(data)
    assert sentence in str(caught.value) and "\n" not in str(caught.value) and len(str(caught.value)) < 250


MONSTERS = {
    "numbers": 'b"0.123456789,2.3456,abc\\n" * 990_000',
    "emoji": '"😀\\n".encode() * 990_000',
    "one line": 'b"1," * (24 << 20)',
    "one quotation": "b'\"' + b'x\\n' * (20 << 20)",
    "wide": '(b",".join([b"1.5"] * 400) + b"\\n") * 30_000',
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", MONSTERS)
def test_a_monstrous_file_stays_within_its_memory(kind):
    """Read up to 50 MB in a process of its own: it may take twelve times the largest file at its peak."""
    code = f"""import resource, sys
from core.datasets.upload import read_csv
unit = 1 if sys.platform == "darwin" else 1024
data, before = {MONSTERS[kind]}, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_csv(data)
except ValueError as error:
    assert "must" in str(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit >> 20)"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    assert int(done.stdout) < 12 * MOST_MB
