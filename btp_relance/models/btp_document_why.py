# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class BtpEcheance(models.Model):
    """Which document an amount due waits for."""

    _inherit = "btp.echeance"

    def _get_why(self) -> list[tuple[str, str]]:
        # EXTENDS btp_relance
        facts = super()._get_why()
        if self.hold_code != "missing_document":
            return facts
        needs = self.env["btp.document.need"].sudo()
        needs = needs.search(
            [("move_id", "=", self.move_id.id), ("missing", "=", True)]
        )
        return [*facts, *(need._get_why() for need in needs)]


class BtpDocumentNeed(models.Model):
    _inherit = "btp.document.need"

    def _get_why(self) -> tuple[str, str]:
        """Return the document, and who owes it since when."""
        self.ensure_one()
        document = self.document_id
        kinds = dict(document._fields["owed_by"]._description_selection(self.env))
        values = {
            "who": document.owner_partner_id.name or kinds[document.owed_by],
            "kind": kinds[document.owed_by],
            "since": document._format_day(document.expected_since),
        }
        if document.state == "refused":
            answer = self.env._(
                "Refused (%(reason)s). %(who)s (%(kind)s) owes it since %(since)s.",
                reason=document.refused_reason,
                **values,
            )
        elif document.state == "received":
            answer = self.env._(
                "Expired on %(day)s. %(who)s (%(kind)s) owes the next one.",
                day=document._format_day(document.valid_until),
                **values,
            )
        else:
            answer = self.env._("%(who)s (%(kind)s) owes it since %(since)s.", **values)
        return self.env._("Missing: %s", document.type_id.name), answer
