"""What the first tree is called, apart from its words."""

from typing import Final
from uuid import UUID

NAMESPACE: Final = UUID("5b1c5f0e-6c39-4f5e-9d0b-2a7c1e8d4f60")

DEPARTMENT: Final = {
    "department_vi": "Sở Khoa học và Công nghệ",
    "department_en": "Department of Science and Technology",
    "department_long_vi": "Sở Khoa học và Công nghệ tỉnh Lai Châu",
    "department_long_en": "Lai Châu Department of Science and Technology",
    "responsible_vi": "Giám đốc Sở",
    "responsible_en": "Director of the Department",
    "address_vi": "Trung tâm Hành chính tỉnh, phường Tân Phong, tỉnh Lai Châu",
    "address_en": "Provincial Administrative Centre, Tân Phong Ward, Lai Châu Province",
    "phone": "0213 0000 000",
    "email": "lienhe@skhcn.example",
}
"""Sample facts until the department confirms them: the phone and the e-mail address are plainly invented."""
