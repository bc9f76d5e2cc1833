# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a chantier refuses to say, and the sentences that tell why."""

from datetime import date

import psycopg2

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_chantier_page import ChantierCommon

SIGNED, RECEPTION = date(2025, 1, 10), date(2025, 6, 12)


@tagged("post_install", "-at_install")
class TestChantierChecks(ChantierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chantier.write(
            {
                "contract_date": SIGNED,
                "contract_amount": 1000,
                "date_reception": RECEPTION,
            }
        )

    def assertRefused(self, sentence, chantier=None, **values):
        """Assert that values are refused with a sentence, and nothing is half written."""
        chantier = chantier or self.chantier
        before = chantier.read(["name", "city", *values])
        with (
            self.assertRaisesRegex(ValidationError, sentence),
            self.env.cr.savepoint(),
        ):
            chantier.write({"city": "Nantes", **values})
        chantier.invalidate_recordset()
        self.assertEqual(chantier.read(["name", "city", *values]), before)

    def test_rates(self):
        self.assertRefused(r"5\.5 % is not allowed.*71-584", retention_rate=5.5)
        self.assertRefused("-1 % is not allowed", retention_rate=-1)
        self.assertRefused("compte prorata of 12 %", prorata_rate=12)
        self.assertRefused("compte prorata of -1 %", prorata_rate=-1)
        self.assertRefused(
            "from 80 % to 70 %", advance_refund_start=80, advance_refund_end=70
        )
        self.assertRefused("fixed part", revision_fixed_part=1.5)
        self.assertRefused("cannot be negative", revision_index_base=-130)
        self.chantier.write({"retention_rate": 5, "prorata_rate": 10})

    def test_dates(self):
        self.assertRefused(
            r"réception \(06/12/2025\).*OS that starts the works \(06/13/2025\)",
            date_start=date(2025, 6, 13),
        )
        self.assertRefused(
            r"réception \(01/09/2025\) comes before the contract \(01/10/2025\)",
            date_reception=date(2025, 1, 9),
        )
        self.assertRefused(
            "reserves are lifted on 07/01/2025, but the réception was without",
            date_reserves_lifted=date(2025, 7, 1),
        )
        self.assertRefused(
            "reserves are lifted on 06/11/2025, before the réception",
            has_reserves=True,
            date_reserves_lifted=date(2025, 6, 11),
        )
        self.assertRefused("DGD is notified on 06/11", date_dgd=date(2025, 6, 11))
        fresh = self.make_chantier("Fresh")
        self.assertRefused(
            "there is no réception",
            fresh,
            has_reserves=True,
            date_reserves_lifted=date(2025, 7, 1),
        )

    def test_an_os_of_start_after_the_reception(self):
        order = {"number": "1", "kind": "start", "issued_on": date(2025, 6, 13)}
        self.assertRefused("OS that starts", os_ids=[Command.create(order)])
        orders = self.env["btp.chantier.os"]
        with (
            self.assertRaisesRegex(ValidationError, "OS that starts"),
            self.env.cr.savepoint(),
        ):
            orders.create({"chantier_id": self.chantier.id, **order})
        extra = orders.create(
            {"chantier_id": self.chantier.id, **order, "kind": "extra"}
        )
        with self.assertRaisesRegex(ValidationError, "OS that starts"):
            extra.kind = "start"

    def test_amounts(self):
        self.assertRefused("contract amount is negative", contract_amount=-1)
        self.assertRefused("advance is negative", advance_amount=-1)
        avenant = {"name": "Fewer works", "amount": -1000.01, "signed_on": SIGNED}
        self.assertRefused(
            "take off more than the contract", avenant_ids=[Command.create(avenant)]
        )
        self.assertFalse(self.chantier.avenant_ids)
        # Not signed, it takes nothing off yet.
        line = self.env["btp.chantier.avenant"].create(
            {"chantier_id": self.chantier.id, **avenant, "signed_on": False}
        )
        with self.assertRaisesRegex(ValidationError, "take off more"):
            line.signed_on = SIGNED

    def test_an_avenant_signed_before_the_contract(self):
        avenant = {"name": "Early", "signed_on": date(2025, 1, 9)}
        self.assertRefused(
            r"avenant No\. 1 is signed on 01/09/2025, before the contract",
            avenant_ids=[Command.create(avenant)],
        )
        avenant["signed_on"] = SIGNED
        self.chantier.avenant_ids = [Command.create(avenant)]
        self.assertRefused("before the contract", contract_date=date(2025, 1, 11))

    def test_avenants_changed_together_are_looked_at_together(self):
        lines = [
            {"name": name, "amount": amount, "signed_on": SIGNED}
            for name, amount in (("Less", -900), ("More", 500))
        ]
        self.chantier.avenant_ids = [Command.create(line) for line in lines]
        less, more = self.chantier.avenant_ids
        self.chantier.avenant_ids = [
            Command.update(less.id, {"amount": -2000}),
            Command.update(more.id, {"amount": 1500}),
        ]
        self.assertEqual(self.chantier.amount_total, 500)
        with (
            self.assertRaisesRegex(ValidationError, "take off more"),
            self.env.cr.savepoint(),
        ):
            more.unlink()
        self.assertTrue(more.exists())

    def test_two_with_the_same_number(self):
        avenants, orders = self.env["btp.chantier.avenant"], self.env["btp.chantier.os"]
        avenants.create({"chantier_id": self.chantier.id, "name": "A", "number": 4})
        orders.create(
            {"chantier_id": self.chantier.id, "number": "2 bis", "issued_on": SIGNED}
        )
        for model, values in (
            (avenants, {"name": "B", "number": 4}),
            (orders, {"number": " 2BIS", "issued_on": SIGNED}),
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.UniqueViolation) as caught,
            ):
                model.create({"chantier_id": self.chantier.id, **values})
            sentence = model._sql_error_to_message(caught.exception)
            self.assertIn("This chantier already has an", sentence)
        other = self.make_chantier("Other")
        avenants.create({"chantier_id": other.id, "name": "A", "number": 4})

    def test_every_fault_in_one_message(self):
        with self.assertRaises(ValidationError) as caught:
            self.chantier.write({"retention_rate": 7, "prorata_rate": 11})
        self.assertEqual(len(str(caught.exception).splitlines()), 3)
        self.assertIn("CH-2025-014", str(caught.exception))

    # === WHAT DESERVES A SECOND LOOK === #

    def test_notices_prevent_nothing(self):
        self.assertFalse(self.chantier.notice)
        self.customer.btp_regime = "public_30"
        self.chantier.write({"retention_regime": "retention", "retention_rate": 5})
        self.assertIn("R2191-33", self.chantier.notice)
        self.chantier.retention_rate = 3
        self.assertFalse(self.chantier.notice)
        self.chantier.role = "subcontractor_direct"
        self.assertIn("maître d'ouvrage", self.chantier.notice)
        self.chantier.owner_id = self.customer
        self.assertFalse(self.chantier.notice)
        self.chantier.contract_amount = 599
        self.assertIn("600 €", self.chantier.notice)
