# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io

from PIL import Image, ImageOps

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine.uploads import check, clean_name

PDF = "application/pdf"
#: What a scanner or a phone makes of a sheet of paper.
PAPERS = (PDF, "image/jpeg", "image/png")
#: Sides of an A4 sheet at 150 points an inch: enough to read, small enough to send.
SHEET = (1240, 1754)


class BtpPaymentPlan(models.Model):
    """An agreement signed on paper: it does what the signature on the page does."""

    _inherit = "btp.payment.plan"

    def action_sign_on_paper(self):
        """Open what files the agreement signed on paper."""
        self.ensure_one()
        self._check_manager()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Agreement Signed on Paper"),
            "res_model": "btp.payment.plan.paper",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_plan_id": self.id,
                # A company signs by somebody.
                "default_signer_name": not self.contact_id.is_company
                and self.contact_id.name,
            },
        }

    def _sign_on_paper(self, name: str, day, file_name: str, content: bytes, user):
        """Let the plan hold from its agreement signed on paper.

        :param str name: who signed
        :param date day: the day that stands on the paper
        :param str file_name: of the scan
        :param bytes content: the scan, a PDF or a picture
        :param user: the ``res.users`` who files it
        :raise UserError: one sentence on what to do instead
        """
        self.ensure_one()
        plan = self.sudo().with_company(self.company_id)
        plan._check_signable_on_paper(day)
        name = (name or "").strip()
        if not name:
            raise UserError(self.env._("Type the name of whoever signed."))
        plan.write(
            {
                "signed_how": "paper",
                "signed_on": fields.Datetime.now(),
                "signed_day": day,
                "signer_name": name[:200],
                "recorded_by_id": user.id,
                "terms_sha256": plan._get_digest(),
            }
        )
        plan._activate(self._check_paper(file_name, content))

    def _check_signable_on_paper(self, day):
        """Refuse what is no plan to sign, and a day on which it could not be signed.

        The last day to sign is for the page: paper takes its time.
        """
        if self.state != "to_sign":
            raise UserError(
                self.env._("Only a plan that waits for its signature can be signed.")
            )
        if not day or not self.requested_on <= day <= self._get_today():
            raise UserError(
                self.env._(
                    "Type the day that stands beside the signature: not before the plan "
                    "was made, and not after today."
                )
            )
        lines = self._get_due_lines()
        if bar := lines._get_btp_bar(self.partner_id, self.company_id):
            raise UserError(bar)

    def _check_paper(self, file_name: str, content: bytes) -> bytes:
        """Return the scan as a PDF; refuse what is neither a PDF nor a picture."""
        try:
            kind = check(clean_name(file_name), content or b"")
            if kind not in PAPERS:
                raise ValueError("not_allowed")
            return content if kind == PDF else _to_pdf(content)
        except (ValueError, OSError, Image.DecompressionBombError) as error:
            raise UserError(
                self.env._(
                    "Add the signed agreement as a PDF, or as a picture (JPEG, PNG) of 10 "
                    "MB at most."
                )
            ) from error


def _to_pdf(content: bytes) -> bytes:
    """Return the picture of a sheet as a PDF of one page."""
    with Image.open(io.BytesIO(content)) as picture:
        # Phones lay pictures down and note how to turn them.
        page = ImageOps.exif_transpose(picture).convert("RGB")
    page.thumbnail(SHEET)
    stream = io.BytesIO()
    page.save(stream, "PDF", resolution=150)
    return stream.getvalue()
