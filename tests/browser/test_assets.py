"""The player's folder: the mount names every module, so that a browser fetches them in one round."""

from tests.server import ROOT

STAGE = ROOT / "assets" / "stage"


def test_the_mount_imports_every_module():
    named = (STAGE / "stage.js").read_text()
    own = {"stage.js", "cursor.js", "standalone.js"}
    assert not [path.name for path in STAGE.glob("*.js") if path.name not in own and f'"./{path.name}"' not in named]
