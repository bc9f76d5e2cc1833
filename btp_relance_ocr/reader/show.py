# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pictures of pages as people look at them: upright, flat, in colour, small."""

from pathlib import Path

import cv2
import numpy as np

#: As many pages of a file are shown.
PAGES = 10
DPI = 110
LONGEST = 1600
QUALITY = 70
A4_HEIGHT = 842


def dpi(page):
    """The resolution at which a page of a PDF is drawn."""
    return min(DPI, LONGEST * 72 / max(page.width, page.height, 1))


def upright(image, matrix, shape, source):
    """A scan or photo in the frame in which it was read.

    :param image: the picture as it came, of any size
    :param matrix: 3x3, from the picture as it was read to the straightened one
    :param shape: the height and width of the straightened one
    :param source: the height and width of the picture as it was read
    """
    height, width = shape
    factor = min(A4_HEIGHT * DPI / 72, LONGEST) / max(height, width)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    # A picture is made small before it is turned: turning looks at single pixels.
    small = min(1.0, 1.4 * max(size) / max(image.shape[:2]))
    if small < 1:
        image = cv2.resize(
            image, None, fx=small, fy=small, interpolation=cv2.INTER_AREA
        )
    back = np.diag([source[1] / image.shape[1], source[0] / image.shape[0], 1.0])
    whole = np.diag([factor, factor, 1.0]) @ matrix @ back
    return cv2.warpPerspective(image, whole, size, borderValue=(255, 255, 255))


def turned(page):
    """How the upright page lies on the page as it came: {"rotation", "matrix"}."""
    if page.matrix is None:
        return {"rotation": 0, "matrix": np.eye(3).tolist()}
    matrix = np.asarray(page.matrix) @ np.diag([page.width, page.height, 1.0])
    left, right = (matrix @ (x, 0.5, 1) for x in (0.2, 0.8))
    x, y = right[:2] / right[2] - left[:2] / left[2]
    quarter = (0 if x > 0 else 2) if abs(x) > abs(y) else (3 if y > 0 else 1)
    return {"rotation": quarter * 90, "matrix": matrix.round(6).tolist()}


def save(page, folder):
    """Leave a page's picture in a folder.

    :return: {"file", "width", "height"}
    """
    name = f"page-{page.number}.jpg"
    image = page.shown
    if image.ndim == 3:
        image = cv2.cvtColor(image[:, :, :3], cv2.COLOR_RGB2BGR)
    _ok, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    Path(folder, name).write_bytes(jpeg.tobytes())
    return {"file": name, "width": image.shape[1], "height": image.shape[0]}
