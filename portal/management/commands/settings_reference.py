from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.environment import env

START, END = "<!-- table: manage.py settings_reference -->", "<!-- end of table -->"


def reference() -> str:
    """The table of docs/settings.md, from what the settings read."""
    rows = ["| biến | kiểu | mặc định | để làm gì |", "|---|---|---|---|"]
    for name in sorted(env.settings):
        setting = env.settings[name]
        default = f"`{setting.default}`" if setting.default else "(trống)"
        kind = setting.kind.replace("|", "\\|")
        rows.append(f"| `{name}` | {kind} | {default} | {setting.purpose} |")
    return "\n".join(rows)


class Command(BaseCommand):
    help = "Ghi lại bảng các biến môi trường trong docs/settings.md theo mã nguồn."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "settings.md"
        before, rest = path.read_text().split(START)
        path.write_text(f"{before}{START}\n{reference()}\n{rest[rest.index(END) :]}")
        self.stdout.write(f"Đã ghi {len(env.settings)} biến.")
