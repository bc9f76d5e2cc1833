# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What ink says that words do not: boxes and what is in them, words struck through."""

import re
from dataclasses import dataclass

import cv2
import numpy as np

#: Signs that a text layer (or a reader) has for boxes.
TICKED_TEXT = re.compile(r"^[\[(|{]\s?[xX×✓vV✗✘]\s?[\])|}]|^[☑☒✓✔✗✘✕✖■●⬤◉⊠⬛🗹🗵þý]")
EMPTY_TEXT = re.compile(r"^[\[({]\s{0,3}[\])}]|^[\[CLDEUO][\])]\s|^[☐□◻○◯⬜¨▢❏❐❑❒]")
#: Inner ink of an empty box and of a ticked one.
CLEAN = 0.035
INKED = 0.085
#: The grey below which a drawn page has ink.
DRAWN_INK = 185


@dataclass(slots=True)
class Mark:
    """A box: what is in it, from 0 (empty) to 1; where."""

    ink: float
    box: tuple
    ticked: bool | None


def binary_of(page):
    """The page's ink as 0/1, drawn once."""
    if page.image is None:
        return None
    cached = getattr(page, "_binary", None)
    if cached is None and page.source == "text":
        # A drawn page has even light: one level is enough.
        cached = (page.image < DRAWN_INK).astype(np.uint8)
    elif cached is None:
        size = max(15, int(12 * page.scale)) | 1
        cached = cv2.adaptiveThreshold(
            page.image, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, 18
        )
    page._binary = cached
    return cached


