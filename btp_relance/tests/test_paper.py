# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers: real text at its place, the window, the transfer's code, nothing hostile."""

import io
import sys
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..engine import paged
from .paper_common import BIC, IBAN, PaperCommon, open_pdf, pages, words

SECRET = "root:"


@tagged("post_install", "-at_install")
class TestPaper(PaperCommon):
    def test_a_letter_has_all_that_a_letter_needs(self):
        relance = self.make_letter()
        content = relance.letter_id.raw
        self.picture(content, "letter")
        [text] = pages(content)
        for words_of_it in (
            "Martin Bâtiment 12 quai du Lazaret 13002 Marseille",
            "04 91 00 00 00",
            "compta@martin.example",
            "SIRET 812 345 678 00012",
            "SARL au capital de 50 000 €",
            "RCS Marseille 812 345 678",
            "FR23334175221",
            "Promoteur Sud Bâtiment C 1 rue du Port 97400 SAINT DENIS",
            "Marseille, le 16 juin 2025",
            relance.reference,
            "11/06/2025",
            "1 234,50 €",
            "FR76 3000 1007 9412 3456 7890 185",
            BIC,
            relance.line_ids.reference,
        ):
            self.assertIn(words_of_it, text)
        self.assertRegex(text, r"Page 1 (of|sur) 1")
        self.assert_archivable(content)
        reader = PdfFileReader(io.BytesIO(content))
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "fr-FR")
        self.assertIn(relance.line_ids.reference, reader.metadata["/Title"])
        self.assertEqual(reader.metadata["/Author"], self.company.name)

    def test_french_spaces_do_not_break(self):
        content = self.make_letter().letter_id.raw
        text = open_pdf(content)[0].get_textpage().get_text_range()
        self.assertIn("retient\u202f?", text)
        self.assertRegex(text, "1\u202f234,50.€")

    def test_the_code_of_the_transfer_never_parts_from_its_account(self):
        report = self.env.ref("btp_relance.btp_relance_letter_action")
        for height in range(200, 232, 4):
            page = f"""<html><body><div style="height: {height}mm"></div>
                <div class="payment">
                    <div class="payment-text">IBAN<br/>BIC</div>
                    <div class="payment-code"><div style="height: 28mm"></div>
                        <div>Scan with the app of your bank on your phone</div></div>
                </div><p>After</p></body></html>"""
            content = self.report._make_paged(report, lambda page=page: page)
            [shown] = [text for text in pages(content) if "IBAN" in text]
            with self.subTest(height=height):
                self.assertIn("on your phone", shown)

    # === THE WINDOW === #

    def assert_in_window(self, relance, seen, clear):
        """The address keeps within ``seen``, alone in ``clear`` (left, top, right, bottom)."""
        address = relance._get_paper_address()
        found = []
        for word in words(relance.letter_id.raw):
            inside = (
                word.left < clear[2]
                and word.right > clear[0]
                and word.top < clear[3]
                and word.bottom > clear[1]
            )
            if inside:
                found.append(word.text)
                self.assertGreaterEqual(word.left, seen[0], word)
                self.assertGreaterEqual(word.top, seen[1], word)
                self.assertLessEqual(word.right, seen[2], word)
                self.assertLessEqual(word.bottom, seen[3], word)
        self.assertEqual(" ".join(found), " ".join(address))

    def long_address(self):
        person = self.env["res.partner"].create(
            {
                "parent_id": self.customer.id,
                "name": "Marie-Antoinette de la Rochefoucauld",
                "type": "other",
            }
        )
        self.customer.write(
            {
                "name": "Société immobilière du littoral et des",
                "street": "128 boulevard du Maréchal de Lattre",
                "street2": "Immeuble le Phare, escalier B",
                "country_id": self.env.ref("base.be").id,
            }
        )
        return person

    def test_the_address_stands_in_the_window_alone(self):
        relance = self.make_letter()
        self.assert_in_window(relance, (110, 49, 190, 79), (90, 34, 209, 94))

    def test_six_long_lines_fit_too(self):
        person = self.long_address()
        relance = self.make_letter()
        relance.sudo().letter_id = False
        relance.contact_id = person
        relance.sudo()._ensure_letters()
        self.assertEqual(len(relance._get_paper_address()), 6)
        self.picture(relance.letter_id.raw, "letter-long-address")
        self.assert_in_window(relance, (110, 49, 190, 79), (90, 34, 209, 94))

    def test_the_window_may_be_on_the_left(self):
        self.company.sudo().btp_paper_window = "left"
        relance = self.make_letter()
        self.picture(relance.letter_id.raw, "letter-left-window")
        self.assert_in_window(relance, (20, 49, 101, 79), (1, 34, 120, 94))

    # === PAYING === #

    def decode(self, content):
        """Return the payload of the QR code of the first page, as a phone reads it."""
        import zxingcpp

        image = open_pdf(content)[0].render(scale=4).to_pil()
        return [code.text for code in zxingcpp.read_barcodes(image)]

    def test_the_code_of_the_transfer_pays_exactly_what_is_due(self):
        relance = self.make_letter(amount=1234.56)
        self.make_credit_note(amount=34.5)
        relance.sudo()._recheck()
        relance.sudo()._ensure_letters()
        [payload] = self.decode(relance.letter_id.raw)
        lines = payload.split("\n")
        self.assertEqual(lines[:4], ["BCD", "002", "1", "SCT"])
        self.assertEqual(
            lines[4:8], [BIC, self.company.name, IBAN, "EUR1200.06"], payload
        )
        move = relance.overdue_line_ids.move_id
        self.assertEqual(lines[10], move.payment_reference or move.name)

    def test_a_structured_reference_is_told_as_such(self):
        relance = self.make_letter(payment_reference="RF18539007547034")
        lines = self.decode(relance.letter_id.raw)[0].split("\n")
        self.assertEqual(lines[9:11], ["RF18539007547034", ""])

    def test_many_invoices_are_paid_at_once(self):
        self.write_to()
        for late in range(4, 9):
            self.make_invoice(late, 100.1)
        relance = self.plan()
        self.dispatch()
        lines = self.decode(relance.letter_id.raw)[0].split("\n")
        self.assertEqual(lines[7], "EUR500.5")
        self.assertEqual(lines[10], relance._get_payment_means()["reference"])
        self.assertEqual(lines[10].count(","), 4)

    def test_no_code_where_one_transfer_would_not_do(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        for values in ({"currency_id": dollar.id}, {}):
            if not values:
                self.make_invoice(late=4, amount=50, currency_id=dollar.id)
            relance = self.make_letter(**values)
            self.assertFalse(self.decode(relance.letter_id.raw))
            self.assertIn(
                "FR76 3000", pages(relance.letter_id.raw)[0], "The IBAN is there."
            )
            self.pay(relance.line_ids.move_id)

    def test_without_an_iban_nothing_is_invented(self):
        self.bank.unlink()
        relance = self.make_letter()
        self.assertFalse(self.decode(relance.letter_id.raw))
        self.assertNotIn("IBAN", pages(relance.letter_id.raw)[0])

    # === LONG PAPERS === #

    def test_sixty_lines_take_three_pages(self):
        self.write_to()
        moves = [self.make_invoice(late=5 + rank, amount=100) for rank in range(60)]
        relance = self.plan()
        self.dispatch()
        content = relance.letter_id.raw
        self.picture(content, "letter-60-lines")
        texts = pages(content)
        self.assertEqual(len(texts), 3)
        for rank, text in enumerate(texts, start=1):
            self.assertRegex(text, rf"Page {rank} (of|sur) {len(texts)}")
        rows = [
            [move.name for move in moves if move.name in text] for text in texts[:-1]
        ]
        for text in texts:
            if any(move.name in text for move in moves):
                self.assertIn("Reste à payer", text, "The head is repeated.")
        self.assertTrue(all(rows[:2]))
        for move in moves:
            self.assertTrue(any(move.name in text for text in texts), move.name)
        [total] = [text for text in texts if "6 000,00" in text.split("FR76")[0][-900:]]
        self.assertTrue(any(move.name in total for move in moves))
        self.assertIn(relance.subject.split("\u00a0")[0], texts[1], "The running head.")

    # === NOTHING HOSTILE === #

    def test_a_hostile_name_is_only_a_name(self):
        self.customer.name = (
            "<img src='file:///etc/passwd'><script>alert(1)</script>"
            "<link rel=attachment href='file:///etc/passwd'>"
        )
        content = self.make_letter().letter_id.raw
        [text] = pages(content)
        self.assertIn("<img src='file:///etc/passwd'>", text)
        self.assert_archivable(content)

    def test_a_hostile_page_reads_nothing(self):
        hostile = """<html lang="fr"><head><title>T</title><base href="file:///etc/"/>
            <link rel="stylesheet" href="file:///etc/passwd"/>
            <link rel="attachment" href="file:///etc/passwd"/>
            <style>@import url(http://evil.example/a.css);
            @font-face { font-family: X; src: url(file:///etc/passwd) }
            p { font-family: X }</style></head><body><p>Before</p>
            <img src="passwd"/><img src="file:///etc/passwd"/>
            <img src="http://169.254.169.254/latest/meta-data"/>
            <img src="//evil.example/x.png"/>
            <img src="/btp_relance/static/../../../../../../etc/passwd.png"/>
            <img src="/web/image/res.users/1/password"/><img src="/web/content/1"/>
            <img src="data:text/html;base64,cm9vdDo="/>
            <object data="file:///etc/passwd"></object>
            <svg width="9" height="9"><image href="file:///etc/passwd" width="9"/></svg>
            <p style="background: url(file:///etc/passwd)">Middle</p>
            <p style="content: url('http://evil.example/x')">After</p>
            <a rel="attachment" href="file:///etc/passwd">Link</a></body></html>"""
        asked = []
        fetch = type(self.report)._fetch_paged

        def spy(report, url):
            asked.append(url)
            return fetch(report, url)

        self.patch(type(self.report), "_fetch_paged", spy)
        report = self.env.ref("btp_relance.btp_relance_letter_action").sudo()
        content = self.report._make_paged(report, lambda: hostile)
        [text] = pages(content)
        for word in ("Before", "Middle", "Link"):
            self.assertIn(word, text)
        self.assertNotIn(SECRET, text)
        self.assert_archivable(content)
        self.assertIn("http://169.254.169.254/latest/meta-data", asked)
        for url in asked:
            with self.assertRaises(paged.Refused, msg=url):
                fetch(self.report, url)

    def test_what_a_page_may_read(self):
        content, kind = self.report._fetch_paged(
            paged.BASE_URL + "btp_relance/static/description/icon.png"
        )
        self.assertEqual((kind, content[1:4]), ("image/png", b"PNG"))
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        _content, kind = self.report._fetch_paged(
            f"{base}/web/image/res.company/{self.company.id}/logo"
        )
        self.assertIn(kind, paged.PICTURES)
        attachment = self.env["ir.attachment"].create(
            {"name": "secret.png", "raw": content, "res_model": "res.company"}
        )
        mason = self.make_user("mason", "base.group_user")
        self.env["ir.attachment"].flush_model()
        attachment.sudo().res_id = self.company.id
        private = self.env["ir.attachment"].create({"name": "p.png", "raw": content})
        url = f"{paged.BASE_URL}web/image/{private.id}"
        self.assertEqual(self.report._fetch_paged(url)[0], content)
        with self.assertRaises(paged.Refused):
            self.report.with_user(mason)._fetch_paged(url)

    # === LANGUAGES, COMPANIES, MANY AT ONCE === #

    def test_each_reads_their_own_language(self):
        english = self.make_customer("Harbour Ltd", lang="en_US")
        self.make_invoice(late=5, partner=english)
        relances = self.make_letter()
        self.assertEqual(len(relances), 2)
        by_partner = {r.partner_id: pages(r.letter_id.raw)[0] for r in relances}
        self.assertIn("Madame, Monsieur", by_partner[self.customer])
        self.assertIn("16 juin 2025", by_partner[self.customer])
        self.assertIn("Dear Sir or Madam", by_partner[english])
        self.assertIn("June 16, 2025", by_partner[english])
        self.assertIn("Our reference:", by_partner[english])

    def test_each_company_writes_in_its_own_name(self):
        other = self.setup_other_company(name="Durand Travaux")["company"]
        other.sudo().write(
            {
                "city": "Lyon",
                "btp_legal_form": "SAS Durand",
                "currency_id": self.euro.id,
                "primary_color": "#aa0000",
            }
        )
        self.switch_on(other)
        self.make_invoice(late=5, amount=2000, company=other)
        relances = self.make_letter()
        texts = {r.company_id: pages(r.letter_id.raw)[0] for r in relances}
        self.assertEqual(set(texts), {self.company, other})
        self.assertIn("Durand Travaux", texts[other])
        self.assertIn("Lyon, le 16 juin 2025", texts[other])
        self.assertIn("SAS Durand", texts[other])
        self.assertNotIn("Martin", texts[other])
        self.assertNotIn("Durand", texts[self.company])

    def make_many(self):
        for rank in range(3):
            customer = self.make_customer(f"Client {rank}", lang="fr_FR")
            self.make_invoice(late=5, amount=100 + rank, partner=customer)
        return self.make_letter()

    def test_many_print_in_one_file_after_their_list(self):
        relances = self.make_many()
        action = relances.action_print_letters()
        self.assertEqual(action["report_name"], "btp_relance.letters")
        self.assertTrue(action["btp_paged"])
        content, kind = self.report._render_qweb_pdf(
            action["report_name"], res_ids=action["context"]["active_ids"]
        )
        self.assertEqual(kind, "pdf")
        self.picture(content, "letters-and-list")
        texts = pages(content)
        self.assertEqual(len(texts), 5)
        for relance in relances:
            self.assertIn(relance.reference, texts[0])
            self.assertIn(relance.partner_id.name, texts[0])
        self.assertIn("1,537.50", texts[0])
        for relance, text in zip(relances.sorted("id"), texts[1:], strict=True):
            self.assertIn(relance.reference, text)

    def test_on_both_sides_each_letter_has_its_own_sheet(self):
        self.company.sudo().btp_paper_duplex = True
        relances = self.make_many()
        content, _kind = self.report._render_qweb_pdf(
            "btp_relance.letters", res_ids=relances.sorted("id").ids
        )
        texts = pages(content)
        self.assertEqual(len(texts), 10)
        for rank, relance in enumerate(relances.sorted("id"), start=1):
            self.assertIn(relance.reference, texts[2 * rank])
            self.assertEqual(texts[2 * rank + 1].strip(), "")

    def test_odoo_saves_and_reloads_what_it_prints(self):
        report = self.env.ref("btp_relance.btp_relance_letter_action").sudo()
        report.write({"attachment": "'saved.pdf'", "attachment_use": True})
        self.write_to()
        self.make_invoice()
        relance = self.plan()
        first, _kind = self.report._render_qweb_pdf(report, res_ids=relance.ids)
        saved = self.env["ir.attachment"].search([("name", "=", "saved.pdf")])
        self.assertEqual(saved.raw, first)
        self.customer.name = "Another name"
        again, _kind = self.report._render_qweb_pdf(report, res_ids=relance.ids)
        self.assertEqual(again, first)

    # === WHAT GOES WRONG === #

    def test_without_its_libraries_one_sentence_says_so(self):
        paged._engine.cache_clear()
        self.addCleanup(paged._engine.cache_clear)
        self.write_to()
        self.make_invoice()
        relance = self.plan()
        logger = "odoo.addons.btp_relance.models.ir_actions_report"
        with (
            patch.dict(sys.modules, {"weasyprint": None}),
            mute_logger(logger),
        ):
            with self.assertRaisesRegex(UserError, "ne peut pas imprimer de lettres"):
                self.report._render_paged("btp_relance.letter", relance)
            self.dispatch()
        self.assertEqual(relance.state, "failed")
        self.assertIn("ne peut pas imprimer de lettres", relance.failure_reason)
        paged._engine.cache_clear()
        relance.action_retry()
        self.dispatch()
        self.assertEqual(relance.state, "assigned")

    def test_a_broken_template_is_told_in_one_sentence(self):
        # Refused when it is saved; an older one may be in the database.
        self.env.cr.execute(
            "UPDATE mail_template SET body_html = jsonb_build_object('en_US', %s::text)"
            " WHERE id = %s",
            ["<p><t t-out='object.nothing'/></p>", self.template.id],
        )
        self.template.invalidate_recordset()
        self.write_to()
        self.step(3).template_id = self.template
        self.make_invoice()
        relance = self.plan()
        with (
            self.assertRaisesRegex(UserError, "Test message") as caught,
            mute_logger("odoo.addons.mail.models.mail_render_mixin"),
        ):
            self.report._render_paged("btp_relance.letter", relance)
        self.assertNotIn("Traceback", str(caught.exception))
        self.assertNotIn("\n", str(caught.exception))
