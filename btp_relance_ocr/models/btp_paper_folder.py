# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import configparser
import logging
from pathlib import Path

import psycopg2

from odoo import api, models
from odoo.tools import config

from odoo.addons.btp_relance.engine.uploads import clean_name

from .. import folder as watched
from ..reader import LIMITS

_logger = logging.getLogger(__name__)

#: In odoo.conf, beside [options]: a section that Odoo does not read, so that it warns of nothing.
SECTION, OPTION = "btp_relance", "paper_folder"


class BtpPaper(models.Model):
    """A watched folder on the server, with a folder for each company."""

    _inherit = "btp.paper"

    @api.model
    def _get_folder(self) -> Path | None:
        """Return the folder that the configuration of the server names, if it does."""
        parser = configparser.RawConfigParser()
        try:
            parser.read([config["config"] or ""])
            name = parser.get(SECTION, OPTION, fallback="").strip()
        except (configparser.Error, OSError, UnicodeDecodeError) as error:
            _logger.error("The folder of papers is not known: %s", error)
            return None
        return Path(name) if name else None

    @api.model
    def _get_folder_of(self, root: Path, company) -> Path:
        """Return the folder of a company: called like it, or by its number."""
        by_number = root / str(company.id)
        return by_number if by_number.is_dir() else root / clean_name(company.name)

    @api.model
    def _cron_folder(self):
        """Take in what lies in the folders of the companies, each file on its own."""
        root = self._get_folder()
        if not root:
            return
        if not root.is_dir():
            _logger.error("The folder of papers is not there: %s", root)
            return
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([]):
            folder = self._get_folder_of(root, company)
            try:
                folder.mkdir(exist_ok=True)
                paths = watched.list_whole(folder)
            except OSError as error:
                self._tell_folder(company, folder.name, error.strerror)
                continue
            for path in paths:
                self._take_path(path, company)
                if not cron._commit_progress(1):
                    self.env.ref("btp_relance_ocr.ir_cron_paper_folder")._trigger()
                    return

    @api.model
    def _take_path(self, path: Path, company):
        """Receive one file; it is moved only once its paper is safe in the database."""
        try:
            content = watched.read_whole(path, LIMITS.bytes)
            if content is None:
                return
            with self.env.cr.savepoint():
                self._receive(path.name, content, "folder", company)
            self.env.cr.commit()  # pylint: disable=invalid-commit
            # Killed here, the next look recognises the file and only moves it.
            watched.move(path, watched.TAKEN)
        except ValueError:
            self._refuse_path(
                path,
                company,
                self.env._(
                    "it has more than %s MB: scan it lighter, or in parts",
                    LIMITS.bytes // 2**20,
                ),
            )
        except psycopg2.OperationalError:
            raise
        except OSError as error:
            self._refuse_path(path, company, error.strerror or str(error))

    @api.model
    def _refuse_path(self, path: Path, company, reason: str):
        """Put a file that cannot be taken out of the way, and tell whoever follows up."""
        try:
            watched.move(path, watched.REFUSED)
        except OSError as error:
            _logger.error("%s stays in the folder of papers: %s", path.name, error)
        self._tell_folder(company, path.name, reason)

    @api.model
    def _tell_folder(self, company, name: str, reason: str):
        """Tell whoever checks papers that a file of the folder was not taken, once a day."""
        user = company.btp_paper_user_id or company.btp_relance_user_id
        _logger.info("Not taken from the folder of company %s", company.id)
        if not user:
            return
        words = self.with_context(lang=user.lang or self.env.lang)
        subject = words.env._("File not taken in: %s", name)
        known = self.env["mail.message"].sudo()
        if known.search_count(
            [
                ("subject", "=", subject),
                ("create_date", ">=", "-1d"),
                ("partner_ids", "in", user.partner_id.ids),
            ],
            limit=1,
        ):
            return
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=words.env._(
                "“%(name)s” in the folder of %(company)s was not taken in: %(reason)s.",
                name=name,
                company=company.name,
                reason=reason,
            ),
        )
