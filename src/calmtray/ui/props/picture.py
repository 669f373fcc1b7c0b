"""A quiet picture to let the eyes wander over."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from calmtray.desktop.paths import bundled
from calmtray.ui.parts import button
from calmtray.ui.props.base import Given, Prop, another
from calmtray.ui.props.framed import FramedPicture, read_picture
from calmtray.words.language import _, marked


@dataclass(frozen=True, slots=True)
class Quiet:
    """One of our pictures: its file under ``assets/pictures``, and what is to be seen on it."""

    file: str
    words: str


PICTURES = (
    Quiet("leaves.webp", marked("Leaves with the sun behind them, some sharp, most of them soft")),
    Quiet("meadow.webp", marked("A meadow with a few flowers, low hills in the haze, a wide sky with thin clouds")),
    Quiet("plant.webp", marked("A green plant in a pale pot on a wooden table, window light on the wall")),
)


class PictureProp(Prop):
    """One picture by chance; *Another picture* shows another one."""

    def __init__(self, given: Given, parent: QWidget | None = None) -> None:
        super().__init__(given, parent)
        self.frame = FramedPicture(fill=True)
        self.column.addWidget(self.frame, 1)
        more = button(_("Another picture"))
        more.clicked.connect(self._on_more_clicked)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(more)
        row.addStretch(1)
        self.column.addLayout(row)
        self.shown = another(PICTURES, [])
        self._show()

    def _on_more_clicked(self) -> None:
        self.shown = another(PICTURES, [self.shown])
        self._show()

    def _show(self) -> None:
        self.frame.show_picture(read_picture(bundled("assets") / "pictures" / self.shown.file), _(self.shown.words))
