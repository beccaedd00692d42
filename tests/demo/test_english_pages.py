"""English pages are English: whatever is Vietnamese on them says so (`lang="vi"`) or is a name."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.test import Client

from bench.crawling import Seen, fetch, links
from registry.certificates.models import CertificateVersion
from registry.core.models import AdministrativeUnit
from registry.startups.models import Profile

MARKED = re.compile(r"\w*[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]\w*", re.IGNORECASE)
UNREAD = {"script", "style", "template", "svg"}
SPOKEN = ("alt", "title", "aria-label", "placeholder", "content")
PEOPLES = ("Mông", "Thái", "Hà Nhì")
ENGLISH_TOO = {"đồng", "Tết", "café", "cafés", "Café", "NĐ", "QĐ", "ĐK"}  # documents keep their numbers: 268/2025/NĐ-CP
QUOTED = re.compile("“[^”]*”")  # words that one may type are shown as they are typed
MOST = 600


def walk() -> Iterator[Seen]:
    """Every English page that can be reached from the front page, lists under one parameter at a time."""
    client, waiting, known = Client(), ["/en/"], {"/en/"}
    while waiting:
        seen = fetch(client, waiting.pop(0))
        yield seen
        for url in links(seen):
            parts = urlsplit(url)
            if url not in known and parts.path.startswith("/en/") and len(parse_qsl(parts.query)) <= 1:
                assert len(known) < MOST
                known.add(url)
                waiting.append(url)


def said_in_english(node: Element, language: str = "en") -> Iterator[str]:
    """The texts of a page, its spoken attributes among them, that are not marked as another language."""
    language = node.get("lang", language)
    if node.tag in UNREAD or node.get("aria-hidden") == "true":
        return
    if language == "en":
        yield from (node.get(name, "") for name in SPOKEN)
        yield node.text or ""
    for child in node:
        yield from said_in_english(child, language)
        if language == "en":
            yield child.tail or ""


def known_names() -> tuple[list[str], set[str]]:
    """Names that stand in Vietnamese on English pages too: of projects and enterprises as a whole, of places and people word by word."""
    names = {one.name_vi for one in Profile.objects.all()} | {one.name_vi for one in CertificateVersion.objects.all()}
    projects = sorted(names, key=len, reverse=True)
    places = [one.name for one in AdministrativeUnit.objects.all()]
    people = [person["name"] for one in Profile.objects.all() for person in one.team]
    return projects, {word for name in [*places, *people, *PEOPLES, "Lai Châu"] for word in name.split()}


def vietnamese_in(text: str, projects: list[str], words: set[str]) -> list[str]:
    text = QUOTED.sub("", text)
    for name in projects:
        text = text.replace(name, "")
    return [word for word in MARKED.findall(text) if word not in words and word not in ENGLISH_TOO]


def page(body: str) -> Element:
    return html5lib.parse(body, namespaceHTMLElements=False)


def test_english_pages_say_what_on_them_is_vietnamese() -> None:
    projects, words = known_names()
    wrong: dict[str, str] = {}
    read = 0
    for seen in walk():
        if "text/html" not in seen.kind or seen.status != 200:
            continue
        read += 1
        for text in said_in_english(page(seen.body)):
            if vietnamese_in(text, projects, words):
                wrong.setdefault(" ".join(text.split()), seen.url)
    assert read > 150
    assert [f"{url}: {text}" for text, url in wrong.items()] == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>Search</p><p lang=vi>Tìm <b>kiếm</b></p>", []),
        ("<p lang=vi>Tìm</p>kiếm", ["kiếm"]),
        ("<p lang=vi>Tìm <b lang=en>rõ</b></p>", ["rõ"]),
        ("<img alt='Biểu trưng của Trà'>", ["Biểu", "trưng", "của", "Trà"]),
        ("<p>By Lò Thị Mẫu, Tân Phong Ward</p>", []),
        ("<p>Bài: Lò Thị Mẫu</p>", ["Bài"]),
        ("<p>Five thousand đồng before Tết, in a café</p>", []),
        ("<p>The page of Trà Mẫu Chữ</p>", []),
    ],
)
def test_what_counts_as_vietnamese(body: str, found: list[str]) -> None:
    words = {"Lò", "Thị", "Mẫu", "Tân", "Phong"}
    texts = said_in_english(page(f"<html lang=en>{body}"))
    assert [word for text in texts for word in vietnamese_in(text, ["Trà Mẫu Chữ"], words)] == found
