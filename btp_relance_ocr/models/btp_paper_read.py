# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import json
import re
import tempfile
from pathlib import Path

from odoo import fields, models
from odoo.tools import SQL

from .. import certificates
from ..const import DETAILS, KINDS
from ..decide import is_same_paper
from ..reader import Reader, fingerprint

#: What the reading keeps of each page beside its words.
PAGE = ("number", "source", "quality", "rotation", "matrix")
#: How long a value may be that a file puts into the database, and how many items a list has.
MOST_TEXT, MOST_ITEMS = 500, 200


class BtpPaper(models.Model):
    """What the reader says of a paper, kept as it said it."""

    _inherit = "btp.paper"

    def _read(self):
        """Read these papers now, in this transaction; the queue gives each its own."""
        with Reader() as reader:
            for paper in self.filtered(lambda item: item.state == "waiting"):
                paper._read_file(reader)
                paper._settle()

    def _read_file(self, reader):
        """Read the original in a confined process and keep what it says.

        :param reader: a ``reader.Reader``
        """
        self.ensure_one()
        with tempfile.TemporaryDirectory(prefix="btp-paper-") as folder:
            original, pictures = Path(folder, "original"), Path(folder, "pictures")
            content = self.sudo().attachment_id.raw
            if not content and self.sudo().attachment_id.file_size:
                self._keep_failure("lost")
                return
            original.write_bytes(content or b"")
            told = reader.read(original, pictures)
            self._keep_reading(told, pictures)

    def _keep_failure(self, code: str):
        """Note that there is no reading, and why."""
        self.write({"error": code, "read_on": fields.Datetime.now()})

    def _keep_reading(self, told: dict, pictures: Path):
        """Keep what the reader said.

        :param told: see ``reader``
        :param pictures: the folder in which it left the pages
        """
        detail = told.get("detail")
        kind = DETAILS.get(detail, told.get("type"))
        kind = kind if kind in dict(KINDS) else None
        error = told.get("error")
        if detail and "tesseract" in detail:
            error = "no_tesseract"
        self.sudo().picture_ids.unlink()
        self.value_ids.filtered(lambda value: not value.corrected).unlink()
        self.write(
            {
                "read_on": fields.Datetime.now(),
                "seconds": told.get("seconds"),
                "error": error,
                "warnings": told.get("warnings") or [],
                "kind": kind,
                "read_kind": kind,
                "detail": (detail or "")[:80] or False,
                "kind_confidence": told.get("kind_confidence"),
                "fingerprint": told.get("fingerprint"),
                "reading": self._prepare_reading(told),
                "words": self._prepare_words(told),
                "picture_ids": [
                    fields.Command.set(self._keep_pictures(told, pictures).ids)
                ],
            }
        )
        self._keep_values(told)
        self._note_event("paper_failed" if error else "paper_read")

    def _prepare_reading(self, told: dict) -> dict:
        """Return a reading without its words."""
        pages = [
            {name: page.get(name) for name in PAGE}
            | {
                name: (page.get("picture") or {}).get(name)
                for name in ("width", "height")
            }
            for page in told.get("pages") or []
        ]
        return {
            name: told.get(name)
            for name in ("fields", "confidence", "places", "page_count", "rss_mb")
        } | {"pages": pages}

    def _prepare_words(self, told: dict):
        """Return the words of all pages as a file: {page number: [[text, box…]]}."""
        words = {
            page["number"]: page["words"]
            for page in told.get("pages") or []
            if page.get("words")
        }
        return bool(words) and base64.b64encode(
            json.dumps(words, ensure_ascii=False).encode()
        )

    def _keep_pictures(self, told: dict, folder: Path):
        """Keep a JPEG of each page: (``ir.attachment`` records in order of the pages)."""
        kept = []
        for page in told.get("pages") or []:
            picture = page.get("picture") or {}
            path = folder / Path(picture.get("file") or "-").name
            if path.is_file():
                kept.append(
                    {
                        "name": f"page-{page['number']}.jpg",
                        "raw": path.read_bytes(),
                        "mimetype": "image/jpeg",
                        "res_model": self._name,
                        "res_id": self.id,
                        "company_id": self.company_id.id,
                    }
                )
        files = self.env["ir.attachment"].sudo()
        return files.with_context(image_no_postprocess=True).create(kept)

    def _keep_values(self, told: dict):
        """Keep each field, with its place; what a person corrected stays as they said."""
        corrected = set(self.value_ids.mapped("name"))
        pages = {page["number"]: page.get("words") for page in told.get("pages") or []}
        likely = certificates.read(self.kind, pages)
        said = {
            **self._tell_certificate(told),
            **{name: found.value for name, found in likely.items()},
            **(told.get("fields") or {}),
        }
        places = {
            **{
                name: {"page": one.page, "box": one.box} for name, one in likely.items()
            },
            **(told.get("places") or {}),
        }
        sure = {
            "certificat": told.get("kind_confidence") or 0.0,
            **dict.fromkeys(likely, certificates.LIKELY),
            **(told.get("confidence") or {}),
        }
        self.env["btp.paper.value"].sudo().create(
            [
                {
                    "paper_id": self.id,
                    "sequence": rank,
                    "name": name,
                    "value": _shorten(value),
                    "read_value": _shorten(value),
                    "confidence": sure.get(name, 0.0),
                    "page": (places.get(name) or {}).get("page", 0),
                    "box": (places.get(name) or {}).get("box"),
                }
                for rank, (name, value) in enumerate(said.items())
                if name not in corrected
            ]
        )

    @staticmethod
    def _tell_certificate(told: dict) -> dict:
        """Return which certificate a paper is, as a field that a person may correct."""
        found = re.fullmatch(
            r"attestation_(urssaf|decennale)", told.get("detail") or ""
        )
        return {"certificat": found[1]} if found else {}

    # === THE SAME SHEET === #

    def _find_same_sheet(self):
        """Return an earlier paper that is a scan of this very sheet."""
        self.ensure_one()
        mine = self._get_said()
        return next(
            (
                other
                for other in self._find_alike()
                if is_same_paper(mine, other._get_said())
                and (self.reading or {}).get("page_count")
                == (other.reading or {}).get("page_count")
            ),
            self.browse(),
        )

    def _find_alike(self):
        """Return earlier papers of the company and kind that look like this one."""
        if not self.fingerprint:
            return self.browse()
        self.flush_model(["fingerprint", "kind", "state", "duplicate_of_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM btp_paper
                 WHERE company_id = %s AND kind = %s AND id < %s
                   AND fingerprint IS NOT NULL AND duplicate_of_id IS NULL
                   AND state IN ('to_check', 'done')
                   AND bit_count(('x' || fingerprint)::bit(64) # ('x' || %s)::bit(64)) <= %s
                 ORDER BY id LIMIT 20
                """,
                self.company_id.id,
                self.kind,
                self.id,
                self.fingerprint,
                fingerprint.NEAR,
            )
        )
        return self.browse(id_ for (id_,) in rows)


def _shorten(value):
    """Return a value no longer than a person would read: files may say anything."""
    if isinstance(value, str):
        return value[:MOST_TEXT]
    if isinstance(value, list):
        return [_shorten(item) for item in value[:MOST_ITEMS]]
    return value
