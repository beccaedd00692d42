"""The papers as PDF, read back."""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pytest
import segno
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from registry.st_enterprises.papers.content import (
    Application,
    BusinessPlan,
    Certificate,
    Enterprise,
    Paper,
    ResultProducts,
)
from registry.st_enterprises.papers.pdf import QrCode, certificate_pdf, pdf
from tests.st_enterprises.papers.reading import bare, text_of, words_of
from tests.st_enterprises.papers.samples import EMPTY, FULL, MADE_AT

CODES = pytest.mark.parametrize("code", list(FULL))
DRAWN = BytesIO()
segno.make("https://portal.example/xac-minh/#" + "k" * 300, error="m").save(DRAWN, kind="svg", xmldecl=False)
QR = QrCode(DRAWN.getvalue().decode(), "Mã QR để xác minh", "Quét để xác minh")


def made(paper: Paper) -> bytes:
    return certificate_pdf(paper, MADE_AT, QR) if isinstance(paper, Certificate) else pdf(paper, MADE_AT)


def structure(node: object) -> list[DictionaryObject]:
    """Every element of the structure tree below a node."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [element for one in node for element in structure(one)]
    if not isinstance(node, DictionaryObject):
        return []
    return [node, *structure(node.get("/K", []))]


@CODES
@pytest.mark.parametrize("papers", [FULL, EMPTY], ids=["full", "empty"])
def test_every_word_of_the_form_and_what_is_filled_in_can_be_read_back(code: str, papers: dict[str, Paper]) -> None:
    text, wanted = bare(text_of(made(papers[code]))), words_of(papers[code])
    assert len(wanted) > 20
    assert [words for words in wanted if bare(words) not in text] == []


@CODES
def test_what_is_unknown_is_a_dotted_line(code: str) -> None:
    text = text_of(made(EMPTY[code]))
    assert "None" not in text
    assert "null" not in text
    assert bare(text).count("." * 12) >= 4
    assert "." * 12 not in bare(text_of(made(FULL[code])))


@CODES
def test_it_is_tagged_vietnamese_and_has_its_fonts_in_it(code: str) -> None:
    reader = PdfReader(BytesIO(made(FULL[code])))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "vi"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert f"Mẫu số {code}" in reader.metadata.title
    assert b"pdfuaid:part>1<" in reader.xmp_metadata.stream.get_data()
    kinds = [element.get("/S") for element in structure(root["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1
    assert "/H2" in kinds
    assert ("/TH" in kinds) == (code in ("V.2", "V.3", "V.4", "V.6"))
    fonts = {font for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    for font in fonts:
        (descendant,) = font.get_object()["/DescendantFonts"]
        assert "/FontFile3" in descendant.get_object()["/FontDescriptor"]
        assert "/ToUnicode" in font.get_object()
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}


def test_the_dots_are_drawn_not_read_out() -> None:
    artifacts = {}
    for kind, papers in (("full", FULL), ("empty", EMPTY)):
        page = PdfReader(BytesIO(made(papers["V.1"]))).pages[0]
        artifacts[kind] = page.get_contents().get_data().count(b"/Artifact")
    assert artifacts["empty"] - artifacts["full"] >= 20


@CODES
def test_the_same_paper_gives_the_same_bytes(code: str) -> None:
    assert made(FULL[code]) == made(FULL[code])


def test_the_code_beside_the_signature_has_words_for_who_cannot_see_it() -> None:
    reader = PdfReader(BytesIO(made(FULL["V.4"])))
    alts = [str(element["/Alt"]) for element in structure(reader.root_object["/StructTreeRoot"]) if "/Alt" in element]
    assert alts == [QR.alt]
    assert QR.says in text_of(made(FULL["V.4"]))
    bare_certificate = certificate_pdf(FULL["V.4"], MADE_AT)
    assert QR.says not in text_of(bare_certificate)


def test_a_long_certificate_has_its_number_and_the_head_of_its_table_on_every_page() -> None:
    items = tuple(ResultProducts(result=f"Kết quả {n}", products=(f"Sản phẩm {n}",)) for n in range(120))
    pages = PdfReader(BytesIO(certificate_pdf(replace(FULL["V.4"], items=items), MADE_AT))).pages
    assert len(pages) >= 3
    texts = [bare(page.extract_text()) for page in pages]
    assert all(
        bare(f"Giấy chứng nhận số 07/2026/DNKHCN · trang {n}/{len(pages)}") in text for n, text in enumerate(texts, 1)
    )
    for text in texts[:-1]:
        assert bare("Tên sản phẩm khoa học, công nghệ và đổi mới sáng tạo") in text
    whole = "".join(texts)
    assert all(bare(item.products[0]) in whole for item in items)


def test_what_people_type_is_never_taken_for_commands() -> None:
    name = '#panic("x") *đậm* $x^2$ `mã` \\u{41} <nhãn> @trích // hết'
    text = text_of(pdf(Application(enterprise=Enterprise(name_vi=name)), MADE_AT))
    assert bare(name) in bare(text)


@pytest.mark.parametrize("form", [str.lower, str.upper])
def test_every_vietnamese_letter_is_in_the_font(form) -> None:
    """A letter that the font lacks would cost the paper PDF/UA, without a word."""
    tones = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    letters = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in tones)
    letters = form(letters + "đ")
    assert len(letters) == 73
    plan = pdf(BusinessPlan(name=letters, features=letters), MADE_AT)
    assert b"pdfuaid:part>1<" in PdfReader(BytesIO(plan)).xmp_metadata.stream.get_data()
    assert bare(text_of(plan)).count(letters) == 2
