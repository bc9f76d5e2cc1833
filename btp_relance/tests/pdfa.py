# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What of PDF/A-3b (ISO 19005-3:2012) can be checked by reading a file.

No validator of PDF/A installs by its name where the tests run; this is none, but each finding
names the clause that a file breaks. Not checked: glyph widths, the grammar of each operator,
the profile's own validity beyond its head.
"""

import io
import re
from xml.etree import ElementTree

from odoo.tools.pdf import DictionaryObject, PdfFileReader, generic

PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
#: Actions that an archive may hold (6.5.1).
ACTIONS = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"}
NAMED = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
FORBIDDEN_ANNOTATIONS = {"/3D", "/Sound", "/Screen", "/Movie"}
FILTERS = {
    "/ASCIIHexDecode",
    "/ASCII85Decode",
    "/FlateDecode",
    "/RunLengthDecode",
    "/CCITTFaxDecode",
    "/JBIG2Decode",
    "/DCTDecode",
    "/JPXDecode",
}
#: Bits of an annotation's flags (6.3.2): what must be set, what must not.
PRINT, HIDDEN = 4, 1 | 2 | 32 | 256


def _is_true(item, key: str) -> bool:
    """Return a truth of the file: PyPDF2's own objects are all true to Python."""
    return str(item.get(key, "")).lower() == "true"


