"""Every practice that comes with calmtray, played from its beginning to its end, in both languages and every voice."""

from __future__ import annotations

import json

import pytest

from calmtray.practice.library import read_practice
from calmtray.session.runner import SessionRunner
from calmtray.session.state import Ending, Status
from calmtray.session.timeline import Bell, Choices, build_timeline
from tests.practice.bundled import FILES, SHARED
from tools.voices.cast import CAST
from tools.voices.manifest import NAME

LOOK_EVERY_MS = 250
END_IS_NEAR_MS = 60_000

every_practice = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
every_voice = pytest.mark.parametrize("voice", CAST, ids=lambda voice: voice.id)


class Log:
    """A journal that remembers how it ended."""

    ending: Ending | None = None

    def begin(self, timeline):
        """It has begun."""

    def keep(self, played_ms, timeline):
        """It has come this far."""

    def end(self, played_ms, timeline, ending):
        """It has ended."""
        self.ending, self.played_ms = ending, played_ms


def lengths(voice):
    """The voice's clips: ms by text."""
    listed = json.loads((voice.folder / NAME).read_text(encoding="utf-8"))["clips"]
    return {clip["text"]: clip["ms"] for clip in listed}


@pytest.fixture(scope="module")
def clip_lengths():
    return {voice.id: lengths(voice) for voice in CAST}


@every_practice
@every_voice
def test_it_plays_to_its_end_with_something_to_follow_all_the_way(path, voice, clip_lengths):
    practice = read_practice(path, SHARED)
    timeline = build_timeline(practice, clip_lengths[voice.id], Choices(voice.lang))
    now, log = [0.0], Log()
    runner = SessionRunner(timeline, lambda: now[0], log)
    runner.begin()
    empty = []
    while runner.state.status is Status.PLAYING:
        pose = runner.pose
        if not pose.caption and pose.phase is None:
            empty.append(pose.ms)
        now[0] += LOOK_EVERY_MS
        runner.tick()
    # Words wait for the bell; until they are said the title and the ring stand there.
    assert [ms for ms in empty if ms >= timeline.words[0].at_ms] == []
    assert log.ending is Ending.FINISHED
    assert log.played_ms == timeline.length_ms


@every_practice
@every_voice
def test_no_words_are_said_over_others_and_the_end_is_announced(path, voice, clip_lengths):
    practice = read_practice(path, SHARED)
    timeline = build_timeline(practice, clip_lengths[voice.id], Choices(voice.lang))
    until = 0
    for words in timeline.words:
        assert words.at_ms >= until, f"“{words.text}” is said over what is before it"
        until = words.until_ms
    (end,) = (cue for cue in timeline.bells if cue.bell is Bell.END)
    assert until <= end.at_ms, "the end bell rings into the last words"
    # The last words are heard before the end, not minutes before it.
    assert timeline.words[-1].step == len(practice.steps) - 1
    assert timeline.length_ms - timeline.words[-1].at_ms <= END_IS_NEAR_MS


@every_practice
def test_it_leads_back_into_the_room(path):
    practice = read_practice(path, SHARED)
    assert not practice.steps[-1].is_inward
    assert all(practice.steps[-1].say[lang] for lang in practice.languages)
