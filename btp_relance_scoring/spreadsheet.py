# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""CSV that the reader's own spreadsheet opens in columns. No Odoo in here.

A spreadsheet takes the separators of its user's language: where decimals have a comma, as in
French, cells are separated by semicolons. ``./btp backtest`` reads either.
"""

import csv
import io

#: Rows in one piece of the stream.
PIECE = 500


def to_csv(names, rows, point="."):
    """Yield the bytes of a CSV file; spreadsheets read the mark at its head as UTF-8.

    :param names: of the columns; :param rows: an iterable of cells
    :param point: decimal point of the reader's language
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if point == "," else ",")
    buffer.write("\ufeff")
    writer.writerow(names)
    for count, row in enumerate(rows, 1):
        writer.writerow([_cell(value, point) for value in row])
        if count % PIECE == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _cell(value, point):
    """Return a cell: texts as they are, numbers with the reader's decimal point."""
    return value if isinstance(value, str) else str(value).replace(".", point)
