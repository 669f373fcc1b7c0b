"""What the desktop tests stand on: a desktop for each module, a calmtray for each test, and nothing left afterwards."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from tests.desktop import programs
from tests.desktop.calm import Calm, Clocked
from tests.desktop.desk import TOOLS, Desk
from tests.desktop.speakers import Speakers


@pytest.fixture(scope="session", autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """The tools are there before, and our programs are gone after."""
    absent = programs.missing(TOOLS)
    if absent:
        names = ", ".join(absent)
        pytest.exit(f"The desktop tests need {names}, which this machine lacks. See DEV_PACKAGES in dev.py.", 1)
    yield
    left = programs.end_what_is_left()
    assert not left, f"These programs outlived the tests: {left}"


@pytest.fixture(scope="module")
def shared_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desktop for the tests of one module."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    try:
        desk.open()
        yield desk
    finally:
        desk.close()
    left = programs.end_what_is_left()
    assert not left, f"These programs outlived their desktop: {left}"


@pytest.fixture
def desk(shared_desk: Desk) -> Iterator[Desk]:
    """The module's desktop, without a tray, the mouse out of the way."""
    yield shared_desk
    shared_desk.tidy()


@pytest.fixture
def trayer(desk: Desk) -> Desk:
    """With a tray that takes X11 icons."""
    desk.start_trayer()
    return desk


@pytest.fixture
def panel(desk: Desk) -> Desk:
    """With a tray that takes icons over D-Bus."""
    desk.start_panel()
    return desk


@pytest.fixture
def speakers(desk: Desk) -> Iterator[Speakers]:
    """With speakers to play on, and somebody to listen to them."""
    plugged = Speakers(desk)
    try:
        plugged.start()
        yield plugged
    finally:
        plugged.close()


@pytest.fixture
def calm(desk: Desk, tmp_path: Path) -> Iterator[Calm]:
    """An app that is not started yet, with an empty home."""
    app = Calm(desk, tmp_path / "calm")
    try:
        yield app
        app.close()
    finally:
        app.kill()


@pytest.fixture
def clocked(desk: Desk, tmp_path: Path) -> Iterator[Clocked]:
    """The same with a clock that the test moves."""
    app = Clocked(desk, tmp_path / "calm")
    desk.env["PYTHONPATH"] = str(Path(__file__).parents[2])
    app.set_ahead(0, 0)
    try:
        yield app
        app.close()
    finally:
        app.kill()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails leaves a picture of the screen, and says where."""
    report = yield
    fixtures: dict[str, object] = getattr(item, "funcargs", {})
    desk, folder, app = fixtures.get("shared_desk"), fixtures.get("tmp_path"), fixtures.get("calm")
    if report.when == "call" and report.failed and isinstance(desk, Desk) and isinstance(folder, Path):
        path = folder / "screen.png"
        desk.picture().save(path)
        report.sections.append(("the screen", str(path)))
        if isinstance(app, Calm):
            report.sections.append(("calmtray said", app.said() or "(nothing)"))
    return report


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Note what was measured: the summary shows it."""

    def note(**measured: object) -> None:
        for name, value in measured.items():
            record_property(name, str(value))  # what two processes can tell each other

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was measured, as it is worth knowing before it fails."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        if isinstance(report, pytest.TestReport) and report.when == "call" and report.user_properties:
            terminalreporter.write_line(f"measured by {report.nodeid.rpartition('::')[2]}")
            for name, value in report.user_properties:
                terminalreporter.write_line(f"    {name} = {value}")
