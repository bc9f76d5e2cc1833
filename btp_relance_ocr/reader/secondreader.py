# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A second reader, for lines that Tesseract is unsure of, such as handwriting.

It is the line model that comes inside the wheel of ``rapidocr`` (Apache-2.0), run with ``onnxruntime``.
Without these two packages the first reader's words stay.
"""

import functools
import importlib.util
import re
from pathlib import Path

import cv2
import numpy as np

from . import marks
from .model import Segment, Word

#: The height in pixels that the model was made for.
HEIGHT = 48
WIDEST = 2400
#: Letters written small lie closer than the model's steps: the line is drawn wider.
STRETCH = 1.4
#: Lines of a page to read again at most, so that a page of noise does not cost minutes.
MOST_LINES = 14
#: Of these, lines that look printed and hold one doubtful word.
MOST_PRINTED = 3
MOST_UNREAD = 8
#: A reading is believed from this mean score on.
SURE = 0.8


@functools.cache
def _model():
    """(session, letters) of the model, or None without the packages."""
    try:
        spec = importlib.util.find_spec("rapidocr")
        import onnxruntime
    except ImportError:
        return None
    folder = (
        spec
        and spec.submodule_search_locations
        and Path(spec.submodule_search_locations[0], "models")
    )
    files = sorted(folder.glob("*rec*.onnx")) if folder else []
    if not files:
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(
        str(files[-1]), options, providers=["CPUExecutionProvider"]
    )
    letters = (
        session.get_modelmeta().custom_metadata_map.get("character", "").split("\n")
    )
    return (session, ["", *letters, " "]) if len(letters) > 100 else None


def is_available():
    """Whether the second reader's packages are installed."""
    return _model() is not None


def read_line(grey):
    """Read the picture of one line.

    :return: [(word, share of the width where it begins, where it ends, score)]
    """
    session, letters = _model()
    factor = HEIGHT / grey.shape[0]
    width = int(min(WIDEST, max(16, STRETCH * grey.shape[1] * factor)))
    line = cv2.resize(
        grey,
        (width, HEIGHT),
        interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC,
    )
    data = np.repeat((line.astype(np.float32) / 127.5 - 1.0)[None, None], 3, axis=1)
    scores = session.run(None, {session.get_inputs()[0].name: data})[0][0]
    best, sure = scores.argmax(axis=1), scores.max(axis=1)
    words, current, last = [], [], 0
    for step, index in enumerate(best):
        if index and index != last:
            letter = letters[index] if index < len(letters) else ""
            if letter.isspace() or not letter:
                words.append(current)
                current = []
            else:
                current.append((letter, step, float(sure[step])))
        last = index
    words.append(current)
    steps = len(best)
    return [
        (
            "".join(letter for letter, _step, _score in word),
            max(0.0, (word[0][1] - 0.5) / steps),
            min(1.0, (word[-1][1] + 1.5) / steps),
            sum(score for _letter, _step, score in word) / len(word),
        )
        for word in words
        if word
    ]


