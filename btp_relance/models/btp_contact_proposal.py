# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize


class BtpContactProposal(models.Model):
    """What a customer says of whom to contact, until one of us takes it over.

    Whoever holds a link may not write where our messages go: a person decides.
    """

    _name = "btp.contact.proposal"
    _description = "Contact Corrected by the Customer"
    _order = "id desc"
    _check_company_auto = True
    _rec_name = "name"

    relance_id = fields.Many2one(
        "btp.relance", "Reminder", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True
    )
    contact_id = fields.Many2one(
        "res.partner", "Contact Today", readonly=True, help="Whom our messages reach."
    )
    change = fields.Selection(
        [("same", "Same person, other details"), ("other", "Another person")],
        required=True,
        readonly=True,
        default="same",
    )
    name = fields.Char(required=True)
    email = fields.Char("E-mail")
    phone = fields.Char()
    current_email = fields.Char(related="contact_id.email", string="E-mail Today")
    current_phone = fields.Char(related="contact_id.phone", string="Phone Today")
    state = fields.Selection(
        [("open", "To check"), ("accepted", "Accepted"), ("refused", "Refused")],
        default="open",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "Checked By", readonly=True)

    _open_idx = models.Index("(company_id) WHERE state = 'open'")

    # === ACTIONS === #

    def action_accept(self):
        """Write these contacts down, and let reminders go to them."""
        self.check_access("write")
        for proposal in self._filter_open():
            # Whoever follows a debtor up may say whom to write to.
            proposal.sudo()._accept()
        self._close("accepted")

    def action_refuse(self):
        """Leave the contacts as they are."""
        self.check_access("write")
        self._filter_open()
        self._close("refused")

    # === BUSINESS === #

    def _filter_open(self):
        waiting = self.filtered(lambda proposal: proposal.state == "open")
        if not waiting:
            raise UserError(self.env._("This was already decided."))
        return waiting

    def _accept(self):
        """Correct the contact, or add the one that the customer named."""
        self.ensure_one()
        values = {name: self[name] for name in ("name", "email", "phone") if self[name]}
        if self.change == "same" and self.contact_id:
            self.contact_id.write(values)
            return
        address = email_normalize(self.email or "")
        known = self.partner_id.child_ids.filtered(
            lambda child: address and child.email_normalized == address
        )[:1]
        if known:
            known.write(values)
        else:
            self.partner_id.write(
                {
                    "child_ids": [
                        Command.create(
                            {**values, "type": "contact", "lang": self.contact_id.lang}
                        )
                    ]
                }
            )
            known = self.partner_id.child_ids.sorted("id")[-1:]
        self.partner_id.btp_relance_contact_id = known
        # Whoever was the wrong person is named by the customer now.
        self.env["btp.contact.answer"]._lift(known, self.company_id)

    def _close(self, state: str):
        waiting = self._filter_open()
        waiting.sudo().write({"state": state, "user_id": self.env.uid})
        labels = dict(self._fields["state"]._description_selection(self.env))
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "contact_changed",
                    "relance_id": proposal.relance_id.id,
                    "channel": False,
                    "detail": f"{labels[state]} – {proposal._describe()}",
                }
                for proposal in waiting
            ]
        )

    def _describe(self) -> str:
        """Return the contact proposed in one line."""
        return ", ".join(filter(None, [self.name, self.email, self.phone]))
