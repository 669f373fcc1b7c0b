"""Proof without ears: every clip measured, the English ones read back, and the figures written into docs/voices.md."""

from __future__ import annotations

import os
import re
from concurrent.futures import ProcessPoolExecutor, as_completed

from calmtray.sound import clips
from tools.voices import kept, manifest
from tools.voices.cast import CAST, ROOT, Voice
from tools.voices.hearing import errors, normal, understood
from tools.voices.manifest import Clip
from tools.voices.measures import measured, signs
from tools.voices.pace import SHORT
from tools.voices.phonemes import pronounced
from tools.voices.proof import Heard, amiss, amiss_on_the_whole, table
from tools.voices.recipe import SPEED
from tools.voices.texts import sentences, words

PAGE = ROOT / "docs" / "voices.md"
FIGURES = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- /figures -->)", re.DOTALL)
PROCESSES = 2


def check() -> int:
    """Listen to what has changed, print what is amiss with anything, write the figures. 0 if nothing is amiss."""
    for voice in CAST:
        listen_to_new(voice)
    heard = [one for voice in CAST for one in kept.read(voice)]
    figures = table(heard)
    PAGE.write_text(FIGURES.sub(lambda _: figures, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(figures)
    found = [*amiss(heard), *amiss_on_the_whole(heard)]
    print("\n".join(found) or "Nothing is amiss.")
    return 1 if found else 0


def listen_to_new(voice: Voice) -> None:
    """Measure the clips that no figures are kept of. Each is kept at once: a run that is stopped takes up there."""
    known = {one.clip.file: one for one in kept.read(voice)}
    new = [clip for clip in manifest.read(voice).values() if clip.file not in known]
    if not new:
        return
    with ProcessPoolExecutor(min(PROCESSES, len(new)), initializer=os.nice, initargs=(10,)) as pool:
        running = [pool.submit(listen, voice, clip) for clip in new]
        for count, done in enumerate(as_completed(running), 1):
            one = done.result()
            known[one.clip.file] = one
            kept.write(voice, known.values())
            print(f"{count}/{len(new)} {voice.id} {one.clip.text[:60]}", flush=True)


def listen(voice: Voice, clip: Clip) -> Heard:
    """Measure one clip; read it back if it is English, else count what the model spoke."""
    path = voice.folder / clip.file
    parts = sentences(clip.text)
    book = pronounced(voice.accent, parts)
    lines = [book[part] for part in parts]
    measures = measured(clips.read(path)[:, 0] / 32_768.0, clip.text, lines)
    if voice.lang != "en":
        return Heard(voice, clip, measures, unstretched(voice, parts, lines))
    said, text = normal(clip.text), understood(path)
    return Heard(voice, clip, measures, (), len(said), errors(said, normal(text)), text)


def unstretched(voice: Voice, parts: list[str], lines: list[str]) -> tuple[float, ...]:
    """Phonemes a second of each sentence that is long enough to tell, spoken once more, before it is slowed."""
    from tools.voices import kokoro
    from tools.voices.recording import as_spoken

    rates = []
    for part, line in zip(parts, lines, strict=True):
        if words(part) > SHORT:
            rates.append(signs(line) / as_spoken(kokoro.speak(voice, line, SPEED), part).sounding)
    return tuple(rates)
