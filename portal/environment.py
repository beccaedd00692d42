"""The environment, read once and typed. What is unknown or mistyped stops the boot with a sentence.

Settings read through `env`, which remembers every variable with its type, default and purpose: docs/settings.md is
compared with that list, and `env.close()` at the end of the settings knows what nobody asked for.
"""

import difflib
import ipaddress
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import dj_database_url
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from environs import Env, EnvError

EXIT_CODE = 3
"""What gunicorn takes for "the application cannot start", instead of starting its workers again and again."""

OWN_PREFIX = "PORTAL_"
ALIKE = 0.88
WANTED = {
    "chữ": "một dòng chữ",
    "có/không": "1 hoặc 0 (cũng nhận true, false)",
    "số nguyên": "một số nguyên, ví dụ 8000",
    "danh sách": "các giá trị cách nhau bằng dấu phẩy",
    "địa chỉ CSDL": "một địa chỉ như postgres://user:password@host:5432/portal",
    "địa chỉ web": "một địa chỉ bắt đầu bằng http:// hoặc https://",
    "tệp chứng thư": "các đường dẫn tệp PEM cách nhau bằng dấu phẩy",
    "danh sách mạng": "các mạng cách nhau bằng dấu phẩy, ví dụ 127.0.0.0/8,10.0.0.0/24",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable an operator may set. `default` is as it would be written in the environment."""

    name: str
    kind: str
    default: str
    purpose: str


# The readings of `Environment` are named as those of environs are: inside it, the types go by these names.
Text = str
Flag = bool
Whole = int
Texts = list[str]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Environment:
    """Typed readings of the variables; each reading is a line of the settings reference. An empty variable is not set."""

    def __init__(self) -> None:
        self.variables = os.environ
        self.settings: dict[Text, Setting] = {}
        self._parse = Env()

    def str(self, name: Text, default: Text, purpose: Text = "") -> Text:
        return str(self._read(name, "chữ", default, purpose, self._parse.str))

    def bool(self, name: Text, default: Flag, purpose: Text = "") -> Flag:
        return bool(self._read(name, "có/không", default, purpose, self._parse.bool))

    def int(self, name: Text, default: Whole, purpose: Text = "") -> Whole:
        return int(self._read(name, "số nguyên", default, purpose, self._parse.int))

    def list(self, name: Text, default: Sequence[Text], purpose: Text = "") -> Texts:
        return [part.strip() for part in self._read(name, "danh sách", list(default), purpose, self._parse.list)]

    def networks(self, name: Text, default: Sequence[Text], purpose: Text = "") -> Sequence[Network]:
        parts = self._read(name, "danh sách mạng", list(default), purpose, self._parse.list)
        try:
            return [ipaddress.ip_network(part.strip(), strict=False) for part in parts]
        except ValueError:
            self._mistyped(name, "danh sách mạng")

    def certificates(self, name: Text, purpose: Text = "") -> Sequence[bytes]:
        """The certificates (DER) in PEM files, named by their paths; a file that has none stops the boot."""
        found: dict[bytes, None] = {}
        for path in self._read(name, "tệp chứng thư", [], purpose, self._parse.list):
            try:
                told = x509.load_pem_x509_certificates(Path(path.strip()).read_bytes())
            except (OSError, ValueError):
                stop(f"{name}: tệp {path.strip()!r} không đọc được, hoặc không phải chứng thư PEM.")
            found |= dict.fromkeys(one.public_bytes(Encoding.DER) for one in told)
        return list(found)

    def choice(self, name: Text, default: Text, choices: Sequence[Text], purpose: Text = "") -> Text:
        value = self._read(name, " | ".join(choices), default, purpose, self._parse.str)
        if value not in choices:
            stop(f"{name}={value!r} không dùng được: cần một trong các giá trị {', '.join(choices)}.")
        return str(value)

    def web_address(self, name: Text, default: Text, purpose: Text = "") -> Text:
        value = str(self._read(name, "địa chỉ web", default, purpose, self._parse.str)).rstrip("/")
        if value and not value.startswith(("http://", "https://")):
            self._mistyped(name, "địa chỉ web")
        return value

    def dj_db_url(
        self, name: Text, default: Text, purpose: Text = "", shown: Text = "", **options: Any
    ) -> dict[Text, Any]:
        self.settings[name] = Setting(name, "địa chỉ CSDL", shown or default, purpose)
        try:
            return dict(dj_database_url.parse(self.variables.get(name) or default, **options))
        except ValueError:
            self._mistyped(name, "địa chỉ CSDL")

    def close(self) -> None:
        """After the last reading: a variable that looks like ours and that nobody read is a mistake."""
        for name in sorted(self.variables):
            if name in self.settings:
                continue
            if name.startswith(OWN_PREFIX):
                near = difflib.get_close_matches(name, self.settings, n=1, cutoff=0.75)
                hint = f" Có phải là {near[0]}?" if near else " Xem danh sách trong docs/settings.md."
                stop(f"Biến môi trường {name} không có trong danh sách cài đặt.{hint}")
            meant = self._almost(name)
            if meant:
                stop(f"Biến môi trường {name} không được đọc. Có phải là {meant}?")

    def _almost(self, name: Text) -> Text | None:
        """The variable of ours without prefix that `name` is a slip of: another case, or a letter or two in a long name."""
        for known in self.settings:
            if known.startswith(OWN_PREFIX):
                continue
            if name.upper().replace("-", "_") == known:
                return known
            if len(known) > 8 and difflib.SequenceMatcher(None, name.upper(), known).ratio() >= ALIKE:
                return known
        return None

    def _read(self, name: Text, kind: Text, default: Any, purpose: Text, parse: Callable[..., Any]) -> Any:
        written = ",".join(default) if isinstance(default, list) else default
        self.settings[name] = Setting(name, kind, str(int(written) if isinstance(written, bool) else written), purpose)
        if not self.variables.get(name):
            return default
        try:
            return parse(name, default)
        except (EnvError, ValueError):
            self._mistyped(name, kind)

    def _mistyped(self, name: Text, kind: Text) -> NoReturn:
        # The value of an address may carry a password: it is not repeated.
        shown = "" if "địa chỉ" in kind else f"={self.variables[name]!r}"
        stop(f"{name}{shown} không dùng được: cần {WANTED[kind]}.")


def stop(sentence: str) -> NoReturn:
    """End the process with a sentence an operator can act on, without a traceback."""
    print(f"Cấu hình sai: {sentence}", file=sys.stderr)
    raise SystemExit(EXIT_CODE)


def share_metrics(folder: Path) -> Path:
    """Tell prometheus_client, before it is imported, in which folder the processes of one server add up their figures."""
    folder.mkdir(exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder


def secret_key(var: Path) -> str:
    """The key of the installation: from PORTAL_SECRET_KEY, else made once and kept in `var/secret-key` (mode 600)."""
    given = env.str("PORTAL_SECRET_KEY", "", "Khóa ký của hệ thống; để trống thì tự tạo một lần trong var/secret-key.")
    return given or made_once(var / "secret-key", lambda: secrets.token_urlsafe(50))


def changed(**variables: str) -> dict[str, str]:
    """The environment for a process of another installation: this one's with other values for some variables."""
    return {**os.environ, **variables}


def made_once(path: Path, make: Callable[[], str]) -> str:
    """The text of a file that is written whole by the first process that needs it, also when several start at once."""
    if not path.exists():
        handle, unfinished = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(make())
        try:
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(unfinished)
    return path.read_text().strip()


env = Environment()
