"""Each way to draw a breath: it follows the level, says the phase, and does no more work than its motion needs."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QWidget

from calmtray.practice.model import Pattern, Phase
from calmtray.session.breath import Pose, level_at, pose_at
from calmtray.session.timeline import Choices, Timeline, build_timeline
from calmtray.settings.model import PacerKind
from calmtray.ui.pacers import lettering
from calmtray.ui.pacers.base import LIGHT_STEP, Pacer
from calmtray.ui.pacers.circle import MOST_LINES, CirclePacer
from calmtray.ui.pacers.frames import LONGEST_MS, SHORTEST_MS, FrameClock
from calmtray.ui.pacers.registry import make_pacer
from calmtray.ui.theme import apply_theme, colours
from tests.making import BOX, FOUR_SIX, HOLD, IN, OUT, REST, SIGH, TOP_UP, breath, breathing, practice, quiet

LEAD_MS = 10_000
THREE_THREE = breath((IN, 3_000), (OUT, 3_000))
TRIANGLE = breath((IN, 4_000), (HOLD, 4_000), (OUT, 4_000))
RESTING = breath((IN, 4_000), (OUT, 4_000), (REST, 2_000))
NOSTRILS = breath((IN, 4_000), (OUT, 6_000), (IN, 4_000), (OUT, 6_000))
ALL_PHASES = breath((IN, 2_500), (TOP_UP, 1_000), (HOLD, 3_000), (OUT, 6_000), (REST, 3_000))
PATTERNS = [FOUR_SIX, THREE_THREE, SIGH, BOX, TRIANGLE, RESTING, NOSTRILS, ALL_PHASES]
KINDS = [kind.value for kind in PacerKind]
MOVING = [kind for kind in KINDS if kind != PacerKind.WORDS]
LONG_WORDS = {IN: "inspirer", TOP_UP: "encore un peu", HOLD: "retenir", OUT: "souffler", REST: "reposer"}


class Playhead:
    """Where the session is, in ms: set by hand."""

    def __init__(self) -> None:
        self.ms = 0.0

    def __call__(self) -> float:
        return self.ms


class Watched:
    """A pacer at a playhead of ours, and every rectangle it asks to have painted."""

    def __init__(self, kind: str, pattern: Pattern | None, size: tuple[int, int] = (360, 300)) -> None:
        steps = [quiet(LEAD_MS, "Here is a word."), quiet(LEAD_MS, "And another.")]
        if pattern is not None:
            steps.insert(1, breathing(pattern, 6))
        self.timeline: Timeline = build_timeline(practice(*steps), {}, Choices())
        self.playhead = Playhead()
        self.pacer: Pacer = make_pacer(kind, self.playhead)
        self.pacer.resize(*size)
        self.pacer.show_timeline(self.timeline, self.playhead)
        self.asked: list[QRect] = []

    def at(self, ms: float) -> Watched:
        """The same at another moment, with its frame due."""
        self.playhead.ms = ms
        self.pacer._follow_playhead()
        return self

    @property
    def pose(self) -> Pose:
        """What it draws."""
        assert self.pacer.pose is not None
        return self.pacer.pose

    def image(self) -> QImage:
        """All of it, painted afresh."""
        image = QImage(self.pacer.size(), QImage.Format.Format_RGB32)
        image.fill(QColor("magenta"))
        self.pacer.render(image)
        return image

    def watch(self) -> None:
        """Note what is asked for instead of painting it."""
        self.pacer.update = self._note  # type: ignore[method-assign, assignment]

    def _note(self, *rects: QRect) -> None:
        self.asked.append(rects[0] if rects else self.pacer.rect())


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    apply_theme(qapp, "light", 100)


def first_breath(pattern: Pattern) -> dict[Phase, tuple[float, float]]:
    """When each phase of the second round begins and ends."""
    at, found = LEAD_MS + float(pattern.length_ms), {}
    for span in pattern.spans:
        found[span.phase] = (at, at + span.ms)
        at += span.ms
    return found


def unlike(image: QImage, colour: str) -> QRect:
    """The smallest rectangle around everything that is not of this colour."""
    wanted = QColor(colour).rgb()
    found = QRegion()
    for y in range(image.height()):
        xs = [x for x in range(image.width()) if image.pixel(x, y) != wanted]
        if xs:
            found += QRect(xs[0], y, xs[-1] - xs[0] + 1, 1)
    return found.boundingRect()


# Each kind


def test_every_kind_has_a_pacer_of_its_own(qapp):
    assert len({type(make_pacer(kind, Playhead())) for kind in KINDS}) == len(PacerKind)


def test_an_unknown_kind_is_a_mistake(qapp):
    with pytest.raises(ValueError, match="spiral"):
        make_pacer("spiral", Playhead())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: "-".join(s.phase for s in pattern.spans))
def test_each_phase_looks_different(kind, pattern, theme):
    watched = Watched(kind, pattern)
    images = [watched.at((a + b) / 2).image() for a, b in first_breath(pattern).values()]
    assert all(a != b for a, b in pairwise(images))
    assert all(image.pixelColor(0, 0) == QColor(colours().ground) for image in images)


@pytest.mark.parametrize("kind", MOVING)
def test_the_drawing_follows_the_level(kind, theme):
    watched = Watched(kind, FOUR_SIX)
    begins, ends = first_breath(FOUR_SIX)[IN]
    images = [watched.at(begins + (ends - begins) * share).image() for share in (0.2, 0.4, 0.6, 0.75)]
    assert all(a != b for a, b in pairwise(images))


@pytest.mark.parametrize("kind", KINDS)
def test_the_next_phase_is_shown_ahead(kind, theme):
    watched = Watched(kind, FOUR_SIX)
    _, ends = first_breath(FOUR_SIX)[IN]
    assert watched.at(ends - 801).pose.next_phase is None
    hidden = watched.image()
    assert watched.at(ends - 799).pose.next_phase is OUT
    assert watched.image() != hidden


@pytest.mark.parametrize("kind", KINDS)
def test_without_breaths_there_is_nothing_to_see(kind, theme):
    watched = Watched(kind, None)
    assert watched.at(5_000).pose.presence == 0
    assert unlike(watched.image(), colours().ground).isEmpty()


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_timeline_there_is_only_the_ground(kind, qapp):
    pacer = make_pacer(kind, Playhead())
    pacer.resize(360, 300)
    pacer.set_running(True)
    assert pacer.grab().toImage().pixelColor(180, 150) == QColor(colours().ground)


@pytest.mark.parametrize("kind", MOVING)
def test_it_waits_dimly_and_comes_up(kind, theme):
    watched = Watched(kind, FOUR_SIX)
    ground = QColor(colours().ground)

    def strongest(image: QImage) -> int:
        return max(
            abs(image.pixelColor(x, y).lightness() - ground.lightness())
            for x in range(0, 360, 3)
            for y in range(0, 300, 3)
        )

    dim = strongest(watched.at(1_000).image())
    assert 0 < dim < strongest(watched.at(LEAD_MS - 1_000).image()) < strongest(watched.at(LEAD_MS).image())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(200, 150), (360, 300), (900, 700), (160, 600), (900, 160)], ids=str)
@pytest.mark.parametrize("text_size", [100, 200])
@pytest.mark.parametrize("reduced", [False, True], ids=["moving", "still"])
def test_long_words_stay_inside(kind, size, text_size, reduced, qapp, monkeypatch):
    monkeypatch.setattr(lettering, "phase_word", LONG_WORDS.__getitem__)
    watched = Watched(kind, ALL_PHASES, size)
    font = watched.pacer.font()
    font.setPointSizeF(font.pointSizeF() * text_size / 100)
    watched.pacer.setFont(font)
    watched.pacer.reduced_motion = reduced
    watched.image()
    words = watched.pacer.lettering
    assert QRectF(watched.pacer.rect()).contains(words.rect)
    assert words.width() <= words.rect.width() + 0.01
    assert words.next_width() <= words.rect.width() + 0.01


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_theme_dresses_it_anew(kind, qapp):
    watched = Watched(kind, FOUR_SIX).at(LEAD_MS + 2_000)
    light = watched.image()
    apply_theme(qapp, "dark", 100)
    assert watched.image().pixelColor(0, 0) == QColor(colours().ground)
    apply_theme(qapp, "light", 100)
    assert watched.image() == light


# The circle's measure


@pytest.mark.parametrize("size", [(200, 150), (360, 300), (901, 701)], ids=str)
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.8, 1.0])
def test_the_circle_is_as_large_as_it_says(size, share, theme):
    watched = Watched(PacerKind.CIRCLE, FOUR_SIX, size)
    assert isinstance(watched.pacer, CirclePacer)
    image = watched.at(LEAD_MS + 10_000 + 4_000 * share).image()
    radius = watched.pacer.radius(watched.pose.level)
    assert abs(measured_radius(image) - radius) <= 1


def measured_radius(image: QImage) -> float:
    """Up from the middle to the outermost pixel that is rather edge than ground."""
    ground, edge = QColor(colours().ground).lightness(), QColor(colours().accent).lightness()
    middle = image.height() / 2
    for y in range(image.height() // 2):
        if abs(image.pixelColor(image.width() // 2, y).lightness() - ground) > abs(edge - ground) / 2:
            return middle - y
    return 0.0


def test_the_circle_is_measured_before_it_is_shown(qapp):
    watched = Watched(PacerKind.CIRCLE, FOUR_SIX)
    assert isinstance(watched.pacer, CirclePacer)
    watched.pacer.resize(160, 120)
    small = watched.pacer.radius(1)
    watched.pacer.resize(900, 700)
    large = watched.pacer.radius(1)
    assert large > 2 * small
    assert large == watched.pacer.fontMetrics().height() * MOST_LINES, "a large window leaves room around it"


# Frames


@pytest.mark.parametrize("pattern", [FOUR_SIX, THREE_THREE, SIGH, BOX], ids=["4-6", "3-3", "sigh", "box"])
def test_no_frame_moves_the_edge_by_more_than_a_pixel(pattern, qapp):
    watched = Watched(PacerKind.CIRCLE, pattern)
    pacer = watched.pacer
    assert isinstance(pacer, CirclePacer)
    watched.at(0)
    frames = 0
    while watched.playhead.ms < watched.timeline.length_ms:
        before, wait = watched.playhead.ms, pacer._interval_ms()
        watched.at(before + wait)
        assert SHORTEST_MS <= wait <= LONGEST_MS
        levels = (level_at(watched.timeline, ms) for ms in (before, watched.playhead.ms))
        a, b = (pacer.radius(level) for level in levels)
        assert abs(a - b) <= 1
        frames += 1
    assert frames / watched.timeline.length_ms * 1000 < 33


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pattern", [ALL_PHASES, SIGH, FOUR_SIX], ids=["all", "sigh", "4-6"])
def test_what_a_frame_paints_adds_up_to_the_whole(kind, pattern, theme):
    watched = Watched(kind, pattern)
    start = LEAD_MS + 2 * pattern.length_ms - 900
    partly = watched.at(start).image()
    watched.watch()
    while watched.playhead.ms < start + pattern.length_ms + 500:
        # Some frames come late.
        late = 170 if int(watched.playhead.ms) % 7 == 0 else 0
        watched.at(watched.playhead.ms + watched.pacer._interval_ms() + late)
        for rect in watched.asked:
            dirty = rect & watched.pacer.rect()
            if not dirty.isEmpty():
                watched.pacer.render(partly, dirty.topLeft(), QRegion(dirty), QWidget.RenderFlag(0))
        watched.asked.clear()
        assert partly == watched.image()
    assert partly == watched.image()


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_changes_nothing_is_painted(kind, qapp):
    watched = Watched(kind, FOUR_SIX).at(LEAD_MS + 2_000)
    watched.image()
    watched.watch()
    watched.at(LEAD_MS + 2_000)
    assert watched.asked == []


def test_words_alone_change_once_a_second(qapp):
    watched = Watched(PacerKind.WORDS, FOUR_SIX).at(LEAD_MS + 1)
    watched.image()
    watched.watch()
    for ms in range(LEAD_MS + 1, LEAD_MS + 3_150, 50):
        watched.at(ms)
    assert sum(not rect.isEmpty() for rect in watched.asked) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_frames_come_only_while_running_and_seen(kind, qtbot):
    pacer = Watched(kind, FOUR_SIX).pacer
    qtbot.addWidget(pacer)
    frames = []
    for change in (
        lambda: pacer.set_running(True),
        pacer.show,
        pacer.hide,
        pacer.show,
        lambda: pacer.set_running(False),
    ):
        change()
        frames.append(pacer._frames.running)
    assert frames == [False, True, False, True, False]


@pytest.mark.parametrize("kind", KINDS)
def test_out_of_sight_it_keeps_no_picture_and_looks_the_same_when_it_comes_back(kind, qtbot):
    watched = Watched(kind, FOUR_SIX).at(LEAD_MS + 1)
    qtbot.addWidget(watched.pacer)
    watched.pacer.show()
    before = watched.image()
    assert not watched.pacer._back.isNull()
    watched.pacer.hide()
    assert watched.pacer._back.isNull()
    assert watched.pacer._front.isNull()
    watched.pacer.show()
    assert watched.image() == before


def test_a_late_frame_is_skipped_and_shifts_no_other(qapp):
    now = Playhead()
    clock = FrameClock(now)
    clock.start(20)
    assert clock._timer.interval() == 20
    for fires_at, next_wait in ((21, 19), (40, 20), (63, 17), (125, SHORTEST_MS), (141, 20)):
        now.ms = fires_at
        clock.follow(20)
        assert clock._timer.interval() == next_wait
    assert clock.running
    clock.stop()
    assert not clock.running


# Reduced motion


@pytest.mark.parametrize("kind", KINDS)
def test_reduced_motion_moves_nothing(kind, theme):
    watched = Watched(kind, SIGH)
    watched.pacer.reduced_motion = True
    light = watched.pacer._light().toAlignedRect().adjusted(-1, -1, 1, 1)
    seen, shades = [], set()
    for ms in range(LEAD_MS, LEAD_MS + SIGH.length_ms, 350):
        image = watched.at(ms).image()
        seen.append(unlike(image, colours().ground))
        shades.add(image.pixel(light.left() + light.width() // 8, light.center().y()))
    assert len(set(map(str, seen))) == 1
    assert light.contains(seen[0])
    assert len(shades) > 10


def test_the_light_changes_slowly(qapp):
    watched = Watched(PacerKind.CIRCLE, SIGH)
    watched.pacer.reduced_motion = True
    watched.at(LEAD_MS)
    while watched.playhead.ms < LEAD_MS + SIGH.length_ms - LONGEST_MS:
        before = watched.pose.level
        watched.at(watched.playhead.ms + watched.pacer._interval_ms())
        assert abs(watched.pose.level - before) <= LIGHT_STEP * 1.1


def test_reduced_motion_may_be_chosen_in_the_middle(qapp):
    watched = Watched(PacerKind.CIRCLE, FOUR_SIX).at(LEAD_MS + 2_000)
    moving = watched.image()
    watched.pacer.reduced_motion = True
    assert watched.image() != moving
    watched.pacer.reduced_motion = False
    assert watched.image() == moving


# PySide6


def test_paints_take_no_reference_off_none(qtbot):
    # PySide6 6.12.0 on Python 3.11 lost one with every repaint, until the process died.
    watched = Watched(PacerKind.CIRCLE, BOX, (200, 150))
    qtbot.addWidget(watched.pacer)
    watched.pacer.show()
    image = QImage(200, 150, QImage.Format.Format_RGB32)
    # The first paint makes wrappers that stay.
    watched.pacer.render(image, QPoint())
    before = sys.getrefcount(None)
    for number in range(2_000):
        watched.at(LEAD_MS + number * 10)
        watched.pacer.render(image, QPoint())
    assert abs(sys.getrefcount(None) - before) <= 20


def test_a_pose_is_what_the_timeline_says(qapp):
    watched = Watched(PacerKind.CIRCLE, BOX).at(LEAD_MS + 4_321)
    assert watched.pose == pose_at(watched.timeline, LEAD_MS + 4_321)
    assert watched.pacer.timeline is watched.timeline


def test_a_late_frame_of_the_circle_is_made_up_for_px_by_px(qapp):
    """A frame comes 200 ms late: no two frames are more than a px apart, and soon the edge is where it should be."""
    watched = Watched(PacerKind.CIRCLE, FOUR_SIX)
    pacer = watched.pacer
    assert isinstance(pacer, CirclePacer)
    pose = pose_at(watched.timeline, LEAD_MS + 1_900)
    radii = [pacer.radius(pose.level)]
    for ms in range(LEAD_MS + 2_100, LEAD_MS + 2_500, 16):
        exact = pose_at(watched.timeline, ms)
        pose = pacer.steadied(pose, exact)
        radii.append(pacer.radius(pose.level))
    assert max(b - a for a, b in pairwise(radii)) <= 1 + 1e-9
    assert pose == exact


def test_a_skip_is_shown_at_once(qapp):
    watched = Watched(PacerKind.CIRCLE, FOUR_SIX)
    empty, full = pose_at(watched.timeline, 0), pose_at(watched.timeline, LEAD_MS + 3_900)
    assert watched.pacer.steadied(empty, full) is full
