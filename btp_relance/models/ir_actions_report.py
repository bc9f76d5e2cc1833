# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
import logging
import mimetypes
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import SessionExpiredException
from odoo.tools import file_path
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from ..engine import paged

_logger = logging.getLogger(__name__)

STATIC = re.compile(r"^/\w+/static/[^?#]+\.(png|jpe?g|gif|webp|svg)$", re.IGNORECASE)
LOGO = re.compile(r"^/(web/binary/company_logo|logo(\.png)?)$")
IMAGE_FIELD = re.compile(
    r"^/web/image/(?P<model>[a-z0-9_.]+)/(?P<id>\d{1,9})(-[^/]*)?/(?P<field>\w+)(/.*)?$"
)
IMAGE_ID = re.compile(r"^/web/image/(?P<id>\d{1,9})(-[^/]*)?(/.*)?$")


def whole_sheets(content: bytes) -> bytes:
    """Return a PDF with an even number of pages: printed on both sides, what follows it
    begins on a sheet of its own."""
    reader = PdfFileReader(io.BytesIO(content))
    if reader.getNumPages() % 2 == 0:
        return content
    writer = PdfFileWriter()
    writer.appendPagesFromReader(reader)
    writer.addBlankPage()
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


class IrActionsReport(models.Model):
    """Reports that are sheets of paper: laid out page by page, behind Odoo's own actions.

    What prints such a report from code calls :meth:`_render_paged`, which gives one PDF/A
    for each record. A model adds what it knows of its paper with a method
    ``_get_paper_facts(report)``: see :meth:`_get_paged_facts`.
    """

    _inherit = "ir.actions.report"

    btp_paged = fields.Boolean(
        "Paged Document",
        help="Lay this report out as a paper: running head and foot, page numbers, embedded "
        "fonts, archive format (PDF/A). Its template calls btp_relance.paged_layout.",
    )
    btp_paged_cover = fields.Char(
        "Cover Sheet",
        help="Template of the sheet that comes first when several records print at once.",
    )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"btp_paged"}

    # === ODOO'S WAY IN === #

    def report_action(self, docids, data=None, config=True):
        """Print at once: a paged document does not use the layout that Odoo asks for."""
        paged_report = self.btp_paged
        action = super().report_action(docids, data, config and not paged_report)
        if paged_report:
            action["btp_paged"] = True
        return action

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        # Odoo gives HTML under its tests, for want of wkhtmltopdf; this one is always there.
        if self._get_report(report_ref).btp_paged:
            res_ids = [res_ids] if isinstance(res_ids, int) else res_ids
            streams = self._render_qweb_pdf_prepare_streams(
                report_ref, data or {}, res_ids=res_ids
            )
            return streams, "pdf"
        return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if not report.btp_paged:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        records = self.env[report.model].browse(dict.fromkeys(res_ids or []))
        streams = {}
        if report.btp_paged_cover and len(records) > 1:
            cover = self._render_paged_cover(report, records)
            if self.env.company.btp_paper_duplex:
                cover = whole_sheets(cover)
            streams[False] = {"stream": io.BytesIO(cover), "attachment": None}
        for record in records:
            attachment = self._get_paged_attachment(report, record)
            if attachment and report.attachment_use:
                content = attachment.raw
            else:
                content = self._render_paged(report, record, data)[record.id]
            if (
                streams.get(False)
                and self._get_paged_facts(report, record)["company"].btp_paper_duplex
            ):
                content = whole_sheets(content)
            streams[record.id] = {
                "stream": io.BytesIO(content),
                "attachment": attachment,
            }
        return streams

    def _get_paged_attachment(self, report, record):
        """Return the print that Odoo saved for this record, where the report saves them."""
        if report.attachment and not self.env.context.get("report_pdf_no_attachment"):
            return report.retrieve_attachment(record)
        return None

    # === RENDERING === #

    @api.model
    def _render_paged(self, report_ref, records, data=None) -> dict[int, bytes]:
        """Return a PDF/A for each record, in its company's name and its reader's language.

        What was archived prints as it was archived.

        :param report_ref: the report, its name or its xml id
        :param records: what to print; access is the caller's
        :param dict data: further values for the template
        :return: ``{id: PDF}``
        :raise UserError: one sentence on why it cannot be printed
        """
        report = self._get_report(report_ref)
        papers = {}
        for record in records:
            facts = self._get_paged_facts(report, record)
            if facts["archive"]:
                papers[record.id] = facts["archive"].sudo().raw
                continue
            in_place = self.with_company(facts["company"]).with_context(
                lang=facts["lang"], webp_as_jpg=True
            )
            papers[record.id] = in_place._make_paged(
                report,
                lambda self=in_place, id_=record.id: self._render_qweb_html(
                    report, [id_], data={**(data or {}), "debug": False}
                )[0].decode(),
            )
        return papers

    @api.model
    def _get_paged_facts(self, report, record) -> dict:
        """Return what printing one record depends on. Extended by the record's own
        ``_get_paper_facts(report)`` where its model has one.

        :return: ``company`` in whose name it is, ``lang`` of its reader, ``archive``: the
            attachment that prints instead of a new rendering, or an empty one
        """
        partner = record.partner_id if "partner_id" in record else record.browse()
        if record._name == "res.partner":
            partner = record
        company = record.company_id if "company_id" in record else None
        facts = {
            "company": company or self.env.company,
            "lang": (partner and partner.lang) or self.env.lang,
            "archive": self.env["ir.attachment"],
        }
        own = getattr(type(record), "_get_paper_facts", None)
        return facts | (own(record, report) if own else {})

    @api.model
    def _render_paged_cover(self, report, records) -> bytes:
        """Return the sheet that comes before several papers printed at once."""
        values = self._get_rendering_context(report, records.ids, {})
        return self._make_paged(
            report,
            lambda: self._render_template(report.btp_paged_cover, values).decode(),
        )

    @api.model
    def _get_paged_styles(self) -> list[str]:
        """Return the style sheets of papers as ``module/path``. Hook: an addon adds its own."""
        return ["btp_relance/static/paged/paged.css"]

    @api.model
    def _make_paged(self, report, render) -> bytes:
        """Return the PDF of what ``render()`` gives as HTML.

        :raise UserError: one sentence, whatever went wrong
        """
        try:
            return paged.write(
                render(), self._fetch_paged, map(file_path, self._get_paged_styles())
            )
        except (UserError, psycopg2.Error, SessionExpiredException):
            raise
        except paged.Unavailable as error:
            _logger.error("Paged documents cannot be printed: %s", error)
            # Nothing to look for behind it: what is missing is in the sentence.
            raise UserError(
                self.env._(
                    "This server cannot print letters: ask your administrator to install "
                    "WeasyPrint and the system library Pango (%s).",
                    error,
                )
            ) from None
        except Exception as error:
            _logger.exception("Report %s failed", report.report_name)
            raise UserError(
                self.env._(
                    "“%(report)s” could not be printed (%(cause)s): correct the text of "
                    "its template, or call your administrator.",
                    report=report.name,
                    cause=type(error.__cause__ or error).__name__,
                )
            ) from error

    # === WHAT A PAGE MAY READ === #

    @api.model
    def _fetch_paged(self, url: str) -> tuple[bytes, str]:
        """Return a picture that a page names: an addon's own, or a record's that the user
        may read. Neither the network nor any other file is ever read.

        :return: content and MIME type
        """
        parts = urlsplit(url)
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        hosts = {urlsplit(paged.BASE_URL).netloc, urlsplit(base).netloc}
        if parts.scheme not in ("http", "https") or parts.netloc not in hosts:
            raise paged.Refused(url[:200])
        try:
            content, kind = self._fetch_own(parts.path, parse_qs(parts.query))
        except (UserError, OSError, ValueError, KeyError) as error:
            raise paged.Refused(f"{url[:200]} ({type(error).__name__})") from error
        if kind not in paged.PICTURES:
            raise paged.Refused(url[:200])
        return content, kind

    @api.model
    def _fetch_own(self, path: str, query: dict) -> tuple[bytes, str]:
        if STATIC.match(path):
            content = Path(file_path(path[1:])).read_bytes()
            return content, mimetypes.guess_type(path)[0]
        if LOGO.match(path):
            company = int(query["company"][0]) if "company" in query else None
            company = self.env["res.company"].browse(company or self.env.company.id)
            return self._fetch_image(company.partner_id, "image_512")
        if found := IMAGE_FIELD.match(path):
            record = self.env["ir.binary"]._find_record(
                res_model=found["model"],
                res_id=int(found["id"]),
                access_token=query.get("access_token", [None])[0],
                field=found["field"],
            )
            return self._fetch_image(record, found["field"])
        if found := IMAGE_ID.match(path):
            record = self.env["ir.binary"]._find_record(
                res_id=int(found["id"]),
                access_token=query.get("access_token", [None])[0],
            )
            return self._fetch_image(record, "raw")
        raise ValueError(path)

    @api.model
    def _fetch_image(self, record, name: str) -> tuple[bytes, str]:
        # Not ir.binary's stream: it wants a request, and papers are made at night too.
        if record._fields[name].type != "binary":
            raise ValueError(name)
        content = record[name] or b""
        if name != "raw":
            content = base64.b64decode(content)
        return content, guess_mimetype(content)
