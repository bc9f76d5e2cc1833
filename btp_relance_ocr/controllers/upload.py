# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files that people upload: one request each, so that one refused stops no other."""

import logging

from odoo.exceptions import AccessError, UserError
from odoo.http import Controller, request, route

from ..reader import LIMITS

_logger = logging.getLogger(__name__)

#: The form around the file.
WORDS = 64 * 1024


class PaperUpload(Controller):
    """Takes a file of the list, of a chantier or of an invoice."""

    @route(
        "/btp/papers/upload",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=LIMITS.bytes + WORDS,
    )
    def upload(self, ufile=None, model=None, id=None, **_kw):  # noqa: A002
        """Receive a file as a paper.

        :param ufile: the file
        :param model: ``btp.chantier`` or ``account.move`` that it is dropped on
        :param id: of that record
        :return: JSON: ``id`` of the paper and ``known`` when it was there, or ``error``
        """
        files = request.httprequest.files.getlist("ufile")
        papers = request.env["btp.paper"]
        try:
            answers = [
                papers._upload(file.filename, file.read(), model, int(id or 0))
                for file in files
            ]
        except (AccessError, UserError) as error:
            return request.make_json_response({"error": {"message": str(error)}})
        except ValueError:
            return request.make_json_response(
                {"error": {"message": request.env._("This form is not complete.")}}
            )
        return request.make_json_response({"papers": answers})