class _Archive:
    """One file, read once."""

    def __init__(self, content: bytes):
        self.content, self.found = content, []
        self.reader = PdfFileReader(io.BytesIO(content), strict=False)
        self.root = self.reader.trailer["/Root"].get_object()
        self.objects = list(self._walk(self.reader.trailer))

    def _walk(self, start):
        """Give every dictionary of the file, streams included, once."""
        seen, todo = set(), [start]
        while todo:
            value = todo.pop()
            if isinstance(value, generic.IndirectObject):
                key = value.idnum, value.generation
                if key in seen:
                    continue
                seen.add(key)
                value = value.get_object()
            if isinstance(value, DictionaryObject):
                yield value
                todo.extend(value.raw_get(key) for key in value)
            elif isinstance(value, list):
                todo.extend(value)

    def need(self, right, clause: str, words: str):
        if not right:
            self.found.append(f"{clause}: {words}")

    # === THE FILE (6.1) === #

    def check_file(self):
        lines = self.content[:64].split(b"\n", 2)
        self.need(re.fullmatch(rb"%PDF-1\.[0-7]", lines[0].strip()), "6.1.2", "header")
        marker = lines[1][1:5]
        binary = len(marker) == 4 and min(marker) > 127 and lines[1][:1] == b"%"
        self.need(binary, "6.1.2", "binary mark")
        trailer = self.reader.trailer
        self.need(len(trailer.get("/ID") or ()) == 2, "6.1.3", "no ID")
        self.need("/Encrypt" not in trailer, "6.1.3", "encrypted")
        tail = self.content.rstrip(b"\r\n")
        self.need(tail.endswith(b"%%EOF"), "6.1.3", "data after the end")
        for item in self.objects:
            for key in item:
                self.need(len(key) <= 128, "6.1.13", f"name {key[:20]}")
            if isinstance(item, generic.StreamObject):
                self._check_stream(item)

    def _check_stream(self, item):
        for key in ("/F", "/FFilter", "/FDecodeParms"):
            outside = key in item and item.get("/Type") != "/EmbeddedFile"
            self.need(not outside, "6.1.7.1", "stream outside of the file")
        used = item.get("/Filter") or []
        used = used if isinstance(used, list) else [used]
        for name in used:
            self.need(name in FILTERS, "6.1.7.2", f"filter {name}")

    # === COLOURS AND PICTURES (6.2) === #

    def check_graphics(self):
        intents = [
            intent.get_object() for intent in self.root.get("/OutputIntents") or ()
        ]
        intents = [item for item in intents if item.get("/S") == "/GTS_PDFA1"]
        self.need(len(intents) == 1, "6.2.3", "no output intent of PDF/A")
        space = b""
        if intents and "/DestOutputProfile" in intents[0]:
            profile = intents[0]["/DestOutputProfile"].get_object()
            data = profile.get_data()
            space = data[16:20]
            self.need(data[36:40] == b"acsp", "6.2.3", "no ICC profile")
            parts = {b"RGB ": 3, b"CMYK": 4, b"GRAY": 1}.get(space)
            self.need(profile.get("/N") == parts, "6.2.3", "profile's components")
        for item in self.objects:
            if item.get("/Subtype") == "/Image":
                for key in ("/Alternates", "/OPI"):
                    self.need(key not in item, "6.2.8", f"picture with {key}")
                self.need(not _is_true(item, "/Interpolate"), "6.2.8", "smoothed")
            self.need(item.get("/Subtype") != "/PS", "6.2.9", "PostScript")
            if item.get("/Type") == "/ExtGState" or "/SMask" in item and "/ca" in item:
                self.need("/TR" not in item, "6.2.5", "transfer function")
        for name, operands, operator in self._operations():
            self._check_operation(name, operands, operator, space)

    def _operations(self):
        """Give ``(font, operands, operator)`` of each page and form."""
        for page in self.reader.pages:
            if "/Contents" in page:
                yield from self._read(page["/Contents"].get_object())
        for item in self.objects:
            if item.get("/Subtype") == "/Form":
                yield from self._read(item)

    def _read(self, stream):
        depth, deepest, font = 0, 0, None
        for operands, operator in generic.ContentStream(stream, self.reader).operations:
            depth += {b"q": 1, b"Q": -1}.get(operator, 0)
            deepest = max(deepest, depth)
            if operator == b"Tf":
                font = operands[0]
            yield font, operands, operator
        self.need(deepest <= 28 and depth == 0, "6.1.13", "saved states")

    def _check_operation(self, font, operands, operator, space):
        if operator in (b"rg", b"RG"):
            self.need(space == b"RGB ", "6.2.4.3", "red, green, blue of no profile")
        elif operator in (b"k", b"K"):
            self.need(space == b"CMYK", "6.2.4.3", "inks of no profile")
        elif operator in (b"Tj", b"TJ") and font:
            rows = operands[0] if operator == b"TJ" else operands
            for text in rows:
                if isinstance(
                    text, generic.ByteStringObject | generic.TextStringObject
                ):
                    self._check_glyphs(text)

    def _check_glyphs(self, text):
        """Every font of ours is a composite one: two bytes a glyph, 0 for none."""
        data = getattr(text, "original_bytes", text)
        codes = {data[at : at + 2] for at in range(0, len(data) - 1, 2)}
        self.need(b"\0\0" not in codes, "6.2.11.8", "a character without its glyph")

    # === FONTS (6.2.11) === #

    def check_fonts(self):
        fonts = [item for item in self.objects if item.get("/Type") == "/Font"]
        self.need(fonts, "6.2.11", "no font at all")
        for font in fonts:
            name = font.get("/BaseFont")
            if font.get("/Subtype") == "/Type0":
                coded = font.get("/Encoding") in ("/Identity-H", "/Identity-V")
                self.need(coded, "6.2.11.3.3", f"encoding of {name}")
                continue
            descriptor = (font.get("/FontDescriptor") or {}) and font[
                "/FontDescriptor"
            ].get_object()
            inside = {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
            ok = inside or font.get("/Subtype") == "/Type3"
            self.need(ok, "6.2.11.4.1", f"{name} is not in the file")
            if font.get("/Subtype") == "/CIDFontType2":
                self.need("/CIDToGIDMap" in font, "6.2.11.3.2", f"glyphs of {name}")
            if font.get("/Subtype", "").startswith("/CIDFontType"):
                system = font.get("/CIDSystemInfo")
                self.need(system, "6.2.11.3.1", f"characters of {name}")

    # === WHAT MOVES (6.3 to 6.5) === #

    def check_interaction(self):
        for item in self.objects:
            action = item.get("/S")
            if item.get("/Type") == "/Action" or "/JS" in item:
                self.need(action in ACTIONS, "6.5.1", f"action {action}")
                if action == "/Named":
                    self.need(item.get("/N") in NAMED, "6.5.1", "named action")
            self.need("/AA" not in item, "6.5.2", "trigger")
            if item.get("/Type") == "/Annot":
                self._check_annotation(item)
        names = self.root.get("/Names") or {}
        self.need("/JavaScript" not in names, "6.5.1", "scripts")
        form = self.root.get("/AcroForm") or {}
        self.need("/XFA" not in form, "6.4.2", "XFA")
        self.need(
            not _is_true(form, "/NeedAppearances"), "6.4.1", "fields without looks"
        )
        for key in ("/NeedsRendering", "/Requirements"):
            self.need(key not in self.root, "6.1.12", key)

    def _check_annotation(self, item):
        kind, flags = item.get("/Subtype"), item.get("/F") or 0
        self.need(kind not in FORBIDDEN_ANNOTATIONS, "6.3.1", f"annotation {kind}")
        if kind != "/Popup":
            self.need(flags & PRINT, "6.3.2", f"{kind} is not printed")
            self.need(not flags & HIDDEN, "6.3.2", f"{kind} is hidden")
        left, bottom, right, top = map(float, item["/Rect"])
        if kind not in ("/Popup", "/Link") and (left, bottom) != (right, top):
            look = (item.get("/AP") or {}) and item["/AP"].get_object()
            self.need(set(look) == {"/N"}, "6.3.3", f"looks of {kind}")

    # === WHAT IT SAYS OF ITSELF (6.6, 6.8) === #

    def check_metadata(self):
        self.need("/Metadata" in self.root, "6.6.2.1", "no metadata")
        if "/Metadata" not in self.root:
            return
        stream = self.root["/Metadata"].get_object()
        self.need(stream.get("/Type") == "/Metadata", "6.6.2.1", "type of metadata")
        packet = stream.get_data()
        head = packet[: packet.find(b"?>")]
        for key in (b"bytes=", b"encoding="):
            self.need(key not in head, "6.6.2.1", "head of the packet")
        tree = ElementTree.fromstring(packet)
        values = {}
        for described in tree.iter(f"{RDF}Description"):
            values |= described.attrib
            values |= {child.tag: (child.text or "").strip() for child in described}
        self.need(values.get(f"{PDFAID}part") == "3", "6.6.4", "part of PDF/A")
        level = values.get(f"{PDFAID}conformance")
        self.need(level in ("A", "B", "U"), "6.6.4", "conformance")

    def check_files(self):
        joined = self.root.get("/AF") or []
        known = {id(item.get_object()) for item in joined}
        for item in self.objects:
            if "/EF" in item:
                for key in ("/F", "/UF", "/AFRelationship"):
                    self.need(key in item, "6.8", f"joined file without {key}")
                self.need(id(item) in known, "6.8", "joined file that belongs to none")


def findings(content: bytes) -> list[str]:
    """Return what of PDF/A-3b a file breaks, clause by clause; empty: nothing was found."""
    archive = _Archive(content)
    for part in ("file", "graphics", "fonts", "interaction", "metadata", "files"):
        getattr(archive, f"check_{part}")()
    return sorted(set(archive.found))
