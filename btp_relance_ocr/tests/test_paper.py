# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestPaper(TransactionCase):
    def make(self, checksum):
        file = self.env["ir.attachment"].create({"name": "pv.pdf", "raw": b"%PDF-1.4"})
        return self.env["btp.paper"].create(
            {"name": file.name, "attachment_id": file.id, "checksum": checksum}
        )

    def test_the_same_file_is_kept_once(self):
        self.make("a" * 64)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make("a" * 64)
