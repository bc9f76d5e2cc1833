# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A category of personal data gets a name of its own: it had that of a button."""

#: As 19.0.1.3.0 shipped it; a name that somebody typed stays.
SHIPPED = "Promises to pay"
NAMES = '{"en_US": "Promises of payment", "fr_FR": "Promesses de paiement"}'


def migrate(cr, version):
    """Name the promises in the retention rules and the register."""
    cr.execute(
        """
        UPDATE btp_privacy_rule SET name = name || %s::jsonb
         WHERE kind = 'promise' AND name->>'en_US' = %s
        """,
        [NAMES, SHIPPED],
    )
