# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, models
from odoo.tools import SQL

from ..const import OPEN_STATES


class BtpPrivacy(models.AbstractModel):
    """Where personal data is, what holds it, and how each kind is erased.

    An addon that keeps a kind of its own adds ``_query_<kind>`` and ``_erase_<kind>``.
    """

    _name = "btp.privacy"
    _description = "Personal Data"

    @api.model
    def _query(self, kind: str, company, today, cutoff, partner_ids=None) -> SQL | None:
        """Return the records of a kind that are past their time.

        :param kind: of ``btp.privacy.rule``
        :param cutoff: last day that is past its time; ``None``: whatever the day
        :param partner_ids: only what is about these persons
        :return: a query of ``id`` and ``held``, or ``None`` where we hold no such data
        """
        method = getattr(self, f"_query_{kind}", None)
        return method and method(company, today, cutoff, partner_ids)

    @api.model
    def _erase(self, kind: str, ids: list[int]) -> int:
        """Do to records of a kind what its rule says. Returns how many."""
        return getattr(self, f"_erase_{kind}")(ids)

    # === WHAT HOLDS === #

    @api.model
    def _debtor_held(self, partner: SQL, company) -> SQL:
        """Return whether all that is about a debtor is kept (GDPR art. 17(3)(e), 18).

        A legal file is open, works are suspended, the owner is asked to pay in our
        debtor's place, or the person asked for restriction rather than erasure.
        """
        key = str(company.id)
        return SQL(
            """
            (EXISTS (SELECT FROM res_partner hp WHERE hp.id = %(partner)s
                        AND (COALESCE((hp.btp_legal_file ->> %(key)s)::bool, FALSE)
                             OR hp.btp_privacy_restricted))
             OR EXISTS (SELECT FROM btp_suspension hs WHERE hs.partner_id = %(partner)s
                           AND hs.company_id = %(company)s
                           AND hs.state NOT IN ('resumed', 'cancelled'))
             OR EXISTS (SELECT FROM btp_direct_action ha WHERE ha.partner_id = %(partner)s
                           AND ha.company_id = %(company)s AND ha.state <> 'closed'))
            """,
            partner=partner,
            key=key,
            company=company.id,
        )

    @api.model
    def _move_held(self, alias: str, today, limitation=True) -> SQL:
        """Return whether a claim on an invoice may still need its proofs.

        :param limitation: also while it is not yet time-barred (C. com. L110-4,
            C. conso. L218-2, loi 68-1250)
        """
        move = SQL.identifier(alias)
        return SQL(
            "(%(m)s.state = 'posted' AND (%(m)s.amount_residual <> 0"
            " OR COALESCE(%(m)s.btp_legal_file, FALSE) OR %(late)s))",
            m=move,
            late=SQL("COALESCE(%s.btp_limitation_on >= %s, FALSE)", move, today)
            if limitation
            else SQL("FALSE"),
        )

    @api.model
    def _relance_held(self, company, today, limitation=True) -> SQL:
        """Return whether reminder ``r`` is still needed."""
        return SQL(
            """
            (r.state IN %(open)s OR r.answer_unread OR %(debtor)s
             OR EXISTS (SELECT FROM btp_relance_line hl
                          JOIN account_move hm ON hm.id = hl.move_id
                         WHERE hl.relance_id = r.id AND %(move)s))
            """,
            open=OPEN_STATES,
            debtor=self._debtor_held(SQL("r.partner_id"), company),
            move=self._move_held("hm", today, limitation),
        )

    @api.model
    def _about(self, persons: list[SQL], partner_ids) -> SQL:
        """Return whether one of ``persons`` (columns) is among those asked for."""
        if partner_ids is None:
            return SQL("TRUE")
        tests = [SQL("%s = ANY(%s)", column, list(partner_ids)) for column in persons]
        return SQL("(%s)", SQL(" OR ").join(tests))

    # === REMINDERS === #

    @api.model
    def _query_active(self, company, today, cutoff, partner_ids=None):
        return SQL(
            """
            SELECT r.id, %(held)s AS held FROM btp_relance r
             WHERE r.company_id = %(company)s AND r.privacy_archived_on IS NULL
               AND r.privacy_erased_on IS NULL AND %(about)s
               AND COALESCE(r.sent_on, r.create_date)::date <= %(cutoff)s
               AND NOT EXISTS (
                   SELECT FROM btp_relance_line pl
                     JOIN account_partial_reconcile pr
                       ON pl.move_line_id IN (pr.debit_move_id, pr.credit_move_id)
                    WHERE pl.relance_id = r.id AND pr.max_date > %(cutoff)s)
            """,
            held=self._relance_held(company, today, limitation=False),
            company=company.id,
            cutoff=cutoff or date.max,
            about=self._about([SQL("r.partner_id"), SQL("r.contact_id")], partner_ids),
        )

    @api.model
    def _erase_active(self, ids):
        relances = self.env["btp.relance"].sudo().browse(ids).try_lock_for_update()
        relances._privacy_archive()
        return len(relances)

    @api.model
    def _query_message(self, company, today, cutoff, partner_ids=None):
        return SQL(
            """
            SELECT r.id, %(held)s AS held FROM btp_relance r
             WHERE r.company_id = %(company)s AND r.privacy_erased_on IS NULL
               AND COALESCE(r.sent_on, r.create_date)::date <= %(cutoff)s AND %(about)s
            """,
            held=self._relance_held(company, today),
            company=company.id,
            cutoff=cutoff or date.max,
            about=self._about([SQL("r.partner_id"), SQL("r.contact_id")], partner_ids),
        )

    @api.model
    def _erase_message(self, ids):
        relances = self.env["btp.relance"].sudo().browse(ids).try_lock_for_update()
        relances._privacy_erase()
        return len(relances)

    # === JOURNAL === #

    @api.model
    def _query_journal(self, company, today, cutoff, partner_ids=None):
        about = SQL("TRUE")
        if partner_ids is not None:
            persons = self.env["res.partner"].browse(partner_ids)
            emails = [
                f"%{email}%" for email in persons.mapped("email_normalized") if email
            ]
            names = [f"%{name}%" for name in persons.mapped("name") if name]
            # A row about their firm may say who promised, signed or contested.
            about = SQL(
                "(e.debtor_ref = ANY(%s) OR r.contact_id = ANY(%s)"
                " OR e.recipient ILIKE ANY(%s)"
                " OR e.debtor_ref = ANY(%s) AND e.detail ILIKE ANY(%s))",
                list(partner_ids),
                list(partner_ids),
                emails,
                persons.commercial_partner_id.ids,
                names,
            )
        return SQL(
            """
            SELECT e.id, CASE WHEN r.id IS NOT NULL THEN %(held)s
                   ELSE EXISTS (SELECT FROM account_move dm
                                 WHERE dm.commercial_partner_id = e.debtor_ref
                                   AND dm.company_id = e.company_id AND %(move)s)
                        OR %(debtor)s END AS held
              FROM btp_relance_event e LEFT JOIN btp_relance r ON r.id = e.relance_id
             WHERE e.company_id = %(company)s AND e.erased_on IS NULL
               AND e.kind NOT IN ('erased', 'anchored')
               AND e.happened_on::date <= %(cutoff)s AND %(about)s
            """,
            held=self._relance_held(company, today),
            move=self._move_held("dm", today),
            debtor=self._debtor_held(SQL("e.debtor_ref"), company),
            company=company.id,
            cutoff=cutoff or date.max,
            about=about,
        )

    @api.model
    def _erase_journal(self, ids):
        return self.env["btp.relance.event"].sudo().browse(ids)._erase_personal()

    # === REQUESTS FOR DOCUMENTS === #

    @api.model
    def _query_request(self, company, today, cutoff, partner_ids=None):
        return SQL(
            """
            SELECT q.id, (q.state <> 'done' OR q.answer_unread OR %(debtor)s) AS held
              FROM btp_document_request q
             WHERE q.company_id = %(company)s AND %(about)s
               AND COALESCE(q.closed_on, q.create_date::date) <= %(cutoff)s
            """,
            debtor=self._debtor_held(SQL("q.partner_id"), company),
            company=company.id,
            cutoff=cutoff or date.max,
            about=self._about([SQL("q.partner_id"), SQL("q.contact_id")], partner_ids),
        )

    @api.model
    def _erase_request(self, ids):
        requests = (
            self.env["btp.document.request"].sudo().browse(ids).try_lock_for_update()
        )
        self._forget_messages(requests)
        count = len(requests)
        requests.unlink()
        return count

    # === TOOLS === #

    @api.model
    def _forget_messages(self, records):
        """Delete the messages, mails, texts and files of records, and who follows them."""
        domain = [("res_id", "in", records.ids)]
        env = self.env(su=True)
        messages = env["mail.message"].search([("model", "=", records._name), *domain])
        if "sms.sms" in env:
            env["sms.sms"].search([("mail_message_id", "in", messages.ids)]).unlink()
        env["mail.mail"].search([("mail_message_id", "in", messages.ids)]).unlink()
        messages.exists().unlink()
        of_model = [("res_model", "=", records._name), *domain]
        env["mail.activity"].with_context(active_test=False).search(of_model).unlink()
        env["mail.followers"].search(of_model).unlink()
        # “id” in the domain: Odoo shows the files of fields too.
        env["ir.attachment"].search([*of_model, ("id", "!=", 0)]).unlink()

    @api.model
    def _empty_texts(self, records):
        """Empty whatever text, note or file our own fields keep on records."""
        kept = getattr(records, "_privacy_kept_texts", tuple)()
        values = {}
        for field in records._fields.values():
            if (
                field.type in ("char", "text", "html", "binary")
                and field.store
                and not field.related
                and not (field.compute and field.readonly)
                and field.name not in kept
            ):
                values[field.name] = "" if field.required else False
        records.with_context(tracking_disable=True, mail_notrack=True).write(values)

    @api.model
    def _get_apart(self) -> set[str]:
        """Return the models of a reminder that are not erased with it: they stay, or have
        a time of their own."""
        return {"btp.relance.line", "btp.relance.event"}

    @api.model
    def _erase_details(self, relances):
        """Empty what other models keep of reminders: postings, proofs, attempts."""
        for name in self.env.registry:
            model = self.env[name].sudo()
            field = model._fields.get("relance_id")
            if (
                field
                and field.store
                and field.comodel_name == "btp.relance"
                and model._auto
                and not model._transient
                and name not in self._get_apart()
            ):
                details = model.search([("relance_id", "in", relances.ids)])
                self._forget_messages(details)
                self._empty_texts(details)
