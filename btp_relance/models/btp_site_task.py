# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq

#: Answers that one link takes: more is no person.
MOST_ANSWERS = 50
#: Ids are four bytes in the database.
LARGEST_ID = 2**31


class BtpSiteTask(models.Model):
    """What one person of a site is asked for, behind a link that needs no account.

    One task a person and chantier: the documents that are missing there; or a dispute. The
    link opens this task and nothing else, for a time, until it is revoked.
    """

    _name = "btp.site.task"
    _description = "Site Task"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    reference = fields.Char(compute="_compute_reference")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    chantier_id = fields.Many2one(
        "btp.chantier",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", "Asked", required=True, readonly=True, index=True
    )
    kind = fields.Selection(
        [("document", "Documents"), ("dispute", "Dispute")],
        required=True,
        readonly=True,
    )
    document_ids = fields.Many2many(
        "btp.document", "btp_site_task_document_rel", string="Documents", readonly=True
    )
    missing_ids = fields.Many2many("btp.document", compute="_compute_missing_ids")
    dispute_id = fields.Many2one(
        "btp.dispute", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", "Owner", readonly=True, help="Who is told of the answer."
    )
    state = fields.Selection(
        [
            ("open", "Asked"),
            ("done", "Done"),
            ("handed", "Not theirs"),
            ("revoked", "Revoked"),
        ],
        required=True,
        default="open",
        readonly=True,
        tracking=True,
    )
    token = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        default=lambda self: secrets.token_urlsafe(32),
    )
    expires_on = fields.Date(readonly=True)
    sent_on = fields.Date("Last Asked On", readonly=True)
    sent_count = fields.Integer("Times Asked", readonly=True)
    answer_count = fields.Integer("Answers", readonly=True)
    failure_reason = fields.Char(readonly=True)
    mail_id = fields.Many2one("mail.mail", "E-mail", readonly=True, copy=False)

    _one_open = models.UniqueIndex(
        "(chantier_id, partner_id, kind, COALESCE(dispute_id, 0)) WHERE state = 'open'",
        "This person is already asked.",
    )

    def _compute_reference(self):
        for task in self:
            task.reference = f"S-{task.id:06d}" if task.id else False

    @api.depends("chantier_id", "partner_id")
    def _compute_display_name(self):
        for task in self:
            task.display_name = " – ".join(
                filter(
                    None,
                    [task.chantier_id.sudo().display_name, task.partner_id.sudo().name],
                )
            )

    @api.depends("document_ids.state")
    def _compute_missing_ids(self):
        for task in self:
            task.missing_ids = task.document_ids.filtered(
                lambda doc: doc.status not in ("received", "not_needed")
            )

    # === CRUD === #

    def write(self, vals):
        """Refuse to people what only the buttons write."""
        if not self.env.su:
            locked = [name for name in vals if self._fields[name].readonly]
            if locked:
                raise AccessError(
                    self.env._("Use the buttons: “%s” cannot be written.", locked[0])
                )
        return super().write(vals)

    # === ACTIONS === #

    def action_revoke(self):
        """Make links useless at once."""
        self.check_access("write")
        self.sudo()._end("revoked")

    def action_send_again(self):
        """Ask again: a link that was revoked or has expired is replaced."""
        self.check_access("write")
        for task in self.sudo():
            if task._is_settled():
                raise UserError(
                    self.env._(
                        "Nothing is left to ask about %s: it is settled.",
                        task.display_name,
                    )
                )
            if task.state == "revoked" or task._is_worn():
                task.write({"token": secrets.token_urlsafe(32), "answer_count": 0})
            task.state = "open"
            task._send()
            task._check_sent()

    # === ASKING === #

    @api.model
    def _ask(self, chantier, partner, owner, documents=None, dispute=None):
        """Ask somebody of a site, by e-mail; the task that is open already asks again.

        :param chantier: the ``btp.chantier`` concerned
        :param partner: the ``res.partner`` asked
        :param owner: the ``res.users`` who is told of the answer
        :param documents: ``btp.document`` records to hand over
        :param dispute: the ``btp.dispute`` to answer
        :return: the task, in sudo
        """
        tasks = self.sudo().with_company(chantier.company_id)
        kind = "dispute" if dispute else "document"
        task = tasks.search(
            [
                ("chantier_id", "=", chantier.id),
                ("partner_id", "=", partner.id),
                ("kind", "=", kind),
                ("dispute_id", "=", dispute.id if dispute else False),
                ("state", "=", "open"),
            ],
            limit=1,
        ) or tasks.with_context(mail_create_nosubscribe=True).create(
            {
                "company_id": chantier.company_id.id,
                "chantier_id": chantier.id,
                "partner_id": partner.id,
                "kind": kind,
                "dispute_id": dispute.id if dispute else False,
            }
        )
        task.write(
            {
                "user_id": owner.id,
                "document_ids": [
                    fields.Command.set(documents.ids if documents else [])
                ],
            }
        )
        if task._is_worn():
            task.write({"token": secrets.token_urlsafe(32), "answer_count": 0})
        task._send()
        return task

    def _send(self):
        """Put the e-mail with the link into the queue."""
        self.ensure_one()
        today = self.env["btp.echeance"]._get_today()
        if not self.partner_id.email_normalized:
            self.failure_reason = self.env._(
                "%s has no usable e-mail address: complete it.",
                self.partner_id.display_name,
            )
            return
        self.write(
            {
                "expires_on": today
                + timedelta(days=self.company_id.btp_site_link_days),
                "sent_on": today,
                "sent_count": self.sent_count + 1,
                "failure_reason": False,
            }
        )
        template = self.env.ref("btp_relance.template_site_task")
        self.mail_id = template.send_mail_batch(
            self.ids,
            email_values={
                "auto_delete": False,
                "record_company_id": self.company_id.id,
                "record_alias_domain_id": self.company_id.alias_domain_id.id,
            },
        )
        self._note("site_asked")

    def _check_sent(self):
        """Tell whoever asks by a button why nothing left."""
        for task in self.filtered("failure_reason"):
            raise UserError(task.failure_reason)

    def _note(self, kind: str, detail: str | None = None):
        """Write in the journal what was asked of the site, or answered by it."""
        customer = self.chantier_id.partner_id.commercial_partner_id
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": kind,
                    "company_id": self.company_id.id,
                    "debtor_ref": customer.id,
                    "debtor_name": customer.display_name,
                    "channel": "email",
                    "recipient": self.partner_id.email_formatted,
                    "detail": detail
                    or self.dispute_id.display_name
                    or "; ".join(self.document_ids.mapped("display_name")),
                }
            ]
        )

    # === THE LINK === #

    def _get_url(self) -> str:
        """Return the address that opens this task without an account."""
        self.ensure_one()
        return f"{self.get_base_url()}/site/{self.id}/{self.sudo().token}"

    @api.model
    def _find(self, task_id: int, token: str):
        """Return the task that a link opens; nothing where it does not.

        Whoever has the link is nobody of ours: the superuser acts. The comparison takes
        the same time whatever is wrong.
        """
        tasks = self.with_user(SUPERUSER_ID)
        # A number that no column holds is no task.
        task = tasks.browse(task_id if task_id < LARGEST_ID else 0).exists()
        known = task.token or secrets.token_urlsafe(32)
        # Only what a token is made of can be compared.
        same = token.isascii() and consteq(known, token)
        return task if task and same else tasks.browse()

    def _is_expired(self) -> bool:
        """Return whether the link is too old."""
        self.ensure_one()
        today = self.env["btp.echeance"].with_company(self.company_id)._get_today()
        return bool(self.expires_on and self.expires_on < today)

    def _is_worn(self) -> bool:
        """Return whether a new link is needed: too old, or it took too many answers."""
        self.ensure_one()
        return self._is_expired() or self.answer_count >= MOST_ANSWERS

    def _get_closed_reason(self) -> str | None:
        """Return why the link takes no answer: ``expired``, ``revoked``, ``done``,
        ``handed`` or ``full``."""
        self.ensure_one()
        if self.state != "open":
            return self.state
        if self._is_expired():
            return "expired"
        if self._is_settled():
            return "done"
        return "full" if self.answer_count >= MOST_ANSWERS else None

    def _is_settled(self) -> bool:
        """Return whether nothing is left to ask, whoever saw to it."""
        self.ensure_one()
        if self.dispute_id:
            return self.dispute_id.state != "open"
        return not self.missing_ids

    def _end(self, state: str):
        """Close tasks."""
        self.filtered(lambda task: task.state == "open").write({"state": state})
