# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""New words for the messages that nobody rewrote."""

import hashlib
import re

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools.convert import xml_import
from odoo.tools.misc import file_path

MODULE = "btp_relance"
FILES = (
    "data/mail_template_data.xml",
    "data/retention_data.xml",
    "data/btp_document_request_data.xml",
)
FIELDS = ("subject", "body_html")
#: The messages as 19.0.1.1.0 shipped them, by what :func:`fingerprint` makes of each language.
TEXTS = {
    "template_consumer_m3": {
        "subject": {"en_US": "14c2e892a4f881e7", "fr_FR": "40b87784556b901c"},
        "body_html": {"en_US": "17b1e80bf06f0e32", "fr_FR": "c8eae948166cc44b"},
    },
    "template_consumer_p12": {
        "subject": {"en_US": "30c3a8a55c730f78", "fr_FR": "55c5f23eb9bd28c2"},
        "body_html": {"en_US": "ab788aa298621e3b", "fr_FR": "400099a433de04d7"},
    },
    "template_consumer_p18": {
        "subject": {"en_US": "ae15a5def52a9983", "fr_FR": "09545d59f3152f26"},
        "body_html": {"en_US": "3227e998d918444b", "fr_FR": "79a11abdf08da12f"},
    },
    "template_consumer_p3": {
        "subject": {"en_US": "54351462da72f149", "fr_FR": "82455117c2aae9d5"},
        "body_html": {"en_US": "b6dd4b2af380048b", "fr_FR": "ce1a371c7de1622b"},
    },
    "template_consumer_p30": {
        "subject": {"en_US": "540d15aacc1f6d5b", "fr_FR": "596ed1e00ff25c40"},
        "body_html": {"en_US": "223e748193bf1a87", "fr_FR": "6d06970652e72b41"},
    },
    "template_consumer_p45": {
        "subject": {"en_US": "cae88481ded1d109", "fr_FR": "92c360b92fca3c14"},
        "body_html": {"en_US": "5f2ad1b8a3961a3c", "fr_FR": "a55b01cf5d11383e"},
    },
    "template_document_request": {
        "subject": {"en_US": "c56e7fbbe9d31eec", "fr_FR": "725833b3c0984b38"},
        "body_html": {"en_US": "0cd979a956f613ff", "fr_FR": "68640aa8d01ec225"},
    },
    "template_good_p15": {
        "subject": {"en_US": "30c3a8a55c730f78", "fr_FR": "55c5f23eb9bd28c2"},
        "body_html": {"en_US": "68fa89539d019e7e", "fr_FR": "0ec4870873997c25"},
    },
    "template_good_p5": {
        "subject": {"en_US": "5ddc83ddb238aa7d", "fr_FR": "68cc2ae68df7d93f"},
        "body_html": {"en_US": "7798d021948ffba6", "fr_FR": "6212a0c1723fdb6a"},
    },
    "template_public_m7": {
        "subject": {"en_US": "dffd77a90f3501d5", "fr_FR": "38b765a97f9758a3"},
        "body_html": {"en_US": "f55e32efaff6249a", "fr_FR": "bbf14906c8b02ed9"},
    },
    "template_public_p10": {
        "subject": {"en_US": "a776d7bd2d46e204", "fr_FR": "1ea2041502c976eb"},
        "body_html": {"en_US": "5ca60b9ac1e06b7f", "fr_FR": "6f06ca01c926d4f3"},
    },
    "template_public_p3": {
        "subject": {"en_US": "77da725a4fc5f60c", "fr_FR": "ed9f762b96214200"},
        "body_html": {"en_US": "1e4345096133ed13", "fr_FR": "ce303d543e6bbdf4"},
    },
    "template_public_p30": {
        "subject": {"en_US": "5e8596737e8a80d7", "fr_FR": "2eb120d35f62f3e5"},
        "body_html": {"en_US": "0bb7399285d1d4ad", "fr_FR": "f369adbdd5b57459"},
    },
    "template_public_p45": {
        "subject": {"en_US": "a4b9904ffd65cfeb", "fr_FR": "572b1b92e07d2c8b"},
        "body_html": {"en_US": "a8ea1ce00c4bcd8b", "fr_FR": "7cc20149368a6caa"},
    },
    "template_retention_bond": {
        "subject": {"en_US": "8a148e9dc290f7c2", "fr_FR": "0d9f4c5f39e66e22"},
        "body_html": {"en_US": "30cd6b980865426d", "fr_FR": "84028924dca611d9"},
    },
    "template_retention_formal": {
        "subject": {"en_US": "38bfc672143078bf", "fr_FR": "ccba10b79dcbc8c1"},
        "body_html": {"en_US": "be8fe633e3cb18ba", "fr_FR": "c211e16b75963395"},
    },
    "template_retention_reminder": {
        "subject": {"en_US": "99260d621f34ef13", "fr_FR": "0c31cf2ef8f6e75f"},
        "body_html": {"en_US": "c3c9b05f2d488a77", "fr_FR": "a2def98b38987714"},
    },
    "template_retention_request": {
        "subject": {"en_US": "c1e2422743470900", "fr_FR": "55efd0c15d5a5dc6"},
        "body_html": {"en_US": "da0b956d824f73a6", "fr_FR": "efcd4555b7a793e1"},
    },
    "template_standard_0": {
        "subject": {"en_US": "7e86e3433d1403a4", "fr_FR": "2a8404d42662bd6b"},
        "body_html": {"en_US": "617a2ad8a04adb2a", "fr_FR": "3cbc00d2161315bd"},
    },
    "template_standard_m7": {
        "subject": {"en_US": "14c2e892a4f881e7", "fr_FR": "40b87784556b901c"},
        "body_html": {"en_US": "53a483a28f974c03", "fr_FR": "5bd9b54a869d30c0"},
    },
    "template_standard_p10": {
        "subject": {"en_US": "d72ff44f3078a85e", "fr_FR": "2a6af3290d5278e9"},
        "body_html": {"en_US": "c722590da75dfeed", "fr_FR": "11040824d54a114a"},
    },
    "template_standard_p12": {
        "subject": {"en_US": "94e85869b3818007", "fr_FR": "64ba9ea318d40418"},
        "body_html": {"en_US": "5ff44d93bd6b8a5e", "fr_FR": "a36b36bce855e33f"},
    },
    "template_standard_p20": {
        "subject": {"en_US": "540d15aacc1f6d5b", "fr_FR": "596ed1e00ff25c40"},
        "body_html": {"en_US": "bf3de803bcfa8849", "fr_FR": "77c34a62c7f8309d"},
    },
    "template_standard_p3": {
        "subject": {"en_US": "30c3a8a55c730f78", "fr_FR": "55c5f23eb9bd28c2"},
        "body_html": {"en_US": "7d3ceb8d1757b27d", "fr_FR": "6bf2062d5110afbf"},
    },
    "template_standard_p35": {
        "subject": {"en_US": "cae88481ded1d109", "fr_FR": "92c360b92fca3c14"},
        "body_html": {"en_US": "40497f4a413c5c4f", "fr_FR": "fa423c190cd517fe"},
    },
    "template_thanks": {
        "subject": {"en_US": "7a0fe138d9a6a44c", "fr_FR": "18aadfe54c087355"},
        "body_html": {"en_US": "49673d3c259dd79d", "fr_FR": "c51de1484b66f5a7"},
    },
}


