"""All senses together: their order, their switches, and what becomes of one that fails."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from calmtray.presence.everything import ALL_WITHIN_MS, Presence, presence_here
from calmtray.presence.sense import ANSWER_WITHIN_MS, CantTell, Name, Patience, Why
from calmtray.schedule.quiet import QuietReason
from calmtray.settings.model import DEFAULTS, SETTINGS


@dataclass
class MadeUp:
    """A sense that answers what it was told to."""

    name: Name
    says: QuietReason | Exception | None = None
    asked: list[Name] = field(default_factory=list)

    def ask(self, patience: Patience) -> QuietReason | None:
        patience.left_s()
        self.asked.append(self.name)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


def made_up(**says):
    asked: list[Name] = []
    return Presence([MadeUp(name, says.get(name), asked) for name in Name], lambda _patience: 7.5), asked


def test_each_sense_has_its_switch():
    assert {name.setting for name in Name} <= {setting.name for setting in SETTINGS}


def test_the_first_reason_is_given_and_no_more_is_asked():
    presence, asked = made_up(camera=QuietReason.CAMERA, away=QuietReason.AWAY)
    assert presence.first_reason(DEFAULTS) is QuietReason.CAMERA
    assert asked == [Name.MICROPHONE, Name.CAMERA]


@pytest.mark.parametrize("name", Name)
def test_what_is_switched_off_is_not_asked_before_an_offer_but_listed(name):
    presence, asked = made_up(**{name: QuietReason.AWAY})
    settings = DEFAULTS.with_(name.setting, False)
    assert presence.first_reason(settings) is None
    assert asked == [each for each in Name if each is not name]
    assert [answer.name for answer in presence.report(settings) if not answer.on] == [name]
    assert [answer.name for answer in presence.report(settings) if answer.reason] == [name]


@pytest.mark.parametrize(
    ("trouble", "why"),
    [(CantTell(Why.WAYLAND), Why.WAYLAND), (OSError(5, "gone"), Why.FAILED), (RecursionError(), Why.FAILED)],
)
def test_what_fails_is_unable_to_tell_and_never_quiet(trouble, why):
    presence, asked = made_up(microphone=trouble, just_resumed=QuietReason.JUST_RESUMED)
    assert presence.first_reason(DEFAULTS) is QuietReason.JUST_RESUMED
    assert asked == list(Name)
    answers = {answer.name: (answer.reason, answer.why) for answer in presence.report(DEFAULTS)}
    assert answers.pop(Name.MICROPHONE) == (None, why)
    assert answers.pop(Name.JUST_RESUMED) == (QuietReason.JUST_RESUMED, None)
    assert set(answers.values()) == {(None, None)}


def test_where_all_hang_the_last_ones_are_not_waited_for(clock):
    class Hangs:
        name = Name.MICROPHONE

        def ask(self, patience):
            clock(patience.left_s() * 1000)
            patience.left_s()

    answers = Presence([Hangs()] * 6, lambda _patience: 0).report(DEFAULTS)
    assert [answer.why for answer in answers] == [Why.NO_ANSWER] * 6
    assert [answer.ms for answer in answers] == pytest.approx([ANSWER_WITHIN_MS] * 3 + [0] * 3)
    assert sum(answer.ms for answer in answers) == pytest.approx(ALL_WITHIN_MS)


def test_idle_time_is_a_number_or_nothing():
    assert made_up()[0].idle_s() == 7.5

    def unknown(_patience):
        raise CantTell(Why.WAYLAND)

    assert Presence([], unknown).idle_s() is None


def test_after_waking_up_it_is_quiet_for_a_minute(clock):
    presence = presence_here({}, running=True)
    assert presence.first_reason(DEFAULTS) is None
    presence.note_resumed()
    assert presence.first_reason(DEFAULTS) is QuietReason.JUST_RESUMED
    assert presence.first_reason(DEFAULTS.with_("sense_just_resumed", False)) is None
    clock(59_999)
    assert presence.first_reason(DEFAULTS) is QuietReason.JUST_RESUMED
    clock(1)
    assert presence.first_reason(DEFAULTS) is None


def test_who_only_looks_does_not_know_when_it_woke_up():
    answers = {answer.name: answer.why for answer in presence_here({}, running=False).report(DEFAULTS)}
    assert answers[Name.JUST_RESUMED] is Why.ONLY_RUNNING


def test_a_machine_without_anything_to_ask_is_never_quiet():
    presence = presence_here({}, running=True)
    answers = {answer.name: answer for answer in presence.report(DEFAULTS)}
    assert list(answers) == list(Name)
    assert answers[Name.FULL_SCREEN].why is Why.NOBODY_TO_ASK
    assert answers[Name.DO_NOT_DISTURB].why is Why.NOBODY_TO_ASK
    assert presence.idle_s() is None