def read_again(page):
    """Replace the words of lines that the first reader doubted by the second one's, where that one is sure.

    :return: whether anything changed; the page's lines must then be built anew
    """
    if page.image is None or not is_available():
        return False
    heights = sorted(word.height for word in page.words) or [10.0]
    # A signature is not read: it is twice as high as letters, or more.
    highest = max(2.1 * heights[len(heights) // 2], 16.0)
    doubtful = [
        part
        for line in page.lines
        for part in _parts(line)
        if _is_doubtful(part)
        and (
            part.box[3] - part.box[1] < highest
            or len(part.words) > 2
            or max(word.confidence for word in part.words) > 0.6
        )
    ]
    doubtful.sort(key=lambda segment: segment.confidence)
    changed = False
    for box in unread_boxes(page)[:MOST_UNREAD]:
        words = _read_box(page, box)
        if _score(words) >= SURE and sum(len(word.text) for word in words) >= 4:
            page.words = [*page.words, *_humbled(words)]
            changed = True
    by_hand = sum(segment.confidence < 0.75 for segment in doubtful)
    for segment in doubtful[: min(MOST_LINES, by_hand + MOST_PRINTED)]:
        words = _read_box(page, segment.box)
        score = _score(words)
        if score >= SURE and score > segment.confidence:
            kept = [word for word in segment.words if _is_certain(word)]
            old = {id(word) for word in segment.words} - {id(word) for word in kept}
            words = _humbled(_without(words, kept))
            page.words = [word for word in page.words if id(word) not in old] + words
            changed = True
    return changed


def _is_certain(word):
    """Whether the first reader's word stays whatever the second one says: printed letters that it is sure of."""
    return (
        word.confidence > 0.9
        and len(word.text) >= 4
        and word.text.strip(".,:;").isalpha()
    )


def _humbled(words):
    """Words that one reader alone believes: a value made of them is to be shown to a person."""
    for word in words:
        word.confidence = max(0.56, 0.62 * word.confidence)
    return words


def _without(words, kept):
    """The second reader's words but those that the first one's stand for, which take over their colon."""
    rest = []
    for word in words:
        middle = (word.x0 + word.x1) / 2
        same = next((one for one in kept if one.x0 - 1 <= middle <= one.x1 + 1), None)
        if same is None:
            rest.append(word)
        elif word.text.endswith(":") and not same.text.endswith(":"):
            same.text += ":"
    return rest


def unread_boxes(page):
    """Places with ink in a row that the first reader made nothing of, such as a date written by hand."""
    ink, scale = marks.coarse_ink(page)
    ink = ink.copy()
    for shape in ((1, int(60 * scale)), (int(30 * scale), 1)):
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        ink[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 0
    for word in page.words:
        x0, y0, x1, y1 = (
            int(v * scale) for v in (word.x0 - 1, word.y0 - 2, word.x1 + 1, word.y1 + 2)
        )
        ink[max(0, y0) : y1, max(0, x0) : x1] = 0
    edge = int(14 * scale)
    ink[:edge] = ink[-edge:] = 0
    ink[:, :edge] = ink[:, -edge:] = 0
    joined = cv2.dilate(ink, np.ones((3, int(7 * scale)), np.uint8))
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(
        joined, connectivity=8
    )
    found = []
    for x, y, width, height, _area in stats[1:]:
        wide, high = width / scale, height / scale
        share = float(ink[y : y + height, x : x + width].mean())
        part = ink[y : y + height, x : x + width]
        if 30 < wide < 420 and 7 < high < 34 and wide > 2 * high and 0.03 < share < 0.4:
            if cv2.connectedComponents(part)[0] < 4:
                # A stroke or two are a signature.
                continue
            found.append(
                (
                    x / scale + 2.5,
                    y / scale,
                    (x + width) / scale - 2.5,
                    (y + height) / scale,
                )
            )
    return sorted(found, key=lambda box: box[1])


def _parts(line):
    """The line's segments, those near each other as one: what was lost between them may be a letter."""
    parts = []
    for segment in line.segments:
        height = max(word.height for word in segment.words)
        if (
            parts
            and segment.box[0] - parts[-1].box[2] < 3.5 * height
            and min(parts[-1].confidence, segment.confidence) < 0.8
        ):
            parts[-1] = Segment(
                [*parts[-1].words, *segment.words], segment.page, segment.line
            )
        else:
            parts.append(segment)
    return parts


def _is_scrawl(words):
    """Whether words are what a reader makes of a signature: two or three letters, of none of which it is sure."""
    return (
        all(
            word.confidence < 0.6
            and len(word.text) < 4
            and not re.search(r"\d", word.text)
            for word in words
        )
        and sum(len(word.text) for word in words) < 8
    )


def _is_doubtful(segment):
    """Whether a segment holds letters of which the first reader was unsure."""
    size = sum(len(word.text) for word in segment.words)
    real = [word for word in segment.words if re.search(r"\w\w|\d", word.text)]
    if not real or _is_scrawl(real):
        return False
    low = min(word.confidence for word in real)
    x0, y0, x1, y1 = segment.box
    return (
        x1 - x0 > 1.2 * (y1 - y0)
        and (segment.confidence < 0.8 or low < 0.5)
        and size >= 2
    )


def _score(words):
    """The mean score of words by their letters."""
    size = sum(len(word.text) for word in words)
    return (
        sum(word.confidence * len(word.text) for word in words) / size
        if size >= 2
        else 0.0
    )


def _read_box(page, box):
    """Read a place of the page with the second reader."""
    x0, y0, x1, y1 = (value * page.scale for value in box)
    margin = 0.03 * (y1 - y0)
    left, top = max(0, int(x0 - 2 * page.scale)), max(0, int(y0 - margin))
    right, bottom = (
        min(page.image.shape[1], int(x1 + 2 * page.scale)),
        min(page.image.shape[0], int(y1 + margin)),
    )
    crop = page.image[top:bottom, left:right]
    if min(crop.shape) < 12:
        return []
    width = right - left
    return [
        Word(
            text,
            (left + start * width) / page.scale,
            (top + margin) / page.scale,
            (left + end * width) / page.scale,
            (bottom - margin) / page.scale,
            min(0.97, score),
        )
        for text, start, end, score in read_line(crop)
    ]
