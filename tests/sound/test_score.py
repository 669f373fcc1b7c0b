"""Timeline -> placements: everything heard stands where the timeline says, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmtray.practice.model import Phase
from calmtray.session.breath import level_at
from calmtray.session.timeline import Bell, Choices, build_timeline, ease_pace
from calmtray.sound.score import (
    LEVEL_EVERY_MS,
    RING_MS,
    Ambience,
    BedSound,
    BellSound,
    BreathSet,
    BreathShape,
    BreathSound,
    Clip,
    ClipSound,
    SoundChoices,
    gain,
    placements,
)
from tests.making import BOX, FOUR_SIX, SIGH, breathing, clips, practice, practices, quiet

SILENT = SoundChoices(breath_sound=BreathSet.OFF, voice_volume=0, bells_volume=0)


def placed(made, choices=None, recorded=None):
    choices, recorded = choices or SoundChoices(), recorded or {}
    timeline = build_timeline(made, recorded, Choices())
    files = {text: Clip(f"{number}.opus", ms) for number, (text, ms) in enumerate(recorded.items())}
    return timeline, placements(timeline, choices, files)


def of(kind, score):
    return [placement for placement in score if isinstance(placement.sound, kind)]


@given(practices(), st.data())
def test_every_bell_every_clip_and_every_moving_breath_stands_at_its_cue(made, data):
    recorded = data.draw(clips(made))
    timeline, score = placed(made, SoundChoices(), recorded)
    assert [(p.at_ms, p.until_ms, p.sound) for p in of(BellSound, score)] == [
        (cue.at_ms, cue.at_ms + RING_MS, BellSound(cue.bell)) for cue in sorted(timeline.bells, key=lambda c: c.at_ms)
    ]
    assert [(p.at_ms, p.until_ms - p.at_ms) for p in of(ClipSound, score)] == [
        (cue.at_ms, recorded[cue.text]) for cue in timeline.words if cue.text in recorded
    ]
    moving = [cue for cue in timeline.breath if cue.phase in (Phase.IN, Phase.TOP_UP, Phase.OUT)]
    assert [(p.at_ms, p.until_ms, p.sound.inward) for p in of(BreathSound, score)] == [
        (cue.at_ms, cue.until_ms, cue.phase is not Phase.OUT) for cue in moving
    ]
    assert list(score) == sorted(score, key=lambda placement: placement.at_ms)


@pytest.mark.parametrize("pattern", [FOUR_SIX, BOX, SIGH])
def test_a_breath_sounds_by_the_level_that_is_drawn(pattern):
    timeline, score = placed(practice(breathing(pattern, 3)))
    for placement in of(BreathSound, score):
        sound = placement.sound
        assert sound.ms == placement.until_ms - placement.at_ms
        times = [*range(0, sound.ms, LEVEL_EVERY_MS), sound.ms - 1e-9]
        drawn = [level_at(timeline, placement.at_ms + ms) for ms in times]
        assert sound.levels == pytest.approx(drawn, abs=1e-6)


def test_the_few_phases_of_a_session_share_their_levels():
    _, score = placed(practice(breathing(FOUR_SIX, 30)))
    assert len({id(placement.sound.levels) for placement in of(BreathSound, score)}) == 2


def test_the_bed_lies_under_everything_and_gives_way_to_every_clip():
    made = practice(quiet(20_000, "One."), quiet(20_000, "Two."), quiet(20_000, "Unspoken."))
    timeline, score = placed(made, SoundChoices(ambience=Ambience.RAIN), {"One.": 4_000, "Two.": 5_000})
    (bed,) = of(BedSound, score)
    assert (bed.at_ms, bed.until_ms, bed.sound) == (0, timeline.length_ms, BedSound(Ambience.RAIN))
    assert bed.fade_out_ms == 3_000
    one, two, _ = timeline.words
    assert bed.under == ((one.at_ms, one.at_ms + 4_000), (two.at_ms, two.at_ms + 5_000))
    _, unheard = placed(made, SoundChoices(ambience=Ambience.RAIN, voice_volume=0), {"One.": 4_000})
    assert of(BedSound, unheard)[0].under == ()


@pytest.mark.parametrize(
    ("choices", "left"),
    [
        (SILENT, set()),
        (replace(SILENT, bells_volume=100), {BellSound}),
        (replace(SILENT, voice_volume=100), {ClipSound}),
        (replace(SILENT, breath_sound=BreathSet.TONE), {BreathSound}),
        (replace(SILENT, breath_sound=BreathSet.TONE, breath_volume=0), set()),
        (replace(SILENT, ambience=Ambience.WIND), {BedSound}),
        (replace(SILENT, ambience=Ambience.WIND, ambience_volume=0), set()),
        (SoundChoices(ambience=Ambience.DRONE, volume=0), set()),
        (SoundChoices(ambience=Ambience.DRONE), {BedSound, BreathSound, BellSound, ClipSound}),
    ],
)
def test_what_would_be_silent_is_left_out(choices, left):
    _, score = placed(practice(breathing(FOUR_SIX, 6, "Words.")), choices, {"Words.": 2_000})
    assert {type(placement.sound) for placement in score} == left


def test_volumes_are_factors_of_one_another():
    choices = SoundChoices(volume=50, bells_volume=50, voice_volume=20)
    _, score = placed(practice(breathing(FOUR_SIX, 6, "Words.")), choices, {"Words.": 2_000})
    gains = {type(placement.sound): placement.gain for placement in score}
    assert gains == pytest.approx({BellSound: 0.25 * 0.25, ClipSound: 0.25 * 0.04, BreathSound: 0.25})
    assert (gain(0), gain(100)) == (0, 1)


def test_the_shape_and_the_set_are_those_chosen():
    choices = SoundChoices(breath_sound=BreathSet.TONE, breath_shape=BreathShape.REVERSE)
    _, score = placed(practice(breathing(FOUR_SIX, 6)), choices)
    assert {(p.sound.kind, p.sound.shape) for p in of(BreathSound, score)} == {(BreathSet.TONE, BreathShape.REVERSE)}


def test_the_first_bell_welcomes_and_the_last_one_ends():
    timeline, score = placed(practice(quiet(20_000), quiet(20_000)))
    assert [p.sound.bell for p in of(BellSound, score)] == [Bell.BEGIN, Bell.STEP, Bell.END]
    assert of(BellSound, score)[-1].at_ms == timeline.length_ms - 3_000


@pytest.mark.parametrize("eased_at", [(21_000,), (23_950,), (21_003, 22_500), (20_000,)])
def test_a_phase_whose_pace_changes_on_the_way_is_heard_in_one_piece(eased_at):
    timeline = build_timeline(practice(quiet(20_000), breathing(FOUR_SIX, 4)), {}, Choices())
    slower = replace(FOUR_SIX, spans=tuple(replace(span, ms=span.ms * 5 // 4) for span in FOUR_SIX.spans))
    for at_ms in eased_at:
        timeline = ease_pace(timeline, at_ms, slower)
    first, *later = of(BreathSound, placements(timeline, SoundChoices(), {}))
    assert first.at_ms == 20_000
    assert first.until_ms == later[0].at_ms
    assert first.until_ms - first.at_ms == first.sound.ms > 4_000 - 1
    times = [*range(20_000, first.until_ms, LEVEL_EVERY_MS), first.until_ms]
    drawn = [level_at(timeline, min(ms, first.until_ms - 1e-6)) for ms in times]
    assert first.sound.levels == pytest.approx(drawn, abs=1e-6)
