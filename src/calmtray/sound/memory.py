"""Memory that a session took goes back to the system when it ends.

glibc learns from the first large block that is freed to keep such blocks for later; after some sessions, which each
decode other clips in a thread of their own, tens of megabytes lie about in pieces. Elsewhere nothing has to be done.
"""

from __future__ import annotations

import ctypes
import sys

LARGE_BYTES = 256 * 1024
"""From here on a block is the system's own: decoded sound is."""

FEW_ARENAS = 2

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # malloc.h


def keep_large_blocks_apart() -> None:
    """Ask for it; once is enough, and again does no harm."""
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_M_MMAP_THRESHOLD, LARGE_BYTES)
        libc.mallopt(_M_ARENA_MAX, FEW_ARENAS)


def give_back() -> None:
    """Return what is free."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") else None
