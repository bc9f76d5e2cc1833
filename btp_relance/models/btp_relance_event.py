# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.chain import GENESIS, digest, sha256

_logger = logging.getLogger(__name__)

#: What a row states, in the order in which a person reads it.
CONTENT = (
    "seq",
    "company_id",
    "happened_on",
    "kind",
    "relance_id",
    "debtor_ref",
    "debtor_name",
    "channel",
    "recipient",
    "subject",
    "body_sha256",
    "message_id",
    "documents",
    "detail",
    "author",
)


class BtpRelanceEvent(models.Model):
    """The journal: what was done to whom, when, how and with what proof.

    Rows are only added. The database refuses to change or delete one, and each is linked
    to the one before by a hash, so that a row altered behind the database's back shows.
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

    _company_seq_uniq = models.UniqueIndex("(company_id, seq) WHERE seq > 0")
    _unsealed_idx = models.Index("(company_id, id) WHERE hash IS NULL")

    def init(self):
        """Make the database itself refuse to rewrite the journal."""
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION btp_relance_event_guard() RETURNS trigger AS $$
            BEGIN
                -- Sealing fills seq, previous_hash and hash, once.
                IF TG_OP = 'UPDATE' AND OLD.hash IS NULL AND
                    to_jsonb(NEW) - '{seq,previous_hash,hash}'::text[]
                    = to_jsonb(OLD) - '{seq,previous_hash,hash}'::text[]
                THEN
                    RETURN NEW;
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
            """
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

    @api.model
    def _cron_seal(self):
        """Link the rows added since the last time to the chain of their company."""
        for (company,) in self._read_group([("hash", "=", False)], ["company_id"]):
            try:
                self._seal(company)
            except psycopg2.errors.SerializationFailure:
                # Another worker has just sealed them.
                self.env.cr.rollback()
                continue
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _seal(self, company) -> int:
        """Seal the rows of ``company`` that are not yet, in the order of their ids.

        Sealing apart from writing lets several workers dispatch at once: a chain has one
        end, and a transaction that held it would make all others wait. Whoever comes while
        another seals leaves the rows to it.

        :return: number of rows sealed
        """
        cr = self.env.cr
        cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [0x627470, company.id])
        if not cr.fetchone()[0]:
            return 0
        self.flush_model()
        # Another worker may have sealed the rows that this one remembers unsealed.
        self.invalidate_model()
        last = self.search(
            [("company_id", "=", company.id), ("seq", ">", 0)],
            order="seq desc",
            limit=1,
        )
        seq, previous = last.seq, last.hash or GENESIS
        events = self.search(
            [("company_id", "=", company.id), ("hash", "=", False)], order="id"
        )
        sealed = []
        for event in events:
            seq += 1
            current = digest(previous, event._content(seq))
            sealed.append((event.id, seq, previous, current))
            previous = current
        if sealed:
            cr.execute_values(
                "UPDATE btp_relance_event SET seq = new.seq, previous_hash = new.previous,"
                " hash = new.hash FROM (VALUES %s) AS new(id, seq, previous, hash)"
                " WHERE btp_relance_event.id = new.id",
                sealed,
            )
            self.invalidate_model(["seq", "previous_hash", "hash"])
        return len(sealed)

    def _content(self, seq: int) -> dict:
        """Return what this row states, as the chain hashes it."""
        self.ensure_one()
        values = {name: self[name] or None for name in CONTENT}
        return values | {
            "seq": seq,
            "company_id": self.company_id.id,
            "relance_id": self.relance_id.id or None,
            "happened_on": fields.Datetime.to_string(self.happened_on),
        }

    @api.model
    def _verify(self, company) -> dict:
        """Recompute the chain of ``company`` from its first row.

        :return: ``{"rows": sealed rows read, "unsealed": rows not yet sealed,
            "broken": the first row that does not hold, or an empty recordset}``
        """
        self.flush_model()
        self.invalidate_model()
        domain = [("company_id", "=", company.id)]
        events = self.search([*domain, ("hash", "!=", False)], order="seq")
        result = {
            "rows": len(events),
            "unsealed": self.search_count([*domain, ("hash", "=", False)]),
            "broken": self.browse(),
        }
        previous = GENESIS
        for expected, event in enumerate(events, start=1):
            if (
                event.seq != expected
                or event.previous_hash != previous
                or event.hash != digest(previous, event._content(event.seq))
            ):
                return result | {"broken": event}
            previous = event.hash
        return result

    # === ACTIONS === #

    @api.model
    def action_verify(self):
        """Seal what is waiting, verify the chain and say the result."""
        self.check_access("read")
        company = self.env.company
        events = self.sudo()
        events._seal(company)
        result = events._verify(company)
        if result["broken"]:
            _logger.error(
                "Reminder journal of company %s broken at row %s",
                company.id,
                result["broken"].seq,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if result["broken"] else "success",
                "sticky": bool(result["broken"]),
                "message": self._verify_message(result),
            },
        }

    @api.model
    def _verify_message(self, result: dict) -> str:
        """Return one sentence on the result of :meth:`_verify`."""
        if result["broken"]:
            return self.env._(
                "The journal was altered: row %(seq)s does not match its seal. Keep a copy "
                "of the database and call your administrator.",
                seq=result["broken"].seq,
            )
        return self.env._(
            "The journal is intact: %(rows)s rows verified.", rows=result["rows"]
        )
