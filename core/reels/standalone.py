"""A reel as one HTML file that plays without a network: the player, its style and the tables inlined, under a strict policy."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import sys
from pathlib import Path

from core.reels.reel import Reel
from core.reels.wire import inline, pack

IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)

PAPER = """
:root { color-scheme: light dark; --st-background-color: #FBFAF6; --st-text-color: #20242A; --st-primary-color: #0072B2; --st-border-color: #D8D4C8; }
@media (prefers-color-scheme: dark) {
  :root { --st-background-color: #15181C; --st-text-color: #E9E7E1; --st-primary-color: #4AA8E0; --st-border-color: #3A4048; }
}
body { max-width: 1200px; margin: 0 auto; padding: 20px 16px; background: var(--st-background-color); color: var(--st-text-color); font-family: system-ui, sans-serif; }
h1 { margin: 0 0 12px; font-size: 24px; font-weight: 600; }
body > p { max-width: 62em; font-size: 15px; line-height: 1.45; }
"""


def page(reel: Reel, title: str, note: str = "") -> str:
    """Return a reel as an HTML page of its own, with a title above and a note below; both are plain text.

    Raises:
        FileNotFoundError: when the player's files are not installed beside the engine.
    """
    head, tables = pack(reel)
    data = json.dumps({"head": head, "tables": inline(tables), "name": "reel", "title": title}, allow_nan=False).replace("<", "\\u003c")
    start = 'play(document.querySelector(".stage"), JSON.parse(document.getElementById("reel").textContent));'
    script = f"\n{bundle('standalone')}\nstandalone_js.{start}\n"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data: blob:"
    style = PAPER + (stage_files() / "stage.css").read_text(encoding="utf-8")
    below = f"<p>{html.escape(note)}</p>\n" if note else ""
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{html.escape(title)}</title>\n<style>{style}</style>\n</head>\n'
        f'<body>\n<h1>{html.escape(title)}</h1>\n<div class="stage"></div>\n{below}'
        f'<script type="application/json" id="reel">{data}</script>\n<script>{script}</script>\n</body>\n</html>\n'
    )


def stage_files() -> Path:
    """Return the folder of the player: in the repository, or beside the installed engine."""
    core = Path(__file__).resolve().parents[1]
    for folder in (core.parent / "assets" / "stage", core.parent / "share" / "ulam" / "stage", Path(sys.prefix) / "share" / "ulam" / "stage"):
        if (folder / "standalone.js").is_file():
            return folder
    raise FileNotFoundError(f"the player's files (assets/stage) are neither beside {core} nor installed with it: install Ulam again with `pip install .`")


def bundle(entry: str) -> str:
    """Return a module and all it imports as one script: each module is a function that returns its exports, in order of need."""
    done: dict[str, str] = {}
    _collect(entry, stage_files(), done)
    return '"use strict";\n' + "\n".join(done.values())


def _collect(name: str, folder: Path, done: dict[str, str]) -> None:
    if name in done:
        return
    source = (folder / f"{name}.js").read_text(encoding="utf-8")
    for _, needed in IMPORT.findall(source):
        _collect(needed, folder, done)
    exports = ", ".join(EXPORT.findall(source))
    body = EXPORT.sub("", IMPORT.sub(r"const {\1} = \2_js;", source))
    done[name] = f"const {name}_js = (() => {{\n{body}return {{ {exports} }};\n}})();"
