# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

#: First key of the advisory locks: one planner at a time for a company.
REQUEST_LOCK = 0x627472


class BtpDocumentRequest(models.Model):
    """What one person is asked for: all the documents that they owe, in one message."""

    _name = "btp.document.request"
    _description = "Document Request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, id desc"
    _check_company_auto = True
    # An agent answers without being able to rewrite the request.
    _mail_post_access = "read"

    reference = fields.Char(compute="_compute_reference")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Who Owes Them", required=True, readonly=True, index=True
    )
    contact_id = fields.Many2one(
        "res.partner", "Recipient", help="Who receives the e-mail."
    )
    assignee_id = fields.Many2one(
        "res.users",
        "Colleague",
        readonly=True,
        help="One of us: asked by an activity, not by e-mail.",
    )
    user_id = fields.Many2one(related="company_id.btp_relance_user_id")
    state = fields.Selection(
        [("open", "Open"), ("done", "Done")],
        required=True,
        default="open",
        readonly=True,
        tracking=True,
    )
    document_ids = fields.Many2many(
        "btp.document", "btp_document_request_rel", string="Documents", readonly=True
    )
    missing_ids = fields.Many2many("btp.document", compute="_compute_missing_ids")
    documents_label = fields.Char(compute="_compute_documents_label")
    sent_on = fields.Date("Last Asked On", readonly=True)
    sent_count = fields.Integer("Times Asked", readonly=True)
    next_on = fields.Date("Ask Again On", readonly=True)
    closed_on = fields.Date(readonly=True)
    failure_reason = fields.Char(readonly=True)
    answer_unread = fields.Boolean("Answer to Read", readonly=True)
    mail_id = fields.Many2one(
        "mail.mail", "E-mail", readonly=True, copy=False, index="btree_not_null"
    )
    task_ids = fields.Many2many(
        "mail.activity", "btp_document_request_task_rel", string="Tasks", readonly=True
    )

    # One message a person, whatever the number of planners.
    _one_open = models.UniqueIndex(
        "(company_id, partner_id) WHERE state = 'open'",
        "This person is already being asked for documents.",
    )
    _open_idx = models.Index("(company_id, next_on) WHERE state = 'open'")

    # === COMPUTE METHODS === #

    def _compute_reference(self):
        for request in self:
            request.reference = f"D-{request.id:06d}" if request.id else False

    @api.depends_context("lang")
    @api.depends("partner_id")
    def _compute_display_name(self):
        for request in self:
            request.display_name = self.env._(
                "Documents asked of %s", request.partner_id.name or ""
            )

    @api.depends("document_ids.need_ids.missing")
    def _compute_missing_ids(self):
        for request in self:
            request.missing_ids = request.document_ids.filtered(
                lambda doc, request=request: (
                    doc.owner_partner_id == request.partner_id
                    and any(doc.need_ids.mapped("missing"))
                )
            )

    @api.depends_context("lang")
    @api.depends("missing_ids")
    def _compute_documents_label(self):
        for request in self:
            types = request.missing_ids.type_id
            first, more = types[:1].name, len(types) - 1
            if more > 0:
                label = self.env._(
                    "%(first)s and %(more)s more", first=first or "", more=more
                )
            else:
                label = first
            request.documents_label = label

    # === ACTIONS === #

    def action_ask_again(self):
        """Ask today, without waiting for the days between two requests."""
        self.check_access("write")
        requests = self.sudo().filtered(lambda request: request.state == "open")
        for company, group in requests.grouped("company_id").items():
            group.with_company(company)._send()

    def action_mark_read(self):
        """Take the answers off the desk: somebody has read them."""
        self.check_access("write")
        self.sudo().answer_unread = False
        self.activity_ids.filtered(
            lambda task: task not in self.sudo().task_ids
        ).action_done()

    # === PLANNING === #

    @api.model
    def _cron_ask(self):
        """Ask for what is missing, each company in a transaction of its own."""
        self.env["account.move"]._btp_cron_sync_documents()
        self.env["btp.document"]._cron_days_lost()
        self.env["ir.cron"]._commit_progress()
        companies = self.env["res.company"].search(
            [("btp_relance_active", "=", True), ("btp_follow_documents", "=", True)]
        )
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        engine = self.env["btp.relance.engine"]
        for company in companies:
            engine._retry(
                lambda company=company: self.with_company(company)._ask_company()
            )
            self.env["ir.cron"]._commit_progress(1)
        engine._after_dispatch()

    @api.model
    def _ask_company(self, today=None):
        """Plan and send the requests of the current company. Doing it again is harmless.

        :return: the requests that were sent
        """
        company, cr = self.env.company, self.env.cr
        today = today or self.env["btp.echeance"]._get_today()
        cr.execute(
            "SELECT pg_try_advisory_xact_lock(%s, %s)", [REQUEST_LOCK, company.id]
        )
        if not cr.fetchone()[0]:
            return self
        asked = [id_ for (id_,) in self.env.execute_query(self._get_asked_sql(today))]
        self._insert_requests(asked)
        self.env.invalidate_all()
        self._close_settled(company)
        to_send = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                "|",
                ("next_on", "=", False),
                ("next_on", "<=", today),
            ]
        )
        return to_send._send(today)

    @api.model
    def _get_asked_sql(self, today) -> SQL:
        """Return the documents to ask for: an amount that they hold is due, or near.

        Near begins on the day of the first step of its scenario. Nothing is asked for an
        invoice that people excluded from reminders, nor for what was left out by the
        first activation.
        """
        excluded = [
            hold.sql
            for hold in self.env["btp.relance.hold"]._get_exclusion_holds(today)
            if hold.code in ("customer_excluded", "invoice_excluded")
        ]
        return SQL(
            """
            SELECT DISTINCT n.document_id
              FROM (%(relation)s) e
              JOIN account_move_line l ON l.id = e.id
              JOIN account_move m ON m.id = e.move_id
              JOIN res_partner p ON p.id = e.partner_id
              JOIN btp_document_need n ON n.move_id = e.move_id AND n.missing
             WHERE e.company_id = %(company)s
               AND (e.hold_code = 'missing_document' OR e.hold_code = 'dispute' AND EXISTS (
                    SELECT FROM btp_dispute di
                     WHERE di.move_id = e.move_id AND di.state = 'open'
                       AND di.reason IN ('missing_document', 'missing_order')))
               AND e.next_step_id IS NOT NULL
               AND e.date_due + (
                    SELECT MIN(st.days) FROM btp_relance_step st
                     WHERE st.scenario_id = e.scenario_id AND st.active
                       AND st.kind = 'reminder') <= %(today)s
               AND NOT (%(excluded)s)
             ORDER BY 1
            """,
            relation=self.env["btp.echeance"]._relation(today),
            company=self.env.company.id,
            today=today,
            excluded=SQL(" OR ").join(
                SQL("COALESCE(%s, FALSE)", sql) for sql in excluded
            ),
        )

    @api.model
    def _insert_requests(self, document_ids: list[int]):
        """Give each person one open request with all that is asked of them."""
        cr = self.env.cr
        cr.execute(
            SQL(
                """
                INSERT INTO btp_document_request (
                    company_id, partner_id, assignee_id, state, sent_count,
                    create_uid, create_date, write_uid, write_date)
                SELECT d.company_id, d.owner_partner_id, MIN(d.owner_user_id), 'open', 0,
                       %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
                  FROM btp_document d
                 WHERE d.id = ANY(%(ids)s) AND d.owner_partner_id IS NOT NULL
                 GROUP BY d.company_id, d.owner_partner_id
                 ORDER BY d.owner_partner_id
                ON CONFLICT DO NOTHING
                """,
                uid=self.env.uid,
                ids=document_ids,
            )
        )
        cr.execute(
            SQL(
                """
                INSERT INTO btp_document_request_rel (
                    btp_document_request_id, btp_document_id)
                SELECT r.id, d.id
                  FROM btp_document d
                  JOIN btp_document_request r ON r.company_id = d.company_id
                       AND r.partner_id = d.owner_partner_id AND r.state = 'open'
                 WHERE d.id = ANY(%s)
                ON CONFLICT DO NOTHING
                """,
                document_ids,
            )
        )
        # Paid, excluded, or owed by somebody else now: what arrived stays, as the story.
        cr.execute(
            SQL(
                """
                DELETE FROM btp_document_request_rel rel
                 USING btp_document_request r, btp_document d
                 WHERE r.id = rel.btp_document_request_id AND d.id = rel.btp_document_id
                   AND r.state = 'open' AND r.company_id = %s
                   AND (d.id <> ALL(%s) OR d.owner_partner_id <> r.partner_id)
                   AND EXISTS (SELECT FROM btp_document_need n
                                WHERE n.document_id = d.id AND n.missing)
                """,
                self.env.company.id,
                document_ids,
            )
        )

    @api.model
    def _close_settled(self, company):
        """Close the open requests of a company that have nothing left to ask."""
        self.search(
            [("company_id", "=", company.id), ("state", "=", "open")]
        )._close_if_settled()

    def _close_if_settled(self):
        """Close these requests where nothing is missing any more."""
        settled = self.filtered(
            lambda request: request.state == "open" and not request.missing_ids
        )
        settled.write(
            {
                "state": "done",
                "closed_on": self.env["btp.echeance"]._get_today(),
                "next_on": False,
                "failure_reason": False,
            }
        )
        settled.task_ids.unlink()
