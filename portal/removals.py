"""What does not stay for ever: which room removes what, joined once at the start (`portal.wiring`)."""

from notifications import retention as of_messages
from portal import retention
from registry.core import retention as of_logs
from registry.dossiers import retention as of_dossiers
from registry.parties import retention as of_parties
from registry.reports.services import forget_reporters
from registry.startups.importing.waiting import forget_files


def name() -> None:
    """What does not stay for ever, in the order in which staff see it; after how long is data (portal.models.RetentionRule)."""
    keep = retention.register
    keep(
        "abandoned_draft", "Bản nháp bỏ dở", "lần lưu cuối", "Xóa nội dung và tệp của bản nháp chưa gửi lần nào; mã hồ sơ còn.",
        of_dossiers.empty_drafts,
    )  # fmt: skip
    keep(
        "removed_file",
        "Tệp đã gỡ khỏi bản nháp",
        "lúc gỡ",
        "Xóa tệp không có trong lần gửi nào.",
        of_dossiers.remove_taken_out,
    )
    keep(
        "letter_text",
        "Nội dung thư đã gửi",
        "lúc gửi",
        "Xóa nội dung; còn ngày gửi và người nhận.",
        of_messages.forget_texts,
    )
    keep("letter", "Thư thường", "lúc gửi hoặc thôi gửi", "Xóa cả dòng trong sổ thư.", of_messages.remove_messages)
    keep(
        "legal_letter", "Thư bắt buộc theo luật", "lúc gửi hoặc thôi gửi", "Xóa cả dòng trong sổ thư.", of_messages.remove_legal_messages
    )  # fmt: skip
    keep(
        "inbox",
        "Tin đã đọc trong tài khoản",
        "lúc đọc",
        "Xóa tin; tin chưa đọc thì giữ.",
        of_messages.remove_read_items,
    )
    keep("invitation", "Lời mời quá hạn", "ngày hết hạn", "Xóa lời mời không ai nhận.", of_parties.remove_invitations)
    keep(
        "reporter",
        "Địa chỉ của người báo lỗi",
        "lúc trả lời",
        "Xóa địa chỉ; nội dung báo lỗi còn.",
        forget_reporters,
    )
    keep(
        "imported_list",
        "Danh sách đã tải lên để nhập",
        "lần xem hoặc nhập cuối",
        "Xóa tệp; kết quả lượt nhập còn.",
        forget_files,
    )
    keep("read_log", "Nhật ký đọc thông tin hạn chế", "lúc đọc", "Xóa dòng nhật ký.", of_logs.remove_read_logs)
    keep("file_read", "Nhật ký mở tệp", "lúc mở", "Xóa dòng nhật ký.", of_logs.remove_file_reads)
    keep("retention_report", "Báo cáo dọn dữ liệu", "ngày dọn", "Xóa dòng báo cáo.", retention.remove_reports)
