# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpPaperLinked(models.AbstractModel):
    """What papers are about: how many, and the way to them."""

    _name = "btp.paper.linked"
    _description = "What Papers Are About"

    btp_paper_count = fields.Integer(
        "Papers",
        compute="_compute_btp_paper_count",
        compute_sudo=False,
        groups="base.group_user",
    )

    def _get_paper_field(self) -> str:
        """Return the field of a paper that names a record of this model."""
        return {"btp.chantier": "chantier_id", "account.move": "move_id"}.get(
            self._name, "partner_id"
        )

    def _compute_btp_paper_count(self):
        papers = self.env["btp.paper"]
        name = self._get_paper_field()
        counts = {}
        if papers.has_access("read"):
            counts = dict(
                papers._read_group([(name, "in", self.ids)], [name], ["__count"])
            )
        for record in self:
            record.btp_paper_count = counts.get(record._origin, 0)

    def action_view_btp_papers(self):
        """Open the papers about this record."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "btp_relance_ocr.btp_paper_action"
        )
        name = self._get_paper_field()
        return action | {
            "domain": [(name, "=", self.id)],
            "context": {f"default_{name}": self.id},
        }


class BtpChantier(models.Model):
    _name = "btp.chantier"
    _inherit = ["btp.chantier", "btp.paper.linked"]


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "btp.paper.linked"]


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "btp.paper.linked"]


class BtpPaper(models.Model):
    _inherit = "btp.paper"

    def action_open_original(self):
        """Show the file as it came."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.sudo().attachment_id.id}?download=true",
            "target": "new",
        }


class BtpRelance(models.Model):
    """The papers that wait for a person, above *My Day*."""

    _inherit = "btp.relance"

    @api.model
    @api.readonly
    def get_my_day(self):
        # EXTENDS btp_relance
        figures = super().get_my_day()
        count = self.env["btp.paper"].search_count(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "in", ("to_check", "failed")),
            ]
        )
        if count:
            figures.append(
                {
                    "label": self.env._("Papers to check"),
                    "value": str(count),
                    "action": "btp_relance_ocr.btp_paper_action",
                    "context": {"search_default_to_check": 1},
                }
            )
        return figures
