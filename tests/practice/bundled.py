"""What comes with calmtray, read once for all tests, and one good file to spoil."""

from __future__ import annotations

from calmtray.desktop.paths import bundled
from calmtray.practice.library import SOURCES_FILE, read_shared

PRACTICES = bundled("practices")
FILES = sorted(PRACTICES.glob("*/*.toml"))
SHARED = read_shared(PRACTICES)
PATTERNS_TEXT = (PRACTICES / "patterns.toml").read_text(encoding="utf-8")
SOURCES_TEXT = (PRACTICES / SOURCES_FILE).read_text(encoding="utf-8")

GOOD = """\
format = 1
id = "a-good-one"
category = "breath"
needs = ["agitated"]
posture = ["seated"]
places = ["desk"]
discreet = "yes"
silent = true
eyes = "open"
inward = 1
title = { en = "A good one", fr = "Un bon" }
summary = { en = "A file to spoil.", fr = "Un fichier à gâcher." }

[why]
grade = "D"
text = { en = "Nobody knows.", fr = "On ne sait pas." }
sources = ["balban-2023"]

[[steps]]
seconds = 15
say = { en = "Here is a word.", fr = "Voici un mot." }

[[steps]]
breathe = { pattern = "slow_4_6", rounds = 4 }
scale = [20, 60]
"""
