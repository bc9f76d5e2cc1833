# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pieces of papers: boxes, signatures, stamps, tables."""

import os
from html import escape

BASE = """
@page {{ size: A4; margin: {margin} }}
{face}
body {{ font-family: {font}; font-size: {size}pt; line-height: 1.45; color: #111 }}
table {{ border-collapse: collapse; width: 100%; margin: 6pt 0 }}
td, th {{ border: {border}; padding: 4pt 6pt; text-align: left; vertical-align: top }}
.plain td, .plain th {{ border: 0; padding: 2pt 4pt }}
.hand {{ font-family: Hand, 'DejaVu Sans'; font-size: 1.25em; color: #223a8f }}
.r {{ text-align: right }} .c {{ text-align: center }} .sign {{ height: 70pt }}
s {{ text-decoration-thickness: 1.4pt }}
"""


def page(
    facts, body, font=None, size=10.5, margin="18mm", border="0.7pt solid #333", css=""
):
    """A whole document."""
    font = font or facts.rng.choice(
        [
            "'Liberation Sans'",
            "'Liberation Serif'",
            "'DejaVu Sans'",
            "Lato",
            "'DejaVu Serif'",
        ]
    )
    hand = os.environ.get("BTP_HAND_FONT")
    face = (
        f"@font-face {{ font-family: Hand; src: url('file://{hand}') }}" if hand else ""
    )
    style = (
        BASE.format(margin=margin, font=font, size=size, border=border, face=face) + css
    )
    return f"<html lang='fr'><head><meta charset='utf-8'><style>{style}</style></head><body>{body}</body></html>"


def signature(rng, width=130, height=48):
    """Strokes of a pen."""
    x, points = 4, []
    for step in range(rng.randrange(5, 10)):
        x += width / 9
        points.append(
            f"{x:.0f} {rng.randrange(4, height - 4) if step % 2 else rng.randrange(height // 3, height - 2)}"
        )
    path = f"M 4 {height * 0.6:.0f} Q " + " ".join(points[: len(points) // 2 * 2])
    path = f"M 4 {height * 0.6:.0f} " + " ".join(
        f"Q {a} {b}" for a, b in zip(points[::2], points[1::2], strict=False)
    )
    if rng.random() < 0.5:
        path += f" M 8 {height - 6} L {width * 0.8:.0f} {height - 14}"
    colour = rng.choice(["#1b2a7a", "#111", "#22336b"])
    return f"<svg width='{width}pt' height='{height}pt' viewBox='0 0 {width} {height}'><path d='{path}' fill='none' stroke='{colour}' stroke-width='1.4'/></svg>"


def stamp(rng, text):
    """A stamp, round or square, put on a little crooked."""
    turn, colour = rng.randrange(-9, 9), rng.choice(["#7a86c0", "#b06a6a", "#667"])
    text = escape(text.upper()[:24])
    if rng.random() < 0.5:
        return f"<svg width='120pt' height='46pt' viewBox='0 0 120 46'><g transform='rotate({turn} 60 23)' stroke='{colour}' fill='none'><rect x='5' y='7' width='110' height='32'/><text x='60' y='26' font-size='7' text-anchor='middle' stroke='none' fill='{colour}'>{text}</text></g></svg>"
    return f"<svg width='80pt' height='80pt' viewBox='0 0 80 80'><g transform='rotate({turn} 40 40)' stroke='{colour}' fill='none'><circle cx='40' cy='40' r='34'/><circle cx='40' cy='40' r='28'/><text x='40' y='43' font-size='6' text-anchor='middle' stroke='none' fill='{colour}'>{text[:14]}</text></g></svg>"


def box(rng, ticked, style):
    """A box to tick: a letter, a frame with a cross or check, or brackets."""
    if style == "letter":
        return f"<span style=\"font-family:'DejaVu Sans'\">{rng.choice('☒☑') if ticked else '☐'}</span>"
    if style == "brackets":
        return "[X]" if ticked else "[ ]"
    cross = {
        "cross": "M 1 1 L 11 11 M 11 1 L 1 11",
        "big": "M -2 -3 L 14 14 M 14 -2 L -2 13",
        "check": "M 2 6 L 5 10 L 13 -2",
    }[rng.choice(["cross", "big", "check"])]
    mark = (
        f"<path d='{cross}' stroke='#1b2a7a' stroke-width='1.3' fill='none'/>"
        if ticked
        else ""
    )
    return f"<svg width='10pt' height='10pt' viewBox='0 0 12 12' style='overflow:visible;vertical-align:-1pt'><rect x='0.5' y='0.5' width='11' height='11' fill='none' stroke='#222'/>{mark}</svg>"


def table(rows, head=None, cls="", widths=()):
    """Rows of cells, already HTML."""
    cols = "".join(f"<col style='width:{w}'>" for w in widths)
    top = (
        "<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>" if head else ""
    )
    return (
        f"<table class='{cls}'>{cols}{top}"
        + "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
            for row in rows
        )
        + "</table>"
    )


def hand(text):
    """Text written by hand."""
    return f"<span class='hand'>{escape(text)}</span>"
