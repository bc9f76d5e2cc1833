# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Electronic signature of a PDF: PAdES baseline B-B (ETSI EN 319 142-1), through pyHanko.

The libraries are imported where they are used: a server that never signs does not pay for
them at start.
"""

import hashlib
import html
from datetime import datetime
from functools import cache, lru_cache
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from .paged import LOCK

#: Name of the signature's field in the PDF.
FIELD = "Signature"
#: Size of the visible box, in points (85 × 24 mm), and what stays free around it.
BOX_WIDTH, BOX_HEIGHT, PADDING = 240, 68, 8
#: Where the box may stand: margins of a letter, and the foot of the page, in points.
MARGIN_SIDE, MARGIN_FOOT = 56, 62


class Identity(NamedTuple):
    """Who signs.

    :param bytes certificate: the certificate, PEM
    :param bytes key: its private key, PEM, not encrypted
    :param tuple chain: further certificates up to the root, PEM
    """

    certificate: bytes
    key: bytes
    chain: tuple = ()


class Mark(NamedTuple):
    """What a person reads of a signature; the words are the caller's, in its language.

    :param str title: first line of the box
    :param str name: who signs
    :param str place: town
    :param str reason: why the document was signed
    :param str when: date as the box shows it
    """

    title: str
    name: str
    place: str
    reason: str
    when: str


class Verdict(NamedTuple):
    """What a signature is worth.

    :param bool intact: not a byte of what it covers was changed
    :param bool complete: it covers the whole file, nothing was added after it
    :param bool trusted: its certificate comes from one of the roots given
    :param str signer: common name of the certificate
    :param datetime signed_on: when the signer says that it signed, aware
    """

    intact: bool
    complete: bool
    trusted: bool
    signer: str
    signed_on: datetime


def find_room(pdf: bytes) -> tuple | None:
    """Return where the visible box fits on the last page without hiding anything.

    The page is looked at as a picture: as close as possible under the last paragraph, on
    the right, where a letter is signed.

    :return: ``(left, bottom, right, top)`` in points, or ``None`` where there is no room
    """
    try:
        import pypdfium2
    except ImportError:
        return None
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            picture = document[len(document) - 1].render(scale=1).to_pil().convert("L")
        finally:
            document.close()
    width, height = picture.size
    left, lowest = width - MARGIN_SIDE - BOX_WIDTH, height - MARGIN_FOOT - BOX_HEIGHT
    column = picture.crop(
        (left - PADDING, 0, width - MARGIN_SIDE, height - MARGIN_FOOT + PADDING)
    )
    inked = column.point(lambda shade: 255 * (shade <= 250)).getbbox()
    # Under the last thing printed there, and never in the upper third.
    highest = max(inked[3] + PADDING if inked else 0, height // 3)
    if lowest < 0 or (inked and inked[3] > lowest - PADDING):
        return None
    top = min(lowest, highest)
    return (left, height - top - BOX_HEIGHT, left + BOX_WIDTH, height - top)


@lru_cache(maxsize=32)
def draw_box(mark: Mark) -> bytes:
    """Return the visible box as a PDF of one page, its fonts embedded.

    All letters of a step bear the same one on a day: it is drawn once.
    """
    import weasyprint

    lines = (
        f"<b>{html.escape(mark.title)}</b>",
        html.escape(mark.name),
        html.escape(", ".join(filter(None, (mark.place, mark.when)))),
        html.escape(mark.reason),
    )
    page = weasyprint.HTML(
        string=f"""<style>
        @page {{ size: {BOX_WIDTH}pt {BOX_HEIGHT}pt; margin: 0 }}
        body {{ margin: 0; font: 8pt/11pt "DejaVu Sans", "Liberation Sans", sans-serif;
            color: #1f2937 }}
        div {{ box-sizing: border-box; width: {BOX_WIDTH}pt; height: {BOX_HEIGHT}pt;
            padding: 6pt 8pt; border: .75pt solid #6b7280; border-left: 3pt solid #1d4ed8;
            overflow: hidden }}
        p {{ margin: 0 0 2pt; white-space: nowrap; overflow: hidden }}
        </style><div>{"".join(f"<p>{line}</p>" for line in lines)}</div>"""
    )
    with LOCK:
        return page.write_pdf()


def sign(pdf: bytes, identity: Identity, mark: Mark) -> bytes:
    """Return ``pdf`` with a PAdES B-B signature, visible where the layout leaves room.

    :param pdf: the document; what it holds stays byte for byte at the head of the result
    :param identity: who signs
    :param mark: what the signature states
    """
    from pyhanko.pdf_utils import layout
    from pyhanko.pdf_utils.content import ImportedPdfPage
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.stamp import StaticStampStyle

    box = find_room(pdf)
    with NamedTemporaryFile(suffix=".pdf") as drawn:
        style = None
        if box:
            drawn.write(draw_box(mark))
            drawn.flush()
            style = StaticStampStyle(
                border_width=0,
                # pyHanko reads it while it signs, and from a file only.
                background=ImportedPdfPage(drawn.name),
                background_opacity=1,
                background_layout=layout.SimpleBoxLayoutRule(
                    x_align=layout.AxisAlignment.ALIGN_MIN,
                    y_align=layout.AxisAlignment.ALIGN_MIN,
                    margins=layout.Margins(),
                ),
            )
        signer = PdfSigner(
            PdfSignatureMetadata(
                field_name=FIELD,
                md_algorithm="sha256",
                subfilter=SigSeedSubFilter.PADES,
                name=mark.name,
                location=mark.place or None,
                reason=mark.reason,
            ),
            signer=_signer(identity),
            stamp_style=style,
            new_field_spec=SigFieldSpec(FIELD, on_page=-1, box=box),
        )
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        room = _estimate_room(identity)
        return signer.sign_pdf(writer, bytes_reserved=room).getvalue()


def _estimate_room(identity: Identity) -> int:
    """Return the hexadecimal digits to leave for a signature.

    Without it pyHanko signs twice, the first time to see how long the result is: that takes
    as long as laying the letter out. A signature is its certificates and a few kilobytes.
    """
    return 2 * (8192 + len(identity.certificate) + sum(map(len, identity.chain)))


#: By the hash of a file and its password: opening it takes as long as signing does, on purpose.
_chains = {}


def read_chain(content: bytes, password: str | None) -> tuple[bytes, ...]:
    """Return the certificates that came along in a PKCS#12 file, as PEM."""
    secret = (password or "").encode()
    known = hashlib.sha256(hashlib.sha256(content).digest() + secret).digest()
    if known not in _chains:
        from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

        opened = pkcs12.load_key_and_certificates(content, secret or None)
        _chains[known] = tuple(more.public_bytes(Encoding.PEM) for more in opened[2])
    return _chains[known]


def _signer(identity: Identity):
    """Return pyHanko's signer of an identity."""
    from asn1crypto import keys
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    store.register_multiple(map(_certificate, identity.chain))
    return _signer_class()(
        signing_cert=_certificate(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(_pkcs8(identity.key)),
        cert_registry=store,
    )


@cache
def _signer_class():
    """Return a signer that proves once a process that the numbers of a key are primes.

    pyHanko's proves it for each letter, which takes a third of the time of a signature.
    """
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.serialization import load_der_private_key
    from pyhanko.sign.general import get_pyca_cryptography_hash
    from pyhanko.sign.signers import SimpleSigner

    proven = set()

    class Signer(SimpleSigner):
        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            mechanism = self.get_signature_mechanism_for_digest(digest_algorithm)
            if mechanism.signature_algo != "rsassa_pkcs1v15":
                return super().sign_raw(data, digest_algorithm)
            content = self.signing_key.dump()
            fingerprint = hashlib.sha256(content).digest()
            key = load_der_private_key(
                content, None, unsafe_skip_rsa_key_validation=fingerprint in proven
            )
            proven.add(fingerprint)
            digest = get_pyca_cryptography_hash(digest_algorithm)
            return key.sign(data, PKCS1v15(), digest)

    return Signer


def _pkcs8(key: bytes) -> bytes:
    """Return a private key, PEM, as PKCS#8, DER.

    Most are in it already: reading one as a key, which pyHanko does again, proves that its
    numbers are primes each time.
    """
    from asn1crypto import pem
    from cryptography.hazmat.primitives import serialization

    kind, _headers, content = pem.unarmor(key)
    if kind == "PRIVATE KEY":
        return content
    return serialization.load_pem_private_key(key, None).private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _certificate(content: bytes):
    """Return a PEM certificate as pyHanko wants it."""
    from asn1crypto import pem, x509

    return x509.Certificate.load(pem.unarmor(content)[2])


def verify(pdf: bytes, roots=()) -> list[Verdict]:
    """Return what the signatures of a PDF are worth, in their order.

    :param roots: certificates (PEM) that are trusted; no revocation list is fetched
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=[_certificate(root) for root in roots], allow_fetching=False
    )
    verdicts = []
    for embedded in PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures:
        status = validate_pdf_signature(embedded, context)
        verdicts.append(
            Verdict(
                intact=status.intact and status.valid,
                complete=status.coverage is not None
                and status.coverage.name == "ENTIRE_FILE",
                trusted=status.trusted,
                signer=status.signing_cert.subject.native["common_name"],
                signed_on=status.signer_reported_dt,
            )
        )
    return verdicts


def make_certificate(
    name: str, start: datetime, end: datetime, password: str | None = None
) -> bytes:
    """Return a self-made certificate with its key as PKCS#12: for tests and the demo.

    Nobody vouches for it: what it signs proves nothing in court.

    :param name: common name of the holder
    :param start: first moment of its validity, aware
    :param end: last moment of its validity, aware
    :param password: what the file is encrypted with
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import pkcs12

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    holder = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    ) | {"digital_signature": True, "content_commitment": True}
    certificate = (
        x509.CertificateBuilder()
        .subject_name(holder)
        .issuer_name(holder)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encryption = (
        serialization.BestAvailableEncryption(password.encode())
        if password
        else serialization.NoEncryption()
    )
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, None, encryption
    )
