"""The signed certificate: what a signature covers, what breaks it, and the way out and back."""

import asyncio
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader, PdfWriter

from registry.core import clock
from registry.st_enterprises.papers import signing
from registry.st_enterprises.papers.pdf import certificate_pdf
from registry.st_enterprises.papers.signing import (
    DEVELOPMENT_NAME,
    SignatureRefused,
    Trust,
    accept,
    development_key,
    exported,
    sign,
    validate,
)
from tests.st_enterprises.papers.reading import text_of
from tests.st_enterprises.papers.samples import CERTIFICATE, MADE_AT

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=clock.ZONE)
Authority = tuple[rsa.RSAPrivateKey, x509.Certificate]


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path) -> None:
    settings.VAR_DIR = tmp_path


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


@pytest.fixture(scope="module")
def paper() -> bytes:
    return certificate_pdf(CERTIFICATE, MADE_AT)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return issued("Gốc thử nghiệm", None)


def issued(name: str, by: Authority | None) -> Authority:
    """A key and its certificate; without `by` an authority that signs its own."""
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    others = "content_commitment key_encipherment data_encipherment key_agreement encipher_only decipher_only"
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=by is None, crl_sign=by is None, **dict.fromkeys(others.split(), False)
    )
    signing_key, issuer = (key, subject) if by is None else (by[0], by[1].subject)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2028, 1, 1, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    return key, builder.sign(signing_key, hashes.SHA256())


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def signed_outside(
    pdf: bytes, who: Authority, field: str = "Signature1", stamp: tuple[int, int, int, int] | None = None
) -> bytes:
    """As a program for signing does it: a field of its own, no rules for later changes, a stamp on the page if wished."""
    key = who[0].private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(
        asn1_x509.Certificate.load(der(who[1])), asn1_keys.PrivateKeyInfo.load(key), SimpleCertificateStore()
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    meta = PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    with ThreadPoolExecutor() as pool:
        spec = SigFieldSpec(field, box=stamp) if stamp else None
        return pool.submit(lambda: sign_pdf(writer, meta, signer, new_field_spec=spec).getvalue()).result()


def updated(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer, out = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def other_number(writer: IncrementalPdfFileWriter) -> None:
    """The page shows something else than before."""
    page = writer.find_page_for_modification(0)[0].get_object()
    page[NameObject("/Contents")] = writer.add_object(StreamObject(stream_data=b"0 0 m 99 99 l S"))
    writer.update_container(page)


def other_frame(writer: IncrementalPdfFileWriter) -> None:
    """Less of the page is seen."""
    page = writer.find_page_for_modification(0)[0].get_object()
    page[NameObject("/Rotate")] = NumberObject(90)
    writer.update_container(page)


def a_note(writer: IncrementalPdfFileWriter, kind: str = "/FreeText") -> IndirectObject:
    """Something lies over the page."""
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(kind)})
    note[NameObject("/Rect")] = ArrayObject(map(NumberObject, (100, 600, 400, 700)))
    page = writer.find_page_for_modification(0)[0].get_object()
    lying, others = writer.add_object(note), page.get("/Annots", ArrayObject())
    page[NameObject("/Annots")] = ArrayObject([*(others.raw_get(n) for n in range(len(others))), lying])
    writer.update_container(page)
    return lying


def a_field_to_type_in(writer: IncrementalPdfFileWriter) -> None:
    field = a_note(writer, "/Widget")
    field.get_object().update({NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("Khac")})
    form = writer.root["/AcroForm"]
    form["/Fields"].append(field)
    writer.update_container(form)


def another_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Sau"))


