"""Every directory: the user's from platformdirs or --home, and what comes with the app."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

MAX_PATH, CSIDL_COMMON_APPDATA = 260, 35
"""Of Windows: how long a path may be, and the folder that all users share."""

NAME = "calmtray"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where one user's calmtray keeps its files."""

    config: Path
    data: Path
    state: Path
    cache: Path
    site: Path
    """The organisation's, the same for everybody on this machine."""

    @property
    def policy(self) -> Path:
        """What the organisation settles."""
        return self.site / "policy.toml"

    @property
    def shared_practices(self) -> Path:
        """The organisation's practices."""
        return self.site / "practices"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.toml"

    @property
    def journal(self) -> Path:
        """The journal."""
        return self.data / "journal.sqlite3"

    @property
    def practices(self) -> Path:
        """The user's own practices."""
        return self.data / "practices"

    @property
    def set_aside(self) -> Path:
        """What the user's own practices no longer are: deleted, replaced by a pack, or written anew."""
        return self.practices / ".set-aside"

    @property
    def drafts(self) -> Path:
        """Practices that are being written."""
        return self.data / "drafts"

    @property
    def voices(self) -> Path:
        """Clips that were made here, and can be made again."""
        return self.cache / "voices"

    @property
    def autostart(self) -> Path:
        """Where the desktop looks for what opens at login; beside the rest of a run with --home, where it does not."""
        if sys.platform == "darwin" and self.config.parent.name == "Application Support":
            return self.config.parents[1] / "LaunchAgents"
        return self.config.parent / "autostart"

    @property
    def login_fixed(self) -> Path:
        """There while the organisation has settled whether calmtray opens at login."""
        return self.state / "login-fixed"

    @property
    def log(self) -> Path:
        """What should not have happened."""
        return self.state / "calmtray.log"

    @property
    def run(self) -> Path:
        """The lock and the socket of the running app."""
        return self.state / "run"


def user_paths(home: Path | None = None) -> Paths:
    """The platform's folders for this user, or everything under ``home``."""
    if home is not None:
        home = home.absolute()
        return Paths(home / "config", home / "data", home / "state", home / "cache", home / "site")
    import platformdirs

    folders = platformdirs.PlatformDirs(NAME, appauthor=False)
    return Paths(
        folders.user_config_path, folders.user_data_path, folders.user_state_path, folders.user_cache_path, _site()
    )


def _site() -> Path:
    """Where an administrator's files are. The environment, which is the user's to say, leads nowhere else."""
    if sys.platform == "win32":
        import ctypes

        found = ctypes.create_unicode_buffer(MAX_PATH)
        ctypes.windll.shell32.SHGetFolderPathW(None, CSIDL_COMMON_APPDATA, None, 0, found)  # type: ignore[attr-defined,unused-ignore]
        return Path(found.value or r"C:\ProgramData", NAME)
    return Path("/Library/Application Support" if sys.platform == "darwin" else "/etc", NAME)


def bundled(folder: str) -> Path:
    """``assets`` or ``practices``: inside the package when installed, at the top of a checkout otherwise."""
    package = Path(__file__).parent.parent
    installed = package / folder
    return installed if installed.is_dir() else package.parent.parent / folder
