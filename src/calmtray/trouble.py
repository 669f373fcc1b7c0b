"""calmtray could not start: it is written down, and said where somebody who clicked an icon can see it."""

from __future__ import annotations

from traceback import clear_frames

from calmtray.desktop.paths import Paths
from calmtray.desktop.trouble_log import TroubleLog
from calmtray.words.trouble_texts import could_not_start, could_not_start_text


def tell(paths: Paths, error: Exception) -> str:
    """Log it, show a window where Qt can be loaded, and give the sentence for the terminal."""
    written = TroubleLog(paths.log).note(error)
    # An icon that is there already would stay, and answer nobody.
    clear_frames(error.__traceback__)
    said = could_not_start_text(str(paths.log) if written else "")
    try:
        from calmtray.ui.trouble_window import show_trouble
    except ImportError:
        # It is Qt that is missing or broken.
        pass
    else:
        show_trouble(could_not_start(), said, paths.log.parent if written else None)
    return f"{could_not_start()} {said}"