def test_the_key_is_made_once_for_this_installation_alone_and_says_what_it_is(tmp_path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = {certificate.dump() for _key, certificate in pool.map(lambda _n: development_key(), range(8))}
    assert len(made) == 1
    (file,) = (tmp_path / "st-signing").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    certificate = x509.load_der_x509_certificate(made.pop())
    assert "PHÁT TRIỂN" in DEVELOPMENT_NAME
    assert certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == DEVELOPMENT_NAME
    assert certificate.issuer == certificate.subject
    assert isinstance(certificate.public_key(), ec.EllipticCurvePublicKey)


def test_a_signature_says_who_and_when_and_covers_the_whole_file(paper: bytes) -> None:
    signed = sign(paper)
    found = validate(signed)
    assert [(s.name, s.at, s.trust) for s in found.signers] == [(DEVELOPMENT_NAME, NOON, Trust.DEVELOPMENT)]
    assert (found.intact, found.whole, found.trust) == (True, True, Trust.DEVELOPMENT)
    assert signed.startswith(paper)
    field = PdfReader(BytesIO(signed)).get_fields()["ChuKy"]["/V"]
    assert field["/SubFilter"] == "/ETSI.CAdES.detached"
    first, length, second, rest = field["/ByteRange"]
    assert (first, second + rest) == (0, len(signed))
    assert signed[length : length + 1] + signed[second - 1 : second] == b"<>"


def test_a_signed_certificate_reads_as_before_and_stays_tagged(paper: bytes) -> None:
    signed = sign(paper)
    assert text_of(signed) == text_of(paper)
    reader = PdfReader(BytesIO(signed))
    assert b"pdfuaid:part>1<" in reader.xmp_metadata.stream.get_data()
    assert "/StructTreeRoot" in reader.root_object


def test_every_changed_byte_that_is_signed_is_found(paper: bytes) -> None:
    signed = sign(paper)
    _first, length, second, _rest = PdfReader(BytesIO(signed)).get_fields()["ChuKy"]["/V"]["/ByteRange"]
    covered = [at for at in range(0, len(signed), 331) if not length <= at < second]
    covered += [*range(length - 40, length), *range(second, len(signed), 17), len(signed) - 1]
    assert len(covered) > 200
    missed = [at for at in covered if stands(changed(signed, at))]
    assert missed == []


def test_nothing_can_be_put_into_the_place_kept_for_the_signature(paper: bytes) -> None:
    signed = sign(paper)
    _first, _length, second, _rest = PdfReader(BytesIO(signed)).get_fields()["ChuKy"]["/V"]["/ByteRange"]
    assert signed[second - 9 : second] == b"00000000>"
    smuggled = signed[: second - 5] + b"4142" + signed[second - 1 :]
    assert len(smuggled) == len(signed)
    assert not validate(smuggled).intact


def changed(pdf: bytes, at: int) -> bytes:
    return pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]


def stands(pdf: bytes) -> bool:
    try:
        found = validate(pdf)
    except SignatureRefused:
        return False
    return found.intact and found.whole


@pytest.mark.parametrize("change", [other_number, other_frame, another_field])
def test_a_second_update_is_found(paper: bytes, change) -> None:
    found = validate(updated(sign(paper), change))
    assert not found.whole
    assert not validate(sign(paper) + b"\n% more\n").whole


def test_a_file_signed_outside_comes_back(paper: bytes, authority: Authority) -> None:
    given_out = exported(paper)
    assert text_of(given_out) == text_of(paper)
    leader = issued("Nguyễn Văn Ký", authority)
    signed = signed_outside(given_out, leader)
    found = accept(given_out, signed, [der(authority[1])])
    assert [(signer.name, signer.trust) for signer in found.signers] == [("Nguyễn Văn Ký", Trust.TRUSTED)]
    assert found.signers[0].at is not None
    assert accept(given_out, signed).trust is Trust.UNKNOWN
    stamped = signed_outside(given_out, leader, stamp=(300, 80, 500, 160))
    shown = [one for one in PdfReader(BytesIO(stamped)).pages[0]["/Annots"] if one.get_object()["/Rect"][2] == 500]
    assert "/N" in shown[0].get_object()["/AP"]
    assert accept(given_out, stamped, [der(authority[1])]).trust is Trust.TRUSTED
    in_the_field = signed_outside(given_out, leader, signing.FIELD)
    assert accept(given_out, in_the_field, [der(authority[1])]).trust is Trust.TRUSTED


