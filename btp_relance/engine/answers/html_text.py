# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HTML of mail clients to plain text, with what is quoted marked by ``>``."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
        ),
        *("li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul"),
    )
)
SILENT = frozenset(
    ("head", "script", "style", "title", "template", "noscript", "svg", "object")
)
VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("param", "source", "track", "wbr"),
    )
)
#: How clients name the history that they put under an answer.
QUOTED = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|OLK_SRC_BODY|protonmail_quote"
    r"|zmail_extra|orange_quote|laposte|x_gmail_quote|reply-intro",
    re.IGNORECASE,
)
DECLARATION = re.compile(r"<[!?][^<>]{0,400}>")
NO_TAG = re.compile(r"<(?![a-zA-Z/])")
SPACES = re.compile(r"[ \t\r\f\v\u00a0\u202f]+")
FEEDS = re.compile(r"\n{3,}")


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self.open = []
        self.silent = 0
        self.quoted = 0
        self.pre = 0

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.parts.append("\n")
            return
        if tag in BLOCKS:
            self.parts.append("\n")
        if tag in VOID:
            return
        values = dict(attrs)
        names = f"{values.get('class') or ''} {values.get('id') or ''}"
        quoted = tag == "blockquote" or bool(QUOTED.search(names))
        silent = tag in SILENT or "display:none" in (values.get("style") or "").replace(
            " ", ""
        )
        self.open.append((tag, quoted, silent))
        self.quoted += quoted
        self.silent += silent
        self.pre += tag == "pre"
        if quoted:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        # Mail clients leave tags open: close down to the one that is named, if it is near.
        for depth in range(1, min(len(self.open), 40) + 1):
            if self.open[-depth][0] == tag:
                for name, quoted, silent in self.open[-depth:]:
                    self.quoted -= quoted
                    self.silent -= silent
                    self.pre -= name == "pre"
                del self.open[-depth:]
                break
        if tag in BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_data(self, data):
        if self.silent:
            return
        if not self.pre:
            data = SPACES.sub(" ", data.replace("\n", " "))
        if self.quoted:
            data = "\n> " + data.replace("\n", "\n> ").strip() if data.strip() else ""
        self.parts.append(data)


def _disarm(html: str) -> str:
    """Return HTML without comments and other marks that the parser reads again and again
    when they are never closed."""
    parts, place = [], 0
    while (start := html.find("<!--", place)) >= 0:
        parts.append(html[place:start])
        end = html.find("-->", start + 4)
        if end < 0:
            place = len(html)
            break
        place = end + 3
    parts.append(html[place:])
    return NO_TAG.sub("&lt;", DECLARATION.sub("", "".join(parts)))


def to_text(html: str, limit: int = 200_000) -> str:
    """Return the words of an HTML mail, line by line; quotations are marked.

    :param html: as it came; it may be broken
    :param limit: characters beyond which it is history
    """
    reader = _Reader()
    reader.feed(_disarm(html[:limit]))
    reader.close()
    text = "".join(reader.parts)
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return FEEDS.sub("\n\n", "\n".join(lines)).strip()
