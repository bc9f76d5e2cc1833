# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read a page that is a picture: put it right, give it to Tesseract, turn it over when nothing makes sense."""

import re

import numpy as np

from . import layout, picture, secondreader, show, tesseract
from .model import Page

#: Below this share of sure words a page is tried the other way up.
DOUBT = 0.55
#: Below this one no letter was read as what it is, whatever their lean says.
NOTHING_READ = 0.3
#: Where the letters' lean does not tell which way is up: on pages it was below 0.8 or above 1.2.
UNSURE_LEAN = (0.75, 1.3)


def read_picture(image, number, photo=None, colour=None):
    """Read a picture of a page.

    :param image: RGB or grey array
    :param photo: False when it surely is no photo, such as a drawn PDF page
    :param colour: function that gives the picture in colour, of any size, when it is to be shown to somebody
    :return: Page with words and its straightened grey picture
    """
    grey, matrix, is_photo = _flat(image, photo)
    factor = 842 * picture.DPI / 72 / max(grey.shape)
    if not 0.98 < factor < 1.02:
        grey, step = picture.resize(grey, factor)
        matrix = step @ matrix
    scale = picture.DPI / 72
    # How it lies is seen as well in a picture of half the size.
    small = picture.resize(grey, 0.5)[0]
    grey, small, step, lean = _set_upright(grey, small)
    matrix = step @ matrix
    words = []
    if not picture.is_blank(small) and not picture.is_noise(small):
        try:
            words = tesseract.read(grey, scale)
        except tesseract.TooHard:
            words = None
        if words is not None and _may_be_upside_down(sureness(words), lean):
            words, turned, step = _other_way(words, grey, scale)
            matrix = step @ matrix
            small = small if turned is grey else picture.turn_quarter(small, 180)[0]
            grey = turned
    page = _page(words or [], grey, number, scale, matrix, image.shape, is_photo)
    page.small = small
    if colour:
        page.shown = show.upright(colour(), matrix, grey.shape, image.shape)
    return page


def _set_upright(grey, small):
    """Turn a page upright and level its lines.

    :param small: the page at half its size, which is turned alike
    :return: (page, small page, 3x3 matrix of what was done, how its letters lean)
    """
    matrix = np.eye(3)
    if picture.is_sideways(small):
        small = picture.turn_quarter(small, 90)[0]
        grey, step = picture.turn_quarter(grey, 90)
        matrix = step @ matrix
    angle = picture.slant(small)
    if abs(angle) >= 0.12:
        small = picture.turn_slightly(small, angle)[0]
        grey, step = picture.turn_slightly(grey, angle)
        matrix = step @ matrix
    lean = picture.lean(small)
    if lean < 0.95:
        small = picture.turn_quarter(small, 180)[0]
        grey, step = picture.turn_quarter(grey, 180)
        matrix = step @ matrix
    return grey, small, matrix, lean


def _flat(image, photo):
    """The sheet alone, in grey, its light even when it is a photo: (picture, matrix, photo or not)."""
    quad = None if photo is False else picture.find_sheet(image)
    if quad is None:
        grey = picture.to_grey(image)
        if photo and _is_uneven(grey):
            return picture.flatten_light(grey), np.eye(3), True
        return grey, np.eye(3), bool(photo) and _is_uneven(grey)
    flat, matrix = picture.unwarp(image, quad)
    return picture.flatten_light(picture.to_grey(flat)), matrix, True


def _is_uneven(grey):
    """Whether the paper is much darker in one part than in another."""
    height, width = grey.shape
    rows, columns = (
        np.linspace(0, height, 5, dtype=int),
        np.linspace(0, width, 5, dtype=int),
    )
    light = [
        np.percentile(
            grey[rows[i] : rows[i + 1] : 4, columns[j] : columns[j + 1] : 4], 85
        )
        for i in range(4)
        for j in range(4)
    ]
    return max(light) - min(light) > 25 or min(light) < 190


def _may_be_upside_down(sure, lean):
    """Whether what was read is so doubtful that the page is read the other way up too."""
    return sure < NOTHING_READ or (
        sure < DOUBT and UNSURE_LEAN[0] < lean < UNSURE_LEAN[1]
    )


def _other_way(words, grey, scale):
    """Read a doubtful page upside down too, and keep the better reading."""
    turned, step = picture.turn_quarter(grey, 180)
    try:
        again = tesseract.read(turned, scale)
    except tesseract.TooHard:
        return words, grey, np.eye(3)
    if sureness(again) * min(1, len(again) / 8) > sureness(words) + 0.05:
        return again, turned, step
    return words, grey, np.eye(3)


def sureness(words):
    """The share of letters in words that the reader is sure of and that look like words."""
    total = good = 0
    for word in words:
        size = len(word.text)
        total += size
        if (
            word.confidence > 0.6
            and (size > 2 or word.text.isdigit())
            and re.search(r"\w", word.text)
        ):
            good += size
    return good / total if total >= 12 else 0.0


def _page(words, grey, number, scale, matrix, shape, is_photo):
    """A Page in points; its matrix leads from them back to fractions of the page as it came."""
    height, width = grey.shape
    page = Page(
        number, width / scale, height / scale, source="ocr", image=grey, scale=scale
    )
    page.words = [word for word in words if _is_text(word, page)]
    page.lines = layout.build_lines(page.words, number, layout.GAP_IN_PICTURES)
    if secondreader.read_again(page):
        page.lines = layout.build_lines(page.words, number, layout.GAP_IN_PICTURES)
    back = np.diag([1 / shape[1], 1 / shape[0], 1.0]) @ np.linalg.inv(matrix)
    page.matrix = back @ np.diag([scale, scale, 1.0])
    page.quality = sureness(words)
    page.photo = is_photo
    return page


def _is_text(word, page):
    """Leave out what a reader makes of frames and shadows."""
    if word.confidence < 0.05 and not re.search(r"\w{3}", word.text):
        return False
    if word.height > 0.2 * page.height or word.x1 - word.x0 > 0.95 * page.width:
        return False
    return bool(re.search(r"[\w☐☑☒€%&:;|.,/()«»\"'•*+=–—-]", word.text))
