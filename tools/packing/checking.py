"""What Debian's own tools say of the package: no errors, or it is none."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tools.packing.running import run

TOOLS = {"lintian": "lintian", "desktop-file-validate": "desktop-file-utils", "appstreamcli": "appstream"}
"""And the packages that have them."""


def check(package: Path) -> None:
    """Raises Failed where a tool complains."""
    run(["lintian", "--fail-on", "error,warning", "--allow-root", str(package)])
    with tempfile.TemporaryDirectory() as place:
        run(["dpkg-deb", "--extract", str(package), place])
        share = Path(place, "usr/share")
        run(["desktop-file-validate", *map(str, (share / "applications").iterdir())])
        run(["appstreamcli", "validate", "--no-net", *map(str, (share / "metainfo").iterdir())])
