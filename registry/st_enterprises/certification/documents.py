"""The papers that prove a result, as Art. 50(2)(b) of Decree 268/2025 lists them, and the purposes that a file can have."""

from enum import StrEnum
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.st_enterprises.words import Words


class DocumentKind(StrEnum):
    TRANSFER_REGISTRATION = "transfer_registration"
    IP_TITLE = "ip_title"
    VARIETY_RECOGNITION = "variety_recognition"
    TECHNICAL_ADVANCE = "technical_advance"
    BUDGET_RECOGNITION = "budget_recognition"
    BUDGET_REGISTRATION = "budget_registration"
    NON_BUDGET_CONFIRMATION = "non_budget_confirmation"
    OTHER_RECOGNITION = "other_recognition"


DOCUMENTS: Final[dict[DocumentKind, Words]] = {
    DocumentKind.TRANSFER_REGISTRATION: _("Giấy chứng nhận đăng ký chuyển giao công nghệ"),
    DocumentKind.IP_TITLE: _("Văn bằng bảo hộ quyền sở hữu trí tuệ"),
    DocumentKind.VARIETY_RECOGNITION: _("Quyết định công nhận, hoặc bản tự công bố, giống mới"),
    DocumentKind.TECHNICAL_ADVANCE: _("Quyết định công nhận tiến bộ kỹ thuật"),
    DocumentKind.BUDGET_RECOGNITION: _("Quyết định công nhận kết quả nhiệm vụ dùng ngân sách nhà nước"),
    DocumentKind.BUDGET_REGISTRATION: _("Giấy chứng nhận đăng ký kết quả nhiệm vụ dùng ngân sách nhà nước"),
    DocumentKind.NON_BUDGET_CONFIRMATION: _("Giấy xác nhận kết quả nhiệm vụ không dùng ngân sách nhà nước"),
    DocumentKind.OTHER_RECOGNITION: _("Văn bản xác nhận, công nhận khác có giá trị tương đương"),
}

PURPOSES: Final[dict[str, Words]] = {
    **{kind.value: words for kind, words in DOCUMENTS.items()},
    "effect_evidence": _("Minh chứng hiệu quả của sản phẩm"),
    "other": _("Tài liệu khác"),
}
