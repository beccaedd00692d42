"""All checks, in the order in which they are told."""

from typing import Final

from portal.doctor import Check, Level, Part, house, look, others, worst

CHECKS: Final[tuple[tuple[str, str, Check], ...]] = (
    ("configuration", "Cấu hình", house.configuration),
    ("database", "Cơ sở dữ liệu", others.database),
    ("jobs", "Việc định kỳ", house.due_jobs),
    ("backup", "Sao lưu", house.backups),
    ("disk", "Đĩa", house.disk),
    ("mail", "Thư", others.mail),
    ("search", "Tìm kiếm", others.followers),
    ("time", "Giờ", lambda: [*house.zone(), *others.clocks()]),
    ("certificate", "Chứng thư", others.certificate),
    ("trusted_roots", "Chữ ký số được tin", house.trusted_roots),
    ("certificate_key", "Khóa ký giấy chứng nhận", house.certificate_key),
)


def visit() -> tuple[Part, ...]:
    return tuple(look(code, title, check) for code, title, check in CHECKS)


def outcome(parts: tuple[Part, ...]) -> Level:
    return worst(part.level for part in parts)
