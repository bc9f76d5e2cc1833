# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What customers said, agreed to and signed: how long it is kept, and how it is erased."""

from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL


class Kind(NamedTuple):
    """One kind of data about customers.

    :param str model: where it is, ``x`` in the conditions
    :param str live: still being worked on
    :param str ended: the day that the time is counted from
    :param str moves: ids of the invoices that it is evidence of; none: of no claim
    :param str told: something personal is left in it
    :param tuple persons: columns that point at somebody
    :param bool delete: the record goes; else its words, files and persons
    """

    model: str
    live: str
    ended: str
    moves: str = ""
    told: str = "TRUE"
    persons: tuple[str, ...] = ("partner_id", "contact_id")
    delete: bool = False


#: An agreement or a dispute is evidence as long as its invoices may be claimed; anonymised,
#: its state and amounts stay for the figures.
KINDS = {
    "promise": Kind(
        "btp.promise",
        "x.state IN ('proposed', 'open')",
        "COALESCE(x.closed_on, x.date)",
        "SELECT l.move_id FROM btp_promise_line l WHERE l.promise_id = x.id",
        "x.contact_id <> x.partner_id OR x.quote > '' OR x.note > '' OR x.reason > ''"
        " OR x.cancel_reason > ''",
    ),
    "plan": Kind(
        "btp.payment.plan",
        "x.state IN ('requested', 'to_sign', 'active')",
        "GREATEST(x.signed_day, x.requested_on, (SELECT MAX(p.date)"
        " FROM btp_payment_plan_line p WHERE p.plan_id = x.id))",
        "SELECT l.move_id FROM btp_payment_plan_source l WHERE l.plan_id = x.id",
        "x.contact_id <> x.partner_id OR x.signer_name > '' OR x.signer_ip > ''"
        " OR x.agreement_id IS NOT NULL OR x.note > '' OR x.answer > ''"
        " OR x.end_reason > ''",
    ),
    "dispute": Kind(
        "btp.dispute",
        "x.state = 'open'",
        "COALESCE(x.closed_on, x.opened_on, x.create_date::date)",
        "SELECT x.move_id",
        "x.contact_id <> x.partner_id OR x.description > '' OR x.resolution > ''",
    ),
    # A link and who was asked: what was handed over is a document of the chantier.
    "site_task": Kind(
        "btp.site.task",
        "x.state = 'open'",
        "COALESCE(x.sent_on, x.create_date::date)",
        persons=("partner_id",),
        delete=True,
    ),
    # Those that answer a reminder go with it.
    "answer": Kind(
        "btp.answer",
        "x.state = 'to_read'",
        "x.received_on::date",
        told="x.relance_id IS NULL AND (x.text > '' OR x.email_from > ''"
        " OR x.subject > '' OR x.message_id IS NOT NULL)",
    ),
    "escalation": Kind(
        "btp.escalation",
        "x.state = 'open'",
        "COALESCE(x.closed_on, x.opened_on)",
        told="x.note > '' OR x.reason > ''",
        persons=("partner_id",),
    ),
}


class BtpPrivacyRule(models.Model):
    """What customers said, agreed to and signed has a time of its own."""

    _inherit = "btp.privacy.rule"

    kind = fields.Selection(
        selection_add=[
            ("promise", "Promises of payment"),
            ("plan", "Instalment plans and their signatures"),
            ("dispute", "Disputes"),
            ("site_task", "Questions to the site"),
            ("answer", "Answers without a reminder"),
            ("escalation", "Cases settled by a person"),
        ],
        ondelete=dict.fromkeys(KINDS, "cascade"),
    )


class BtpPrivacy(models.AbstractModel):
    """One way to find and to erase all that customers said and agreed to."""

    _inherit = "btp.privacy"

    @api.model
    def _query(self, kind, company, today, cutoff, partner_ids=None):
        # EXTENDS btp_relance
        if kind not in KINDS:
            return super()._query(kind, company, today, cutoff, partner_ids)
        spec = KINDS[kind]
        model = self.env[spec.model]
        model.flush_model()
        evidence = SQL("FALSE")
        if spec.moves:
            evidence = SQL(
                "EXISTS (SELECT FROM account_move hm WHERE hm.id IN (%s) AND %s)",
                SQL(spec.moves),
                self._move_held("hm", today),
            )
        return SQL(
            """
            SELECT x.id, (%(live)s OR %(debtor)s OR %(evidence)s) AS held
              FROM %(table)s x
             WHERE x.company_id = %(company)s AND (%(told)s) AND %(about)s
               AND %(ended)s <= %(cutoff)s
            """,
            live=SQL(spec.live),
            debtor=self._debtor_held(SQL("x.partner_id"), company),
            evidence=evidence,
            table=SQL.identifier(model._table),
            company=company.id,
            told=SQL(spec.told),
            about=self._about_person(spec, partner_ids),
            ended=SQL(spec.ended),
            cutoff=cutoff or date.max,
        )

    @api.model
    def _about_person(self, spec: Kind, partner_ids) -> SQL:
        """Return whether a record is about one of these persons, or came from them."""
        columns = [SQL.identifier("x", name) for name in spec.persons]
        about = self._about(columns, partner_ids)
        if partner_ids is None or "email_from" not in self.env[spec.model]._fields:
            return about
        persons = self.env["res.partner"].browse(partner_ids)
        emails = [f"%{email}%" for email in persons.mapped("email_normalized") if email]
        return SQL("(%s OR x.email_from ILIKE ANY(%s))", about, emails)

    @api.model
    def _erase(self, kind, ids):
        # EXTENDS btp_relance
        if kind not in KINDS:
            return super()._erase(kind, ids)
        spec = KINDS[kind]
        records = self.env[spec.model].sudo().browse(ids).try_lock_for_update()
        count = len(records)
        self._erase_said(records)
        if spec.delete:
            records.unlink()
        return count

    @api.model
    def _erase_said(self, records):
        """Take every person out of records, and out of what was told about them."""
        for field, model in (
            ("promise_id", "btp.confirmation"),
            ("plan_id", "btp.confirmation"),
            ("answer_id", "btp.answer.reading"),
        ):
            of = self.env[model]._fields[field].comodel_name
            if of == records._name:
                details = self.env[model].sudo().search([(field, "in", records.ids)])
                self._erase_said(details)
        if records._name != "btp.escalation":
            cases = self.env["btp.escalation"].sudo()
            about = [("res_model", "=", records._name), ("res_id", "in", records.ids)]
            self._erase_said(cases.search([*about, ("state", "!=", "open")]))
        self._forget_messages(records)
        self._empty_texts(records)
        if "details" in records._fields:
            records.write({"details": False, "move_ids": [(5, 0, 0)]})
        if "contact_id" in records._fields:
            for record in records:
                record.contact_id = record.partner_id

    @api.model
    def _get_apart(self) -> set[str]:
        # EXTENDS btp_relance: an agreement may outlive the reminder that it answers.
        own = {spec.model for spec in KINDS.values() if spec.moves}
        return super()._get_apart() | own | {"btp.escalation"}

    @api.model
    def _erase_details(self, relances):
        # EXTENDS btp_relance: what was read of answers goes with the reminders.
        result = super()._erase_details(relances)
        answers = self.env["btp.answer"].sudo()
        answers = answers.search([("relance_id", "in", relances.ids)])
        self._erase_said(answers)
        return result


class BtpEscalation(models.Model):
    _inherit = "btp.escalation"

    @api.model
    def _privacy_kept_texts(self) -> tuple[str, ...]:
        """Return the texts that say nothing of a person."""
        return ("res_model",)
