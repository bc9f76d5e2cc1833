# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is wrong with what a person typed, in words of people."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

WRONG = {
    "date": _lt("Write a day as on the paper, such as 12/03/2026."),
    "month": _lt("Write a month such as 03/2026."),
    "amount": _lt("Write an amount such as 12 345,67."),
    "siret": _lt("A SIRET has 14 digits, and its check digit must be right."),
    "iban": _lt("This IBAN is not right: its check digits do not fit."),
    "integer": _lt("Write a whole number."),
}
CONTRADICTIONS = {
    "sum": _lt("Amount before tax and VAT do not add up to the total."),
    "reserves": _lt("“Without reserves”, and yet reserves are listed."),
    "future": _lt("A date lies in the future."),
    "order": _lt("The reserves were lifted before the réception."),
}
