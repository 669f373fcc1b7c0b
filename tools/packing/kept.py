"""Which files a packed calmtray keeps of what PyInstaller finds: what is in use, and nothing that the system has."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatch

Entry = tuple[str, str, str]
"""As PyInstaller has it: where a file goes, where it is, what kind it is."""

UNUSED_MODULES = (
    # Nothing here opens a network connection.
    "_ssl", "ssl", "PySide6.QtNetwork", "ftplib", "http", "imaplib", "smtplib", "socketserver", "xmlrpc",
    # hashlib does without OpenSSL.
    "_hashlib",
    # For Qt's voices, which need Qt's libraries for media and for networks: the package recommends espeak-ng instead.
    "PySide6.QtTextToSpeech", "PySide6.QtMultimedia",
    # Of development.
    "_pytest", "distutils", "doctest", "lib2to3", "numpy.f2py", "numpy.testing", "pdb", "pip", "pydoc", "pytest",
    "setuptools", "tkinter", "unittest",
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

QT_TRANSLATIONS = ("qtbase_en.qm", "qtbase_fr.qm")

QT = "PySide6/Qt/"
OWN_FOLDERS = ("PySide6/", "shiboken6/", "numpy/", "lib-dynload/", "python3", "_soundfile_data/", "_cffi_backend")


def keeps(entry: Entry) -> bool:
    """Whether a file is kept."""
    name, _, kind = entry
    if name.startswith(QT):
        folder, _, rest = name.removeprefix(QT).partition("/")
        wanted = {"lib": QT_LIBRARIES, "plugins": QT_PLUGINS, "translations": QT_TRANSLATIONS}.get(folder, ())
        return any(fnmatch(rest, pattern) for pattern in wanted)
    # A library on its own is the system's: the package names it among what it depends on.
    return kind != "BINARY" or "/" in name or name.startswith("libpython")


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """Those that are kept. Links to them stay: a library has a name with its version, and one without."""
    return [entry for entry in entries if keeps(entry)]
