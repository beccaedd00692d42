from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from registry.st_enterprises.proofs.keys import published_keys
from registry.st_enterprises.proofs.links import payload_in, status_url
from registry.st_enterprises.proofs.payload import NotValid, Proof, Reason, verify

REGIMES: Final = {"nd268": "Nghị định 268/2025/NĐ-CP", "nd13": "Nghị định 13/2019/NĐ-CP"}

REFUSALS: Final = {
    Reason.MALFORMED: "Đây không phải chuỗi ký của giấy chứng nhận, hoặc chuỗi bị chép thiếu.",
    Reason.UNKNOWN_KEY: "Không có khóa {key} trong các khóa đã công bố: giấy không do cổng này ký, hoặc chuỗi bị sửa.",
    Reason.BAD_SIGNATURE: "Chữ ký không khớp với nội dung: chuỗi đã bị sửa hoặc không do khóa {key} ký.",
    Reason.KEY_LEAKED: "Khóa {key} đã lộ: chữ ký của nó không chứng minh được gì. Tra số giấy chứng nhận tại cổng.",
    Reason.KEY_NOT_IN_USE: "Ngày ký nằm ngoài thời gian dùng khóa {key}: không được tin.",
}


class Command(BaseCommand):
    help = "Kiểm tra chuỗi ký của giấy chứng nhận (mã QR): in nội dung và khóa đã ký, hoặc vì sao không hợp lệ (mã thoát 1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", metavar="TEXT", help="chuỗi ký, hoặc cả địa chỉ đọc được từ mã QR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            proof = verify(payload_in(options["text"]), published_keys())
        except NotValid as refusal:
            raise CommandError(REFUSALS[refusal.reason].format(key=refusal.key_id)) from refusal
        self.stdout.write(told(proof))


def told(proof: Proof) -> str:
    claim = proof.claim
    holder = f"{claim.holder}… (tên dài, mã chỉ ghi phần đầu)" if claim.holder_is_cut else claim.holder
    lines = [
        f"Chữ ký đúng: khóa {proof.key.key_id} ký ngày {proof.signed_on:%d/%m/%Y}.",
        f"Số giấy chứng nhận: {claim.number}",
        f"Tên doanh nghiệp:   {holder}",
        f"Mã số doanh nghiệp: {claim.tax_code}",
        f"Cấp theo:           {REGIMES[claim.regime]}",
        f"Cấp lần đầu:        {claim.first_issued_on:%d/%m/%Y}",
        f"Cấp bản này:        {claim.issued_on:%d/%m/%Y}",
        f"Tình trạng hôm nay: {status_url(claim.number)}",
    ]
    if proof.key.development:
        lines.insert(1, "Khóa phát triển của bản trình diễn: không có giá trị pháp lý.")
    return "\n".join(lines)
