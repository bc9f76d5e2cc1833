# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api

from .common import RelanceCommon

#: Who the tests erase: each word stands nowhere else.
NAME, EMAIL, PHONE = "Zoe Quintard", "zoe.q@zquin.example", "+33 6 11 22 33 99"


class PrivacyCommon(RelanceCommon):
    """A customer whose accountant was reminded, called and answered, and has paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zoe = cls.make_customer(
            NAME, is_company=False, parent_id=cls.customer.id, type="other"
        )
        cls.zoe.write({"email": EMAIL, "phone": PHONE})
        cls.customer.btp_relance_contact_id = cls.zoe
        cls.Event = cls.env["btp.relance.event"].sudo()

    def remind(self, paid=True):
        """Send Zoe a reminder, let her answer, and have the invoice paid."""
        self.move = self.make_invoice(5)
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
            self.send_mails()
        relance = relance.sudo()
        relance.message_post(
            body=f"{NAME} writes: it is paid",
            author_id=self.zoe.id,
            email_from=f"{NAME} <{EMAIL}>",
            message_type="email",
        )
        relance.action_mark_read()
        relance.call_note = f"Called {NAME} at {PHONE}"
        self.env["ir.attachment"].create(
            {
                "name": f"{NAME}.txt",
                "raw": b"x",
                "res_model": "btp.relance",
                "res_id": relance.id,
            }
        )
        if paid:
            self.pay(self.move)
        self.env.flush_all()
        return relance

    def years_later(self, years):
        """Make it ``years`` after the reminder left, by what is written on it."""
        self.after(366 * years)
        return self.today

    def purge(self):
        """Purge as the scheduler does; return the report of the tests' company."""
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["btp.privacy.run"]._cron_purge()
        self.env.invalidate_all()
        return self.env["btp.privacy.run"].search(
            [("company_id", "=", self.company.id)], limit=1
        )

    def done(self, run):
        """Return what a report says: ``{kind: (done, held, failed)}``."""
        return {
            line.rule_id.kind: (line.done, line.held, line.failed)
            for line in run.line_ids
        }

    def held(self, request):
        """Return what a person's screen counts: ``{kind: (free, kept)}``."""
        kinds = {label: kind for kind, label in request._get_labels().items()}
        return {kinds[line.name]: (line.free, line.kept) for line in request.line_ids}

    def where(self, *words):
        """Return the tables of ours, and of our messages, where a word stands."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema ="
            " current_schema AND table_type = 'BASE TABLE' AND (table_name LIKE 'btp%%'"
            " OR table_name IN ('mail_message', 'mail_mail', 'mail_activity',"
            " 'mail_tracking_value', 'ir_attachment'))"
        )
        found = set()
        for (table,) in cr.fetchall():
            query = f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE ANY(%s)'
            if table == "mail_message":
                query += " AND (model LIKE 'btp%%' OR model IS NULL)"
            elif table == "mail_tracking_value":
                query += (
                    " AND EXISTS (SELECT FROM mail_message m"
                    " WHERE m.id = t.mail_message_id AND m.model LIKE 'btp%%')"
                )
            elif table in ("ir_attachment", "mail_activity"):
                query += " AND res_model LIKE 'btp%%'"
            cr.execute(query, [[f"%{word}%" for word in words]])
            if cr.fetchone()[0]:
                found.add(table)
        return found
