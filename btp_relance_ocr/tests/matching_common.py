# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers as the reader leaves them, and the chantiers that they are about."""

import base64
import json
from hashlib import sha256

from odoo.addons.btp_relance.tests.common import RelanceCommon

SIRET = "73282932000074"
SUPPLIER_SIRET = "40483304800022"


class MatchingCommon(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("btp_relance.group_manager")
        cls.company.company_registry = SIRET
        cls.moe = cls.make_customer("Atelier Moreau")
        cls.chantier = cls.make_chantier(
            "Réhabilitation du groupe scolaire Jean Moulin",
            code="CH-2025-014",
            contract_reference="MP-2025-138",
            city="Vienne",
        )
        cls.other = cls.make_chantier(
            "Gymnase Colette", code="CH-2025-015", contract_reference="MP-2025-200"
        )

    @classmethod
    def make_chantier(cls, name, **values):
        return cls.env["btp.chantier"].create(
            {
                "name": name,
                "partner_id": cls.customer.id,
                "moe_id": cls.moe.id,
                "contract_amount": 60000,
                **values,
            }
        )

    @classmethod
    def make_paper(cls, kind, values, text="", company=None, **others):
        """Return a paper as the reader leaves it.

        :param dict values: what it says, all of it sure
        :param str text: its words
        """
        company = company or cls.company
        name = others.pop("name", "paper.pdf")
        rank = cls.env["ir.attachment"].search_count([])
        content = b"%%PDF-1.4 %d" % rank
        file = cls.env["ir.attachment"].create(
            {"name": name, "raw": content, "company_id": company.id}
        )
        words = {1: [[word, 0, 0, 1, 1, 1.0] for word in text.split()]}
        return cls.env["btp.paper"].create(
            {
                "name": name,
                "company_id": company.id,
                "attachment_id": file.id,
                "checksum": sha256(content).hexdigest(),
                "kind": kind,
                "kind_confidence": 0.99,
                "words": base64.b64encode(json.dumps(words).encode()),
                "value_ids": [
                    (0, 0, {"name": field, "value": value, "confidence": 0.99})
                    for field, value in values.items()
                ],
                **others,
            }
        )
