# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models

from ..engine.chain import sha256

_logger = logging.getLogger(__name__)


class BtpDocumentRequest(models.Model):
    """How a request reaches the person who owes the documents, and what they answer."""

    _inherit = "btp.document.request"

    def _send(self, today=None):
        """Ask: others by e-mail, our own people by one activity a chantier.

        :return: the requests that were sent
        """
        today = today or self.env["btp.echeance"]._get_today()
        sent = self.browse()
        for request in self.sorted("id"):
            if not request.missing_ids:
                continue
            try:
                with self.env.cr.savepoint():
                    proof = (
                        request._send_task(today)
                        if request.assignee_id
                        else request._send_email()
                    )
            except Exception as error:  # noqa: BLE001 one bad text stops no other request
                # Its text may name the debtor.
                _logger.info(
                    "Document request %s failed: %s", request.id, type(error).__name__
                )
                request.failure_reason = self.env._(
                    "The message could not be written (%s): correct the template "
                    "“Documents asked for”.",
                    type(error).__name__,
                )
                continue
            if proof is None:
                continue
            request.write(
                {
                    "sent_on": today,
                    "sent_count": request.sent_count + 1,
                    "next_on": today
                    + timedelta(days=request.company_id.btp_document_request_gap),
                    "failure_reason": False,
                }
            )
            request._note(proof)
            sent |= request
        return sent

    def _note(self, proof: dict):
        """Write in the journal what was asked of whom.

        :param proof: further values of the journal's row
        """
        self.ensure_one()
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "requested",
                    "company_id": self.company_id.id,
                    "debtor_ref": self.partner_id.commercial_partner_id.id,
                    "debtor_name": self.partner_id.display_name,
                    "detail": "; ".join(self.missing_ids.mapped("display_name")),
                    **proof,
                }
            ]
        )

    # === E-MAIL === #

    def _get_rows(self) -> list[dict]:
        """Return the lines of the message: one a kind of document.

        :return: ``[{"type", "chantiers", "moves", "refused"}]``, the documents refused
            with their reason
        """
        self.ensure_one()
        rows = []
        for kind, documents in self.missing_ids.grouped("type_id").items():
            moves = self.env["account.move"]
            for document in documents:
                moves |= document._get_missing_moves()
            rows.append(
                {
                    "type": kind,
                    "chantiers": documents.chantier_id or moves.btp_chantier_id,
                    "moves": moves.sorted("name"),
                    "refused": documents.filtered(lambda doc: doc.state == "refused"),
                }
            )
        return rows

    def _send_email(self) -> dict | None:
        """Put the e-mail into the queue. Returns its proof, nothing where none can leave."""
        self.ensure_one()
        if not self.contact_id:
            self.contact_id = self._find_contact()
        if not self.contact_id.email_normalized:
            self.failure_reason = self.env._(
                "%s has no usable e-mail address: complete it, or choose another recipient.",
                self.contact_id.display_name,
            )
            return None
        template = self.env.ref("btp_relance.template_document_request").sudo()
        company = self.company_id
        mail = template.send_mail_batch(
            self.ids,
            email_values={
                # The message stays after sending: it is the proof and routes the answer.
                "auto_delete": False,
                "record_company_id": company.id,
                "record_alias_domain_id": company.alias_domain_id.id,
            },
        )
        self.mail_id = mail
        return {
            "channel": "email",
            "recipient": self.contact_id.email_formatted,
            "subject": mail.subject,
            "body_sha256": sha256(mail.body_html),
            "message_id": mail.message_id,
        }

    def _find_contact(self):
        """Return who receives the e-mail: whom reminders go to, else the partner itself."""
        self.ensure_one()
        partner = self.partner_id
        chosen = (
            partner.btp_relance_contact_id
            or partner.commercial_partner_id.btp_relance_contact_id
        )
        if chosen or partner.email_normalized:
            return chosen or partner
        children = partner.commercial_partner_id.child_ids
        return (
            children.filtered(
                lambda child: child.type == "invoice" and child.email_normalized
            )[:1]
            or partner
        )

    # === OUR OWN PEOPLE === #

    def _send_task(self, today) -> dict:
        """Give a colleague one activity a chantier, with all that is missing there.

        The activity that is still open is brought up to date: nobody gets a second one.
        """
        self.ensure_one()
        user = self.assignee_id
        request = self.with_context(lang=user.lang or self.env.lang)
        open_tasks = {
            (task.res_model, task.res_id): task for task in self.task_ids.exists()
        }
        tasks = self.env["mail.activity"]
        for chantier, missing in request.missing_ids.grouped("chantier_id").items():
            target = chantier or request
            values = {
                "summary": request.env._("Documents to hand over: %s", len(missing)),
                "note": missing._describe(),
                "date_deadline": today,
            }
            task = open_tasks.pop((target._name, target.id), None)
            if task and task.active:
                task.write(values)
            else:
                task = target.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id, **values
                )
            tasks |= task
        for task in open_tasks.values():
            task.unlink()
        self.task_ids = tasks
        return {"recipient": user.partner_id.email_formatted or user.name}

    # === ANSWERS === #

    def message_update(self, msg_dict, update_vals=None):
        """Put the answer, and the files that it brings, on somebody's desk."""
        author = self.env["res.partner"].browse(msg_dict.get("author_id"))
        if author.sudo().user_ids and not author.sudo().partner_share:
            return super().message_update(msg_dict, update_vals=update_vals)
        for request in self.sudo():
            if not request.answer_unread:
                agent = request._get_agent()
                request.with_context(lang=agent.lang).activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=agent.id,
                    summary=request.with_context(lang=agent.lang).env._(
                        "Read the answer of %s, and file the documents",
                        request.partner_id.name,
                    ),
                )
            request.answer_unread = True
            request.env["btp.relance.event"]._append(
                [
                    {
                        "kind": "answer",
                        "company_id": request.company_id.id,
                        "debtor_ref": request.partner_id.commercial_partner_id.id,
                        "debtor_name": request.partner_id.display_name,
                        "message_id": msg_dict.get("message_id"),
                        "subject": msg_dict.get("subject"),
                        "recipient": msg_dict.get("email_from"),
                        "channel": "email",
                    }
                ]
            )
        return super().message_update(msg_dict, update_vals=update_vals)

    def _message_receive_bounce(self, email, partner):
        """A message that came back reached nobody: it is to be sent again."""
        self.sudo()._fail(
            self.env._("The message came back from %s: correct the address.", email)
        )
        return super()._message_receive_bounce(email, partner)

    def _fail(self, reason: str):
        """Note that the last message reached nobody; the next day tries again.

        :param reason: one sentence in the user's language
        """
        self.filtered(lambda request: request.state == "open").write(
            {"failure_reason": reason, "next_on": False}
        )

    def _get_agent(self):
        """Return the person who reads the answers."""
        self.ensure_one()
        return self.company_id.btp_relance_user_id or self.env.ref("base.user_admin")


