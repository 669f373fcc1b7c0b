"""Record what changed, and take away what nobody says any more: ``python3 dev.py voices [--check]``."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from tools.voices import manifest
from tools.voices.cast import CAST, Voice
from tools.voices.manifest import Clip
from tools.voices.phonemes import note, pronounced
from tools.voices.recipe import SPEED, digest
from tools.voices.texts import said, sentences

PROCESSES = 2
"""Each holds the model, 0.7 GB."""


@dataclass(frozen=True, slots=True)
class Take:
    """One clip to be recorded."""

    voice: Voice
    text: str
    sentences: list[str]
    phonemes: list[str]
    recipe: str


def main() -> None:
    """Read the arguments; record, or check what was recorded."""
    parser = argparse.ArgumentParser(prog="python3 dev.py voices", description=__doc__)
    parser.add_argument("--check", action="store_true", help="listen to the clips by machine and print the figures")
    if parser.parse_args().check:
        from tools.voices.check import check

        sys.exit(check())
    takes = [take for voice in CAST for take in outstanding(voice)]
    failed = record_all(takes)
    gone = sum(tidied(voice) for voice in CAST)
    done = len(takes) - failed
    print(f"{done} clips recorded, {gone} taken away." if takes or gone else "Every text has its clip.")
    if failed:
        sys.exit(f"{failed} could not be recorded (see above). Reword the sentence, or mend its phonemes by hand.")


def outstanding(voice: Voice) -> list[Take]:
    """The texts that have no clip, or one that was made from something else."""
    texts = {text: sentences(text) for text in said(voice.lang)}
    every = [sentence for parts in texts.values() for sentence in parts]
    note(voice.accent, every)
    book = pronounced(voice.accent, every)
    kept = manifest.read(voice)
    takes = []
    for text, parts in texts.items():
        phonemes = [book[sentence] for sentence in parts]
        recipe = digest(voice, phonemes)
        clip = kept.get(text)
        if clip is None or clip.recipe != recipe or not (voice.folder / clip.file).exists():
            takes.append(Take(voice, text, parts, phonemes, recipe))
    return takes


def record_all(takes: list[Take]) -> int:
    """Record them side by side. Each is in its manifest as soon as it is done: a run that is stopped takes up there.

    One that can't be recorded is told of and does not hold up the others. How many could not.
    """
    if not takes:
        return 0
    failed = 0
    for voice in {take.voice for take in takes}:
        voice.folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(min(PROCESSES, len(takes)), initializer=os.nice, initargs=(10,)) as pool:
        running = {pool.submit(recorded, take): take for take in takes}
        for count, done in enumerate(as_completed(running), 1):
            voice, clip = running[done].voice, done.result()
            if isinstance(clip, str):
                failed += 1
                print(f"{count}/{len(takes)} {voice.id} not recorded: {clip}  <- {running[done].text}", flush=True)
                continue
            manifest.write(voice, [*(manifest.read(voice) | {clip.text: clip}).values()])
            print(f"{count}/{len(takes)} {voice.id} {clip.ms / 1000:5.1f} s  {clip.text[:60]}", flush=True)
    return failed


def recorded(take: Take) -> Clip | str:
    """Record one clip, or say why not. Runs in a process of its own, which alone needs the voice tools."""
    from tools.voices.kokoro import BadSpeech
    from tools.voices.recording import record

    file = manifest.file_name(take.voice, SPEED, take.text)
    try:
        heard = record(take.voice, take.sentences, take.phonemes, take.voice.folder / file)
    except BadSpeech as wrong:
        return str(wrong)
    return Clip(file, take.text, heard.ms, heard.lufs, heard.peak_dbtp, take.recipe)


def tidied(voice: Voice) -> int:
    """Keep the clips of today's texts, in the manifest and in the folder. How many files went."""
    texts = set(said(voice.lang))
    listed = manifest.read(voice)
    kept = [clip for text, clip in listed.items() if text in texts]
    if len(kept) < len(listed):
        manifest.write(voice, kept)
    wanted = {manifest.NAME, *(clip.file for clip in kept)}
    stray = [path for path in voice.folder.iterdir() if path.name not in wanted]
    for path in stray:
        path.unlink()
    return len(stray)


if __name__ == "__main__":
    main()