def migrate(cr, version):
    """Bring the messages of an earlier version up to date where they are still ours.

    They are ``noupdate``: an update leaves them alone. A person's own words stay, whatever
    the language in which they wrote them.

    :param cr: cursor of the database
    :param version: version installed before
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    names = [name for name, known in TEXTS.items() if is_ours(env, name, known)]
    renew(env, names)


def fingerprint(text) -> str:
    """Return what tells a text from another, whatever its white space."""
    words = re.sub(r"\s+", "", text or "")
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def is_ours(env, name, known) -> bool:
    """Return whether a message is there and nobody changed a word of it.

    :param name: xml id without its module
    :param known: ``{field: {language: fingerprint}}``
    """
    template = env.ref(f"{MODULE}.{name}", raise_if_not_found=False)
    if not template:
        return False
    template.flush_recordset()
    env.cr.execute(
        "SELECT subject, body_html FROM mail_template WHERE id = %s", template.ids
    )
    stored = dict(zip(FIELDS, env.cr.fetchone(), strict=True))
    return all(
        known[field].get(lang) == fingerprint(text)
        for field in FIELDS
        for lang, text in (stored[field] or {"": ""}).items()
    )


def renew(env, names):
    """Give messages the subject and the body of the data files, in every language."""
    if not names:
        return
    for path in FILES:
        full = file_path(f"{MODULE}/{path}")
        for record in etree.parse(full).iterfind(".//record[@model='mail.template']"):
            if record.get("id") in names:
                renew_one(env, record, full)
    env["mail.template"]._override_translation_term(
        MODULE, [*names, *(f"{MODULE}.{name}" for name in names)]
    )
    env.invalidate_all()


def renew_one(env, record, path):
    """Write the words of one record of a data file; its other fields are left alone."""
    template = env.ref(f"{MODULE}.{record.get('id')}")
    # What is translated of the old words would hide the new ones.
    env.cr.execute(
        """
        UPDATE mail_template
           SET subject = jsonb_build_object('en_US', subject->'en_US'),
               body_html = jsonb_build_object('en_US', body_html->'en_US')
         WHERE id = %s
        """,
        template.ids,
    )
    template.invalidate_recordset()
    for field in record.findall("field"):
        if field.get("name") not in FIELDS:
            record.remove(field)
    xml_import(env, MODULE, {}, "init", noupdate=True, xml_filename=path)._tag_record(
        record
    )
