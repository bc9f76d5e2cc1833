# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ten thousand chantiers that look alike: the right one is found, by a few queries."""

from odoo.tests import tagged
from odoo.tools import SQL

from .matching_common import MatchingCommon

MANY = 10_000


@tagged("post_install", "-at_install")
class TestPaperMatchMany(MatchingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()
        columns = cls.env.execute_query(
            SQL(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = 'btp_chantier' AND column_name"
                " NOT IN ('id', 'code', 'name', 'contract_reference')"
            )
        )
        names = SQL(", ").join(SQL.identifier(name) for (name,) in columns)
        cls.env.cr.execute(
            SQL(
                """
                INSERT INTO btp_chantier (code, name, contract_reference, %(names)s)
                SELECT 'CH-' || lpad(n::text, 6, '0'),
                       (ARRAY['Réhabilitation du groupe scolaire', 'Extension du gymnase',
                              'Rénovation de la résidence'])[1 + n %% 3]
                       || ' ' || (ARRAY['Colette', 'Molière', 'Les Pins'])[1 + n / 3 %% 3],
                       'MP-2024-' || lpad(n::text, 5, '0'), %(names)s
                  FROM btp_chantier, generate_series(1, %(many)s) n WHERE id = %(id)s
                """,
                names=names,
                many=MANY,
                id=cls.other.id,
            )
        )
        cls.env.cr.execute("ANALYZE btp_chantier")

    def test_the_right_one_of_ten_thousand(self):
        paper = self.make_paper(
            "situation",
            {
                "ref_marche": "MP-2O24-O4321",
                "chantier": "Extension du gymnase Colette",
                "donneur_ordre": self.customer.name,
                "montant_ht": "1000.00",
            },
            text=" ".join(f"mot 2025-{number:04}" for number in range(300)),
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        paper._match()
        self.assertLess(self.env.cr.sql_log_count - before, 40)
        self.assertEqual(paper.chantier_id.code, "CH-004321")

    def test_a_name_that_thousands_have_is_asked_for(self):
        paper = self.make_paper(
            "pv_reception",
            {
                "chantier": "Extension du gymnase Molière",
                "donneur_ordre": self.customer.name,
            },
        )
        paper._match()
        self.assertFalse(paper.chantier_id)
        self.assertLess(paper.match_confidence, 0.1)
