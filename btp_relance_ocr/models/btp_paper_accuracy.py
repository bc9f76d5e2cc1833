# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from ..const import KINDS

#: The kind of a paper is read too: it counts as a field.
KIND = "kind"


class BtpPaperAccuracy(models.Model):
    """What people found right or wrong of what was read: one row a field of a paper.

    Only what a person looked at says anything of how right the reader is: papers that nobody
    checked count among those that needed no hand, and for nothing else.
    """

    _name = "btp.paper.accuracy"
    _description = "Accuracy of the Reader"
    _auto = False
    _order = "day desc, paper_id desc, id"
    _rec_name = "paper_id"

    paper_id = fields.Many2one("btp.paper", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    field = fields.Selection(
        lambda self: self._select_field(), "Field Read", readonly=True
    )
    source = fields.Selection(
        [
            ("mail", "E-mail"),
            ("upload", "Upload"),
            ("portal", "Portal"),
            ("folder", "Folder"),
        ],
        "Came By",
        readonly=True,
    )
    day = fields.Date("Read On", readonly=True)
    checked = fields.Integer(
        "Checked by a Person", readonly=True, help="Fields that a person looked at: n."
    )
    right = fields.Float(
        readonly=True,
        aggregator="avg",
        help="Of those that a person looked at: the share that was read right. "
        "A field that the reader missed counts as wrong.",
    )
    wrong = fields.Integer(
        "Corrected by a Person",
        readonly=True,
        help="Changed, or filled in, by a person.",
    )
    missed = fields.Integer(readonly=True, help="Filled in where nothing was read.")
    learned = fields.Integer(
        "From Corrections", readonly=True, help="Found by what earlier ones taught."
    )
    sure_wrong = fields.Integer(
        "Sure, and Wrong",
        readonly=True,
        help="Given with a confidence of 90 % or more, and yet corrected.",
    )
    papers = fields.Integer(readonly=True)
    no_hand = fields.Float(
        "Without a Hand",
        readonly=True,
        aggregator="avg",
        help="Of the papers that are done: the share of those that needed nobody.",
    )
    seconds = fields.Float(
        "Seconds of Checking",
        readonly=True,
        aggregator="avg",
        help="How long the review screen was open on a paper.",
    )

    @property
    def _table_query(self) -> SQL:
        for model in ("btp.paper", "btp.paper.value"):
            self.env[model].flush_model()
        return SQL(
            """
            SELECT 2 * p.id::bigint AS id, p.id AS paper_id, p.company_id, p.kind,
                   %(kind)s AS field, p.source, p.day,
                   p.person::int AS checked,
                   CASE WHEN p.person THEN 100.0 * (p.kind = p.read_kind)::int END AS right,
                   (p.person AND p.kind IS DISTINCT FROM p.read_kind)::int AS wrong,
                   (p.person AND p.read_kind IS NULL)::int AS missed,
                   0 AS learned,
                   (p.person AND p.kind <> p.read_kind AND p.kind_confidence >= 0.9)::int
                       AS sure_wrong,
                   1 AS papers,
                   100.0 * (NOT p.person)::int AS no_hand,
                   CASE WHEN p.person THEN p.review_seconds END::float AS seconds
              FROM %(papers)s p
             UNION ALL
            SELECT 2 * v.id::bigint + 1, p.id, p.company_id, p.kind, v.name, p.source, p.day,
                   1, 100.0 * (v.corrected IS NOT TRUE)::int,
                   COALESCE(v.corrected, FALSE)::int,
                   (COALESCE(v.corrected, FALSE) AND COALESCE(v.confidence, 0) = 0)::int,
                   COALESCE(v.learned, FALSE)::int,
                   (COALESCE(v.corrected, FALSE) AND v.confidence >= 0.9)::int,
                   0, NULL, NULL
              FROM %(papers)s p
              JOIN btp_paper_value v ON v.paper_id = p.id
             WHERE p.person
            """,
            kind=KIND,
            papers=SQL(
                """(
                SELECT *, reviewer_id IS NOT NULL AS person,
                       COALESCE(read_on, create_date)::date AS day
                  FROM btp_paper WHERE state = 'done'
                )"""
            ),
        )

    def _select_field(self):
        return [
            (KIND, self.env._("Kind of paper")),
            *self.env["btp.paper"]._get_field_words().items(),
        ]

    def action_open_paper(self):
        """Open the paper behind the figure."""
        self.ensure_one()
        return self.paper_id.get_formview_action()
