"""Numbers of breaths, as they are written in each language."""

from __future__ import annotations

import pytest

from calmtray.session.comfort import MINUTES_EACH, RATES, REST_MS, SETTLE_MS
from calmtray.words.language import use_language
from calmtray.words.pace_texts import minutes_each_text, rate_text


@pytest.fixture(params=["en", "fr"])
def lang(request):
    use_language(request.param)
    yield request.param
    use_language("en")


@pytest.mark.parametrize("pace", RATES)
def test_a_rate_is_written_with_the_point_or_the_comma_of_its_language(pace, lang):
    number = rate_text(pace).split()[0]
    assert float(number.replace(",", ".")) == RATES[pace]
    assert ("," if lang == "fr" else ".") in number or float(number).is_integer()


@pytest.mark.parametrize(("minutes", "said"), [*zip(MINUTES_EACH, ("8", "13"), strict=True)])
def test_the_whole_is_about_as_long_as_is_said(minutes, said, lang):
    assert f" {said} min" in minutes_each_text(minutes, len(RATES))
    breathed = len(RATES) * minutes + (SETTLE_MS + (len(RATES) - 1) * REST_MS) / 60_000
    # The answers take a while as well.
    assert 0 < int(said) - breathed < 1
