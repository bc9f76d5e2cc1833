# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a clean PDF to a scan or a phone's photo."""

import io

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image


def draw(content, dpi):
    """The pages of a PDF as RGB arrays."""
    pdf = pdfium.PdfDocument(content)
    return [
        page.render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3].copy()
        for page in pdf
    ]


def turn(image, angle, fill):
    """Turn a little."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=fill
    )


def scan(content, rng):
    """Pages scanned: skew, noise, shadows of the edge, maybe upside down or sideways; returns a PDF."""
    noise = np.random.default_rng(rng.randrange(10**6))
    dpi = rng.choice([150, 200, 200, 300])
    quarter = rng.choice([0, 0, 0, 0, 1, 2, 3])
    pages = []
    for image in draw(content, dpi):
        grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        grey = turn(grey, rng.uniform(-2.2, 2.2), 240).astype(np.float32)
        grey = grey * rng.uniform(0.93, 0.99) + noise.normal(
            0, rng.uniform(2, 6), grey.shape
        )
        grey = cv2.GaussianBlur(grey, (3, 3), rng.uniform(0.3, 0.7))
        pages.append(
            np.ascontiguousarray(np.rot90(grey.clip(0, 255).astype(np.uint8), quarter))
        )
    out = io.BytesIO()
    images = [Image.fromarray(page) for page in pages]
    images[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=images[1:],
        resolution=dpi,
        quality=rng.choice([40, 50, 70]),
    )
    return out.getvalue(), ".pdf"


def photo(content, rng):
    """The first page on a table, photographed from aslant under uneven light; returns a JPEG."""
    noise = np.random.default_rng(rng.randrange(10**6))
    sheet = draw(content, 190)[0]
    height, width = sheet.shape[:2]
    canvas_w, canvas_h = int(width * 1.25), int(height * 1.25)
    tint = np.array(
        [rng.randrange(40, 120), rng.randrange(35, 90), rng.randrange(30, 80)],
        np.float32,
    )
    grain = cv2.resize(
        noise.normal(0, 18, (canvas_h // 6, 8)).astype(np.float32), (canvas_w, canvas_h)
    )
    table = (tint + grain[:, :, None]).clip(0, 255).astype(np.uint8)
    left, top = canvas_w * 0.1, canvas_h * 0.1

    def shake(x, y):
        return [
            left + x + rng.uniform(-0.045, 0.045) * width,
            top + y + rng.uniform(-0.035, 0.035) * height,
        ]

    goal = np.float32(
        [shake(0, 0), shake(width, 0), shake(width, height), shake(0, height)]
    )
    matrix = cv2.getPerspectiveTransform(
        np.float32([[0, 0], [width, 0], [width, height], [0, height]]), goal
    )
    flat = cv2.warpPerspective(
        sheet, matrix, (canvas_w, canvas_h), flags=cv2.INTER_AREA
    )
    mask = cv2.warpPerspective(
        np.full((height, width), 255, np.uint8), matrix, (canvas_w, canvas_h)
    )
    image = np.where(mask[:, :, None] > 127, flat, table).astype(np.float32)
    ys, xs = np.mgrid[0:canvas_h, 0:canvas_w]
    cx, cy = rng.uniform(0.2, 0.8) * canvas_w, rng.uniform(0.2, 0.8) * canvas_h
    light = 1.02 - 0.5 * np.hypot((xs - cx) / canvas_w, (ys - cy) / canvas_h)
    image = (
        image
        * light[:, :, None]
        * np.array([1.0, rng.uniform(0.93, 0.99), rng.uniform(0.84, 0.97)])
    )
    image = cv2.GaussianBlur(image, (3, 3), rng.uniform(0.4, 0.8)) + noise.normal(
        0, 4, image.shape
    )
    out = io.BytesIO()
    Image.fromarray(image.clip(0, 255).astype(np.uint8)).save(
        out, "JPEG", quality=rng.choice([60, 75])
    )
    return out.getvalue(), ".jpg"


def clean(content, _rng):
    """The PDF as it is."""
    return content, ".pdf"


KINDS = {"clean": clean, "scan": scan, "photo": photo}
