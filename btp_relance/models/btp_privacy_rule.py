# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import privacy


class BtpPrivacyRule(models.Model):
    """How long one kind of personal data is kept, from when, and what becomes of it.

    The seeds are those of the RGPD's minimisation (art. 5(1)(e)): each says whether it is
    a law or a choice, and where it comes from. A manager changes the choices.
    """

    _name = "btp.privacy.rule"
    _description = "Retention of Personal Data"
    _order = "sequence, id"

    name = fields.Char("Kind of Data", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("active", "Reminders in use"),
            ("message", "Messages, answers and notes of calls"),
            ("journal", "Names and addresses in the journal"),
            ("request", "Requests for documents"),
            ("proof", "Proofs of registered letters"),
            ("preference", "Contacts and preferences"),
            ("score", "Scores"),
            ("chantier", "Chantiers and their documents"),
            ("invoice", "Invoices and entries"),
        ],
        required=True,
        readonly=True,
    )
    holds = fields.Text("What It Holds", translate=True)
    basis = fields.Selection(
        [
            ("contract", "Contract (art. 6(1)(b))"),
            ("duty", "Legal duty (art. 6(1)(c))"),
            ("interest", "Legitimate interest (art. 6(1)(f))"),
        ],
        "Lawful Basis",
        required=True,
        default="contract",
    )
    months = fields.Integer("Months Kept", default=60)
    event = fields.Selection(
        [
            ("paid", "Last payment of its invoices"),
            ("sent", "Sending"),
            ("happened", "What the row tells"),
            ("closed", "The day it is closed"),
            ("computed", "Computation"),
            ("accepted", "Réception of the works"),
            ("year_end", "End of the financial year"),
            ("reminder", "With its reminder"),
        ],
        "Counted From",
        required=True,
        readonly=True,
    )
    action = fields.Selection(
        [
            ("archive", "Only managers see it"),
            ("anonymise", "Anonymised"),
            ("delete", "Deleted"),
            ("keep", "Kept by law, or with something else"),
        ],
        "Then",
        required=True,
        readonly=True,
    )
    origin = fields.Selection(
        [("law", "Law"), ("choice", "Choice")],
        "Law or Choice",
        required=True,
        readonly=True,
    )
    source = fields.Char(translate=True)

    _kind_uniq = models.UniqueIndex(
        "(kind)", "There is one rule for each kind of data."
    )
    _months_positive = models.Constraint(
        "CHECK(months > 0)", "Keep data for one month at least."
    )

    # === ACTIONS === #

    @api.model
    def action_dry_run(self):
        """Say what a purge would erase today, without touching anything."""
        self.check_access("write")
        run = (
            self.env["btp.privacy.run"]
            .sudo()
            ._purge_company(self.env.company, dry_run=True)
        )
        return run._open()

    # === BUSINESS === #

    def _get_cutoff(self, today):
        """Return the last day whose data is past its time."""
        self.ensure_one()
        return privacy.cutoff(today, self.months)
