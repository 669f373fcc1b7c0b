"""Which files a packed calmtray keeps of what PyInstaller finds: what is in use, and nothing that the system has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatch
from posixpath import dirname, join, normpath

Entry = tuple[str, str, str]
"""As PyInstaller has it: where a file goes, where it is, what kind it is."""

UNUSED_MODULES = (
    # Nothing here opens a network connection; but miniaudio, which could, imports http.
    "_ssl", "ssl", "PySide6.QtNetwork", "ftplib", "imaplib", "smtplib", "socketserver", "xmlrpc",
    # hashlib does without OpenSSL.
    "_hashlib",
    # For Qt's voices, which need Qt's libraries for media and for networks: the package recommends espeak-ng instead.
    "PySide6.QtTextToSpeech", "PySide6.QtMultimedia",
    # Of development.
    "_pytest", "distutils", "doctest", "lib2to3", "pdb", "pip", "pydoc", "pytest",
    "setuptools", "tkinter", "unittest",
    # Of NumPy, beyond arrays.
    "numpy.f2py", "numpy.ma", "numpy.polynomial", "numpy.random", "numpy.testing",
    # Of cffi, when it compiles: soundfile and miniaudio come compiled.
    "cffi.ffiplatform", "cffi.recompiler", "cffi.verifier", "pycparser",
)  # fmt: skip

QT_LIBRARIES = (
    "libQt6Core.so.6", "libQt6DBus.so.6", "libQt6Gui.so.6", "libQt6Svg.so.6", "libQt6WaylandClient.so.6",
    "libQt6Widgets.so.6", "libQt6XcbQpa.so.6", "libicudata.so.*", "libicui18n.so.*", "libicuuc.so.*",
)  # fmt: skip

QT_PLUGINS = (
    "imageformats/libqjpeg.so",
    "imageformats/libqwebp.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platforms/libqoffscreen.so",
    "platforms/libqwayland.so",
    "platforms/libqxcb.so",
    "platformthemes/libqxdgdesktopportal.so",
    # A frame around windows where the desktop draws none (GNOME); it is what Svg is there for.
    "wayland-decoration-client/libadwaita.so",
    "wayland-shell-integration/libxdg-shell.so",
)

QT_PARTS = ("Core", "DBus", "Gui", "Widgets")
PLUGIN_FOLDERS = ("platforms", "styles", "imageformats", "platformthemes")
"""Of Qt on Windows and macOS, where its files lie elsewhere and have other names."""

QT_TRANSLATIONS = ("qtbase_en.qm", "qtbase_fr.qm")

# Encodings of the Far East are read nowhere. Of what tells about a library, the version is asked for. NumPy's own tests
# are nobody's here, and time zones come from the system, or from tzdata.
DROPPED = (
    "*/_codecs_[!m]*.so", "*.dist-info/[!M]*", "pyside6_addons-*", "pycparser-*", "numpy/*_tests.*",
    "dateutil/zoneinfo/*.tar.gz",
)  # fmt: skip

QT = "PySide6/Qt/"
LINK = "SYMLINK"


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """Those that are kept, and the links to them."""
    found = list(entries)
    files = [entry for entry in found if entry[2] != LINK and keeps(*entry)]
    names = {name for name, _, _ in files}
    links = [entry for entry in found if entry[2] == LINK and normpath(join(dirname(entry[0]), entry[1])) in names]
    return [*files, *links]


def kept_elsewhere(entries: Iterable[Entry]) -> list[Entry]:
    """What Windows and macOS keep: all but the parts of Qt that nothing here uses, and the languages nobody speaks."""
    return [entry for entry in entries if not _is_idle(entry[0].replace("\\", "/"))]


def _is_idle(name: str) -> bool:
    if any(fnmatch(name, pattern) for pattern in DROPPED):
        return True
    if "/translations/" in name:
        return name.rpartition("/")[2] not in QT_TRANSLATIONS
    folder = re.search(r"/plugins/([^/]+)/", name)
    if folder is not None:
        return folder[1] not in PLUGIN_FOLDERS
    library = re.search(r"(?:^|/)(?:lib)?Qt6?([A-Z]\w+?)(?:\.framework|\.dll|\.so|\.dylib|\.abi3|\.pyd|/|$)", name)
    return library is not None and library[1] not in QT_PARTS


def keeps(name: str, _source: str, kind: str) -> bool:
    """Whether a file is kept."""
    if name.startswith(QT):
        folder, _, rest = name.removeprefix(QT).partition("/")
        wanted = {"lib": QT_LIBRARIES, "plugins": QT_PLUGINS, "translations": QT_TRANSLATIONS}.get(folder, ())
        return any(fnmatch(rest, pattern) for pattern in wanted)
    if any(fnmatch(name, pattern) for pattern in DROPPED):
        return False
    # A library on its own is the system's: the package names it among what it depends on.
    return kind != "BINARY" or "/" in name or name.startswith("libpython")
