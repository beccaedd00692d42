"""The installation's keys, which stand in no archive: a file beside it, for its reader alone, to be kept elsewhere.

Whoever has an archive and its keys has everything; whoever has one of them has no second factor of anybody.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from portal.backup.archive import partial, put_in_place

ADVICE: Final = (
    "Đây là khóa của cổng thông tin. Giữ tệp này ở nơi khác với bản sao lưu, chỉ người vận hành mở được; "
    "mất nó thì mọi người phải đặt lại xác thực hai bước."
)


class NoKeys(RuntimeError):
    """The file holds no keys of ours."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What signs and seals: today's key, and the older ones that still open what they sealed."""

    secret_key: str
    fallbacks: tuple[str, ...] = ()

    @classmethod
    def of_this_installation(cls) -> "Keys":
        return cls(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))

    @classmethod
    def read(cls, source: Path) -> "Keys":
        try:
            told = json.loads(source.read_text())
            return cls(str(told["secret_key"]), tuple(told["fallbacks"]))
        except (OSError, ValueError, KeyError, TypeError) as wrong:
            raise NoKeys(f"Không đọc được khóa trong {source}.") from wrong

    def write(self, target: Path) -> None:
        told = {"advice": ADVICE, "secret_key": self.secret_key, "fallbacks": list(self.fallbacks)}
        _write_closed(target, json.dumps(told, ensure_ascii=False, indent=1) + "\n")

    def install(self) -> list[str]:
        """Make these the keys of this installation; what the operator has to do besides, one sentence each."""
        of_file = settings.VAR_DIR / "secret-key"
        given = not of_file.exists() or of_file.read_text().strip() != settings.SECRET_KEY
        if self.secret_key != settings.SECRET_KEY and not given:
            _write_closed(of_file, self.secret_key)
        left = []
        if self.secret_key != settings.SECRET_KEY and given:
            left.append("Khóa ký đang lấy từ PORTAL_SECRET_KEY: đặt biến đó bằng secret_key trong tệp khóa.")
        if set(self.fallbacks) - set(settings.SECRET_KEY_FALLBACKS):
            left.append("Đặt PORTAL_SECRET_KEY_FALLBACKS bằng các fallbacks trong tệp khóa.")
        return left


def _write_closed(target: Path, text: str) -> None:
    unfinished = partial(target)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(unfinished, target)
