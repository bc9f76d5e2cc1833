# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.chain import sha256

#: Of what a row states, what says something of a person: the chain holds a commitment to it, salted,
#: so that it can be erased (GDPR art. 17) without a gap in the chain.
PERSONAL = (
    "debtor_name",
    "recipient",
    "subject",
    "body_sha256",
    "message_id",
    "documents",
    "detail",
    "author",
)
#: Rows about the journal itself: they name nobody, and are never erased.
ABOUT_JOURNAL = ("erased", "anchored")


class BtpRelanceEvent(models.Model):
    """The journal: what was done to whom, when, how and with what proof.

    Rows are only added. The database refuses to change or delete one, and each is linked
    to the one before by a hash, so that a row altered behind the database's back shows.

    One thing can be taken out of a row, once: its personal values, all together. The hash
    of a row is made of what says nothing of a person (number, time, kind, channel,
    reminder, customer's number) and of a *commitment*, the hash of the personal values
    with a random salt. Erasing empties the values and the salt and dates it; the
    commitment stays, so every hash still holds, and without its salt nobody can try names
    against it. A row "erased" of the journal numbers the rows that were: one emptied
    without it is an altered one.

    Rows sealed by 19.0.1.1.0 and before hashed their values as they are. They keep their
    seal and verify as they did. Before the first of them is erased, a row "anchored" puts
    the commitments of all of them under the seal of the chain: from then on an erased one
    is verified through the anchor. Their old hash stays; it could only confirm the values
    to somebody who knows every one of them already, to the second and to the Message-Id.
    """

    _name = "btp.relance.event"
    _description = "Reminder Journal"
    _order = "id desc"
    _rec_name = "kind"
    _log_access = True

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    seq = fields.Integer("No.", readonly=True)
    happened_on = fields.Datetime("When", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("activated", "Reminders switched on"),
            ("erased", "Personal data erased"),
            ("anchored", "Older rows anchored"),
            ("approved", "Approved"),
            ("assigned", "Handed to a person"),
            ("sent", "Sent"),
            ("delivered", "Accepted by the mail server"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
            ("call", "Call made"),
            ("archived", "Letter archived"),
            ("signed", "Letter signed and archived"),
            ("handed_over", "Handed to the provider"),
            ("posted", "Letter posted"),
            ("in_delivery", "Letter in delivery"),
            ("received", "Letter received"),
            ("refused", "Letter refused"),
            ("unclaimed", "Letter not claimed"),
            ("returned", "Letter returned"),
            ("proof_deposit", "Proof of deposit kept"),
            ("proof_content", "Proof of content kept"),
            ("proof_receipt", "Acknowledgement kept"),
            ("proof_undelivered", "Returned envelope kept"),
            ("answer", "Answer received"),
            ("penalty", "Penalties invoiced"),
            ("waived", "Penalties waived"),
            ("requested", "Document requested"),
            ("litigation", "Litigation file made"),
        ],
        required=True,
        readonly=True,
    )
    relance_id = fields.Many2one(
        "btp.relance", "Reminder", ondelete="restrict", index=True, readonly=True
    )
    # Not a foreign key: merging or erasing a partner must not rewrite the journal.
    debtor_ref = fields.Integer("Customer ID", index=True, readonly=True)
    debtor_name = fields.Char("Customer", readonly=True)
    channel = fields.Char(readonly=True)
    recipient = fields.Char(readonly=True)
    subject = fields.Char(readonly=True)
    body_sha256 = fields.Char("Text (SHA-256)", readonly=True)
    message_id = fields.Char("Message-Id", readonly=True)
    documents = fields.Text(
        readonly=True, help="Name and SHA-256 of each attachment, as JSON."
    )
    detail = fields.Char(readonly=True)
    author = fields.Char("By", readonly=True)
    previous_hash = fields.Char(readonly=True)
    hash = fields.Char(
        readonly=True, help="Empty until the row is sealed in the chain."
    )
    scheme = fields.Integer(readonly=True, help="How the row was sealed.")
    salt = fields.Char(
        readonly=True,
        groups="base.group_system",
        help="Destroyed with the personal values when they are erased.",
    )
    personal_sha256 = fields.Char(
        "Personal Values (SHA-256)",
        readonly=True,
        help="Commitment to the personal values: stays under the seal when they are "
        "erased.",
    )
    erased_on = fields.Datetime(
        readonly=True,
        help="When the personal values of this row were erased. The chain still holds.",
    )

    _company_seq_uniq = models.UniqueIndex("(company_id, seq) WHERE seq > 0")
    _unsealed_idx = models.Index("(company_id, id) WHERE hash IS NULL")

    def init(self):
        """Make the database itself refuse to rewrite the journal."""
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION btp_relance_event_guard() RETURNS trigger AS $$
            DECLARE
                seal text[] := '{seq,previous_hash,hash,scheme,salt,personal_sha256}';
                commitment text[] := '{salt,personal_sha256}';
                personal text[] := %(personal)s;
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    -- Sealing fills what the chain needs, once.
                    IF OLD.hash IS NULL AND OLD.erased_on IS NULL
                        AND to_jsonb(NEW) - seal = to_jsonb(OLD) - seal
                    THEN
                        RETURN NEW;
                    END IF;
                    -- A row sealed before commitments were gets its own, once.
                    IF OLD.scheme IS NULL AND OLD.personal_sha256 IS NULL
                        AND OLD.erased_on IS NULL
                        AND to_jsonb(NEW) - commitment = to_jsonb(OLD) - commitment
                    THEN
                        RETURN NEW;
                    END IF;
                    -- Erasing empties all that is personal, once, and says when.
                    IF OLD.hash IS NOT NULL AND OLD.personal_sha256 IS NOT NULL
                        AND OLD.kind NOT IN ('erased', 'anchored')
                        AND OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL
                        AND to_jsonb(NEW) - personal = to_jsonb(OLD) - personal
                        AND NOT EXISTS (
                            SELECT FROM jsonb_each(to_jsonb(NEW)) value
                             WHERE value.key = ANY(personal)
                               AND value.key <> 'erased_on'
                               AND value.value <> 'null'::jsonb)
                    THEN
                        RETURN NEW;
                    END IF;
                END IF;
                RAISE EXCEPTION 'The reminder journal is append-only.';
            END $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS btp_relance_event_guard ON btp_relance_event;
            CREATE TRIGGER btp_relance_event_guard
                BEFORE UPDATE OR DELETE ON btp_relance_event
                FOR EACH ROW EXECUTE FUNCTION btp_relance_event_guard();
            DROP TRIGGER IF EXISTS btp_relance_event_guard_all ON btp_relance_event;
            CREATE TRIGGER btp_relance_event_guard_all
                BEFORE TRUNCATE ON btp_relance_event
                FOR EACH STATEMENT EXECUTE FUNCTION btp_relance_event_guard();
            """,
            {"personal": [*PERSONAL, "salt", "erased_on"]},
        )

    # === CRUD === #

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("The journal cannot be changed: rows are only added.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("The journal cannot be changed: rows are only added.")
        )

    # === BUSINESS === #

    @api.model
    def _append(self, vals_list: list[dict]):
        """Add rows to the journal; the chain is sealed when the transaction is over.

        :param vals_list: one dict a row; ``relance_id`` alone gives company and debtor
        """
        now = fields.Datetime.now()
        rows = [
            {"happened_on": now, "author": self.env.user.name, **vals}
            for vals in vals_list
        ]
        about = [row for row in rows if row.get("relance_id")]
        relances = self.env["btp.relance"].browse(row["relance_id"] for row in about)
        for row, relance in zip(about, relances, strict=True):
            row.setdefault("company_id", relance.company_id.id)
            row.setdefault("channel", relance.channel)
            row["debtor_ref"] = relance.partner_id.id
            row["debtor_name"] = relance.partner_id.display_name
        return self.sudo().create(rows)

    @api.model
    def _documents(self, attachments) -> str | bool:
        """Return the name and SHA-256 of ``ir.attachment`` records as JSON."""
        return bool(attachments) and json.dumps(
            [{"name": item.name, "sha256": sha256(item.raw)} for item in attachments],
            ensure_ascii=False,
        )
