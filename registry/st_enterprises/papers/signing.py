"""The certificate's PDF, signed as PAdES (ETSI EN 319 142-1, B-B), and what a signed file is worth.

Two ways lead to a signed certificate. `sign` uses a key of this installation, made on first use and labelled development: its
signature proves that nothing was changed since, not who decided. For a signature that counts, `exported` gives the PDF out, it is
signed with the key of the authority, and `accept` takes it back: the exported bytes, and behind them signatures alone.

Nothing is fetched: whether a signer's certificate was revoked is not asked. The time is the one that the signer states.
"""

import contextvars
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from asn1crypto import keys, pem
from asn1crypto import x509 as asn1_x509
from asn1crypto.cms import ContentInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    FormUpdatingRule,
    ModificationLevel,
    StandardDiffPolicy,
)
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON, ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.rules.file_structure_rules import CatalogModificationRule
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from registry.core import clock

DEVELOPMENT_NAME: Final = "KHÓA PHÁT TRIỂN - không có giá trị pháp lý"
FIELD: Final = "ChuKy"
LIFE_OF_KEY: Final = timedelta(days=3650)
KEY_USAGE: Final = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
DEFAULT_FORM_RULE: Final = cast(FormUpdatingRule, DEFAULT_DIFF_POLICY.form_rule)
SIGNATURES_ALONE: Final = StandardDiffPolicy(
    [
        CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}),  # type: ignore[no-untyped-call]
        *(rule for rule in DEFAULT_DIFF_POLICY.global_rules if not isinstance(rule, CatalogModificationRule)),
    ],
    FormUpdatingRule(
        DEFAULT_FORM_RULE.field_rules, ignored_acroform_keys=ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"}
    ),
)
"""What may stand behind an exported file. A first signature may forbid later changes (`/Perms`) and says that it is there (`/SigFlags`)."""

T = TypeVar("T")


class SignatureRefused(ValueError):
    """The file cannot be taken as signed. Its text is a Vietnamese sentence that says what to do."""


class Trust(StrEnum):
    """`TRUSTED`: a chain leads to one of the given roots. `DEVELOPMENT`: the key of this installation. Else `UNKNOWN`."""

    TRUSTED = "trusted"
    DEVELOPMENT = "development"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Signer:
    """`at` is the time that the signer states; None where none is stated."""

    name: str
    at: datetime | None
    trust: Trust


@dataclass(frozen=True, slots=True)
class Signed:
    """What the signatures of a file say, the earliest first; there is one at least.

    `intact`: what they cover is as it was signed, and between them there are signatures alone. `whole`: the last one covers
    the whole file.
    """

    signers: tuple[Signer, ...]
    intact: bool
    whole: bool

    @property
    def trust(self) -> Trust:
        """That of the weakest signature."""
        found = {signer.trust for signer in self.signers}
        return next(trust for trust in (Trust.UNKNOWN, Trust.DEVELOPMENT, Trust.TRUSTED) if trust in found)


def sign(pdf: bytes, reason: str = "Cấp Giấy chứng nhận doanh nghiệp khoa học và công nghệ") -> bytes:
    """The PDF with a signature of the development key: an update behind its bytes; any later change breaks it."""
    key, certificate = development_key()
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = SimpleSigner(certificate, key, SimpleCertificateStore())  # type: ignore[no-untyped-call]
    signed: BytesIO = _aside(lambda: _Signer(meta, signer=signer).sign_pdf(_Writer(BytesIO(pdf))))
    return signed.getvalue()


def exported(pdf: bytes) -> bytes:
    """The PDF as it is given out to be signed: with an empty, invisible field for the signature.

    Keep these bytes for `accept`: no two calls give the same.
    """
    writer = _Writer(BytesIO(pdf))
    append_signature_field(writer, SigFieldSpec(FIELD))
    given_out = BytesIO()
    writer.write(given_out)  # type: ignore[no-untyped-call]
    return given_out.getvalue()


def validate(pdf: bytes, roots: Sequence[bytes] = (), on: datetime | None = None) -> Signed:
    """Who signed the file, when, and whether it is still what was signed.

    `roots`: the certificates (PEM or DER) of the authorities whose signers are trusted; `on`: the moment at which their
    certificates must hold, now by default. Raises SignatureRefused for what is no PDF or has no signature.
    """
    trusted = [_certificate(root) for root in roots]
    return _reading(lambda: _validated(pdf, trusted, on or clock.now()))


