"""Rows that somebody brought: a CSV file, checked in one place, and what lies on the shelf."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from core.datasets.base import NOTHING, DataSpec, Held
from core.knobs import plain
from core.params import param

MOST_MB = 50
MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
MOST_LINE = 100_000  # bytes
MOST_NAME = 100  # characters of a column's name
SEPARATORS = ",;\t|"
SNIFFED = 20  # lines that tell the separator
ACROSS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True)
class Uploaded(DataSpec):
    """A CSV file, known by the hash of its bytes: a link says which file, and never holds it."""

    sha256: str = param("", "File", length=64, help="The SHA-256 of the file.")

    title = "A CSV file"
    private = True

    def table(self, held: Held = NOTHING) -> pd.DataFrame:
        if self.sha256 not in held:
            which = f"the file with SHA-256 {self.sha256[:12]}..." if self.sha256 else "no file yet"
            raise ValueError(f"the file must be uploaded in this session, got {which}: try the upload field")
        return held[self.sha256]


@dataclass(frozen=True)
class Shelf(DataSpec):
    """A data set that another page put on the shelf of this session."""

    name: str = param("", "On the shelf", length=MOST_NAME, help="What other pages made, by the name it got.")

    title = "From the shelf"
    private = True

    def table(self, held: Held = NOTHING) -> pd.DataFrame:
        if self.name not in held:
            raise ValueError(f"the shelf must hold the data set, got {plain(self.name) or 'no name'}: try putting it there from its page")
        return held[self.name]


def read_csv(data: bytes) -> pd.DataFrame:
    """Return the rows of a CSV file; a column becomes numbers where all its cells are numbers or empty, else it stays text.

    The separator is a comma, a semicolon, a tab or a bar, whichever parts the first lines most evenly; with semicolons a number may have
    a decimal comma. The first line gives the names, unless all of it are numbers.

    Raises:
        ValueError: in a sentence, for a file too large, not text, or without a table in it.
    """
    if len(data) > MOST_MB << 20:
        raise ValueError(f"the file must be at most {MOST_MB} MB, got {len(data) / (1 << 20):.0f} MB: try a part of its rows")
    if b"\0" in data[:4096]:
        raise ValueError("the file must be a CSV, got one of another kind (it holds zero bytes): try exporting it as CSV, in UTF-8")
    if (longest := _longest(data)) > MOST_LINE:
        raise ValueError(f"the file must have lines of at most {MOST_LINE:,} bytes, got one of {longest:,}: try a table with fewer columns")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"the file must be a CSV in UTF-8, got a byte that is not at place {error.start + 1}: try saving it as UTF-8") from None
    lines = [line for line in text[: 1 << 16].splitlines() if line.strip()][:SNIFFED]
    if not lines:
        raise ValueError("the file must hold rows, got an empty one: try another file")
    return _named(_parsed(text, separator := _separator(lines)), separator)


def _longest(data: bytes) -> int:
    """Return the length of the longest line, in bytes."""
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
    return int(np.diff(ends, prepend=-1, append=len(data)).max()) - 1


def _separator(lines: list[str]) -> str:
    """Return the separator that occurs in every line, most often and most evenly; a comma for a single column."""

    def evenness(mark: str) -> tuple[int, int]:
        (times, lines_with), *_ = Counter(line.count(mark) for line in lines).most_common(1)
        return (lines_with if times else 0, times)

    best = max(SEPARATORS, key=evenness)
    return best if 2 * evenness(best)[0] > len(lines) or evenness(best)[0] > 1 else ","


def _parsed(text: str, separator: str) -> pd.DataFrame:
    if text.count("\n", 0) > 2 * MOST_ROWS:
        raise ValueError(f"the file must have at most {MOST_ROWS:,} rows, got more than twice as many: try a part of them")
    try:
        rows = pd.read_csv(io.StringIO(text), sep=separator, header=None, dtype="str", keep_default_na=False, skip_blank_lines=True, nrows=MOST_ROWS + 2)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        reason = plain(str(error).removeprefix("Error tokenizing data. C error: ")).rstrip(".")
        raise ValueError(f"the file must be a table with a {ACROSS[separator]} between its cells, got lines of several lengths ({reason}): try a CSV") from None
    if len(rows.columns) > MOST_COLUMNS:
        raise ValueError(f"the file must have at most {MOST_COLUMNS} columns, got {len(rows.columns):,}: try the ones you need")
    return rows


def _named(rows: pd.DataFrame, separator: str) -> pd.DataFrame:
    """Give the columns their names, and turn those that hold numbers into numbers."""
    first = rows.iloc[0]
    if pd.to_numeric(first, errors="coerce").notna().all():
        names = [f"column {place + 1}" for place in range(len(rows.columns))]
    else:
        names, rows = [str(name) for name in first], rows.iloc[1:]
    if len(rows) > MOST_ROWS:
        raise ValueError(f"the file must have at most {MOST_ROWS:,} rows, got more: try a part of them")
    if rows.empty:
        raise ValueError("the file must hold rows below its names, got none: try another file")
    columns = [_numbers(rows[place], separator) for place in rows.columns]
    return pd.DataFrame(dict(zip(_unlike(names), columns, strict=True))).reset_index(drop=True)


def _numbers(column: pd.Series, separator: str) -> pd.Series:
    """Return the column as numbers where every filled cell is one; an empty cell is a gap."""
    cells = column.str.strip()
    if separator == ";":
        decimal = cells.str.replace(",", ".", regex=False)
        cells = decimal if pd.to_numeric(decimal, errors="coerce").notna().sum() > pd.to_numeric(cells, errors="coerce").notna().sum() else cells
    numbers = pd.to_numeric(cells, errors="coerce")
    spelled = numbers.notna() | cells.str.lower().isin(("", "na", "nan"))
    return numbers.astype(float) if spelled.all() and numbers.notna().any() else column


def _unlike(names: list[str]) -> list[str]:
    """Return names that are short, on one line, not empty and all different."""
    seen: dict[str, int] = {}
    found = []
    for place, name in enumerate(names):
        name = " ".join(name.split())[:MOST_NAME] or f"column {place + 1}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def hash_of(data: bytes) -> str:
    """Return the name that an uploaded file has in a spec: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()


def open_file(path: str | Path) -> Held:
    """Return the rows of a CSV file beside a notebook, under the name that `Uploaded` has for them."""
    data = Path(path).read_bytes()
    return {hash_of(data): read_csv(data)}
