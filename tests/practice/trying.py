"""What has to hold for any file and any pack whatsoever, spoiled or not."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from calmtray.practice.archive import Refused
from calmtray.practice.format import Invalid
from calmtray.practice.library import Shared, load, read_practice
from calmtray.practice.packs import Choice, Pack, show, take, undo
from calmtray.practice.problem import Problem
from calmtray.words.pack_texts import contents_text, facts_text, refusal_text, taken_text
from calmtray.words.texts import problem_text
from tests.practice.bundled import PRACTICES

LONGEST_SENTENCE = 1_000


def is_sentence(text: str) -> bool:
    """Something for people: it ends like a sentence, is not endless, and holds no command for a terminal."""
    line = re.fullmatch(r"[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+[.?!]", text)
    return line is not None and len(text) <= LONGEST_SENTENCE


def try_practice(path: Path, data: bytes, shared: Shared) -> str:
    """Read a practice file; the answer is the code of what is wrong with it, or nothing. ``check`` reads like this."""
    path.write_bytes(data)
    try:
        read_practice(path, shared)
    except Invalid as error:
        return _told(error.problems, [problem_text(problem) for problem in error.problems])
    return ""


def try_pack(path: Path, data: bytes, own: Path, chance: Random) -> str:
    """Show a pack, take it in, undo it; the answer is the code of why it was refused, or nothing."""
    path.write_bytes(data)
    before = _inside(own)
    try:
        pack = show(path, PRACTICES, own)
        assert _inside(own) == before
        _take_and_undo(pack, own, chance)
    except Refused as error:
        assert _inside(own) == before
        return _told(error.problems, refusal_text(error.problems).splitlines())
    return ""


def _take_and_undo(pack: Pack, own: Path, chance: Random) -> None:
    said = [contents_text(pack), *map(facts_text, pack.practices)]
    assert all(said)
    before = load(PRACTICES, own)
    choices = {packed.practice.id: chance.choice(list(Choice)) for packed in pack.practices}
    taken = take(pack, PRACTICES, own, choices)
    assert taken_text(taken)
    after = load(PRACTICES, own)
    # Everything that was taken can be found, and nothing else is new or gone.
    assert after.practices.keys() == before.practices.keys() | set(taken.added)
    assert after.problems == before.problems
    undo(taken, own)
    assert load(PRACTICES, own) == before


def _told(problems: tuple[Problem, ...], sentences: list[str]) -> str:
    assert problems
    assert sentences
    assert [sentence for sentence in sentences if not is_sentence(sentence)] == []
    return problems[0].code


def _inside(own: Path) -> dict[str, bytes]:
    """What the library may read, and everything that waits to be seen; what was set aside before is of no matter."""
    return {
        str(path.relative_to(own)): path.read_bytes()
        for path in own.rglob("*")
        if path.is_file() and path.name != ".lock" and ".set-aside" not in path.parts
    }
