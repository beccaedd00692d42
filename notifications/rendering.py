"""From a catalogue entry and its context to subject, text and HTML, in the recipient's language."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.template import Context, loader
from django.utils import translation
from django.utils.functional import Promise

ACT: Final = re.compile(r"^\[(?P<words>[^\]]+)\]\((?P<url>\S+)\)$")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who signs the messages: the portal and the department, in the language that is on."""

    site_name: str
    department: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`url` is empty) or the act of the message."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """`summary` and `url` are what the inbox shows."""

    subject: str
    text: str
    html: str
    summary: str
    url: str


def _settings_sender() -> Sender:
    return Sender(settings.WAGTAIL_SITE_NAME, "")


_sender: Callable[[], Sender] = _settings_sender


def signed_by(sender: Callable[[], Sender]) -> None:
    """Let the wiring say who signs; asked once for each message, under its language."""
    global _sender
    _sender = sender


def render(code: str, language: str, context: dict[str, Any], stop_url: str = "") -> Rendered:
    """The message in `language`; `stop_url` is where such letters are switched off, "" where they cannot be. Lazy values (reverse_lazy, gettext_lazy) are read in that language too.

    The words are plain text, so nothing is escaped in them; the HTML shell escapes everything it prints.
    """
    with translation.override(language):
        values = {name: plain(value) for name, value in context.items()}
        words = loader.get_template(f"notifications/{code}.{language}.txt").template  # type: ignore[attr-defined]
        source = words.render(Context(values, autoescape=False)).strip()
        subject, _, body = source.partition("\n")
        blocks = [block_of(paragraph) for paragraph in re.split(r"\n\s*\n", body.strip())]
        shell = {"subject": subject, "blocks": blocks, "language": language, "sender": _sender()}
        shell["stop_url"] = absolute(stop_url)
        text = loader.get_template("notifications/shell.txt").template  # type: ignore[attr-defined]
        return Rendered(
            subject=" ".join(subject.split()),
            text=text.render(Context(shell, autoescape=False)).strip() + "\n",
            html=loader.render_to_string("notifications/shell.html", shell),
            summary=next((b.text for b in blocks[1:] if not b.url), ""),
            url=str(values.get("url", "")),
        )


def plain(value: Any) -> Any:
    """Text on one line: what a person typed can neither open a paragraph of its own nor a header."""
    if isinstance(value, str | Promise):
        return " ".join(str(value).split())
    return value


def block_of(paragraph: str) -> Block:
    act = ACT.match(paragraph.strip())
    return Block(act["words"], absolute(act["url"])) if act else Block(paragraph.strip())


def absolute(url: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{url}" if url.startswith("/") else url
