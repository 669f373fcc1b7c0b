"""Import Qt, and leave Python's ``import`` as it was."""

from __future__ import annotations

import builtins


def import_qt() -> None:
    """Load PySide6 without the hook that it puts around every later import.

    The hook serves ``from __feature__ import …``, which calmtray does without. To find out who asks for it, it reads
    the source of every module imported from then on, and ``linecache`` keeps all of that: 4 MB for the whole time in
    the tray, and a tenth of the way to the icon.
    """
    plain = builtins.__import__
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.__import__ = plain
