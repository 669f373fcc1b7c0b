"""Which widget shows which prop; each is imported when its practice is opened."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtWidgets import QWidget

from calmtray.practice.model import Prop as Kind
from calmtray.ui.props.base import Given, Prop

_PROPS = {
    Kind.COLOUR: ("colour", "ColourProp"),
    Kind.CANVAS: ("canvas", "CanvasProp"),
    Kind.PICTURE: ("picture", "PictureProp"),
    Kind.TODAY: ("today", "TodayProp"),
    Kind.FEELINGS: ("feelings", "FeelingsProp"),
    Kind.TIMER: ("timer", "TimerProp"),
    Kind.OWN_SONG: ("own_song", "OwnSongProp"),
    Kind.OWN_PICTURES: ("own_pictures", "OwnPicturesProp"),
    Kind.CHECKLIST: ("checklist", "ChecklistProp"),
}


def make_prop(kind: Kind, given: Given, parent: QWidget | None = None) -> Prop:
    """The widget for this prop."""
    module, name = _PROPS[kind]
    prop: Prop = getattr(import_module(f"calmtray.ui.props.{module}"), name)(given, parent)
    return prop
