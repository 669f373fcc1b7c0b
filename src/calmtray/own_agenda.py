"""The agenda of these days: what the user's calendars say, read again in a child process when their files change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from calmtray.calendars.asking import Question, agenda
from calmtray.calendars.child import GAVE_UP, PATIENCE_S, TOO_LONG, command
from calmtray.calendars.sources import fingerprint
from calmtray.schedule.agenda import Agenda
from calmtray.settings.model import Settings
from calmtray.settings.offering import question

LOOK_AGAIN = timedelta(seconds=45)
"""Files are looked at no more often: a beat comes once a minute, and pages ask in between."""


GONE_WITHIN_MS = 1_000


class OwnAgenda(QObject):
    """Asked at every beat, it never makes anybody wait: what was read last is what it knows.

    ``changed``: it knows something else now, or its problems are others.
    """

    changed = Signal()

    def __init__(self, settings: Callable[[], Settings]) -> None:
        super().__init__()
        self._settings = settings
        self._question: Question | None = None
        self._seen = 0
        self._looked: datetime | None = None
        self._child: QProcess | None = None
        self._stopped = GAVE_UP
        self.known = Agenda()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_S * 1_000)
        self._patience.timeout.connect(self._on_patience_timeout)

    def around(self, now: datetime) -> Agenda:
        """The appointments around ``now`` (in the zone of here), as far as they are known."""
        settings = self._settings()
        if settings.offers != "on" or not settings.agenda:
            self.close()
            self.known = Agenda()
            self._question = None
            return self.known
        asked = question(settings, now)
        if asked != self._question or self._files_changed(asked, now):
            if self._question is None:
                self.known = Agenda(read=False)
            self._ask(asked, now)
        return self.known

    def close(self) -> None:
        """Read no more."""
        self._patience.stop()
        if self._child is not None:
            child, self._child = self._child, None
            child.finished.disconnect(self._on_child_finished)
            child.kill()
            # It is gone at once, unless it hangs on a disk that does not answer.
            child.waitForFinished(GONE_WITHIN_MS)
            child.deleteLater()

    def _files_changed(self, asked: Question, now: datetime) -> bool:
        if self._looked is not None and abs(now.astimezone(UTC) - self._looked) < LOOK_AGAIN:
            return False
        self._looked = now.astimezone(UTC)
        return fingerprint(asked.paths) != self._seen

    def _ask(self, asked: Question, now: datetime) -> None:
        self.close()
        # Looked at before it is read: what changes meanwhile is seen as changed the next time.
        self._question, self._seen, self._looked = asked, fingerprint(asked.paths), now.astimezone(UTC)
        self._stopped = GAVE_UP
        self._child = child = QProcess(self)
        child.setStandardErrorFile(QProcess.nullDevice())
        child.finished.connect(self._on_child_finished)
        child.errorOccurred.connect(self._on_child_error_occurred)
        program, arguments = command()
        self._patience.start()
        child.start(program, arguments)
        if child.state() is not QProcess.ProcessState.NotRunning:
            child.write(asked.written())
            child.closeWriteChannel()

    def _on_patience_timeout(self) -> None:
        self._stopped = TOO_LONG
        if self._child is not None:
            self._child.kill()

    def _on_child_error_occurred(self, error: QProcess.ProcessError) -> None:
        # Whatever else goes wrong, it ends, and that is told as well. Some systems know of this one before ``start``
        # is over: whoever asks is not told in the middle of asking.
        if error is QProcess.ProcessError.FailedToStart:
            QTimer.singleShot(0, self, self._on_child_finished)

    def _on_child_finished(self) -> None:
        child = self._child
        if child is None or child.state() is not QProcess.ProcessState.NotRunning:
            # Another one is under way by now.
            return
        self._patience.stop()
        self._child = None
        heard = child.readAllStandardOutput().data()
        child.deleteLater()
        known = agenda(bytes(heard), self._stopped)
        if known != self.known:
            self.known = known
            self.changed.emit()
