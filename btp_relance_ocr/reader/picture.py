# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Put a scan or a photo right before it is read: the sheet's corners, its light, its slant.

Each step returns the picture and the 3x3 matrix from the picture before to the one after, so that
a word's place can be shown on the page as it came.
"""

import cv2
import numpy as np

#: Points per inch, and the resolution that Tesseract reads best.
DPI = 300
A4 = (595.0, 842.0)
#: How far a table's light or colour (CIE Lab in 0…255) is from the paper's at least: on photos it was 40 and more.
UNLIKE = 15


def to_grey(image):
    """A grey picture."""
    if image.ndim == 2:
        return image
    return cv2.cvtColor(image[:, :, :3], cv2.COLOR_RGB2GRAY)


def find_sheet(image):
    """The four corners of a sheet of paper on a darker table, or None when the picture is the sheet.

    :param image: RGB or grey
    """
    height, width = image.shape[:2]
    factor = 600 / max(height, width)
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(to_grey(small), (5, 5), 0)
    best, most = None, 0.0
    for mask in _masks(small, grey):
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
        mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
        contours, _tree = cv2.findContours(
            mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
        )
        for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:2]:
            quad = _quad(contour)
            if quad is None:
                continue
            share = cv2.contourArea(quad) / grey.size
            fit = cv2.contourArea(contour) / max(1.0, cv2.contourArea(quad))
            if 0.2 < share < 0.985 and fit > 0.9:
                sure = fit * _edge(quad, small) * share**0.5
                if sure > most:
                    best, most = quad, sure
    return None if best is None else best / factor


def _edge(quad, small):
    """The share of a quad's outline with the sheet inside and a table outside; 0 when there is no table around.

    A table is seen at two sides or more and is unlike the paper. Else the corners are those of the picture itself,
    of what lies beside a dark title, or of a form's frame on its paper.
    """
    height, width = small.shape[:2]
    near = 0.025 * max(height, width)
    left, top = quad[[0, 3], 0], quad[[0, 1], 1]
    right, bottom = width - quad[[1, 2], 0], height - quad[[2, 3], 1]
    if sum(gap.max() < near for gap in (left, top, right, bottom)) > 2:
        return 0.0
    colour = small[:, :, :3] if small.ndim == 3 else cv2.merge([small] * 3)
    lab = cv2.cvtColor(colour, cv2.COLOR_RGB2LAB).astype(np.float32)
    inside = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(inside, quad.astype(np.int32), 1)
    around = cv2.dilate(inside, np.ones((9, 9), np.uint8)) == 0
    if not around.any():
        return 0.0
    paper, table = np.median(lab[inside == 1], axis=0), np.median(lab[around], axis=0)
    if np.abs(paper - table).max() < UNLIKE:
        return 0.0
    part = np.linspace(0.02, 0.98, 50)[:, None]
    outline = np.vstack(
        [quad[i] + part * (quad[(i + 1) % 4] - quad[i]) for i in range(4)]
    )
    inwards = quad.mean(axis=0) - outline
    inwards /= np.linalg.norm(inwards, axis=1)[:, None]
    last = (width - 1, height - 1)
    within, beyond = (
        lab[tuple((outline + far * inwards).clip(0, last).astype(int).T[::-1])]
        for far in (7, -5)
    )
    # A dark title at the top of the paper is not the table either.
    is_sheet = np.abs(within - table).sum(axis=1) > UNLIKE
    is_table = np.abs(beyond - table).sum(axis=1) < np.abs(beyond - paper).sum(axis=1)
    return float((is_sheet & is_table).mean())


def _masks(small, grey):
    """Pictures of what may be paper: the bright, the bright beside its surroundings, what has no colour."""
    _level, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield bright
    border = np.concatenate(
        [grey[:6].ravel(), grey[-6:].ravel(), grey[:, :6].ravel(), grey[:, -6:].ravel()]
    )
    level = float(np.percentile(border, 80)) + 12
    if level < 230:
        yield ((grey > level) * 255).astype(np.uint8)
    if small.ndim == 3:
        lab = cv2.cvtColor(small[:, :, :3], cv2.COLOR_RGB2LAB).astype(np.float32)
        edge = np.concatenate([lab[:8].reshape(-1, 3), lab[-8:].reshape(-1, 3)])
        table = np.median(edge, axis=0)
        far = np.linalg.norm((lab - table) * (0.6, 1.5, 1.5), axis=2)
        far = cv2.normalize(far, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)
        yield cv2.threshold(far, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]


def _quad(contour):
    """The four-cornered outline of a contour, in the order of `_order`, or None."""
    hull = cv2.convexHull(contour)
    length = cv2.arcLength(hull, True)
    for part in (0.01, 0.02, 0.03, 0.05):
        points = cv2.approxPolyDP(hull, part * length, True)
        if len(points) == 4:
            return _order(points.reshape(4, 2).astype(np.float32))
    return None


def _order(points):
    """Corners from the top left, clockwise."""
    total, gap = points.sum(axis=1), points[:, 0] - points[:, 1]
    return np.array(
        [
            points[total.argmin()],
            points[gap.argmax()],
            points[total.argmax()],
            points[gap.argmin()],
        ],
        np.float32,
    )


def unwarp(image, quad):
    """Lay the sheet flat."""
    top, right = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[1])
    bottom, left = np.linalg.norm(quad[2] - quad[3]), np.linalg.norm(quad[3] - quad[0])
    width, height = max(top, bottom), max(left, right)
    long, short = max(width, height), min(width, height)
    if 1.25 < long / short < 1.6:
        # The sheet is A4: its sides are known better than a slanted photo shows them.
        long = max(long, short * 2**0.5)
        short = long / 2**0.5
    width, height = (short, long) if height >= width else (long, short)
    goal = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), goal)
    flat = cv2.warpPerspective(
        image,
        matrix,
        (round(width), round(height)),
        flags=cv2.INTER_CUBIC,
        borderValue=(255, 255, 255),
    )
    return flat, matrix


def flatten_light(grey):
    """Make the paper white everywhere: each place divided by the paper's own light around it."""
    height, width = grey.shape
    factor = 500 / max(height, width)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(
        small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (19, 19))
    )
    paper = cv2.GaussianBlur(paper, (0, 0), 7)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(paper, 1), scale=245)


