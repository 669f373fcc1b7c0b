"""The score, for people and programs outside the app."""

from __future__ import annotations

import json

from hypothesis import given

from calmtray.session.export import timeline_data, timeline_lines
from calmtray.session.timeline import Choices, build_timeline
from tests.making import SIGH, breathing, practice, practices, quiet

SHORT = build_timeline(
    practice(quiet(70_000, "Here is a word."), breathing(SIGH, 1, "Breathe.")), {"Breathe.": 900}, Choices()
)


def test_a_line_says_when_and_what():
    assert timeline_lines(SHORT) == [
        "00:00.000-00:03.000  bell   begin",
        "00:00.000-00:02.087  words  Here is a word.",
        "01:10.000-01:13.000  bell   step",
        "01:10.000-01:12.500  breath in 0 -> 0.75",
        "01:10.700-01:11.600  words  Breathe.",
        "01:12.500-01:13.500  breath top-up 0.75 -> 1",
        "01:13.500-01:20.500  breath out 1 -> 0",
        "01:17.500-01:20.500  bell   end",
    ]


def test_the_data_hold_the_same():
    data = timeline_data(SHORT)
    assert {name: data[name] for name in ("practice", "lang", "length_ms")} == {
        "practice": "made-up",
        "lang": "en",
        "length_ms": 80_500,
    }
    bell, words = data["cues"][:2]
    assert bell == {"at_ms": 0, "until_ms": 3_000, "lane": "bell", "step": 0, "bell": "begin"}
    assert words == {"at_ms": 0, "until_ms": 2_087, "lane": "words", "step": 0, "text": "Here is a word."}
    assert data["cues"][3] == {
        "at_ms": 70_000,
        "until_ms": 72_500,
        "lane": "breath",
        "step": 1,
        "phase": "in",
        "from_level": 0.0,
        "to_level": 0.75,
    }


@given(practices())
def test_any_score_goes_through_json_unchanged(made):
    timeline = build_timeline(made, {}, Choices())
    data = timeline_data(timeline)
    assert json.loads(json.dumps(data)) == data
    assert len(timeline_lines(timeline)) == len(data["cues"]) == len(timeline.cues)
