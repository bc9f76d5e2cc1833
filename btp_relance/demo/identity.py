# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Identifiers that pass their checksums and that nobody bears.

A bad payer of the demo must never carry the number of a real company. INSEE allocates no
SIREN that begins with 0, no French bank has the code 99998, ARCEP keeps some telephone
ranges for fiction, and no mail ever leaves for a ``.test`` domain.
"""

from itertools import cycle


def _luhn_digit(digits: str) -> str:
    """Return the digit that makes ``digits`` pass Luhn's check when appended."""
    total = 0
    for weight, digit in zip(cycle((2, 1)), reversed(digits), strict=False):
        product = int(digit) * weight
        total += product - 9 if product > 9 else product
    return str(-total % 10)


def siren(serial: int) -> str:
    """Return the fictive SIREN number ``serial`` (from 0 to 9,999,999)."""
    digits = f"0{serial:07d}"
    return digits + _luhn_digit(digits)


def spaced(number: str) -> str:
    """Return a SIREN as it is written on paper: in groups of three."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def siret(serial: int, establishment: int = 1) -> str:
    """Return the SIRET of an establishment of the fictive company ``serial``."""
    digits = f"{siren(serial)}{establishment:04d}"
    return digits + _luhn_digit(digits)


def vat_fr(serial: int) -> str:
    """Return the VAT number of the fictive company ``serial``."""
    number = siren(serial)
    return f"FR{(12 + 3 * int(number)) % 97:02d}{number}"


def vat_ie(serial: int) -> str:
    """Return a fictive Irish VAT number."""
    digits = f"{serial:07d}"
    total = sum(
        int(digit) * weight
        for digit, weight in zip(digits, range(8, 1, -1), strict=True)
    )
    return f"IE{digits}{'WABCDEFGHIJKLMNOPQRSTUV'[total % 23]}"


def iban_fr(account: str, bank: str = "99998", branch: str = "00044") -> str:
    """Return the IBAN of an account of a bank that does not exist.

    :param str account: eleven digits
    """
    rib = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    bban = f"{bank}{branch}{account}{rib:02d}"
    # F = 15, R = 27, then "00" in the place of the key
    return f"FR{98 - int(bban + '152700') % 97:02d}{bban}"
