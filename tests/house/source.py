"""The source of calmtray, as text and as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import calmtray
import dev

ROOT = Path(dev.__file__).parent
PACKAGE = Path(calmtray.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))


def module(path: Path) -> str:
    """``src/calmtray/session/breath.py`` -> ``calmtray.session.breath``."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = [module(path) for path in FILES]
TREES = {module(path): ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def imports_of(tree: ast.AST) -> Iterator[str]:
    """Every module named in an import statement, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls_of(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Every call of a function by one of these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def tracked() -> list[Path]:
    """Every file that git keeps; none outside a checkout."""
    if not (ROOT / ".git").exists():
        return []
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
