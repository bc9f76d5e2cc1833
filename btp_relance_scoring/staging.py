# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many rows into the database at once: by COPY, not by a statement that names each value."""

import csv
import io

from odoo.tools import SQL

#: Rows of one piece of text.
PIECE = 20_000
TABLE = SQL.identifier("btp_scoring_staged")


def stage(cr, types: dict[str, str], columns: dict[str, list]) -> SQL:
    """Fill a temporary table with rows, in place of those staged before.

    It is gone at the end of the transaction.

    :param types: the type of each column, by name, in order
    :param columns: lists of equal length by the same names; None or an empty text is NULL
    :return: the name of the table
    """
    names = SQL(", ").join(map(SQL.identifier, types))
    cr.execute(SQL("DROP TABLE IF EXISTS %s", TABLE))
    cr.execute(
        SQL(
            "CREATE TEMPORARY TABLE %s (%s) ON COMMIT DROP",
            TABLE,
            SQL(", ").join(
                SQL("%s %s", SQL.identifier(name), SQL(type_))
                for name, type_ in types.items()
            ),
        )
    )
    query = SQL("COPY %s (%s) FROM STDIN WITH (FORMAT csv)", TABLE, names).code
    for start in range(0, len(columns[next(iter(types))]), PIECE):
        text = io.StringIO()
        parts = [columns[name][start : start + PIECE] for name in types]
        csv.writer(text).writerows(zip(*parts, strict=True))
        text.seek(0)
        cr.copy_expert(query, text)
    return TABLE


def upsert(cr, table, types, columns, key, given, insert, update):
    """Insert rows, or update those that are there, in one statement.

    :param table: its name
    :param types: the type of each column that rows bring; :param columns: their values
    :param key: the columns that tell whether a row is there
    :param given: values that all rows have: ``{column: SQL or value}``
    :param insert: what only a new row gets: ``{column: SQL}``
    :param update: what only a row that is there gets: ``{column: SQL}``
    """
    fresh = {**given, **insert}
    changed = {
        **{
            name: SQL("EXCLUDED.%s", SQL.identifier(name))
            for name in (*types, *given)
            if name not in key
        },
        **update,
    }
    cr.execute(
        SQL(
            "INSERT INTO %(table)s (%(names)s) SELECT %(values)s FROM %(staged)s"
            " ON CONFLICT (%(key)s) DO UPDATE SET %(changed)s",
            table=SQL.identifier(table),
            names=SQL(", ").join(map(SQL.identifier, (*types, *fresh))),
            values=SQL(", ").join(
                [
                    *map(SQL.identifier, types),
                    *(SQL("%s", one) for one in fresh.values()),
                ]
            ),
            staged=stage(cr, types, columns),
            key=SQL(", ").join(map(SQL.identifier, key)),
            changed=SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), value)
                for name, value in changed.items()
            ),
        )
    )
