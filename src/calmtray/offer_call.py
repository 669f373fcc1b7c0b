"""How an offer that is no card makes itself known: the system's notification, a line of the tray, a bell."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from calmtray.desktop.paths import bundled
from calmtray.offer_stage import OfferStage
from calmtray.settings.model import Settings
from calmtray.words.language import _

if TYPE_CHECKING:
    # Most people are offered cards that do not ring.
    from calmtray.desktop.notifications import Notification
    from calmtray.offer_bell import OfferBell


class OfferCall(QObject):
    """Listens to ``stage``. ``tell_by_tray``: show a line by the tray's icon; False where there is no tray."""

    def __init__(
        self, stage: OfferStage, settings: Callable[[], Settings], tell_by_tray: Callable[[str], bool]
    ) -> None:
        super().__init__(stage)
        self._stage = stage
        self._settings = settings
        self._tell_by_tray = tell_by_tray
        self._notification: Notification | None = None
        self._bell: OfferBell | None = None
        stage.notified.connect(self._on_stage_notified)
        stage.told.connect(self._on_stage_told)
        stage.came.connect(self._on_stage_came)
        stage.changed.connect(self._on_stage_changed)

    def close(self) -> None:
        """A bell that still rings fades."""
        if self._bell is not None:
            self._bell.close()

    def _on_stage_notified(self, why: str, first: str) -> None:
        """With buttons where the desktop has them; else a line, and a click on it shows the card; else the card."""
        actions = {"default": _("Show the offer"), "begin": _("Begin")}
        if self._stage.later is not None:
            actions["later"] = _("Later")
        actions["no"] = _("Not today")
        if not (self._shown(why, first, actions) or self._tell_by_tray(why)):
            self._stage.show_card()

    def _on_stage_told(self, line: str) -> None:
        if not (self._shown("calmtray", line, {}) or self._tell_by_tray(line)):
            self._stage.show_notice(line)

    def _shown(self, title: str, text: str, actions: Mapping[str, str]) -> bool:
        if self._notification is None:
            from calmtray.desktop.notifications import Notification

            self._notification = Notification(os.environ)
            self._notification.acted.connect(self._on_notification_acted)
            self._notification.dismissed.connect(self._stage.pass_by)
        return self._notification.show(title, text, actions)

    def _on_notification_acted(self, action: str) -> None:
        match action:
            case "begin":
                self._stage.take_first()
            case "later":
                self._stage.put_off()
            case "no":
                self._stage.send_away()
            case _:
                self._stage.show_card()

    def _on_stage_changed(self) -> None:
        """Whatever became of the offer: its notification has nothing more to say."""
        if self._notification is not None and not self._stage.waiting:
            self._notification.withdraw()

    def _on_stage_came(self) -> None:
        settings = self._settings()
        if settings.offer_sound and not settings.discreet:
            if self._bell is None:
                from calmtray.offer_bell import OfferBell

                self._bell = OfferBell(bundled("assets") / "sounds")
            self._bell.ring(settings)
