# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a page looks, in 64 bits: two scans of one sheet are near each other."""

#: Scans of one sheet differ in at most so many of the 64 bits.
NEAR = 10
#: The long side in pixels of the picture that is looked at.
SIZE = 360


def of(grey):
    """The fingerprint of an upright grey page: which waves are strong where its ink is, as 16 hexadecimal digits."""
    import cv2
    import numpy as np

    from .picture import ink_map

    step = max(1, max(grey.shape) // 800)
    ink = ink_map(np.ascontiguousarray(grey[::step, ::step]), SIZE).astype(np.float32)
    rows, columns = (
        np.nonzero(ink.sum(axis=1) > 1)[0],
        np.nonzero(ink.sum(axis=0) > 1)[0],
    )
    if len(rows) < 2 or len(columns) < 2:
        return None
    # The margins of two scans differ: only the written part counts.
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    ink = cv2.GaussianBlur(ink, (0, 0), 4 * SIZE / 900)
    small = cv2.resize(ink, (32, 32), interpolation=cv2.INTER_AREA)
    waves = cv2.dct(small)[:9, :9].ravel()[1:65]
    bits = waves > np.median(waves)
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def distance(one, other):
    """In how many bits two fingerprints differ, 0 to 64."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
