"""The agenda of these days: what the user's calendars say, read again in a child process when their files change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

from PySide6.QtCore import QObject, QProcess, Qt, QTimer, Signal

from calmtray.calendars.asking import UNREAD, Question, agenda
from calmtray.calendars.child import GAVE_UP, PATIENCE_S, TOO_LONG, command
from calmtray.calendars.sources import fingerprint
from calmtray.schedule.agenda import Agenda, Event
from calmtray.settings.model import Settings
from calmtray.settings.offering import question

LOOK_AGAIN = timedelta(seconds=45)
"""Files are looked at no more often: a beat comes once a minute, and pages ask in between."""

UNSURE = UNREAD | {"agenda-cut-short"}
"""Problems after which something that was known may be missing."""

GONE_WITHIN_MS = 1_000
"""How long the end of the app waits for a child, or for a disk that is just being looked at."""


class OwnAgenda(QObject):
    """Asked at every beat, it never makes anybody wait: what was read last is what it knows.

    ``changed``: it knows something else now, or its problems are others.
    """

    changed = Signal()
    _looked_at = Signal(tuple, object)

    def __init__(self, settings: Callable[[], Settings]) -> None:
        super().__init__()
        self._settings = settings
        self._question: Question | None = None
        self._seen: int | None = None
        self._looked: datetime | None = None
        self._look: Thread | None = None
        self._child: QProcess | None = None
        self._stopped = GAVE_UP
        self.known = Agenda()
        self._sure: tuple[Event, ...] = ()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_S * 1_000)
        self._patience.timeout.connect(self._on_patience_timeout)
        # It comes from a thread that knows no Qt.
        self._looked_at.connect(self._on_self_looked_at, Qt.ConnectionType.QueuedConnection)

    def around(self, now: datetime) -> Agenda:
        """The appointments around ``now`` (in the zone of here), as far as they are known."""
        settings = self._settings()
        if not settings.agenda:
            self._end_child()
            self.known, self._question, self._sure = Agenda(), None, ()
            return self.known
        asked = question(settings, now)
        if asked != self._question:
            if self._question is None:
                self.known = Agenda(read=False)
            elif replace(asked, first=self._question.first, last=self._question.last) != self._question:
                # Other files, or other words: what was known is no longer meant.
                self._sure = ()
            self._end_child()
            self._question, self._seen = asked, None
            self._patience.start()
        elif self._looked is not None and abs(now.astimezone(UTC) - self._looked) < LOOK_AGAIN:
            return self.known
        self._looked = now.astimezone(UTC)
        self._look_at(asked.paths)
        return self.known

    def close(self) -> None:
        """Read no more."""
        self._end_child()
        if self._look is not None:
            self._look.join(GONE_WITHIN_MS / 1_000)

    def _end_child(self) -> None:
        self._patience.stop()
        if self._child is not None:
            child, self._child = self._child, None
            child.finished.disconnect(self._on_child_finished)
            child.kill()
            # It is gone at once, unless it hangs on a disk that does not answer.
            child.waitForFinished(GONE_WITHIN_MS)
            child.deleteLater()

    def _look_at(self, paths: tuple[str, ...]) -> None:
        """See whether files changed, one look at a time, on a thread: a folder on a network may hang for minutes."""
        if self._look is None:
            self._look = Thread(
                target=lambda: self._looked_at.emit(paths, fingerprint(paths)), name="agenda", daemon=True
            )
            self._look.start()

    def _on_self_looked_at(self, paths: tuple[str, ...], seen: int) -> None:
        self._look = None
        if self._question is None:
            return
        if paths != self._question.paths:
            self._look_at(self._question.paths)
        elif seen != self._seen:
            # Looked at before it is read: what changes meanwhile is seen as changed the next time.
            self._seen = seen
            self._ask(self._question)

    def _ask(self, asked: Question) -> None:
        self._end_child()
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
        else:
            # Not even the files could be looked at. Should their disk answer later, they are read then.
            self._know(agenda(b"", TOO_LONG))

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
        self._know(agenda(bytes(heard), self._stopped))

    def _know(self, known: Agenda) -> None:
        if any(problem.code in UNSURE for problem in known.problems):
            # A disk that is away for a minute, or a file that is just being written: what was known is believed until
            # then. Whoever relies on it would be offered a practice in a session.
            known = replace(known, events=sorted({*known.events, *self._sure}))
        else:
            self._sure = tuple(known.events)
        if known != self.known:
            self.known = known
            self.changed.emit()