def accept(given_out: bytes, signed: bytes, roots: Sequence[bytes] = (), on: datetime | None = None) -> Signed:
    """The signatures of a file that `exported` gave out and that comes back. `roots` and `on` as in `validate`.

    Raises SignatureRefused unless the file begins with the bytes given out, the rest adds nothing but signatures, and the
    last of them covers the whole file. Whose signature suffices is for the caller to decide, by `trust`.
    """
    if signed == given_out:
        raise SignatureRefused("Tệp này chưa có chữ ký số. Hãy ký bản đã tải xuống rồi tải lên lại.")
    found = validate(signed, roots, on)
    if not signed.startswith(given_out):
        raise SignatureRefused(
            "Tệp này không phải bản đã xuất ra, hoặc phần mềm ký đã lưu lại cả tệp. Hãy tải xuống lại, ký mà không in hay lưu"
            " sang tệp khác, rồi tải lên."
        )
    if not found.intact or not _reading(lambda: _adds_only_signatures(given_out, signed)):
        raise SignatureRefused("Nội dung đã bị sửa so với bản xuất ra. Hãy tải xuống lại và ký bản chưa sửa.")
    if not found.whole:
        raise SignatureRefused("Sau chữ ký cuối cùng còn phần ghi thêm, nên chữ ký không bao trùm cả tệp. Hãy ký lại.")
    return found


def development_key() -> tuple[keys.PrivateKeyInfo, asn1_x509.Certificate]:
    """The key and the self-signed certificate of this installation, made on first use."""
    path = _key_file()
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _write_once(path, _new_key())
    blocks = {kind: der for kind, _headers, der in pem.unarmor(path.read_bytes(), multiple=True)}
    return keys.PrivateKeyInfo.load(blocks["PRIVATE KEY"]), asn1_x509.Certificate.load(blocks["CERTIFICATE"])


def _key_file() -> Path:
    return Path(settings.VAR_DIR) / "st-signing" / "development.pem"


def _new_key() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Cổng thông tin đổi mới sáng tạo tỉnh Lai Châu"),
            x509.NameAttribute(NameOID.COMMON_NAME, DEVELOPMENT_NAME),
        ]
    )
    others = "key_encipherment data_encipherment key_agreement key_cert_sign crl_sign encipher_only decipher_only"
    usage = dict.fromkeys(others.split(), False)
    now = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + LIFE_OF_KEY)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def _write_once(path: Path, content: bytes) -> None:
    """The first of several processes wins; nobody reads half a file, and nobody else may read it (mode 600)."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(unfinished)


class _Signer(PdfSigner):
    """Signs at the portal's time."""

    def init_signing_session(self, *args: Any, **kwargs: Any) -> PdfSigningSession:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = clock.now()
        return session


class _Writer(IncrementalPdfFileWriter):
    """Leaves title and XMP alone: rewritten, they would lose the mark of PDF/UA and take the machine's time."""

    def _update_meta(self) -> None:
        pass


def _certificate(encoded: bytes) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(pem.unarmor(encoded)[2] if pem.detect(encoded) else encoded)


def _validated(pdf: bytes, roots: list[asn1_x509.Certificate], on: datetime) -> Signed:
    reader = PdfFileReader(BytesIO(pdf))
    signatures = list(reader.embedded_regular_signatures)
    if not signatures:
        raise SignatureRefused("Tệp này chưa có chữ ký số.")
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=on)
    signers, intact = [], True
    for signature in signatures:
        status = validate_pdf_signature(signature, context, key_usage_settings=KEY_USAGE)
        intact = intact and status.intact and status.valid and _ends_with_its_signature(signature)
        intact = intact and (signature is signatures[-1] or _is_signatures(signature.diff_result))
        signers.append(Signer(_name(signature), status.signer_reported_dt, _trust(signature, status.trusted)))
    return Signed(tuple(signers), intact, signatures[-1].coverage is SignatureCoverageLevel.ENTIRE_FILE)


def _is_signatures(change: object) -> bool:
    """Whether what stands behind some revision are signatures alone, as far as an earlier one allows them."""
    return isinstance(change, DiffResult) and change.modification_level <= ModificationLevel.FORM_FILLING


def _ends_with_its_signature(signature: EmbeddedPdfSignature) -> bool:
    """The place kept for the signature is not covered by it: behind its end there may be nothing but zeros."""
    container = signature.pkcs7_content
    return not container[len(ContentInfo.load(container).dump()) :].strip(b"\0")


def _adds_only_signatures(given_out: bytes, signed: bytes) -> bool:
    reader = PdfFileReader(BytesIO(signed))
    revision = PdfFileReader(BytesIO(given_out)).xrefs.total_revisions - 1
    return _is_signatures(SIGNATURES_ALONE.review_file(reader, revision))


def _name(signature: EmbeddedPdfSignature) -> str:
    subject = signature.signer_cert.subject
    return str(subject.native.get("common_name") or subject.human_friendly)


def _trust(signature: EmbeddedPdfSignature, is_trusted: bool) -> Trust:
    if _key_file().exists() and signature.signer_cert.dump() == development_key()[1].dump():
        return Trust.DEVELOPMENT
    return Trust.TRUSTED if is_trusted else Trust.UNKNOWN


def _reading(read: Callable[[], T]) -> T:
    """Whatever a broken file does to its reader is told in one sentence."""
    try:
        return _aside(read)
    except SignatureRefused:
        raise
    except Exception as broken:
        raise SignatureRefused("Không đọc được tệp như một PDF đã ký. Hãy chọn lại tệp.") from broken


def _aside(work: Callable[[], T]) -> T:
    """pyHanko starts an event loop of its own, which a thread that already has one refuses; the clock goes along."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(contextvars.copy_context().run, work).result()
