# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hashlib import sha256

import psycopg2

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError

from odoo.addons.btp_relance.engine import uploads

#: What a paper that comes again may still add to the one that is there.
ADDED = ("asked_document_id", "chantier_id", "move_id", "sender_id", "email_from")
#: What a browser may show of a file; all else has a type that none shows, and that Odoo does
#: not guess anew as it does that of mere bytes.
SHOWN = {"application/pdf", "image/jpeg", "image/png", "image/tiff", "image/webp"}
OPAQUE = "application/x-unknown"


class BtpPaper(models.Model):
    """A file comes in: kept as it came, once, and put in the queue."""

    _inherit = "btp.paper"

    @api.model
    def _receive(self, name, content, source, company, **values):
        """Take a file in; it is read soon.

        :param str name: the file's name
        :param bytes content: the file, kept as it came
        :param source: how it came, see the field
        :param company: the ``res.company`` that received it
        :param values: further values: ``chantier_id``, ``move_id``, ``asked_document_id``…
        :return: the ``btp.paper``; the first one where this very file is already there
        """
        checksum = sha256(content).hexdigest()
        papers = self.sudo().with_company(company)
        known = papers._find_known(company, checksum)
        if known:
            known._come_again(source, values)
            return self.browse(known.id)
        paper = papers._keep(name, content, source, company, checksum, values)
        paper._note_event("paper_received")
        papers._wake()
        return self.browse(paper.id)

    @api.model
    def _find_known(self, company, checksum):
        """Return the paper of a company that is this very file."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("checksum", "=", checksum),
                ("duplicate_of_id", "=", False),
            ],
            limit=1,
        )

    @api.model
    def _keep(self, name, content, source, company, checksum, values):
        """Keep a file that was not there.

        :raise ConcurrencyError: the same file came in at the same moment; done again, the
            request finds it
        """
        name = uploads.clean_name(name)
        # Odoo would shrink a scan, and give up the whole mail at a picture that is a bomb.
        files = self.env["ir.attachment"].with_context(image_no_postprocess=True)
        original = files.create(
            {
                "name": name,
                "raw": content,
                "mimetype": self._find_mimetype(content),
                "res_model": self._name,
                "company_id": company.id,
            }
        )
        try:
            with self.env.cr.savepoint():
                paper = self.with_context(mail_create_nosubscribe=True).create(
                    {
                        "name": name,
                        "company_id": company.id,
                        "attachment_id": original.id,
                        "checksum": checksum,
                        "source": source,
                        **values,
                    }
                )
        except psycopg2.errors.UniqueViolation as error:
            raise ConcurrencyError(
                self.env._("“%s” comes in twice at this moment: send it again.", name)
            ) from error
        original.with_context(btp_paper_keep=True).res_id = paper.id
        return paper

    @api.model
    def _find_mimetype(self, content: bytes) -> str:
        """Return as what a file is handed out: never something that a browser would run."""
        try:
            found = uploads.find_kind(content)
        except ValueError:
            found = None
        return found if found in SHOWN else OPAQUE

    def _come_again(self, source, values):
        """Note that this very file came in once more; nothing is read or done twice."""
        self.ensure_one()
        words = self._in_words()
        ways = dict(words._fields["source"]._description_selection(words.env))
        self._message_log(
            body=words.env._(
                "The same file came in again (%s): nothing is done twice.", ways[source]
            )
        )
        # A worker may be reading it: what it is asked for as is worth a wait, not a loss.
        added = {
            name: values[name]
            for name in ADDED
            if values.get(name) and not self[name] and self.state != "done"
        }
        if added:
            self.write(added)

    def _in_words(self):
        """Return these papers in the language of the people who read about them."""
        company = self.company_id[:1] or self.env.company
        lang = (
            company.sudo().btp_relance_user_id.lang
            or company.sudo().partner_id.lang
            or self.env.lang
        )
        return self.with_context(lang=lang)

    # === KEPT === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if self.env.su and self.env.context.get("btp_privacy_erase"):
            return
        if self._get_live_effects():
            raise UserError(
                self.env._(
                    "This paper changed something: undo that first, or set the paper aside."
                )
            )

    def unlink(self):
        # The originals go with their papers: what else holds one keeps a copy of its own.
        files = self.sudo().attachment_id | self.sudo().picture_ids
        result = super().unlink()
        files.exists().with_context(btp_paper_keep=True).unlink()
        return result
