"""An experiment as a notebook: the spec, the run and the numbers of the page, to take home."""

from __future__ import annotations

import io
import platform
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import numpy
import scipy

import core
from core.spec import Spec

DATA = "data.csv"
NEEDS = "This notebook needs Ulam's engine: run `pip install .` in a copy of the Ulam project, restart the kernel, and run this cell again."
CHECK = f'''try:
    import core.spec
except ImportError:
    raise ImportError("{NEEDS}") from None'''
PRINT = """shown = {numbers}(result)
for name, value in shown.items():
    print(f"{{name}}: {{value!r}}")"""
COMPARE = """page = {page!r}
differs = [name for name, value in shown.items() if repr(value) != page[name]]
print("Every number is the page's, to the last bit." if not differs else f"Not the page's numbers: {{differs}}; it ran on {versions}.")
assert not differs"""


def build(
    title: str,
    text: str,
    spec: Spec,
    run: Callable,
    numbers: Callable[[Any], dict[str, float]],
    page: dict[str, float],
    figures: Iterable[Callable] = (),
    link: str = "",
    data: bytes | None = None,
) -> bytes:
    """Return a notebook (.ipynb), or a zip of it and its data, that runs a spec again and compares its numbers with those of the page.

    Args:
        title, text: what stands on top.
        spec: the experiment; its repr is the line that makes it again.
        run: the engine's function, a generator of reports.
        numbers: the engine's function from the result to its numbers by name.
        page: the numbers that the page shows, unrounded.
        figures: the engine's figure functions, each (spec, result) -> Figure.
        link: the address that restores the page.
        data: a CSV file that the spec names by its hash; the run then takes `(spec, held)`.
    """
    import nbformat  # only an export needs it
    from nbformat import v4

    back = f"\n\nThe page: <{link}>" if link else ""
    imports = sorted({_import_of(run), _import_of(numbers), "from core.progress import finish", *_imports(spec)})
    shown = {name: repr(value) for name, value in page.items()}
    held, opened = ("", "") if data is None else (", held", f'\nheld = open_file("{DATA}")')
    imports += ["from core.datasets.upload import open_file"] if data is not None else []
    cells = [
        v4.new_markdown_cell(f"# {title}\n\n{text}{back}\n\nMade by Ulam {core.__version__}. {NEEDS}"),
        v4.new_code_cell(CHECK),
        v4.new_code_cell("\n".join([*imports, "", f"spec = {spec!r}{opened}", f"result = finish({run.__name__}(spec{held}))"])),
        v4.new_code_cell(PRINT.format(numbers=numbers.__name__)),
        v4.new_code_cell(COMPARE.format(page=shown, versions=versions())),
        *(v4.new_code_cell(f"{_import_of(figure)}\n\n{figure.__name__}(spec, result)") for figure in figures),
    ]
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"  # nbformat draws ids at random; the same experiment gives the same file
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "ulam": spec.to_dict()}
    book = nbformat.writes(v4.new_notebook(cells=cells, metadata=kernel)).encode()
    return book if data is None else _zipped({"notebook.ipynb": book, DATA: data})


def _zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of some files, stamped with no date: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items():
            box.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def versions() -> str:
    """Return the versions on which the bits depend, as one line."""
    return f"Ulam {core.__version__}, Python {platform.python_version()}, NumPy {numpy.__version__}, SciPy {scipy.__version__}"


def _import_of(thing: Callable) -> str:
    return f"from {thing.__module__} import {thing.__name__}"


def _imports(spec: Spec) -> set[str]:
    """Return the imports that the repr of a spec needs: its class and those of all specs in it."""
    found, todo = set(), [spec]
    while todo:
        each = todo.pop()
        found.add(_import_of(type(each)))
        for name in each.params():
            value = getattr(each, name)
            todo.extend(part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Spec))
    return found
