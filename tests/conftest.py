"""What every test may rely on: the same examples each time, and English at the start."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from calmtray.words.language import use_language

settings.register_profile(
    "house",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    # Two cores, shared with other people's work: slow says nothing about the example.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


@pytest.fixture(autouse=True)
def english():
    """A test that speaks French leaves no trace of it."""
    use_language("en")
    yield
    use_language("en")
