# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From HTML to a paged PDF/A: real text, embedded fonts, running heads, page x of y.

Everything that a page names (pictures, style sheets) goes through the caller's
``resolve``: nothing else is read, neither from the disk nor from the network.
"""

import base64
import binascii
import logging
import threading
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

from .typography import typeset

_logger = logging.getLogger(__name__)

#: What relative addresses are relative to: a host that nobody can have (RFC 2606).
BASE_URL = "https://paper.invalid/"
#: Archives and the electronic signature want it: PDF/A-3, visual conformance.
VARIANT = "pdf/a-3b"
#: A picture beyond this is no letterhead.
MAX_INLINE_BYTES = 8 * 1024 * 1024
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")

#: Blocks that bring the inline styles of an e-mail: on paper the style sheet words them.
MAIL_BLOCK = "o_btp_block"
#: What an e-mail client needs and a sheet does not.
MAIL_ATTRIBUTES = (
    "style",
    "width",
    "height",
    "border",
    "cellpadding",
    "cellspacing",
    "align",
)
#: Elements that have no business on a page that customers' names are printed on.
FORBIDDEN = ("script", "iframe", "object", "embed", "base", "link")
VERBATIM = ("style", "script", "title")

#: Pango's fonts are shared by the whole process, and are not made for two threads at once.
LOCK = threading.Lock()


class Unavailable(Exception):
    """The libraries that lay pages out are not there; the text says which."""


class Refused(ValueError):
    """An address that a page may not read."""


@cache
def _engine():
    """Import WeasyPrint when the first page is printed: it takes a second.

    :raise Unavailable: it, or the system's Pango, is missing
    """
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:
        raise Unavailable(str(error).splitlines()[0]) from error
    # They tell what they think of each property of an e-mail's style.
    for name in ("weasyprint", "weasyprint.progress", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)

    class Fetcher(URLFetcher):
        """Read nothing but what ``resolve`` gives."""

        def __init__(self, resolve):
            super().__init__(allowed_protocols=set(), allow_redirects=False)
            self.resolve = resolve

        def fetch(self, url, headers=None):
            try:
                if url[:5].lower() == "data:":
                    content, kind = decode_data_url(url)
                else:
                    content, kind = self.resolve(url)
            except Refused as error:
                _logger.info("Left out of a paper: %s", error)
                raise
            return URLFetcherResponse(url, content, {"Content-Type": kind})

    return weasyprint, FontConfiguration(), Fetcher


def decode_data_url(url: str) -> tuple[bytes, str]:
    """Return the content and type of a picture written in the page itself.

    :raise Refused: anything else than a picture, or a huge one
    """
    head, _comma, body = url[5:].partition(",")
    kind, *options = head.lower().split(";")
    if kind not in PICTURES or len(body) > MAX_INLINE_BYTES * 4 // 3:
        raise Refused(f"data:{kind[:40]}")
    content = unquote_to_bytes(body)
    if "base64" in options:
        try:
            content = base64.b64decode(content)
        except binascii.Error as error:
            raise Refused(f"data:{kind}") from error
    return content, kind


def _refuse(url):
    raise Refused(url[:200])


@lru_cache(maxsize=16)
def _stylesheet(path: str, _mtime: float):
    """Parse a style sheet once per process, and again when its file changed."""
    weasyprint, fonts, fetcher = _engine()
    return weasyprint.CSS(
        string=Path(path).read_text(encoding="utf-8"),
        base_url=BASE_URL,
        url_fetcher=fetcher(_refuse),
        font_config=fonts,
    )


def prepare(root):
    """Bring a parsed page from the screen's ways to the paper's, in place.

    Links lose their address (a token has no place in an archive), blocks of e-mails lose
    their inline styles, and spaces become those of the language (``lang`` of the root).

    :param root: an ``xml.etree`` element
    """
    _prepare(root, root.get("lang") or "", False)


def _prepare(element, lang, plain):
    lang = element.get("lang") or lang
    plain = plain or MAIL_BLOCK in (element.get("class") or "").split()
    if plain or element.tag == "a":
        for name in MAIL_ATTRIBUTES:
            element.attrib.pop(name, None)
    element.attrib.pop("href", None)
    verbatim = element.tag in VERBATIM
    if not verbatim:
        element.text = typeset(element.text, lang)
    for child in list(element):
        if child.tag in FORBIDDEN:
            _remove(element, child)
            continue
        if isinstance(child.tag, str):
            _prepare(child, lang, plain)
        child.tail = typeset(child.tail, lang)


def _remove(parent, child):
    """Take a child away, and leave the text that follows it."""
    rank = list(parent).index(child)
    if rank:
        parent[rank - 1].tail = (parent[rank - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def write(html: str, resolve, styles=(), variant: str = VARIANT) -> bytes:
    """Return the PDF of a page of HTML.

    Title, author and language of the document are those of the page (``<title>``,
    ``<meta name="author">``, ``<html lang>``).

    :param resolve: function from an absolute address to ``(content, MIME type)``, which
        raises :class:`Refused` for what the page may not read
    :param styles: paths of style sheets, parsed once per process
    :raise Unavailable: the libraries are missing
    """
    weasyprint, fonts, fetcher = _engine()
    with LOCK:
        page = weasyprint.HTML(
            string=html, base_url=BASE_URL, url_fetcher=fetcher(resolve)
        )
        # What a hostile <base> changed.
        page.base_url = BASE_URL
        prepare(page.etree_element)
        return page.write_pdf(
            font_config=fonts,
            stylesheets=[
                _stylesheet(str(path), Path(path).stat().st_mtime) for path in styles
            ],
            pdf_variant=variant,
            optimize_images=False,
        )
