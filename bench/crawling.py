"""Walking the portal as a visitor can: from the front pages and the sitemap along every link, picture and feed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree
from zipfile import ZipFile

import html5lib
from django.test import Client
from pypdf import PdfReader

SEEDS = (
    "/",
    "/en/",
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/api/v1/docs",
    "/api/v1/openapi.json",
)
HOSTS = ("", "testserver", "localhost:8000")
NOT_FOLLOWED = ("/static/", "/tai-khoan/dang-xuat/", "/en/account/sign-out/")
MOST = 900
LINKING = {"a": "href", "link": "href", "img": "src", "source": "srcset", "form": "action", "image": "href"}


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer: its address, status, headers and body as text."""

    url: str
    status: int
    kind: str
    head: str
    body: str


def fetch(client: Client, url: str) -> Seen:
    response = client.get(url)
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return Seen(url, response.status_code, response.headers.get("Content-Type", ""), head, text_of(raw))


def text_of(raw: bytes) -> str:
    """What a body says; of a workbook, what its packed parts say; of a PDF, its text and what is written about it."""
    if raw.startswith(b"%PDF"):
        pdf = PdfReader(BytesIO(raw))
        return "\n".join([*(page.extract_text() for page in pdf.pages), str(dict(pdf.metadata or {}))])
    if not raw.startswith(b"PK"):
        return raw.decode("utf-8", "replace")
    with ZipFile(BytesIO(raw)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def crawl(client: Client, seeds: Iterable[str] = SEEDS, most: int = MOST) -> list[Seen]:
    """Everything that can be reached, each address once. A walk that does not end fails."""
    waiting, known, seen = list(seeds), set(seeds), []
    while waiting:
        assert len(seen) < most, f"more than {most} addresses; the last: {waiting[-3:]}"
        answer = fetch(client, waiting.pop(0))
        seen.append(answer)
        for url in links(answer):
            if url not in known:
                known.add(url)
                waiting.append(url)
    return seen


def links(answer: Seen) -> list[str]:
    if "Location: " in answer.head:
        found = [answer.head.split("Location: ")[1].split("\n")[0]]
    elif "text/html" in answer.kind:
        found = list(of_html(answer.body))
    elif "xml" in answer.kind and not {"svg", "openxmlformats"} & set(re.findall(r"\w+", answer.kind)):
        tree = ElementTree.fromstring(answer.body)  # noqa: S314, the portal's own answer
        found = [node.text or "" for node in tree.iter() if node.tag.endswith(("loc", "link"))]
    else:
        found = []
    here = [inside(urljoin(answer.url, link.strip())) for link in found if link.strip()]
    return [url for url in here if url and not url.startswith(NOT_FOLLOWED)]


def of_html(body: str) -> Iterable[str]:
    for node in html5lib.parse(body, namespaceHTMLElements=False).iter():
        value = node.get(LINKING.get(str(node.tag).rpartition("}")[2], ""), "")
        if node.tag == "form" and node.get("method", "get").lower() != "get":
            continue
        if node.tag == "source":
            yield from (one.split()[0] for one in value.split(",") if one.split())
        elif value and not value.startswith(("mailto:", "tel:", "javascript:", "data:", "#")):
            yield value


def inside(url: str) -> str:
    """The address on this host, or "" for one that leads away."""
    parts = urlsplit(urldefrag(url).url)
    if parts.netloc not in HOSTS or parts.scheme not in ("", "http"):
        return ""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
