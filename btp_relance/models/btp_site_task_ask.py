# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: What the site knows best: it is asked without waiting.
OF_THE_SITE = ("quantity", "quality", "not_delivered")


class BtpChantier(models.Model):
    """Who leads the site: one of our users, or somebody whom only e-mail reaches."""

    _inherit = "btp.chantier"

    site_partner_id = fields.Many2one(
        "res.partner",
        "Site Contact",
        help="Conducteur de travaux without a user account: reached by e-mail, with a link "
        "that opens on a phone.",
    )

    def write(self, vals):
        # EXTENDS btp_relance: the links of whoever leaves the site open nothing any more.
        result = super().write(vals)
        if {"site_partner_id", "user_id"} & vals.keys():
            self._hand_over_tasks()
        return result

    def _get_site_person(self):
        """Return whom to ask about this site."""
        self.ensure_one()
        return self.site_partner_id or self.user_id.partner_id

    def _hand_over_tasks(self):
        """Revoke what was asked of whoever led these sites; the next one is asked instead."""
        tasks = self.env["btp.site.task"].sudo()
        for task in tasks.search(
            [("chantier_id", "in", self.ids), ("state", "=", "open")]
        ):
            person = task.chantier_id._get_site_person()
            if task.partner_id == person:
                continue
            task._end("revoked")
            dispute = task.dispute_id
            if dispute.state == "open" and person and task.company_id.btp_ask_site:
                dispute._ask_site()


class BtpDispute(models.Model):
    """The site is asked about what is contested on its works."""

    _inherit = "btp.dispute"

    site_task_ids = fields.One2many("btp.site.task", "dispute_id", "Asked of the Site")

    def action_ask_site(self):
        """Ask the conducteur de travaux, by a link that works on a phone."""
        self.check_access("write")
        for dispute in self.sudo():
            if not dispute.chantier_id or not dispute.chantier_id._get_site_person():
                raise UserError(
                    self.env._(
                        "Set the chantier of %s and its conducteur de travaux first.",
                        dispute.move_id.name,
                    )
                )
            dispute._ask_site()._check_sent()

    def _after_open(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance
        super()._after_open()
        if (
            self.reason in OF_THE_SITE
            and self.company_id.btp_ask_site
            and self.chantier_id
            and self.chantier_id._get_site_person()
        ):
            self._ask_site()

    def _after_close(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance: nothing is asked any more.
        super()._after_close()
        self.site_task_ids._end("done")

    def _ask_site(self):
        self.ensure_one()
        return self.env["btp.site.task"]._ask(
            self.chantier_id,
            self.chantier_id._get_site_person(),
            self.user_id or self.company_id.btp_relance_user_id,
            dispute=self,
        )


class BtpDocument(models.Model):
    _inherit = "btp.document"

    @api.depends("chantier_id.site_partner_id")
    def _compute_owner(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance: who leads the site may have no account.
        super()._compute_owner()
        for document in self:
            contact = document.chantier_id.site_partner_id
            if document.owed_by == "site_manager" and contact:
                document.owner_partner_id = contact
                document.owner_user_id = False

    def _write_state(self, vals: dict):
        # pylint: disable=super-method-mismatch
        # EXTENDS btp_relance: what arrived another way is not asked for any more.
        result = super()._write_state(vals)
        tasks = self.env["btp.site.task"].sudo()
        asked = tasks.search([("document_ids", "in", self.ids), ("state", "=", "open")])
        asked.filtered(lambda task: task._is_settled())._end("done")
        return result


class BtpDocumentRequest(models.Model):
    """Whoever leads a site gets a link: nobody else sees what it opens."""

    _inherit = "btp.document.request"

    def _send_task(self, today) -> dict:
        # EXTENDS btp_relance: beside the task in Odoo, for whom opens it on a phone.
        proof = super()._send_task(today)
        self._ask_sites()
        return proof

    def _send_email(self) -> dict | None:
        # EXTENDS btp_relance
        tasks = self._ask_sites()
        if not tasks or self.missing_ids - tasks.document_ids:
            return super()._send_email()
        failed = tasks.filtered("failure_reason")
        if failed == tasks:
            self.failure_reason = failed[0].failure_reason
            return None
        self.contact_id = self.contact_id or self.partner_id
        return {
            "channel": "email",
            "recipient": self.partner_id.email_formatted,
            "subject": tasks[:1].mail_id.subject,
        }

    def _ask_sites(self):
        """Ask for what the site owes, one link a chantier.

        :return: the ``btp.site.task`` records
        """
        self.ensure_one()
        tasks = self.env["btp.site.task"].sudo()
        if not self.company_id.btp_ask_site:
            return tasks
        owed = self.sudo().missing_ids.filtered(
            lambda doc: doc.owed_by == "site_manager" and doc.chantier_id
        )
        for chantier, documents in owed.grouped("chantier_id").items():
            person = chantier._get_site_person()
            if person and person == self.partner_id:
                tasks |= tasks._ask(
                    chantier,
                    person,
                    self.company_id.btp_relance_user_id,
                    documents=documents,
                )
        return tasks


class ResCompany(models.Model):
    _inherit = "res.company"

    btp_ask_site = fields.Boolean(
        "Ask the Site by E-Mail",
        default=True,
        help="The conducteur de travaux receives a link for each document or dispute of "
        "their chantiers: it opens on a phone, without an account.",
    )
    btp_site_link_days = fields.Integer(
        "Days a Link Works", default=60, help="Counted from the last e-mail."
    )
    btp_upload_limit = fields.Integer(
        "Largest File (MB)", default=25, help="Of the files that a link brings."
    )

    _btp_site_limits = models.Constraint(
        "CHECK(btp_site_link_days BETWEEN 1 AND 365 AND btp_upload_limit BETWEEN 1 AND 100)",
        "A link works for 1 to 365 days, and a file has 1 to 100 MB.",
    )
