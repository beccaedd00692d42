"""What the enterprise of the whole life says of itself: a small one of the mountains, with nothing that exists."""

from typing import Final

NAME: Final = "Công ty TNHH Thảo Dược Lá Rừng Ví Dụ (giả định)"
NEW_NAME: Final = "Công ty TNHH Thảo Dược Lá Rừng Mới Ví Dụ (giả định)"
OWNER: Final = "chu-cong-ty-tnhh-thao-duoc-la-rung-vi-du-gia-dinh@demo.test"

REGISTERED: Final = "12/05/2019"
SECTOR: Final = "agriculture"
MONEY: Final = {
    "net_revenue": "10.000.000.000",
    "total_revenue": "10.500.000.000",
    "sti_spending": "250.000.000",
    "sti_product_revenue": "6.000.000.000",
}
WORKERS: Final = "12"
CAPITAL: Final = "8.000.000.000"
PRODUCT: Final = "Cao lá rừng cô lạnh"
RESULT: Final = {
    "name": "Quy trình cô cao lá rừng ở nhiệt độ thấp",
    "funding": "Vốn của doanh nghiệp",
    "document_number": "VD-GPHI-2024-9",
    "document_date": "12/05/2024",
    "issuer": "Cơ quan giả định",
}
RESULT_CHOICES: Final = {"kind": "utility_solution", "origin": "own", "document_kind": "ip_title"}
NEW_PRODUCT: Final = "Trà lá rừng túi lọc"

ENTERPRISE: Final = {
    "registered_on": REGISTERED,
    "registration_issuer": "Phòng Đăng ký kinh doanh giả định",
    "enterprise_type": "Công ty trách nhiệm hữu hạn",
    "address": "Bản Ví Dụ 4",
    "phone": "0213 0000 777",
}
REPRESENTATIVE: Final = {
    "representative": "Chẻo Thị Ví Dụ",
    "representative_title": "Giám đốc",
    "identity_number": "000000000777",
    "identity_issuer": "Cơ quan giả định",
    "identity_issued_on": "01/03/2022",
    "representative_phone": "0912 000 777",
    "permanent_address": "Bản Ví Dụ 4",
    "current_address": "Bản Ví Dụ 4",
}
