"""Files of the demo: sample papers as PDF, each saying that it is a sample, and logos drawn from a name."""

import hashlib
from functools import cache
from io import BytesIO
from typing import Final

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

PAPERS: Final = {
    "registration": ("giay-dang-ky-mau.pdf", "Giấy đăng ký kinh doanh", "Bản mẫu để xem cách nộp tệp."),
    "product": ("anh-va-mo-ta-san-pham-mau.pdf", "Mô tả sản phẩm", "Bản mẫu: ảnh và mô tả một sản phẩm."),
    "test_result": (
        "phieu-kiem-nghiem-mau.pdf",
        "Phiếu kết quả thử nghiệm",
        "Bản mẫu: các chỉ tiêu đều là số giả định.",
    ),
    "recognition": ("van-ban-cong-nhan-mau.pdf", "Văn bản công nhận kết quả", "Bản mẫu để xem cách nộp tệp."),
    "screen": ("man-hinh-nen-tang-mau.pdf", "Màn hình nền tảng quốc gia", "Bản chụp mẫu sau khi nhập."),
    "signed": ("van-ban-da-ky-mau.pdf", "Văn bản đã ký", "Bản mẫu: chữ ký và dấu đều giả định."),
    "receipt": ("bien-nhan-v6-mau.pdf", "Biên nhận báo cáo V.6", "Bản mẫu: số và ngày đều giả định."),
}
INKS: Final = ("#1f3a5f", "#2f5d50", "#7a3e2b", "#4a3b6b", "#8a5a12", "#23556b")
GROUNDS: Final = ("#f4c95d", "#e9d8a6", "#cfe3d4", "#f2b8a0", "#d7d3ee", "#bfe0ea")


@cache
def pdf(title: str, text: str) -> bytes:
    source = f'#set page(width: 148mm, height: 210mm)\n#set text(lang: "vi", size: 11pt)\n= {title}\n\n{text}\n'
    return bytes(typst.compile(source.encode(), format="pdf"))


def paper(purpose: str) -> SimpleUploadedFile:
    name, title, text = PAPERS[purpose]
    words = f"{text} Giấy tờ giả định của dữ liệu trình diễn, không có giá trị."
    return SimpleUploadedFile(name, pdf(title, words), "application/pdf")


def logo(key: str) -> SimpleUploadedFile:
    """Two ridges and a sun, in the colours and heights that the key gives."""
    dice = hashlib.sha256(key.encode()).digest()
    ink, ground = INKS[dice[0] % len(INKS)], GROUNDS[dice[1] % len(GROUNDS)]
    picture = Image.new("RGB", (480, 480), ground)
    draw = ImageDraw.Draw(picture)
    sun = 90 + dice[2] % 260
    draw.ellipse((sun, 70, sun + 90, 160), fill="#fffaf0")
    left, right = 150 + dice[3] % 90, 150 + dice[4] % 90
    draw.polygon([(0, 480), (0, 330), (left, 210 - dice[5] % 60), (480, 430), (480, 480)], fill=ink)
    draw.polygon(
        [(0, 480), (480 - right, 260 + dice[6] % 60), (480, 360), (480, 480)], fill=ink + "b0" if dice[7] % 2 else ink
    )
    out = BytesIO()
    picture.save(out, "PNG")
    return SimpleUploadedFile("bieu-trung.png", out.getvalue(), "image/png")
