"""A real desktop of our own: an X server without a screen, a session bus, a window manager, a tray, and hands."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageGrab

from tests.desktop import programs
from tests.desktop.seeing import Box, colourful
from tests.desktop.waiting import wait_for

TOOLS = (
    "Xvfb", "dbus-daemon", "dbus-send", "espeak-ng", "openbox", "pactl", "paplay", "parec", "pulseaudio", "setpriv",
    "strace", "trayer", "xdotool", "xfce4-panel", "xprop", "xwininfo",
)  # fmt: skip
SIZE = (1280, 900)
PANEL_BOX = (0, SIZE[1] - 33, SIZE[0], SIZE[1])
WATCHER = "org.kde.StatusNotifierWatcher"

PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x=640;y=884"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty"><property name="plugin-1" type="string" value="systray"/></property>
</channel>
"""
"""An xfce4-panel along the lower edge that holds a tray and nothing else: its own first start would ask questions."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window on the screen, as the window manager and the X server see it."""

    id: int
    title: str
    pid: int
    states: frozenset[str]
    box: Box
    seen: bool

    @property
    def centre(self) -> tuple[int, int]:
        left, top, right, bottom = self.box
        return (left + right) // 2, (top + bottom) // 2

    @property
    def above(self) -> bool:
        return "_NET_WM_STATE_ABOVE" in self.states


