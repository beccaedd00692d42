"""All checks, in the order in which they are told."""

from typing import Final

from portal.doctor import Check, Level, Part, house, look, others, worst

CHECKS: Final[tuple[tuple[str, str, Check], ...]] = (
    ("configuration", "Cấu hình", house.configuration),
    ("database", "Cơ sở dữ liệu", others.database),
    ("second_factors", "Xác thực hai bước", others.second_factors),
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
BY_HAND: Final[tuple[tuple[str, str, Check], ...]] = (("backup_folder", "Thư mục sao lưu", house.backup_folder),)
"""What only whoever keeps the machine can be asked: the web process writes no backups, and its unit lets it write none."""


def visit(*, by_hand: bool = False) -> tuple[Part, ...]:
    """All parts; those of the command besides, when it is the command that asks."""
    checks = CHECKS + BY_HAND if by_hand else CHECKS
    return tuple(look(code, title, check) for code, title, check in checks)


def outcome(parts: tuple[Part, ...]) -> Level:
    return worst(part.level for part in parts)
