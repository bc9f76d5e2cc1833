# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The monthly report: two pages, sent once, looked at; what reminders changed."""

from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TODAY
from .paper_common import ARTEFACTS, PaperCommon, open_pdf, pages


@tagged("post_install", "-at_install")
class TestFigureReport(PaperCommon):
    def setUp(self):
        super().setUp()
        self.may = date(2025, 5, 1)
        self.reports = self.env["btp.figure.report"].sudo().with_context(lang="fr_FR")

    def fill(self):
        """Make a month with something of everything."""
        self.give_history()
        for rank in range(5):
            partner = self.make_customer(f"Promoteur {rank}")
            paid = self.make_invoice(late=100 + rank, amount=4000, partner=partner)
            self.pay(paid, payment_date=date(2025, 5, 2 + rank))
            self.make_invoice(
                late=20 + 25 * rank, amount=1000 * rank + 500, partner=partner
            )
            self.make_invoice(late=-30, amount=800, partner=partner)
        for month in (date(2025, 3, 1), date(2025, 4, 1), self.may):
            self.env["btp.figure.snapshot"]._compute_month(self.company, month)
        self.env["btp.figure.cash"].sudo()._freeze(self.company, TODAY)

    def test_two_pages_with_pictures_sent_once(self):
        self.fill()
        user = self.make_user("gerant", "btp_relance.group_manager", lang="fr_FR")
        # Made while nobody was named: a manager sends it later, once.
        report = self.reports._send(self.company)
        self.assertFalse(report.sent_on or report.user_ids)
        with self.assertRaises(UserError):
            report.with_user(user).action_send()
        self.company.sudo().btp_figure_user_ids = user
        report.with_user(user).action_send()
        self.assertEqual(report.sent_on, TODAY)
        with self.assertRaises(UserError):
            report.with_user(user).action_send()
        self.assertEqual((report.month, report.user_ids), (self.may, user))
        mail = (
            self.env["mail.mail"]
            .sudo()
            .search(
                [("recipient_ids", "in", user.partner_id.ids)], limit=1, order="id desc"
            )
        )
        content = mail.attachment_ids.raw
        document = open_pdf(content)
        self.assertEqual(len(document), 2)
        texts = pages(content)
        self.assertIn("mai 2025", texts[0])
        self.assertIn("Promoteur 4", texts[1])
        self.look(document)
        # The same month is never sent a second time.
        self.assertFalse(self.reports._send(self.company))

    def test_a_cost_of_two_in_ten_thousand_is_not_nothing(self):
        def say(value):
            tile = {"unit": "rate", "value": value, "before": None}
            return self.reports._say_tile(tile)["said"]

        self.assertIn("0,02", say(0.0002))
        self.assertIn("66,0", say(0.66))
        self.assertIn("0,0", say(0))

    def test_two_pages_however_much_there_is_to_say(self):
        long = "Syndicat des copropriétaires de la résidence des Jardins de l’Estuaire"
        for rank in range(9):
            self.make_invoice(
                late=40 + rank, amount=9e5, partner=self.make_customer(f"{long} {rank}")
            )
        self.company.sudo().name = (
            "Société des grands travaux de la Loire et de l’Erdre"
        )
        report = self.reports.create({"company_id": self.company.id, "month": self.may})
        self.env["btp.figure.snapshot"]._compute_month(self.company, self.may)
        self.env["btp.figure.cash"].sudo()._freeze(self.company, TODAY)
        effect = {
            "step": "Réclamation avec intérêts moratoires et indemnité",
            "channel_name": "Lettre recommandée",
            "days": 14,
            "low": -0.1,
            "difference": 0.1,
            "high": 0.3,
            "cases": 40,
            "others": 90,
        }
        figures = self.env.registry["btp.figure"]
        with (
            patch.object(figures, "_get_effects", lambda *_args: [effect] * 9),
            patch.object(figures, "_say_since", lambda *_args: f"{long}. " * 5),
            patch.object(figures, "_say_cause", lambda *_args: f"{long}, " * 3),
        ):
            content = self.report._render_paged(
                "btp_relance.btp_figure_report_print_action", report
            )[report.id]
        document = open_pdf(content)
        self.assertEqual(len(document), 2)
        self.look(document)

    def look(self, document):
        """Keep the pages as pictures, and see that there is colour where the pictures are."""
        ARTEFACTS.mkdir(exist_ok=True)
        for rank, page in enumerate(document):
            image = page.render(scale=1.4).to_pil().convert("RGB")
            image.save(ARTEFACTS / f"figure_report_{rank + 1}.png")
            inked = sum(
                count
                for count, (red, green, blue) in image.getcolors(2**24)
                if max(red, green, blue) - min(red, green, blue) > 60
            )
            share = inked / (image.width * image.height)
            self.assertGreater(share, 0.004, f"page {rank + 1}")
            self.see_nothing_cut(image, f"page {rank + 1}")

    def see_nothing_cut(self, image, where):
        """See that the margins are white: what runs over an edge is cut."""
        width, height = image.size
        edge = width // 30
        for box in ((0, 0, edge, height), (width - edge, 0, width, height)):
            low, _high = image.crop(box).convert("L").getextrema()
            # The marks where a letter is folded are grey.
            self.assertGreater(low, 120, where)

    def test_statement_of_account(self):
        late = self.make_invoice(late=30, amount=1234.5)
        self.make_invoice(late=-10, amount=100)
        self.make_credit_note(34.5)
        self.pay(late, amount=234.5, payment_date=self.days_later(-3))
        content = self.report._render_paged(
            "btp_relance.btp_partner_statement_action", self.customer
        )[self.customer.id]
        text = " ".join(pages(content))
        self.assertIn("Relevé de compte", text)
        self.assertIn(late.name, text)
        statement = self.customer._get_account_statement()
        [account] = statement["accounts"]
        self.assertEqual((account["left"], account["overdue"]), (1065.5, 1000))
        # What is asked for is less what the customer has to its credit.
        self.assertEqual((account["credits"], account["asked"]), (34.5, 965.5))
        self.assertEqual(account["means"]["amount"], 965.5)
        self.assertEqual(len(statement["payments"]), 1)
        document = open_pdf(content)
        ARTEFACTS.mkdir(exist_ok=True)
        image = document[0].render(scale=1.4).to_pil().convert("RGB")
        image.save(ARTEFACTS / "partner_statement.png")
        self.see_nothing_cut(image, "statement")
        self.assertEqual(len(document), 1)
        # References stay on one line, whatever stands beside them.
        lines = "\n".join(pages(content)).splitlines()
        for line in statement["accounts"][0]["lines"]:
            name = line["line"].move_id.name
            self.assertTrue([text for text in lines if name in text], name)

    def test_nothing_is_sent_before_the_month_is_kept(self):
        self.make_invoice(late=40)
        self.assertFalse(self.reports._send(self.company))

    def test_effect_of_a_step(self):
        for rank in range(12):
            self.make_invoice(
                late=3, amount=100, partner=self.make_customer(f"R {rank}")
            )
        self.run_day()
        relances = self.env["btp.relance"].search([("contacted_on", "=", TODAY)])
        self.assertEqual(len(relances), 12)
        for relance in relances[:9]:
            self.pay(relance.line_ids.move_id, payment_date=self.days_later(5))
        # As many of the same age a month earlier, that nobody reminded.
        for rank in range(12):
            invoice = self.make_invoice(
                late=43, amount=100, partner=self.make_customer(f"N {rank}")
            )
            if rank < 3:
                self.pay(invoice, payment_date=self.days_later(-36))
        self.after(30)
        found = self.env["btp.figure"].get_effects()
        self.assertEqual({one["words"] for one in found}, {""})
        [seven] = [one for one in found if one["days"] == 7]
        self.assertEqual((seven["cases"], seven["others"]), (12, 12))
        self.assertEqual((seven["reminded"], seven["compared"]), (0.75, 0.25))
        self.assertEqual(seven["paid"], 900)
        self.assertLess(seven["low"], 0.5)
        self.assertGreater(seven["low"], 0)

    def test_before_and_after_the_first_reminder(self):
        figures = self.env["btp.figure"].with_context(lang="en_US")
        for late in (130, 100, 70, 40):
            invoice = self.make_invoice(late=late, amount=1000)
            if late == 130:
                self.pay(invoice, payment_date=self.days_later(-125))
        self.assertEqual(figures._say_since(self.company), "")
        self.env["btp.relance"].sudo().create(
            {
                "company_id": self.company.id,
                "partner_id": self.customer.id,
                "contact_id": self.customer.id,
                "step_id": self.step(3).id,
                "contacted_on": date(2025, 4, 10),
                "state": "sent",
            }
        )
        for month in (1, 2, 3, 4, 5):
            self.env["btp.figure.snapshot"]._compute_month(
                self.company, date(2025, month, 1)
            )
        sides = figures._get_sides(self.company)
        self.assertEqual(
            (sides["first"], sides["before"]["months"], sides["after"]["months"]),
            (date(2025, 4, 1), 3, 1),
        )
        # Tenth days: 16 February (paid), 18 March (not); then 27 April is in neither.
        self.assertEqual(sides["before"]["paid10"], 1000)
        self.assertEqual(sides["before"]["due10"], 2000)
        self.assertIn(
            "paid before J+10 from 50 % (2 amounts due, 3 months) to 0 % (1 amounts due, "
            "1 months)",
            figures._say_since(self.company),
        )
