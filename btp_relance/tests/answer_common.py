# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Real raw e-mails that come in by the gateway, as a mail server hands them over."""

import itertools
from email.message import EmailMessage

from .common import RelanceCommon

NUMBERS = itertools.count(1)


class AnswerCommon(RelanceCommon):
    """A reminder that left by e-mail, and what is written back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company._ensure_btp_answer_alias()
        cls.alias = cls.company.sudo().btp_answer_alias_id
        cls.agent = cls.make_user("agent", "btp_relance.group_agent")
        cls.company.sudo().btp_relance_user_id = cls.agent
        cls.customer.write({"email": "compta@promoteur-sud.example"})

    def remind(self, partner=None, **values):
        """Return a reminder that left by e-mail for one more invoice."""
        self.make_invoice(partner=partner, **values)
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
            self.send_mails()
        return relance

    def raw(self, body, relance=None, html=None, **headers):
        """Return a raw mail.

        :param body: plain text; nothing for HTML only
        :param relance: the reminder that it answers, by its references
        :param html: HTML part
        :param headers: others; ``sender``, ``to`` and ``subject`` stand for their own
        """
        mail = EmailMessage()
        sent = relance and relance.sudo().mail_id
        mail["From"] = headers.pop("sender", "Compta <compta@promoteur-sud.example>")
        mail["To"] = headers.pop(
            "to", sent.reply_to if sent else self.alias.alias_full_name
        )
        mail["Subject"] = headers.pop("subject", "Re: votre relance")
        mail["Message-Id"] = f"<answer-{next(NUMBERS)}@customer.example>"
        mail["Date"] = headers.pop("date", "Mon, 16 Jun 2025 09:00:00 +0200")
        if sent:
            mail["In-Reply-To"] = sent.message_id
            mail["References"] = sent.message_id
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        if body is not None:
            mail.set_content(body)
        if html is not None and body is not None:
            mail.add_alternative(html, subtype="html")
        elif html is not None:
            mail.set_content(html, subtype="html")
        return mail

    def receive(self, mail):
        """Let the gateway read a raw mail, as a mail server hands it over.

        :return: the new ``btp.answer`` records
        """
        raw = mail if isinstance(mail, (bytes, str)) else mail.as_bytes()
        before = self.env["btp.answer"].sudo().search([])
        with self.mock_mail_gateway():
            self.env["mail.thread"].sudo().message_process(None, raw)
        self.env.invalidate_all()
        return self.env["btp.answer"].sudo().search([]) - before

    def answer(self, body, relance=None, **values):
        """Return the answer that a reply with ``body`` makes."""
        relance = relance or self.remind()
        return self.receive(self.raw(body, relance, **values))
