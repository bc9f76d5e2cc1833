# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a paper would change, before anything is changed: shown, asked for, then done."""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import float_compare
from odoo.tools.misc import format_date, formatLang


class Change(NamedTuple):
    """One change.

    :param str kind: of ``btp.paper.effect``
    :param str label: in one line
    :param do: function that does it and returns ``(records, before, label)``; ``before`` is
        empty where the records are new, None where nothing can be undone
    :param tuple fields: names of the fields that tell later whether somebody changed it since
    """

    kind: str
    label: str
    do: Callable
    fields: tuple = ()


def plain(record, name):
    """Return a field's value as JSON keeps it."""
    field, value = record._fields[name], record[name]
    if field.type in ("many2one", "many2one_reference"):
        return value.id if isinstance(value, models.BaseModel) else value or False
    if field.relational:
        return sorted(value.ids)
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    if isinstance(value, date):
        return fields.Date.to_string(value)
    return value or (0 if field.type in ("integer", "float", "monetary") else False)


def same(record, name, value) -> bool:
    """Return whether a field still has a value as `plain` wrote it."""
    current = plain(record, name)
    if record._fields[name].type in ("float", "monetary"):
        return not float_compare(current or 0, value or 0, precision_digits=2)
    return (current or False) == (value or False)


def snapshot(records, names) -> dict:
    """Return what records say: ``{id: {field: value}}``."""
    return {
        str(record.id): {name: plain(record, name) for name in names}
        for record in records
    }


class Plan:
    """The changes of one paper, and what speaks against doing them unasked.

    :param paper: the ``btp.paper``, in the language of who reads the labels
    """

    def __init__(self, paper):
        self.paper = paper
        self.env = paper.env
        self.values = paper._get_said()
        #: What stands there already and says something else: a person chooses.
        self.conflicts = []
        #: What must be put right first.
        self.blockers = []
        self.changes = []

    # === WHAT THE PAPER SAYS === #

    def get(self, name):
        """Return a value, None where the paper does not say it."""
        value = self.values.get(name)
        return None if value in ("", []) else value

    def day(self, *names):
        """Return the first of some dates that the paper says."""
        for name in names:
            try:
                value = self.get(name) and fields.Date.to_date(self.get(name))
            except (TypeError, ValueError):
                value = None
            if value:
                return value
        return None

    def amount(self, name) -> float | None:
        """Return an amount, rounded as the currency is."""
        value = self.get(name)
        try:
            return None if value is None else self.currency.round(float(value))
        except (TypeError, ValueError):
            return None

    @property
    def currency(self):
        """The currency of the company."""
        return self.paper.company_id.currency_id

    @property
    def today(self):
        """The day of today."""
        return self.env["btp.echeance"]._get_today()

    @property
    def arrival(self):
        """The day on which the paper came in."""
        moment = self.paper.create_date or fields.Datetime.now()
        return min(fields.Date.context_today(self.paper, moment), self.today)

    # === WORDS === #

    def date(self, day) -> str:
        """Return a date as people read it."""
        return format_date(self.env, day)

    def money(self, amount) -> str:
        """Return an amount as people read it."""
        return formatLang(self.env, amount, currency_obj=self.currency)

    # === WHAT IS TO BE DONE === #

    def block(self, sentence):
        """Note what must be put right before anything is done."""
        self.blockers.append(sentence)

    def ask(self, sentence):
        """Note what a person must choose: nothing that they typed is changed unasked."""
        self.conflicts.append(sentence)

    def call(self, kind, label, do, names=()):
        """Plan a change that a function does."""
        self.changes.append(Change(kind, label, do, tuple(names)))

    def set(self, kind, label, records, values, typed=()):
        """Plan to write values; those that stand there already are left out.

        :param typed: ``{field: sentence}``: what to ask where a person typed another value
        """
        values = {
            name: value
            for name, value in values.items()
            if any(not same(record, name, _json(value)) for record in records)
        }
        if not values or not records:
            return
        for name, sentence in dict(typed).items():
            if name in values and any(record[name] for record in records):
                self.ask(sentence)
        before = snapshot(records, values)

        def do():
            records.sudo().write(values)
            return records, before, label

        self.call(kind, label, do, values)


def _json(value):
    if isinstance(value, models.BaseModel):
        return value.id
    if isinstance(value, date):
        return fields.Date.to_string(value)
    return value
