"""The people of the demo: who can be signed in as, with DEMO_PASSWORD, only where DEMO=1."""

from typing import Final

PERSONAS: Final[dict[str, str]] = {
    "founder@demo.test": "Chủ hồ sơ của tổ chức A",
    "founder2@demo.test": "Chủ hồ sơ của tổ chức B",
    "nhap-ho@demo.test": "Người nhập hộ của một hội",
    "officer@demo.test": "Chuyên viên thụ lý, cũng là thành viên của tổ chức A",
    "officer2@demo.test": "Chuyên viên thụ lý",
    "leader@demo.test": "Lãnh đạo Sở",
    "editor@demo.test": "Biên tập viên",
    "admin@demo.test": "Quản trị hệ thống",
}
