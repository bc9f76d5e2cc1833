# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import email_normalize, email_normalize_all
from odoo.tools.mail import unfold_references

from ..engine.answers import FREE_DOMAINS, find_quoted, to_text

#: Of one debtor; older reminders than these are not answered any more.
LATEST = 30
MAX_DEBTORS = 50


class BtpAnswer(models.Model):
    """Where a message goes that does not say what it answers. Never a guess."""

    _inherit = "btp.answer"

    @api.model
    def _is_from_outside(self, message) -> bool:
        """Return whether a message came by e-mail from somebody who is not one of us."""
        author = message.author_id.sudo()
        inside = author.user_ids and not author.partner_share
        return message.message_type == "email" and not inside

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS mail: what is found of the sender and the text comes along.
        values = dict(custom_values or {})
        values.setdefault("company_id", self.env.company.id)
        company = self.env["res.company"].browse(values["company_id"])
        answer = super(
            BtpAnswer,
            self.sudo().with_context(
                mail_create_nolog=True, mail_create_nosubscribe=True
            ),
        ).message_new(
            msg_dict,
            {
                "user_id": company.sudo().btp_relance_user_id.id,
                "subject": msg_dict.get("subject"),
                **values,
            },
        )
        return self.browse(answer.id)

    def _message_post_after_hook(self, message, msg_values):
        # EXTENDS mail
        result = super()._message_post_after_hook(message, msg_values)
        for answer in self.sudo():
            if message.message_type != "email":
                continue
            if not answer.message_id and answer.state == "to_read":
                answer.write(answer._prepare(message))
                answer._note("answer")
                answer._read()
            elif self._is_from_outside(message):
                # Who writes again says something else: it is read by itself.
                answer._receive(message, answer._prepare_following())._note("answer")
        return result

    def _prepare_following(self) -> dict:
        """Return what the next message about an answer takes over from it."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "relance_id": self.relance_id.id,
            "candidate_ids": [(6, 0, self.candidate_ids.ids)],
            "user_id": self.user_id.id,
        }

    # === ROUTING === #

    @api.model
    def _find_route(self, msg_dict: dict):
        """Return the route of a mail that is ours to place, nothing for all others.

        A reply to a reminder stays one. A new message to the reminders' address, or to the
        catch-all, goes to the reminder of its sender that it quotes; without one certain
        match, to the desk of whoever follows up.

        :param msg_dict: of ``mail.thread.message_parse``
        :return: ``(model, id, values, user id, alias)``, or nothing
        """
        alias = self._find_alias(msg_dict)
        if not alias and not self._is_to_catchall(msg_dict):
            return None
        parent = self._find_parent(msg_dict)
        if parent and (parent.model != "btp.relance" or not alias):
            return None
        uid = (
            self.env["mail.thread"]
            ._mail_find_user_for_gateway(msg_dict.get("email_from"), alias=alias)
            .id
            or self.env.uid
        )
        if parent:
            return (parent.model, parent.res_id, None, uid, None)
        company = (
            self.env["res.company"]
            .sudo()
            .search([("btp_answer_alias_id", "=", alias.id)], limit=1)
            if alias
            else self.env["res.company"]
        )
        relance, values = self._match(msg_dict, company)
        if relance:
            return ("btp.relance", relance.id, None, uid, None)
        if (
            not alias
            and not values.get("partner_id")
            and not values["candidate_ids"][0][2]
        ):
            # Strangers who write to the catch-all get Odoo's own answer.
            return None
        return (self._name, False, values, uid, alias or None)

    @api.model
    def _find_alias(self, msg_dict: dict):
        """Return the address of reminders that a mail was sent to, if it was."""
        recipients = email_normalize_all(msg_dict.get("recipients") or "")
        return (
            self.env["mail.alias"]
            .sudo()
            .search(
                [
                    ("alias_model_id.model", "=", self._name),
                    ("alias_full_name", "in", recipients),
                ],
                limit=1,
            )
        )

    @api.model
    def _is_to_catchall(self, msg_dict: dict) -> bool:
        """Return whether a mail was sent to the catch-all and nobody else of ours."""
        catchalls = self.env["mail.alias.domain"].sudo().search([])
        catchalls = set(catchalls.mapped("catchall_email"))
        recipients = email_normalize_all(msg_dict.get("to") or "")
        return bool(recipients) and all(item in catchalls for item in recipients)

    @api.model
    def _find_parent(self, msg_dict: dict):
        """Return the message that a mail answers, if we have it."""
        references = unfold_references(
            msg_dict.get("references") or msg_dict.get("in_reply_to") or ""
        )
        references = [item.strip() for item in references if "reply_to" not in item][
            -32:
        ]
        if not references:
            return self.env["mail.message"].sudo()
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [("message_id", "in", references), ("model", "!=", False)],
                limit=1,
                order="id desc",
            )
        )

    @api.model
    def _match(self, msg_dict: dict, company):
        """Find the reminder that a message is about.

        :param company: to which it was sent; empty for a catch-all that several share
        :return: ``(reminder or empty, values of the answer when there is none)``
        """
        text = f"{msg_dict.get('subject') or ''}\n{to_text(msg_dict.get('body') or '')}"
        quoted = find_quoted(text)
        sender = email_normalize(msg_dict.get("email_from") or "") or ""
        debtors = self._find_debtors(sender, company)
        relances = self._find_relances(debtors, company)
        for named in self._find_named(relances, quoted):
            if len(named.grouped(lambda item: (item.company_id, item.partner_id))) == 1:
                return named.sorted("id")[-1], {}
            if named:
                relances = named
                break
        else:
            if not debtors:
                relances = self._find_strangers(quoted, company)
        return self.env["btp.relance"], self._prepare_unrouted(
            debtors, relances, company
        )

    @api.model
    def _prepare_unrouted(self, debtors, relances, company) -> dict:
        """Return the values of an answer that a person has to place."""
        owners = relances.grouped(lambda item: (item.company_id, item.partner_id))
        values = {
            "candidate_ids": [(6, 0, relances.sorted("id", reverse=True)[:10].ids)]
        }
        companies = company or relances.company_id
        if len(companies) == 1:
            values["company_id"] = companies.id
        elif companies:
            values["company_id"] = companies[0].id
        # Certain of the debtor, not of the reminder: enough to stop what would leave.
        if len(debtors) == 1 and len(owners) <= 1:
            values["partner_id"] = debtors.id
        return values

    @api.model
    def _find_debtors(self, sender: str, company):
        """Return the debtors that an address belongs to: as it is, else by its domain."""
        partners = self.env["res.partner"].sudo()
        if not sender:
            return partners
        known = partners.search([("email_normalized", "=", sender)], limit=MAX_DEBTORS)
        domain = sender.rpartition("@")[2]
        if not known and domain and domain not in self._get_shared_domains():
            known = partners.search(
                [("email_normalized", "=like", f"%@{domain}")], limit=MAX_DEBTORS
            )
        debtors = known.commercial_partner_id
        reminded = self.env["btp.relance"].sudo()._read_group(
            [
                ("partner_id", "in", debtors.ids),
                ("state", "!=", "cancelled"),
                *([("company_id", "=", company.id)] if company else []),
            ],
            ["partner_id"],
        )  # fmt: skip
        return partners.union(*(partner for (partner,) in reminded))

    @api.model
    def _get_shared_domains(self) -> set:
        """Return the domains that say nothing of who writes: free mail, and our own."""
        own = self.env["mail.alias.domain"].sudo().search([]).mapped("name")
        return {*FREE_DOMAINS, *own}

    @api.model
    def _find_relances(self, debtors, company):
        """Return the latest reminders of debtors."""
        relances = self.env["btp.relance"].sudo()
        if not debtors:
            return relances
        return relances.search(
            [
                ("partner_id", "in", debtors.ids),
                ("kind", "=", "reminder"),
                ("state", "!=", "cancelled"),
                *([("company_id", "=", company.id)] if company else []),
            ],
            order="id desc",
            limit=LATEST,
        )

    @api.model
    def _find_named(self, relances, quoted: dict):
        """Yield the reminders that a text names: by reference, invoice, then amount."""
        yield relances.filtered(lambda item: item.id in quoted["references"])
        numbers = set(quoted["numbers"])
        yield relances.filtered(
            lambda item: numbers
            & {(move.name or "").upper() for move in item.line_ids.move_id}
        )

        def has_amount(relance):
            currency = relance.company_currency_id
            known = [
                relance.amount_due,
                *relance.line_ids.mapped("amount_residual"),
                *relance.line_ids.move_id.mapped("amount_total"),
            ]
            return any(
                not currency.compare_amounts(amount, other)
                for amount in quoted["amounts"]
                for other in known
            )

        yield relances.filtered(has_amount)

    @api.model
    def _find_strangers(self, quoted: dict, company):
        """Return the reminders that an unknown sender quotes: shown, never chosen."""
        return (
            self.env["btp.relance"]
            .sudo()
            .search(
                [
                    ("id", "in", quoted["references"]),
                    *([("company_id", "=", company.id)] if company else []),
                ],
                limit=5,
            )
        )
