# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of site tasks share: a dispute or papers asked of a person of the site."""

import io
import re

from PIL import Image

from .common import RelanceHttpCommon


def picture() -> bytes:
    """Return a small photograph."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "#a16207").save(stream, "JPEG")
    return stream.getvalue()


class SiteCommon(RelanceHttpCommon):
    """Yann leads a site; nadia is told of what he answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(["btp_relance"], ["fr_FR"])
        cls.owner = cls.make_user(
            "nadia", "btp_relance.group_agent", phone="0144000001"
        )
        cls.switch_on(cls.company, btp_relance_user_id=cls.owner.id)
        cls.company.partner_id.lang = "fr_FR"
        cls.person = cls.env["res.partner"].create(
            {"name": "Yann Le Goff", "email": "yann@site.example", "lang": "fr_FR"}
        )
        cls.chantier = cls.make_chantier("Groupe scolaire Prévert")

    @classmethod
    def make_chantier(cls, name):
        return cls.env["btp.chantier"].create(
            {
                "name": name,
                "partner_id": cls.customer.id,
                "site_partner_id": cls.person.id,
            }
        )

    def setUp(self):
        super().setUp()
        self.move = self.make_invoice(amount=987654, btp_chantier_id=self.chantier.id)

    # === FACTORIES === #

    def ask(self, reason="quality", chantier=None, **values):
        """Return the task that a dispute gives to the site."""
        move = self.make_invoice(
            amount=987654, btp_chantier_id=(chantier or self.chantier).id
        )
        dispute = self.env["btp.dispute"]._open(
            move, reason, "Deux portes rayées", **values
        )
        return dispute.site_task_ids.sudo()

    def ask_document(self, *codes):
        """Return the task that documents give to the site."""
        documents = self.env["btp.document"]
        for code in codes:
            kind = self.env["btp.document.type"].search([("code", "=", code)])
            documents |= documents.create(
                {
                    "type_id": kind.id,
                    "chantier_id": self.chantier.id,
                    "owed_by": "site_manager",
                    "blocking": True,
                }
            )
        request = self.env["btp.document.request"].sudo().with_company(self.company)
        request._add_to_request(documents)
        documents.request_ids.sudo()._send(self.today)
        return self.env["btp.site.task"].sudo().search([("kind", "=", "document")])

    def url(self, task, suffix="", token=None):
        return f"/site/{task.id}/{token or task.token}{suffix}"

    def open(self, task, **options):
        """Return the page, and the hidden fields of its form."""
        page = self.url_open(self.url(task, **options))
        fields = dict(
            re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        )
        return page, fields

    def send(self, task, files=None, number=None, **values):
        """Send the form of the page. Returns the answer."""
        _page, fields = self.open(task)
        if number is not None:
            fields["number"] = number
        return self.opener.post(
            self.base_url() + self.url(task, "/answer"),
            data={"action": "answer", **fields, **values},
            files=files or {"files": ("", b"")},
            timeout=30,
        )

    def messages(self, record):
        record.invalidate_recordset()
        return record.message_ids.filtered(lambda m: m.author_id == self.person)

    def assertRefused(self, answer, status, words):
        """The page says why, in French, and shows nothing of the site."""
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertIn(words, answer.text)
        self.assertIn('lang="fr"', answer.text)
        self.assertNotIn("rayées", answer.text)
        self.assertNotIn("Traceback", answer.text)