def coarse_ink(page):
    """The page's ink at about 150 dpi, enough for strokes: (0/1 picture not to be changed, pixels per point)."""
    ink = binary_of(page)
    if page.scale < 3:
        return ink, page.scale
    small = cv2.resize(ink * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return (small > 90).astype(np.uint8), page.scale / 2


def sign_of(text):
    """Whether a text begins with a ticked (True) or an empty (False) box of its own; None without."""
    if TICKED_TEXT.match(text):
        return True
    if EMPTY_TEXT.match(text):
        return False
    return None


def box_left_of(page, x, y0, y1, reach=34.0, limit=0.0):
    """The square drawn left of a place on a line.

    :param x: where the option's words begin
    :param limit: nothing is looked for left of this
    :return: Mark or None
    """
    ink = binary_of(page)
    if ink is None:
        return None
    scale, middle = page.scale, (y0 + y1) / 2
    left, right = max(limit, x - reach, 0.0), x + 3.0
    top, bottom = max(0.0, middle - 15.0), min(page.height, middle + 15.0)
    crop = ink[
        int(top * scale) : int(bottom * scale), int(left * scale) : int(right * scale)
    ].copy()
    if min(crop.shape) < 6 * scale:
        return None
    _erase_words(crop, page, left, top, right, bottom)
    best = _best_square(crop, scale, (middle - top) * scale)
    if best is None:
        return None
    size, row, column = best
    inner_ink = _inner_ink(crop, best)
    box = (
        left + column / scale,
        top + row / scale,
        left + (column + size) / scale,
        top + (row + size) / scale,
    )
    ticked = True if inner_ink >= INKED else False if inner_ink <= CLEAN else None
    return Mark(float(inner_ink), box, ticked)


def ink_left_of(page, word):
    """Whether there is as much ink right before a word as a box with a cross has."""
    ink = binary_of(page)
    if ink is None:
        return False
    part = ink[
        int((word.y0 - 2) * page.scale) : int((word.y1 + 2) * page.scale),
        max(0, int((word.x0 - 22) * page.scale)) : int((word.x0 - 1) * page.scale),
    ]
    return part.size > 0 and float(part.mean()) > 0.12


def box_right_of(page, x, y0, y1):
    """The square drawn anywhere right of a place on its line, as in a column of boxes; Mark or None."""
    ink = binary_of(page)
    if ink is None:
        return None
    scale, middle = page.scale, (y0 + y1) / 2
    top, bottom = max(0.0, middle - 13.0), min(page.height, middle + 13.0)
    crop = ink[int(top * scale) : int(bottom * scale), int(x * scale) :].copy()
    if min(crop.shape, default=0) < 6 * scale:
        return None
    _erase_words(crop, page, x, top, page.width + 4, bottom)
    best = _best_square(crop, scale, (middle - top) * scale)
    if best is None:
        return None
    size, row, column = best
    inner = _inner_ink(crop, best)
    box = (
        x + column / scale,
        top + row / scale,
        x + (column + size) / scale,
        top + (row + size) / scale,
    )
    return Mark(
        inner, box, True if inner >= INKED else False if inner <= CLEAN else None
    )


def _erase_words(crop, page, left, top, right, bottom):
    """Take out the words in a part of the page: letters in a row can look like a frame."""
    scale = page.scale
    for word in page.words:
        if (
            word.x0 < right - 3.5
            and word.x1 > left
            and word.y0 < bottom
            and word.y1 > top
        ):
            if len(re.findall(r"[^\W_]", word.text)) >= 3 and word.confidence > 0.4:
                x0, x1 = (
                    int((word.x0 - left) * scale),
                    int((word.x1 - left) * scale) + 1,
                )
                y0, y1 = int((word.y0 - top) * scale), int((word.y1 - top) * scale) + 1
                crop[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = 0


def _best_square(crop, scale, middle):
    """(size, row, column) in pixels of the square with the most ink on its four sides."""
    thick = cv2.dilate(crop, np.ones((3, 3), np.uint8)).astype(np.float32)
    rows = np.cumsum(np.pad(thick, ((0, 0), (1, 0))), axis=1)
    columns = np.cumsum(np.pad(thick, ((1, 0), (0, 0))), axis=0)
    height, width = thick.shape
    best = None
    for points in np.arange(6.0, 17.0, 0.5):
        size = int(round(points * scale))
        if size + 1 >= height or size + 1 >= width:
            break
        across = (rows[:, size:] - rows[:, :-size]) / size
        down = (columns[size:, :] - columns[:-size, :]) / size
        top, bottom = (
            across[: height - size, : width - size],
            across[size:height, : width - size],
        )
        left, right = (
            down[: height - size, : width - size],
            down[: height - size, size:width],
        )
        worst = np.minimum(np.minimum(top, bottom), np.minimum(left, right))
        total = (top + bottom + left + right) / 4
        centre = np.abs(np.arange(height - size)[:, None] + size / 2 - middle) / (
            8 * scale
        )
        value = np.where(worst > 0.72, total + worst - 0.25 * centre + 0.01 * points, 0)
        place = int(value.argmax())
        score = float(value.flat[place])
        if score > 0 and (best is None or score > best[0]):
            best = (score, size, place // value.shape[1], place % value.shape[1])
    return best and best[1:]


def _inner_ink(crop, square):
    """The share of ink inside a square, its frame left out."""
    size, row, column = square
    margin = max(3, int(round(0.24 * size)))
    inner = crop[
        row + margin : row + size - margin, column + margin : column + size - margin
    ]
    return float(inner.mean()) if inner.size else 0.0


def is_struck(page, words, least=0.8):
    """Whether a line is drawn through words: True, False, or None when unclear.

    :param least: what each word must have when nearly all of them are struck
    """
    ink = binary_of(page)
    if ink is None or not words:
        return None
    gaps = _gap_shares(ink, page.scale, words)
    if gaps and min(gaps) > 0.75:
        return True
    if gaps and max(gaps) < 0.25:
        return False
    shares = [
        _stroke_share(ink, page.scale, word) for word in words if word.x1 - word.x0 > 8
    ]
    if not shares:
        return None
    mean = sum(shares) / len(shares)
    if min(shares) > 0.9 or (mean > 0.93 and min(shares) > least):
        return True
    if mean < 0.8 and max(shares) < 0.9:
        return False
    return None


def _gap_shares(ink, scale, words):
    """How much of the room between words of a line one row covers with ink: letters leave it white, strokes do not."""
    found = []
    for one, other in zip(words, words[1:], strict=False):
        x0, x1 = int((one.x1 + 0.4) * scale), int((other.x0 - 0.4) * scale)
        if not 2 <= x1 - x0 < 14 * scale or abs(one.y0 - other.y0) > 0.6 * one.height:
            continue
        if not (re.search(r"\w", one.text) and re.search(r"\w", other.text)):
            continue
        y0, y1 = one.y0 + 0.2 * one.height, one.y1 - 0.15 * one.height
        part = ink[int(y0 * scale) : int(y1 * scale) + 1, x0:x1]
        if min(part.shape, default=0) < 2:
            continue
        joined = cv2.dilate(part, np.ones((3, 1), np.uint8))
        found.append(float(joined.mean(axis=1).max()))
    return found


def _stroke_share(ink, scale, word):
    """The longest share of a word's width that one row (with its neighbours) covers with ink at mid height."""
    x0, x1 = int(word.x0 * scale), int(word.x1 * scale)
    y0, y1 = word.y0 + 0.25 * word.height, word.y1 - 0.2 * word.height
    part = ink[int(y0 * scale) : int(y1 * scale) + 1, x0:x1]
    if min(part.shape) < 3:
        return 0.0
    # A stroke is a pixel or two high and may slope: rows are joined with those next to them.
    joined = cv2.dilate(part, np.ones((3, 1), np.uint8))
    return float(joined.mean(axis=1).max())


def is_underlined(page, words):
    """Whether a line is drawn under words and nowhere beyond them."""
    ink = binary_of(page)
    if ink is None or not words or abs(words[0].y0 - words[-1].y0) > 4:
        return False
    scale, height = page.scale, words[0].height
    x0, x1, base = words[0].x0, words[-1].x1, max(word.y1 for word in words)
    top, bottom = int((base - 0.25 * height) * scale), int((base + 4.0) * scale)
    band = ink[max(0, top) : bottom]
    part = band[:, int((x0 + 0.5) * scale) : int((x1 - 0.5) * scale)]
    if min(part.shape, default=0) < 3:
        return False
    row = int(part.mean(axis=1).argmax())
    beyond = [
        band[row, max(0, int((x0 - 7) * scale)) : max(1, int((x0 - 3) * scale))],
        band[row, int((x1 + 3) * scale) : int((x1 + 7) * scale)],
    ]
    return float(part[row].mean()) > 0.93 and not any(
        side.size and side.mean() > 0.5 for side in beyond
    )


def is_circled(page, words):
    """Whether a stroke runs around words: ink on all four sides of them that is no word's."""
    ink = binary_of(page)
    if ink is None or not words or abs(words[0].y0 - words[-1].y0) > 4:
        return False
    room = 11.0
    left, right = max(0.0, words[0].x0 - room), words[-1].x1 + room
    top = max(0.0, min(word.y0 for word in words) - room)
    bottom = max(word.y1 for word in words) + room
    scale = page.scale
    crop = ink[
        int(top * scale) : int(bottom * scale), int(left * scale) : int(right * scale)
    ].copy()
    if min(crop.shape, default=0) < 2.5 * room * scale:
        return False
    _erase_words(crop, page, left, top, right, bottom)
    edge, (height, width) = int(room * scale), crop.shape
    sides = (
        crop[edge : height - edge, :edge].any(axis=1).mean(),
        crop[edge : height - edge, width - edge :].any(axis=1).mean(),
        crop[:edge, edge : width - edge].any(axis=0).mean(),
        crop[height - edge :, edge : width - edge].any(axis=0).mean(),
    )
    return min(sides) > 0.6
