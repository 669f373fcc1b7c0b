"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file to write beside ``path``; once written it takes that place, readable by whoever may read new files.

    Whatever goes wrong meanwhile, ``path`` is as it was. Raises OSError.
    """
    # Of the name nothing but the suffix: a long one leaves no room for more.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".calmtray-", suffix=path.suffix)
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """What this process lets nobody do with its new files; mkstemp's are the owner's alone."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
