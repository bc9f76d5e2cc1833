# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

#: What the lines of a situation say depends on these.
ENTRIES = frozenset(
    {
        "btp_admitted_cumul",
        "btp_billing_stage",
        "btp_chantier_id",
        "btp_claimed_cumul",
        "btp_definitive_index",
        "btp_penalties",
        "btp_previous_cumul",
        "btp_previous_id",
        "btp_reverse_charge",
        "btp_revision_index",
        "btp_situation_number",
        "btp_visa_on",
    }
)


class AccountMove(models.Model):
    """The invoice lines that the cumul of a situation makes.

    They are made again whenever an entry of a draft changes, unless a person edited them:
    then the invoice says so, and a button does it.
    """

    _inherit = "account.move"

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        for move in moves:
            if move._is_btp_driven() and not move._get_btp_products():
                move._make_btp_lines()
        return moves

    def write(self, vals):
        if not ENTRIES & vals.keys():
            return super().write(vals)
        self._check_btp_entries_open(vals)
        drafts = self._with_btp_draft_followers()
        before = {move: move._prepare_btp_lines() for move in drafts}
        result = super().write(vals)
        for move, made in before.items():
            # Edited before, or in this very change: a person's lines are not touched.
            if move._is_btp_driven() and move._btp_lines_are(made):
                move._make_btp_lines(with_taxes="btp_reverse_charge" in vals)
        return result

    # === ACTION METHODS === #

    def action_btp_make_lines(self):
        """Make the lines of the situation anew, whatever was edited in them.

        Lines that a person added are left.
        """
        for move in self:
            if move.state != "draft" or not move._is_btp_driven():
                raise UserError(
                    self.env._(
                        "Enter the works to date of a draft situation: its lines follow from them."
                    )
                )
            made = move.invoice_line_ids.filtered("btp_kind")
            move.write({"invoice_line_ids": [Command.delete(id_) for id_ in made.ids]})
            move._make_btp_lines()

    # === BUSINESS METHODS === #

    def _with_btp_draft_followers(self):
        """Return the drafts among these and those that stand on them, from near or far."""
        chain = found = self
        while chain:
            chain = chain.btp_next_ids - found
            found |= chain
        return found.filtered(lambda move: move.state == "draft")

    def _get_btp_products(self):
        """Return the lines that bill something."""
        return self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )

    def _btp_lines_are(self, made):
        """Return whether the lines are those, as they were made.

        :param list made: the result of :meth:`_prepare_btp_lines`; empty for an invoice that
            was no situation yet: any line typed by hand then counts, while those of a
            copied situation do not
        """
        self.ensure_one()
        lines = self.invoice_line_ids.filtered("btp_kind")
        if not made:
            return lines == self._get_btp_products()
        return len(lines) == len(made) and all(
            self._btp_line_is(self._get_btp_lines_of(values), values) for values in made
        )

    def _get_btp_lines_of(self, values):
        """Return the lines of this kind; and of these taxes, where the contract tells them."""
        lines = self.invoice_line_ids.filtered(
            lambda line: line.btp_kind == values["btp_kind"]
        )
        if "tax_ids" in values:
            taxes = set(values["tax_ids"][0][2])
            lines = lines.filtered(lambda line: set(line.tax_ids.ids) == taxes)
        return lines

    def _btp_line_is(self, line, values):
        """Return whether the line is as it was made."""
        zero = self.currency_id.is_zero
        return bool(
            len(line) == 1
            and line.name == values["name"]
            and zero(line.price_unit - values["price_unit"])
            and zero(line.quantity - values["quantity"])
            and zero(line.discount - values["discount"])
        )

    def _get_btp_amounts(self):
        """Return what each kind of line bills in this situation, with its sign."""
        self.ensure_one()
        return {
            "works": self.btp_month_works,
            "revision": self.btp_revision_amount,
            "regularisation": self.btp_regularisation,
            "refund": -self.btp_advance_refund,
            "penalty": -self.btp_penalties,
        }

    def _prepare_btp_lines(self):
        """Return the values of the lines that the figures make, in the customer's language."""
        self.ensure_one()
        if not self._is_btp_driven():
            return []
        texts = self._get_btp_line_texts()
        return [
            {
                "btp_kind": kind,
                "name": f"{texts[kind]} – {lots}" if lots else texts[kind],
                "quantity": 1.0,
                "price_unit": amount,
                "discount": 0.0,
                **by_rate,
            }
            for kind, total in self._get_btp_amounts().items()
            for amount, lots, by_rate in self._split_btp_amount(total)
            if kind == "works" or not self.currency_id.is_zero(amount)
        ]

    def _get_btp_line_texts(self):
        """Return the text of each kind of line."""
        move = self.with_context(lang=self.partner_id.lang or self.env.lang)
        chantier = move.btp_chantier_id

        def money(amount):
            return formatLang(move.env, amount, currency_obj=move.currency_id)

        return {
            "works": move._get_btp_works_text(money),
            "revision": move._get_btp_revision_text(),
            "regularisation": move._get_btp_regularisation_text(),
            "refund": move.env._(
                "Advance taken back: %(refunded)s to date out of %(advance)s",
                refunded=money(move.btp_refunded_cumul),
                advance=money(chantier.advance_amount),
            ),
            "penalty": move.env._("Site penalties"),
        }

    def _get_btp_revision_text(self):
        """Return the text of the revision or the actualisation, with the indexes behind it."""
        chantier = self.btp_chantier_id
        index = self.btp_revision_index if chantier.is_revised else chantier.start_index
        values = {
            "coefficient": self._format_btp_coefficient(),
            "name": chantier.revision_index_name or "",
            "index": formatLang(self.env, index, digits=1),
            "base": formatLang(self.env, chantier.revision_index_base, digits=1),
        }
        if chantier.is_revised:
            return self.env._(
                "Price revision: coefficient %(coefficient)s, index %(name)s %(index)s / %(base)s",
                **values,
            )
        return self.env._(
            "Price actualisation: coefficient %(coefficient)s, index %(name)s %(index)s / "
            "%(base)s",
            **values,
        )

    def _get_btp_regularisation_text(self):
        text = self.env._(
            "Price regularisation of the previous situations: index published since"
        )
        name = self.btp_chantier_id.revision_index_name
        return f"{text} ({name})" if name else text

    def _format_btp_coefficient(self):
        digits = self.btp_chantier_id.sudo().revision_decimals
        return formatLang(self.env, self.btp_revision_coefficient, digits=digits)

    def _get_btp_works_text(self, money):
        """Return the text of the works, with the cumuls that justify the amount."""
        title = self.env._(
            "Works executed – situation No. %s", self.btp_situation_number
        )
        if self.btp_billing_stage == "final":
            title = self.env._("Works executed – final account")
        if self.currency_id.is_zero(self.btp_previous_cumul):
            return title
        return self.env._(
            "%(title)s: %(cumul)s to date, %(previous)s at the previous situation",
            title=title,
            cumul=money(self.btp_billed_cumul),
            previous=money(self.btp_previous_cumul),
        )

    def _make_btp_lines(self, with_taxes=False):
        """Bring the lines in accord with the figures; what a person chose in them is kept.

        :param bool with_taxes: choose the taxes anew too
        """
        self.ensure_one()
        others = self.invoice_line_ids.filtered("btp_kind")
        like = others.filtered(lambda line: line.btp_kind == "works")[:1]
        commands = []
        for values in self._prepare_btp_lines():
            if line := self._get_btp_lines_of(values)[:1]:
                if with_taxes:
                    taxes = [Command.set(self._get_btp_taxes().ids)]
                    values = {"tax_ids": taxes, **values}
                commands.append(Command.update(line.id, values))
                others -= line
            else:
                commands.append(
                    Command.create({**self._prepare_btp_line_account(like), **values})
                )
        commands += [Command.delete(line.id) for line in others]
        self.with_context(skip_is_manually_modified=True).write(
            {"invoice_line_ids": commands}
        )