def test_a_leader_and_then_the_seal_may_sign(paper: bytes, authority: Authority) -> None:
    given_out = exported(paper)
    once = signed_outside(given_out, issued("Nguyễn Văn Ký", authority), "Nguoi")
    twice = signed_outside(once, issued("UBND tỉnh thử nghiệm", authority), "ConDau")
    found = accept(given_out, twice, [der(authority[1])])
    assert [signer.name for signer in found.signers] == ["Nguyễn Văn Ký", "UBND tỉnh thử nghiệm"]
    assert (found.intact, found.whole, found.trust) == (True, True, Trust.TRUSTED)
    stranger = signed_outside(once, issued("Người lạ", None), "ConDau")
    assert accept(given_out, stranger, [der(authority[1])]).trust is Trust.UNKNOWN


@pytest.mark.parametrize("change", [other_number, other_frame, a_note, a_field_to_type_in])
def test_what_was_changed_between_two_signatures_is_found(paper: bytes, authority: Authority, change) -> None:
    once = signed_outside(exported(paper), authority, "Nguoi")
    assert not validate(signed_outside(updated(once, change), authority, "ConDau")).intact


@pytest.mark.parametrize("change", [other_number, other_frame, a_note, a_field_to_type_in])
def test_what_was_changed_before_it_was_signed_is_refused(paper: bytes, authority: Authority, change) -> None:
    given_out = exported(paper)
    signed = signed_outside(updated(given_out, change), authority)
    assert validate(signed).intact  # the signature itself is right
    with pytest.raises(SignatureRefused, match="Nội dung đã bị sửa"):
        accept(given_out, signed)


def test_other_files_are_refused_in_a_sentence(paper: bytes, authority: Authority) -> None:
    given_out = exported(paper)
    other = exported(certificate_pdf(replace(CERTIFICATE, number="08/2026/DNKHCN"), MADE_AT))
    saved = BytesIO()
    PdfWriter(clone_from=BytesIO(given_out)).write(saved)
    signed = signed_outside(given_out, authority)
    for file, sentence in (
        (given_out, "chưa có chữ ký"),
        (updated(given_out, another_field), "chưa có chữ ký"),
        (signed_outside(other, authority), "không phải bản đã xuất"),
        (signed_outside(saved.getvalue(), authority), "không phải bản đã xuất"),
        (updated(signed, another_field), "ghi thêm"),
        (changed(signed, len(given_out) // 2), "không phải bản đã xuất"),
        (b"", "Không đọc được"),
        (b"%PDF-1.7\n", "Không đọc được"),
        (signed[:-700], "Không đọc được"),
        (b"PK\x03\x04" + bytes(2000), "Không đọc được"),
    ):
        with pytest.raises(SignatureRefused, match=sentence):
            accept(given_out, file)


def test_the_development_key_of_another_installation_is_unknown_here(paper: bytes, settings, tmp_path) -> None:
    signed = sign(paper)
    settings.VAR_DIR = tmp_path / "other"
    settings.VAR_DIR.mkdir()
    assert validate(signed).trust is Trust.UNKNOWN
    assert not list(settings.VAR_DIR.iterdir()), "to look at a file makes no key"


def test_a_certificate_counts_on_the_day_that_is_asked(paper: bytes, authority: Authority) -> None:
    signed = signed_outside(exported(paper), issued("Nguyễn Văn Ký", authority))
    roots = [der(authority[1])]
    assert validate(signed, roots, NOON).trust is Trust.TRUSTED
    assert validate(signed, roots, NOON + timedelta(days=800)).trust is Trust.UNKNOWN
    pem = authority[1].public_bytes(serialization.Encoding.PEM)
    assert validate(signed, [pem], NOON).trust is Trust.TRUSTED


def test_it_works_where_an_event_loop_runs(paper: bytes) -> None:
    async def within() -> bool:
        return validate(sign(paper)).whole

    with ThreadPoolExecutor(1) as own:  # a browser in the same process has a loop running in this thread
        assert own.submit(asyncio.run, within()).result()