class BtpDocument(models.Model):
    _inherit = "btp.document"

    request_ids = fields.Many2many(
        "btp.document.request",
        "btp_document_request_rel",
        string="Requests",
        copy=False,
    )

    def _refresh_needs(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance: what is received is no longer asked for.
        super()._refresh_needs()
        self.sudo().request_ids._close_if_settled()

    def _get_missing_moves(self):
        """Return the unpaid invoices that wait for this document."""
        self.ensure_one()
        return self.sudo().need_ids.filtered("missing").move_id

    def _describe(self) -> Markup:
        """Return these documents as a list, with the invoices that wait for them."""
        return Markup("<ul>%s</ul>") % Markup().join(
            Markup("<li><b>%s</b>%s</li>")
            % (
                document.type_id.name,
                f" ({', '.join(document._get_missing_moves().mapped('name'))})",
            )
            for document in self
        )


class MailMail(models.Model):
    """What the mail server refused comes back to the request."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # EXTENDS mail
        failed = self.filtered(lambda mail: mail.state == "exception")
        requests = self.env["btp.document.request"].sudo()
        for request in requests.search([("mail_id", "in", failed.ids)]):
            mail = request.mail_id
            reason, _passing = self._read_refusal(
                failure_reason or mail.failure_reason or failure_type or "error",
                failure_type or mail.failure_type,
            )
            request._fail(
                request.env._("The mail server did not take the message: %s", reason)
            )
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
