"""The electronic certificate: form V.4 as a PDF with a QR, given out, signed, taken back. Called by the engine alone."""

from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from registry.certificates.models import Certificate, CertificatePaper, CertificateVersion, Regime
from registry.core import clock, files
from registry.core.classification import INTERNAL
from registry.core.files import FileRefused, path_of
from registry.core.lifecycle import Data, Invalid
from registry.core.models import PrivateFile
from registry.st_enterprises.papers import content as papers
from registry.st_enterprises.papers import signing
from registry.st_enterprises.papers.pdf import QrCode, certificate_pdf
from registry.st_enterprises.proofs.claim import Claim, NotAClaim
from registry.st_enterprises.proofs.keys import NoKey, signing_key
from registry.st_enterprises.proofs.links import qr_svg, verification_url
from registry.st_enterprises.proofs.payload import sign

HOLDER: Final = "certificate"
MOST_SIGNERS: Final = 300
OLD_FORM: Final = (
    "Giấy cấp theo Nghị định 13/2019/NĐ-CP có mẫu của Nghị định ấy. Bản điện tử theo Mẫu số V.4 làm được sau khi cấp thay đổi "
    "hoặc cấp lại (Điều 52)."
)


def current(certificate: Certificate) -> CertificateVersion:
    return certificate.versions.select_related("decision__authority", "ward").get(effective_to=None)


def paper_of(version: CertificateVersion) -> CertificatePaper | None:
    return CertificatePaper.objects.filter(version=version).select_related("given_out", "signed").first()


def is_settled(made: CertificatePaper) -> bool:
    """Whether its signed file stays: not while no root confirms who signed, for it may be the wrong one."""
    return bool(made.signed_id and made.trust != signing.Trust.UNKNOWN)


def unsigned(version: CertificateVersion) -> None:
    """Raises Invalid where the version has a signed paper that stays as it is."""
    paper = paper_of(version)
    if paper and is_settled(paper):
        raise Invalid("Bản điện tử này đã ký rồi. Cần bản khác thì cấp lại theo Điều 52.")


def is_on_v4(version: CertificateVersion) -> bool:
    """Whether a version has the form of Decree 268: one of the older decree not before it was changed or issued again."""
    return version.turn > 0 or version.certificate.regime != Regime.ND13


def can_be_made(certificate: Certificate, data: Data) -> None:
    """Guard of `make_paper`."""
    version = current(certificate)
    unsigned(version)
    if not is_on_v4(version):
        raise Invalid(OLD_FORM)


def waits(certificate: Certificate, data: Data) -> None:
    """Guard of signing: a paper was given out and is not signed."""
    version = current(certificate)
    unsigned(version)
    if paper_of(version) is None:
        raise Invalid("Làm bản điện tử trước rồi mới ký.")


def make(certificate: Certificate, actor: Any, data: Data) -> dict[str, Any]:
    """The PDF of the version in force, with a fresh payload in its QR. Raises Invalid where the portal has no key, and where the
    number is longer than the QR holds.
    """
    version = current(certificate)
    try:
        claim = Claim(
            number=certificate.number,
            regime=certificate.regime,
            holder=version.name_vi,
            tax_code=version.business_number,
            first_issued_on=certificate.first_issued_on,
            issued_on=version.issued_on,
        )
        payload = sign(claim, signing_key())
    except NoKey as missing:
        raise Invalid(str(missing)) from missing
    except NotAClaim as wrong:
        raise Invalid("Số giấy chứng nhận quá dài cho mã QR: không làm được bản điện tử của giấy này.") from wrong
    code = QrCode(qr_svg(verification_url(payload)), "Mã QR để xác minh giấy chứng nhận", "Quét để xác minh")
    bytes_ = signing.exported(certificate_pdf(content(certificate, version), clock.now(), code))
    given_out = _kept(certificate, bytes_, "can-ky", actor)
    CertificatePaper.objects.update_or_create(
        version=version,
        defaults={
            "payload": payload,
            "given_out": given_out,
            "made_at": clock.now(),
            "signed": None,
            "signers": "",
            "trust": "",
        },
    )
    return {"file": given_out.public_id}


