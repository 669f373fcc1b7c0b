"""What the files of the repository are called, and what none of them holds."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT, tracked

# Names that say nothing of what is inside.
NOTHING_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "stuff", "lib"}

# A registry is chosen where pip runs; a path of one machine is of no use on another.
ELSEWHERE = re.compile(
    r"""
      --(?:extra-)?index-url | --trusted[-]host | (?i:PIP_(?:EXTRA_)?INDEX_URL)
    | https?://[^\s"'<>)]*(?:/simple\b|/pypi/|artifactory|nexus|devpi)
    | (?<![\w./~<${}-])/(?:work|home|root|Users|mnt|media|srv|opt)/[\w.-]+
    | \b[A-Z]:\\+(?:Users|Windows)\b
    """,
    re.VERBOSE,
)


@pytest.fixture(scope="module")
def files():
    found = tracked()
    if not found:
        pytest.skip("this is no checkout")
    return found


def test_every_python_file_is_named_after_what_it_does(files):
    parts = {
        path: {word for part in path.relative_to(ROOT).with_suffix("").parts for word in part.split("_")}
        for path in files
        if path.suffix == ".py"
    }
    assert [str(path.relative_to(ROOT)) for path, words in parts.items() if words & NOTHING_NAMES] == []


def test_no_file_names_a_registry_or_a_path_of_one_machine(files):
    found = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        lines = enumerate(text.splitlines(), 1)
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
            for number, line in lines
            if ELSEWHERE.search(line)
        ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "--index" + "-url x",
        "https" + "://host/root/pypi/+simple/",
        "cd /" + "home/somebody",
        'at "/' + 'work/x"',
        "C:" + r"\Users\x",
    ],
)
def test_such_a_line_would_be_found(line):
    assert ELSEWHERE.search(line)


def test_every_text_ends_its_last_line(files):
    texts = [path for path in files if path.suffix in {".py", ".toml", ".md", ".txt", ".po"} and path.stat().st_size]
    assert [str(path.relative_to(ROOT)) for path in texts if not path.read_bytes().endswith(b"\n")] == []
