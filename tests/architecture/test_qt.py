"""The Qt binding that is installed does not wear `None` out."""

import sys

from PySide6.QtGui import QImage, QPainter

CALLS = 200
# What the interpreter itself takes and gives meanwhile.
DRIFT = 20


def test_two_hundred_void_calls_leave_the_references_to_none_alone() -> None:
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.save()
    lost = before - sys.getrefcount(None)
    for _ in range(CALLS):
        painter.restore()
    painter.end()
    assert abs(lost) < DRIFT
