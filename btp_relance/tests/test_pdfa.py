# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The papers that are kept as proof are PDF/A-3b, as far as reading them tells."""

import io
import zipfile

from odoo.tests import tagged
from odoo.tools.pdf import (
    NameObject,
    PdfFileReader,
    PdfFileWriter,
    create_string_object,
)

from .paper_common import PaperCommon
from .pdfa import findings
from .registered_common import RegisteredCommon


@tagged("post_install", "-at_install")
class TestPdfA(RegisteredCommon, PaperCommon):
    def test_a_letter_and_what_would_be_found_in_a_worse_one(self):
        content = self.make_letter().letter_id.raw
        self.assertEqual(findings(content), [])
        # The same pages written by a tool that knows nothing of archives.
        writer = PdfFileWriter()
        for page in PdfFileReader(io.BytesIO(content)).pages:
            for font in page["/Resources"]["/Font"].values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                descriptor = inner["/FontDescriptor"].get_object()
                for key in ("/FontFile2", "/FontFile3"):
                    descriptor.pop(key, None)
            writer.addPage(page)
        writer.addJS("app.alert(1)")
        target = io.BytesIO()
        writer.write(target)
        found = " ".join(findings(target.getvalue()))
        for words in (
            "no ID",
            "no output intent",
            "no metadata",
            "action /JavaScript",
            "is not in the file",
        ):
            self.assertIn(words, found)
        writer = PdfFileWriter()
        writer.cloneReaderDocumentRoot(PdfFileReader(io.BytesIO(content)))
        writer._root_object[NameObject("/Lang")] = create_string_object("fr")
        metadata = writer._root_object["/Metadata"].get_object()
        lie = metadata.get_data().replace(b"pdfaid:part", b"pdfaid:version")
        metadata._data = lie
        metadata.pop("/Filter", None)
        target = io.BytesIO()
        writer.write(target)
        self.assertIn("6.6.4: part of PDF/A", findings(target.getvalue()))

    def test_a_formal_notice_signed(self):
        self.company.sudo().btp_certificate_id = self.make_certificate()
        self.write_to("btp_relance.template_standard_p35", channel="registered")
        self.invoice_of(self.make_chantier(), 5, 12345.0)
        relance = self.plan()
        self.dispatch()
        posting = relance.posting_id
        self.assertTrue(posting.signer, relance.failure_reason)
        self.assertEqual(findings(posting.letter_id.raw), [])

    def test_the_statement_of_a_chantier(self):
        chantier = self.make_chantier()
        self.invoice_of(chantier)
        name = "btp_relance.chantier_statement"
        content, _kind = self.report._render_qweb_pdf(name, res_ids=chantier.ids)
        self.assertEqual(findings(content), [])

    def test_the_summary_of_a_litigation_file(self):
        move = self.invoice_of(self.make_chantier(), 40)
        file = self.env["btp.litigation"].browse(move.action_btp_litigation()["res_id"])
        with zipfile.ZipFile(io.BytesIO(file.archive_id.raw)) as archive:
            [name] = [name for name in archive.namelist() if name.startswith("00-")]
            self.assertEqual(findings(archive.read(name)), [])