class Desk:
    """One user's desktop. ``folder`` takes everything that its programs write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = programs.environment(folder)
        self._tray: subprocess.Popen[bytes] | None = None
        self._others: list[subprocess.Popen[bytes]] = []
        settings = Path(self.env["XDG_CONFIG_HOME"]) / "xfce4/xfconf/xfce-perchannel-xml"
        settings.mkdir(parents=True)
        (settings / "xfce4-panel.xml").write_text(PANEL)
        self._started: list[subprocess.Popen[bytes]] = []
        self.display = ""

    def open(self) -> None:
        """Bring it up: screen, bus and window manager."""
        self.display = self.env["DISPLAY"] = self._start_screen()
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self._start_told(
            "dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address={fd}"
        )
        self._started.append(self.start("openbox", "--sm-disable"))
        wait_for(lambda: "_NET_SUPPORTING_WM_CHECK(WINDOW)" in self.ask("xprop", "-root"), "openbox to be there")
        self.park_mouse()

    def close(self) -> None:
        """Put everything away, as far as it came up."""
        self.close_other_windows()
        self.stop_tray()
        while self._started:
            programs.stop(self._started.pop())

    def tidy(self) -> None:
        """As it was at the beginning: no other windows, no tray, the mouse out of the way."""
        self.close_other_windows()
        self.stop_tray()
        self.park_mouse()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """As a desktop that answers nobody: screen, bus and window manager are there, and stand still."""
        for program in self._started:
            program.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            for program in self._started:
                program.send_signal(signal.SIGCONT)

    # Programs.

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a program on this desktop."""
        return programs.start(command, self.env, self._log(command))

    def ask(self, *command: str) -> str:
        """What a short-lived program says; nothing where it fails, as for a window that is just gone."""
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, errors="replace", timeout=20)
        return done.stdout if done.returncode == 0 else ""

    def _start_screen(self) -> str:
        """An X server with a number of its own. Xvfb would take the lowest that looks free, and so would everybody
        else's at the same moment: far from there is more room.
        """
        screen = f"{SIZE[0]}x{SIZE[1]}x24"
        for number in random.sample(range(1_000, 50_000), 3):
            with suppress(programs.NotStarted):
                self._start_told(
                    "Xvfb", f":{number}", "-displayfd", "{fd}", "-noreset", "-screen", "0", screen, "-nolisten", "tcp"
                )
                return f":{number}"
        raise AssertionError(f"Xvfb did not start: {self._log(['Xvfb']).read_text(errors='replace')}")

    def _start_told(self, *command: str) -> str:
        program, line = programs.start_told(command, self.env, self._log(command))
        self._started.append(program)
        return line

    def _log(self, command: Sequence[str]) -> Path:
        return self.folder / f"{Path(command[0]).name}.log"

    # The tray.

    def start_trayer(self) -> None:
        """A tray for X11 icons (XEmbed) alone, in the upper right corner."""
        self._tray = self.start(
            "trayer", "--edge", "top", "--align", "right", "--widthtype", "request", "--height", "24",
            "--SetDockType", "true",
        )  # fmt: skip
        wait_for(lambda: self._tree_lines('("panel" "trayer")'), "trayer's window")

    def keep_clear(self, left: int, right: int, top: int, bottom: int) -> None:
        """Have the tray's window ask for so much room along the edges, as a panel that is as large does."""
        (line,) = self._tree_lines('("panel" "trayer")')
        window = line.split()[0]
        room = ", ".join(map(str, (left, right, top, bottom)))
        self.ask("xprop", "-id", window, "-f", "_NET_WM_STRUT", "32c", "-set", "_NET_WM_STRUT", room)
        wait_for(lambda: self._work_area() == (left, top, SIZE[0] - left - right, SIZE[1] - top - bottom), "the room")

    def _work_area(self) -> tuple[int, ...]:
        told = self.ask("xprop", "-root", "_NET_WORKAREA")
        return tuple(map(int, told.partition("=")[2].split(",")[:4]))

    def start_panel(self) -> None:
        """A tray for icons over D-Bus (StatusNotifierItem), and for X11 ones too, along the lower edge."""
        self._tray = self.start("xfce4-panel", "--sm-client-disable", "--disable-wm-check")
        wait_for(lambda: self.items() is not None, "xfce4-panel's StatusNotifierWatcher")

    def stop_tray(self) -> None:
        """Take the tray away."""
        if self._tray is not None:
            programs.stop(self._tray)
            self._tray = None
            wait_for(lambda: self.items() is None, "the tray's name to leave the bus")

    def items(self) -> list[str] | None:
        """The icons over D-Bus, each as its bus name and path; None where nobody keeps them."""
        if not self.ask_bus("org.freedesktop.DBus", "/", "org.freedesktop.DBus.GetNameOwner", f"string:{WATCHER}"):
            return None
        answer = self.ask_bus(
            WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Properties.Get",
            f"string:{WATCHER}", "string:RegisteredStatusNotifierItems",
        )  # fmt: skip
        return re.findall(r'string "([^"]*)"', answer)

    def menu(self, item: str) -> list[str]:
        """The entries of an icon's menu over D-Bus, in order; a separator is a dash."""
        bus, path = item.split("/", 1)
        answer = self.ask_bus(
            bus, f"/{path}", "org.freedesktop.DBus.Properties.Get",
            "string:org.kde.StatusNotifierItem", "string:Menu",
        )  # fmt: skip
        (menu,) = re.findall(r'object path "([^"]*)"', answer)
        layout = self.ask_bus(bus, menu, "com.canonical.dbusmenu.GetLayout", "int32:0", "int32:-1", "array:string:")
        entries = re.findall(r'"(label|type)"\s+variant\s+string "([^"]*)"', layout)
        return ["-" if kind == "type" else text for kind, text in entries]

    def docked_icons(self) -> list[Box]:
        """Where the X11 icons of calmtray are that a tray has taken in."""
        icons = []
        for line in self._tree_lines('("calmtray" "calmtray")'):
            width, height, left, top = map(int, re.findall(r"(\d+)x(\d+)\+.*\+(-?\d+)\+(-?\d+)$", line)[0])
            if width < 50 and left >= 0:
                icons.append((left, top, left + width, top + height))
        return icons

    def icon(self) -> Box | None:
        """Where something colourful is painted in the tray: there is nothing else in it than calmtray's icon."""
        for left, top, right, bottom in self.docked_icons() or ([PANEL_BOX] if self.items() else []):
            found = colourful(self.picture((left, top, right, bottom)))
            if found:
                return left + found[0], top + found[1], left + found[2], top + found[3]
        return None

    def ask_bus(self, *message: str) -> str:
        """Call a method on the session bus."""
        bus, path, method, *arguments = message
        return self.ask("dbus-send", "--session", "--print-reply", f"--dest={bus}", path, method, *arguments)

    def _tree_lines(self, part: str) -> list[str]:
        return [line for line in self.ask("xwininfo", "-root", "-tree").splitlines() if part in line]

    # Windows.

    def windows(self) -> list[Window]:
        """The windows that the window manager looks after, lowest first."""
        answer = self.ask("xprop", "-root", "_NET_CLIENT_LIST_STACKING")
        found = (self._window(number) for number in re.findall(r"0x[0-9a-f]+", answer))
        return [window for window in found if window is not None]

    def popups(self) -> list[Box]:
        """Menus: windows that no window manager looks after, and that somebody can see."""
        found = []
        for line in self.ask("xwininfo", "-root", "-children").splitlines():
            match = re.match(r"\s+(0x[0-9a-f]+) .*\s(\d+)x(\d+)\+.*\+(-?\d+)\+(-?\d+)$", line)
            if match:
                number, (width, height, left, top) = match[1], map(int, match.groups()[1:])
                if width > 60 and height > 60:
                    about = self.ask("xwininfo", "-id", number)
                    if "IsViewable" in about and "Override Redirect State: yes" in about:
                        found.append((left, top, left + width, top + height))
        return found

    def focused(self) -> int:
        """The window that has the keyboard."""
        return int(self.ask("xdotool", "getwindowfocus", "-f") or 0)

    def has_keyboard(self, window: Window) -> bool:
        """Whether what is typed goes to this window."""
        return self.focused() == window.id

    def is_seen(self, window: Window) -> bool:
        """Whether the window is still on the screen."""
        return "Map State: IsViewable" in self.ask("xwininfo", "-id", str(window.id))

    def _window(self, number: str) -> Window | None:
        about = self.ask("xprop", "-id", number, "_NET_WM_NAME", "_NET_WM_PID", "_NET_WM_STATE")
        place = self.ask("xwininfo", "-id", number)
        if not about or not place:
            return None
        title = re.search(r'_NET_WM_NAME\(UTF8_STRING\) = "(.*)"', about)
        pid = re.search(r"_NET_WM_PID\(CARDINAL\) = (\d+)", about)
        left, top, width, height = (
            int(re.findall(rf"{name}: +(-?\d+)", place)[0])
            for name in ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        )
        return Window(
            id=int(number, 16),
            title=title[1] if title else "",
            pid=int(pid[1]) if pid else 0,
            states=frozenset(re.findall(r"_NET_WM_STATE_\w+", about)),
            box=(left, top, left + width, top + height),
            seen="Map State: IsViewable" in place,
        )

    # Hands and eyes.

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Go there with the mouse and click: 1 left, 3 right."""
        self.ask("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def park_mouse(self) -> None:
        """Put the pointer where it lies over nothing."""
        self.ask("xdotool", "mousemove", "3", str(SIZE[1] // 2))

    def press(self, *keys: str) -> None:
        """Press keys, as xdotool names them, one after the other."""
        self.ask("xdotool", "key", *keys)

    def minimize(self, window: Window) -> None:
        """As by the button of the title bar."""
        self.ask("xdotool", "windowminimize", str(window.id))

    def raise_(self, window: Window) -> None:
        """As by a click in the list of windows."""
        self.ask("xdotool", "windowactivate", str(window.id))

    def picture(self, box: Box | None = None) -> Image.Image:
        """The screen as it is now, or a part of it."""
        return ImageGrab.grab(box, xdisplay=self.display)

    def open_other_window(self, kind: str, title: str) -> None:
        """Another program with a window: see ``other_window.py`` for the kinds."""
        script = Path(__file__).with_name("other_window.py")
        self._others.append(self.start(sys.executable, os.fspath(script), kind, title))

    def close_other_windows(self) -> None:
        """End those programs."""
        while self._others:
            programs.stop(self._others.pop())
