# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import Command, api, fields, models

from ..models.res_partner_privacy import ERASED_KINDS


class BtpPrivacyRequest(models.TransientModel):
    """A person asks what we hold, to have it erased or left alone: one screen."""

    _name = "btp.privacy.request"
    _description = "Request of a Person"

    partner_id = fields.Many2one("res.partner", "Person", required=True, readonly=True)
    restricted = fields.Boolean(related="partner_id.btp_privacy_restricted")
    line_ids = fields.One2many("btp.privacy.request.line", "request_id", readonly=True)
    free = fields.Integer(compute="_compute_free")
    invoiced = fields.Boolean(compute="_compute_kept_because")
    kept_because = fields.Text(compute="_compute_kept_because")
    told = fields.Text(readonly=True)
    archive = fields.Binary(readonly=True, attachment=False)
    archive_name = fields.Char(readonly=True)

    @api.depends("line_ids.free")
    def _compute_free(self):
        for request in self:
            request.free = sum(request.line_ids.mapped("free"))

    @api.depends("partner_id", "line_ids.kept")
    def _compute_kept_because(self):
        for request in self:
            persons = request.partner_id._btp_persons()
            request.invoiced = persons._btp_has_invoices()
            sentences = []
            if any(request.line_ids.mapped("kept")):
                sentences.append(request.partner_id._btp_privacy_held_sentence())
            if request.invoiced:
                sentences.append(request.partner_id._btp_privacy_kept_sentence())
            request.kept_because = "\n".join(sentences)

    @api.model_create_multi
    def create(self, vals_list):
        """Count at once what is held about the person."""
        requests = super().create(vals_list)
        for request in requests:
            request._count()
        return requests

    # === ACTIONS === #

    def action_export(self):
        """Make the copy to hand to the person (GDPR art. 15 and 20)."""
        self.ensure_one()
        self._check_manager()
        content = self.env["btp.privacy.export"]._archive(self.partner_id)
        self.write(
            {
                "archive": base64.b64encode(content),
                "archive_name": f"donnees-personnelles-{self.partner_id.id}.zip",
            }
        )
        return self._reopen()

    def action_erase(self):
        """Erase what nothing obliges us to keep (GDPR art. 17), and say what was."""
        self.ensure_one()
        self._check_manager()
        labels = self._get_labels()
        result = self.partner_id._btp_privacy_erase()
        done = [
            self.env._("%(kind)s: %(count)s", kind=labels[kind], count=count)
            for kind, (count, _kept) in result.items()
            if count
        ]
        self._count()
        self.archive = False
        self.told = "\n".join(
            [
                self.env._("Erased: %s.", "; ".join(done) or self.env._("nothing")),
                self.kept_because or "",
            ]
        ).strip()
        return self._reopen()

    def action_restrict(self):
        """Restrict the processing, or lift the restriction (GDPR art. 18)."""
        self.ensure_one()
        self._check_manager()
        restricted = self.partner_id.sudo().btp_privacy_restricted
        self.partner_id._btp_privacy_restrict(not restricted)
        return self._reopen()

    # === BUSINESS === #

    def _check_manager(self):
        self.check_access("write")
        self.partner_id.check_access("write")

    @api.model
    def _get_labels(self) -> dict[str, str]:
        """Return the name of each kind of data, as the rules say it."""
        field = self.env["btp.privacy.rule"]._fields["kind"]
        return dict(field._description_selection(self.env))

    def _count(self):
        """Count what can be erased and what must be kept, kind by kind."""
        self.ensure_one()
        labels = self._get_labels()
        counts = []
        for kind in ERASED_KINDS:
            free, kept = self.partner_id._btp_privacy_find(kind)
            if free or kept:
                counts.append({"name": labels[kind], "free": len(free), "kept": kept})
        self.sudo().line_ids = [
            Command.clear(),
            *(Command.create(values) for values in counts),
        ]

    def _reopen(self):
        return self.partner_id.action_btp_privacy_request() | {"res_id": self.id}


class BtpPrivacyRequestLine(models.TransientModel):
    """How much of one kind of data is held about a person."""

    _name = "btp.privacy.request.line"
    _description = "Kind of Data Held About a Person"

    request_id = fields.Many2one("btp.privacy.request", ondelete="cascade")
    name = fields.Char("What We Hold", readonly=True)
    free = fields.Integer("Can Be Erased", readonly=True)
    kept = fields.Integer("Must Be Kept", readonly=True)
