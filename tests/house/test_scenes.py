"""Our quiet pictures are those that the command paints, whoever runs it."""

from __future__ import annotations

import numpy as np
from PIL import Image

from calmtray.ui.props.picture import PICTURES
from tests.house.source import ROOT
from tools.scenes.__main__ import SCENES, main

PICTURES_FOLDER = ROOT / "assets" / "pictures"


def test_every_picture_is_a_scene_and_every_scene_is_shown():
    assert {f"{name}.webp" for name in SCENES} == {each.file for each in PICTURES}
    assert {path.name for path in PICTURES_FOLDER.iterdir()} == {each.file for each in PICTURES}


def test_a_scene_painted_again_is_the_same_picture(tmp_path):
    """One of them: they share their brushes, and the others take three times as long."""
    main(["leaves"], tmp_path)
    again, kept = (
        np.asarray(Image.open(folder / "leaves.webp").convert("RGB"), np.int16)
        for folder in (tmp_path, PICTURES_FOLDER)
    )
    # Each machine counts in its own way to the last digit, and WebP makes more of it than there was.
    assert again.shape == kept.shape
    assert np.abs(again - kept).mean() < 1.0
