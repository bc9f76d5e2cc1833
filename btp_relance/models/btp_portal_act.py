# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
import time

from odoo import api, fields, models
from odoo.tools import SQL, hmac

from ..engine.links import same

KINDS = [
    ("promise", "Promises a date"),
    ("plan", "Asks for instalments"),
    ("sign", "Signs the instalment plan"),
    ("dispute", "Contests an invoice"),
    ("document", "Sends a document"),
    ("paid", "Says it is paid"),
    ("contact", "Corrects the contact"),
    ("choice", "Chooses channel and language"),
]
#: Seconds during which a form that was shown may be sent.
FORM_SECONDS = 24 * 3600


class BtpPortalAct(models.Model):
    """What a customer did on their page, once for each form shown.

    A form carries a number of its own, signed for one page and one kind of act: sent twice
    it counts once, altered or taken to another page it counts for nothing.
    """

    _name = "btp.portal.act"
    _description = "Done by the Customer"
    _order = "id desc"
    _check_company_auto = True
    _rec_name = "kind"

    relance_id = fields.Many2one(
        "btp.relance",
        "Reminder",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    nonce = fields.Char(required=True, readonly=True, groups="base.group_system")
    told = fields.Char(
        readonly=True, help="What the customer was told that happens next."
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)

    _nonce_uniq = models.UniqueIndex("(nonce)", "This form was already sent.")
    _debtor_idx = models.Index("(company_id, partner_id, kind, create_date)")

    # === FORMS === #

    @api.model
    def _make_form(self, relance, kind: str) -> str:
        """Return what a form of a page carries.

        :param relance: the ``btp.relance`` whose page shows it
        :param kind: a code of ``KINDS``
        """
        nonce, moment = secrets.token_hex(12), str(int(time.time()))
        seal = self._seal(relance, kind, nonce, moment)
        return f"{nonce}.{moment}.{seal}"

    @api.model
    def _read_form(self, relance, kind: str, form: str | None) -> str | None:
        """Return the number of a form, if it was shown on this page, not too long ago.

        :param form: as it came back
        """
        nonce, moment, seal = (*(form or "").split("."), "", "", "")[:3]
        if not same(self._seal(relance, kind, nonce, moment), seal):
            return None
        return nonce if time.time() - int(moment) < FORM_SECONDS else None

    @api.model
    def _seal(self, relance, kind: str, nonce: str, moment: str) -> str:
        about = (relance.id, relance.link_version, kind, nonce, moment)
        return hmac(self.env(su=True), "btp_relance.form", about)[:40]

    # === ACTS === #

    @api.model
    def _find(self, relance, nonce: str):
        """Return what was done with a form, empty if it was not sent yet."""
        return self.sudo().search(
            [("relance_id", "=", relance.id), ("nonce", "=", nonce)], limit=1
        )

    @api.model
    def _claim(self, relance, kind: str, nonce: str):
        """Return the act of a form, for whoever comes first; empty for whoever follows.

        Two that come at once wait for one another: the second begins again, and finds it.
        """
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO btp_portal_act (
                    relance_id, company_id, partner_id, kind, nonce,
                    create_uid, create_date, write_uid, write_date)
                VALUES (%(relance)s, %(company)s, %(partner)s, %(kind)s, %(nonce)s,
                    %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC')
                ON CONFLICT DO NOTHING RETURNING id
                """,
                relance=relance.id,
                company=relance.company_id.id,
                partner=relance.partner_id.id,
                kind=kind,
                nonce=nonce,
                uid=self.env.uid,
            )
        )
        return self.sudo().browse(row[0] for row in rows)

    @api.model
    def _count_recent(self, relance, kind: str, since) -> int:
        """Return how often the debtor of a reminder did the same since a day."""
        return self.sudo().search_count(
            [
                ("company_id", "=", relance.company_id.id),
                ("partner_id", "=", relance.partner_id.id),
                ("kind", "=", kind),
                ("create_date", ">=", since),
            ]
        )
