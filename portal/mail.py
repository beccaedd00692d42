"""How mail leaves: one address for the whole mail server, so that an operator sets one variable."""

from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.mail.backends.base import BaseEmailBackend

from portal.environment import stop

SCHEMES: Final = {"smtp": 25, "smtps": 465}
WANTED: Final = "smtp://người-dùng:mật-khẩu@máy-chủ:587/?tls=1 hoặc smtps://người-dùng:mật-khẩu@máy-chủ:465/"


class NotSetUp(RuntimeError):
    """No mail server is known; messages stay in the outbox until there is one."""


class NoMailServer(BaseEmailBackend):
    """Refuses, so that nothing is called sent that never left."""

    def send_messages(self, email_messages: Any) -> int:
        raise NotSetUp("PORTAL_EMAIL_URL is not set")


def mail_settings(url: str, *, demo: bool) -> dict[str, Any]:
    """Django's e-mail settings from an address. Without one: the demo keeps its mail for /dev/thu/, others refuse."""
    if not url:
        backend = "django.core.mail.backends.dummy.EmailBackend" if demo else "portal.mail.NoMailServer"
        return {"EMAIL_BACKEND": backend}
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in SCHEMES or not parts.hostname or port == -1:
        stop(f"PORTAL_EMAIL_URL không dùng được: cần {WANTED}.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or SCHEMES[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parse_qs(parts.query).get("tls", ["0"])[-1] == "1",
        "EMAIL_TIMEOUT": 10,
    }