def _profile(binary, angle):
    """How sharply the rows of a binary picture part from one another after a turn."""
    height, width = binary.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(binary, matrix, (width, height), flags=cv2.INTER_NEAREST)
    rows = turned.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def ink_map(grey, longest=900):
    """A small binary picture of the ink, for measuring slant and direction."""
    factor = longest / max(grey.shape)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    binary = cv2.adaptiveThreshold(
        small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15
    )
    edge = max(4, round(0.015 * longest))
    binary[:edge] = binary[-edge:] = 0
    binary[:, :edge] = binary[:, -edge:] = 0
    return binary


def slant(grey, most=8.0):
    """How many degrees the page must be turned (counter-clockwise) for its lines to be level."""
    binary = ink_map(grey)
    best = max(
        np.arange(-most, most + 0.1, 1.0), key=lambda angle: _profile(binary, angle)
    )
    for step in (0.25, 0.0625):
        best = max(
            best + step * np.arange(-3, 4), key=lambda angle: _profile(binary, angle)
        )
    return float(best)


def is_sideways(grey):
    """Whether lines of text run up the page: letters are nearer to their neighbours along a line than across."""
    binary = ink_map(grey, 1200)
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(
        binary, connectivity=8
    )
    wide, high, area = (
        stats[:, cv2.CC_STAT_WIDTH],
        stats[:, cv2.CC_STAT_HEIGHT],
        stats[:, cv2.CC_STAT_AREA],
    )
    letters = (
        (np.maximum(wide, high) <= 26) & (np.maximum(wide, high) >= 5) & (area >= 6)
    )
    letters[0] = False
    if letters.sum() < 40:
        return False
    text = letters[labels].astype(np.uint8)
    along = cv2.connectedComponents(cv2.dilate(text, np.ones((1, 7), np.uint8)))[0]
    across = cv2.connectedComponents(cv2.dilate(text, np.ones((7, 1), np.uint8)))[0]
    return across < 0.85 * along


def turn_slightly(grey, angle):
    """Turn by a few degrees without losing corners."""
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=255
    )
    return turned, np.vstack([matrix, [0, 0, 1]])


def turn_quarter(image, degrees):
    """Turn clockwise by 90, 180 or 270 degrees."""
    height, width = image.shape[:2]
    if degrees == 90:
        return cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE), np.array(
            [[0, -1, height], [1, 0, 0], [0, 0, 1.0]]
        )
    if degrees == 180:
        return cv2.rotate(image, cv2.ROTATE_180), np.array(
            [[-1, 0, width], [0, -1, height], [0, 0, 1.0]]
        )
    if degrees == 270:
        return cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE), np.array(
            [[0, 1, 0], [-1, 0, width], [0, 0, 1.0]]
        )
    return image, np.eye(3)


def resize(grey, factor):
    """Enlarge or reduce."""
    method = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return cv2.resize(grey, None, fx=factor, fy=factor, interpolation=method), np.diag(
        [factor, factor, 1.0]
    )


def is_blank(grey):
    """Whether there is next to no ink."""
    return float(ink_map(grey).mean()) < 0.0006


def is_noise(grey):
    """Whether there are far more specks than any page has letters and dots."""
    return cv2.connectedComponents(ink_map(grey), connectivity=8)[0] > 15_000


def lean(grey):
    """How much better the letters' feet are in line than their heads: above 1 for upright text, below when upside down.

    Feet stand on one line; heads are at the height of small letters or of tall ones.
    """
    binary = ink_map(grey, 1500)
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(
        binary, connectivity=8
    )
    boxes = [
        (x, y, w, h)
        for x, y, w, h, area in stats[1:]
        if 4 <= h <= 34 and 3 <= w <= 34 and area >= 8
    ]
    boxes.sort(key=lambda box: box[1] + box[3] / 2)
    heads = feet = 0.0
    for line in _rows(boxes):
        tops = np.array([y for _x, y, _w, _h in line], float)
        bottoms = np.array([y + h for _x, y, _w, h in line], float)
        # Lines rise or fall a little: what counts is the distance from the line through them.
        places = np.array([x for x, _y, _w, _h in line], float)
        heads += _scatter(places, tops)
        feet += _scatter(places, bottoms)
    return (heads + 1e-6) / (feet + 1e-6)


def _rows(boxes):
    """Letters in rows of at least eight, by their middles."""
    row = []
    for box in boxes:
        middle = box[1] + box[3] / 2
        if row and middle - np.mean([y + h / 2 for _x, y, _w, h in row[-6:]]) > 5:
            if len(row) >= 8:
                yield row
            row = []
        row.append(box)
    if len(row) >= 8:
        yield row


def _scatter(places, values):
    """The mean distance of values from the line that runs through most of them."""
    slope = np.polyfit(places, values, 1)[0] if np.ptp(places) > 20 else 0.0
    rest = values - slope * places
    return float(np.minimum(np.abs(rest - np.median(rest)), 6).sum())