def sign_here(certificate: Certificate, actor: Any, data: Data) -> dict[str, Any]:
    """Sign with the development key of this installation, which says so in its name."""
    given_out = _given_out(certificate)
    return _take(certificate, given_out, signing.sign(given_out), actor)


def take_signed(certificate: Certificate, actor: Any, data: Data) -> dict[str, Any]:
    """Take the file that was signed elsewhere: the bytes given out, and behind them signatures alone. Raises Invalid."""
    upload = data.get("file")
    if upload is None:
        raise Invalid("Chọn tệp đã ký.", {"file": "Chọn tệp đã ký."})
    if upload.size > files.MAX_BYTES:
        sentence = "Tệp này lớn hơn bản đã tải xuống nhiều. Chọn đúng bản đã ký."
        raise Invalid(sentence, {"file": sentence})
    return _take(certificate, _given_out(certificate), upload.read(), actor)


def content(certificate: Certificate, version: CertificateVersion) -> papers.Certificate:
    """What form V.4 prints."""
    decision = version.decision
    with translation.override("vi"):
        place = version.ward.name_vi
    return papers.Certificate(
        authority=str(decision.authority.name_vi),
        number=certificate.number,
        first_issued_on=certificate.first_issued_on,
        renewals=tuple(
            papers.Printed(why=papers.Renewal(one.kind), number=one.turn, on=one.issued_on)
            for one in certificate.versions.filter(turn__gt=0, turn__lte=version.turn).order_by("turn")
        ),
        name_vi=version.name_vi,
        name_foreign=version.name_en,
        name_short=version.short_name,
        registration_number=version.business_number,
        registration_on=version.registered_on,
        head_office=f"{version.address}, {place}, tỉnh Lai Châu",
        phone=version.phone,
        items=tuple(
            papers.ResultProducts(result=line.result, products=(line.product,)) for line in version.products.all()
        ),
        place="Lai Châu",
        signed_on=version.issued_on,
        signatory=decision.signatory,
    )


def _given_out(certificate: Certificate) -> bytes:
    paper = paper_of(current(certificate))
    assert paper is not None  # the guard has asked
    return path_of(paper.given_out.sha256).read_bytes()


def _take(certificate: Certificate, given_out: bytes, signed: bytes, actor: Any) -> dict[str, Any]:
    try:
        found = signing.accept(given_out, signed, settings.ST_TRUSTED_ROOTS)
        kept = _kept(certificate, signed, "da-ky", actor)
    except (signing.SignatureRefused, FileRefused) as refused:
        raise Invalid(str(refused), {"file": str(refused)}) from refused
    names = ", ".join(signer.name for signer in found.signers)[:MOST_SIGNERS]
    if found.trust is signing.Trust.UNKNOWN and settings.ST_TRUSTED_ROOTS:
        sentence = (
            f"Không chứng thư gốc nào mà cổng tin xác nhận được người ký ({names}), hoặc chứng thư của họ đã hết hạn. Kiểm tra lại "
            "chữ ký, hoặc báo người quản trị thêm chứng thư gốc."
        )
        raise Invalid(sentence, {"file": sentence})
    trust = found.trust.value
    CertificatePaper.objects.filter(version=current(certificate)).update(signed=kept, signers=names, trust=trust)
    return {"file": kept.public_id, "trust": trust}


def _kept(certificate: Certificate, pdf: bytes, what: str, actor: Any) -> PrivateFile:
    name = f"giay-chung-nhan-{certificate.number_key}-{what}.pdf"
    stored = files.store(
        SimpleUploadedFile(name, pdf, "application/pdf"), owner=actor, file_class=INTERNAL, purpose=HOLDER
    )
    return files.attach(stored, HOLDER, certificate.pk, retention=PrivateFile.Retention.PERMANENT)
