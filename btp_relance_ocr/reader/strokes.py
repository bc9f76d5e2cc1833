# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ink that is neither text nor frame nor stamp."""

import re

import cv2
import numpy as np

from . import marks


def find_strokes(page, upper=0.0, lower=10_000.0):
    """Ink that is neither text nor frame nor stamp: [(box in points, weight)]; 1 is a small signature."""
    whole, scale = marks.coarse_ink(page)
    skipped = int(max(0.0, upper) * scale)
    ink = whole[skipped : int(lower * scale)].copy()
    if min(ink.shape) < 20:
        return []
    # Frames first: where a stamp's text or part of a side is taken out, its frame is no longer whole.
    _erase_frames(ink, scale)
    _erase_lines(ink, scale)
    _erase_words(ink, page, scale, skipped)
    edge = int(8 * scale)
    if skipped < edge:
        ink[:edge] = 0
    ink[:, :edge] = ink[:, -edge:] = 0
    if int(ink.sum()) < 25 * scale:
        return []
    joined = cv2.morphologyEx(
        ink, cv2.MORPH_CLOSE, np.ones((int(2 * scale) | 1,) * 2, np.uint8)
    )
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(
        joined, connectivity=8
    )
    found = []
    wide = np.flatnonzero(stats[:count, 2] >= 22 * scale)
    for index in wide[wide > 0]:
        x, y, width, height, area = stats[index]
        if (
            width < 22 * scale
            or height < 4 * scale
            or area < 25 * scale
            or width > 300 * scale
            or height > 150 * scale
        ):
            continue
        part = (labels[y : y + height, x : x + width] == index).astype(np.uint8)
        weight = _weight(part, scale, ink[y : y + height, x : x + width])
        if weight > 0:
            found.append(
                (
                    (
                        x / scale,
                        (y + skipped) / scale,
                        (x + width) / scale,
                        (y + skipped + height) / scale,
                    ),
                    weight,
                )
            )
    return found


def _erase_words(ink, page, scale, skipped):
    """Take out what was read as text."""
    heights = sorted(word.height for word in page.words) or [10]
    usual = heights[len(heights) // 2]
    for word in page.words:
        if (
            word.y1 * scale <= skipped
            or word.confidence <= 0.55
            or word.height >= 2.2 * usual
            # The second reader makes letters of a signature's loops.
            or (word.confidence <= 0.62 and word.text.isalpha() and len(word.text) < 4)
        ):
            continue
        letters = sum(c.isalnum() for c in word.text)
        if letters > 0.34 * len(word.text) or re.search(r"\.{3}|_{3}|…", word.text):
            x0, y0 = (
                int((word.x0 - 0.6) * scale),
                int((word.y0 - 0.6) * scale) - skipped,
            )
            x1, y1 = (
                int((word.x1 + 0.6) * scale),
                int((word.y1 + 0.6) * scale) - skipped,
            )
            ink[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1] = 0


def _erase_frames(ink, scale):
    """Take out closed outlines of a stamp's size, and leave what is inside."""
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(
        ink, connectivity=8
    )
    wide, high, areas = stats[:, 2], stats[:, 3], stats[:, 4]
    sized = (wide >= 25 * scale) & (high >= 14 * scale) & (wide <= 260 * scale)
    sized &= areas <= 0.4 * wide * high
    sized[0] = False
    for index in np.flatnonzero(sized):
        x, y, width, height, _area = stats[index]
        part = (labels[y : y + height, x : x + width] == index).astype(np.uint8)
        contours, _tree = cv2.findContours(
            part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
        )
        contour = max(contours, key=cv2.contourArea)
        hull = max(1.0, cv2.contourArea(cv2.convexHull(contour)))
        if cv2.contourArea(contour) > 0.85 * hull:
            ink[y : y + height, x : x + width][part > 0] = 0


def _erase_lines(ink, scale):
    """Take out the frames of tables and the lines to write on."""
    for axis, length in ((1, int(55 * scale)), (0, int(38 * scale))):
        # Only rows (or columns) with ink enough can hold a line.
        full = np.flatnonzero(ink.sum(axis=axis, dtype=np.int32) >= length)
        if not full.size:
            continue
        part = np.ascontiguousarray(ink[full] if axis else ink[:, full])
        kernel = np.ones((1, length) if axis else (length, 1), np.uint8)
        lines = np.zeros_like(ink)
        found = cv2.morphologyEx(part, cv2.MORPH_OPEN, kernel)
        if axis:
            lines[full] = found
        else:
            lines[:, full] = found
        ink[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 0


def _weight(part, scale, ink):
    """How much a component looks like a signature: 0 for frames, stamps and blots."""
    height, width = part.shape
    contours, _tree = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    contour = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(contour)
    area = max(1.0, cv2.contourArea(hull))
    sides = cv2.minAreaRect(contour)[1]
    thin = min(sides)
    if thin < 5 * scale:
        # A flat stroke tells too little, a line nothing.
        return 0.5 if thin > 2.2 * scale and width > 30 * scale else 0.0
    fill = float((part * ink).sum()) / area
    if fill > 0.55:
        return 0.0
    shell = np.zeros_like(part)
    cv2.drawContours(shell, [hull], -1, 1, max(2, int(1.6 * scale)))
    on_shell = float((shell * part).sum()) / max(1, int(part.sum()))
    closed = cv2.contourArea(contour) / area
    # A frame or ring is closed; one that a scan broke is still all edge and no inside. Pen strokes over
    # a stamp, or with a line drawn under them, enclose as much, but lie across it.
    if (
        closed > 0.85
        or (closed > 0.7 and on_shell > 0.5)
        or (on_shell > 0.7 and area > 0.75 * max(1.0, sides[0] * sides[1]))
    ):
        return 0.0
    if height / scale < 11:
        # As high as a line of letters: a word misread, dots to write on.
        return 0.8
    size = (width / scale / 45) * min(1.5, height / scale / 16)
    return float(min(4.0, 1.6 * size * (1.0 - 0.4 * on_shell)))
