# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Multiply the rows of a small ledger by set-based SQL, as if each copy had been posted.

Copy number ``k`` of a row takes the identifier ``id + k × stride`` of its table; a foreign
key to a copied row moves by the stride of *that* table. So one INSERT … SELECT a table is
enough, and columns that other addons add follow by themselves.
"""

from odoo.tools import SQL

#: Tables with an ``id``; their rows made by the seed are copied.
TABLES = (
    "res_partner",
    "account_move",
    "account_payment",
    "account_full_reconcile",
    "account_partial_reconcile",
    "account_move_line",
)
#: Many2many tables that hang on them.
RELATIONS = (
    "account_move__account_payment",
    "account_move_line_account_tax_rel",
    "account_account_tag_account_move_line_rel",
)

#: The number that copy k of a move takes: its journal's sequence goes on without a gap.
NEW_NAME = """
    m.sequence_prefix || lpad(
        (m.sequence_number + k * s.width)::text,
        greatest(length(m.name) - length(m.sequence_prefix),
                 length((m.sequence_number + k * s.width)::text)), '0')
"""
#: What depends on the copy other than by a foreign key.
OVERRIDES = {
    "res_partner": {
        "name": "t.name || ' / ' || k",
        "complete_name": "t.complete_name || ' / ' || k",
        "email": "k || '.' || t.email",
        "email_normalized": "k || '.' || t.email_normalized",
    },
    "account_move": {
        "name": "{new_name}",
        "sequence_number": "m.sequence_number + k * s.width",
        "payment_reference": "replace(t.payment_reference, m.name, {new_name})",
        "access_token": "CASE WHEN t.access_token IS NOT NULL THEN gen_random_uuid()::text END",
    },
    "account_payment": {"name": "{new_name}"},
    "account_move_line": {
        "move_name": "{new_name}",
        "name": "replace(t.name, m.name, {new_name})",
        "ref": "replace(t.ref, m.name, {new_name})",
        # Odoo shows a full match by its id, a partial one by "P" and the partial's id.
        "matching_number": """CASE
            WHEN t.matching_number ~ '^P[0-9]+$' THEN 'P' ||
                (substr(t.matching_number, 2)::bigint + k * {stride[account_partial_reconcile]})
            WHEN t.matching_number ~ '^[0-9]+$' THEN
                (t.matching_number::bigint + k * {stride[account_full_reconcile]})::text
            ELSE t.matching_number END""",
    },
}
#: How a row finds the move that it belongs to.
MOVE_OF = {
    "account_move": "t.id",
    "account_payment": "t.move_id",
    "account_move_line": "t.move_id",
}


class Multiplier:
    """Remembers where the rows stood before the seed, then copies what the seed added."""

    def __init__(self, cr):
        self.cr = cr
        self.low = {table: self._last_id(table) for table in TABLES}
        self.stride = {}

    def _last_id(self, table):
        self.cr.execute(
            SQL("SELECT coalesce(max(id), 0) FROM %s", SQL.identifier(table))
        )
        return self.cr.fetchone()[0]

    def multiply(self, copies):
        """Add ``copies`` copies of the rows made since this object was."""
        self.stride = {
            table: self._last_id(table) - self.low[table] for table in TABLES
        }
        # Every row's foreign keys are right by construction: checking each costs far more than writing it.
        self.cr.execute("SET LOCAL session_replication_role = replica")
        self._measure_sequences()
        for table in TABLES + RELATIONS:
            self._copy(table, copies)
        for table in TABLES:
            self.cr.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                (table, self._last_id(table)),
            )
        self.cr.execute("SET LOCAL session_replication_role = DEFAULT")

    def _measure_sequences(self):
        """How many numbers of each sequence the seed took."""
        self.cr.execute(
            """
            CREATE TEMP TABLE bench_sequence ON COMMIT DROP AS
            SELECT journal_id, sequence_prefix,
                   max(sequence_number) - min(sequence_number) + 1 AS width
              FROM account_move WHERE id > %s GROUP BY 1, 2
            """,
            (self.low["account_move"],),
        )

    def _copy(self, table, copies):
        columns, references = self._columns(table), self._references(table)
        values = SQL(", ").join(
            self._value(table, column, references) for column in columns
        )
        condition = " OR ".join(
            f"(t.{column} > {self.low[target]})"
            for column, target in references.items()
        )
        move = MOVE_OF.get(table)
        self.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(columns)s) SELECT %(values)s FROM %(table)s t %(joins)s"
                " CROSS JOIN generate_series(1, %(copies)s) k WHERE %(condition)s",
                table=SQL.identifier(table),
                columns=SQL(", ").join(map(SQL.identifier, columns)),
                values=values,
                joins=SQL(
                    f"LEFT JOIN account_move m ON m.id = {move}"
                    " LEFT JOIN bench_sequence s ON s.journal_id = m.journal_id"
                    " AND s.sequence_prefix = m.sequence_prefix"
                )
                if move
                else SQL(""),
                copies=copies,
                condition=SQL(
                    f"t.id > {self.low[table]}" if table in TABLES else condition
                ),
            )
        )

    def _columns(self, table):
        self.cr.execute(
            "SELECT attname FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            "   AND attgenerated = '' ORDER BY attnum",
            (table,),
        )
        return [name for (name,) in self.cr.fetchall()]

    def _references(self, table):
        """The table's columns that point to copied rows, its own ``id`` among them."""
        self.cr.execute(
            """
            SELECT a.attname, c.confrelid::regclass::text
              FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f' AND c.conrelid = %s::regclass
               AND c.confrelid::regclass::text = ANY(%s)
            """,
            (table, list(TABLES)),
        )
        references = dict(self.cr.fetchall())
        return {**references, "id": table} if table in TABLES else references

    def _value(self, table, column, references):
        """The SQL of a column's value in copy ``k`` of row ``t``."""
        if template := OVERRIDES.get(table, {}).get(column):
            return SQL(template.format(new_name=NEW_NAME, stride=self.stride))
        name = SQL.identifier("t", column)
        if target := references.get(column):
            return SQL(
                "CASE WHEN %(name)s > %(low)s THEN %(name)s + k * %(stride)s ELSE %(name)s END",
                name=name,
                low=self.low[target],
                stride=self.stride[target],
            )
        return name
