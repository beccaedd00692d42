"""The portal behind nginx, with the very files of deploy/nginx: what is kept, for how long, and what never."""

import json
import re
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.deploy.conftest import Installation

pytestmark = [pytest.mark.nginx, pytest.mark.sqlite]
MEGABYTE = 1024**2


def fresh(number: list[int] = [0]) -> str:  # noqa: B006 (one counter for all tests)
    """An address of the front page that nobody asked for yet."""
    number[0] += 1
    return f"/?lan={number[0]}"


def lines(file: Path, **wanted: object) -> list[dict[str, Any]]:
    told = [json.loads(line) for line in file.read_text().splitlines() if line.startswith("{")]
    return [line for line in told if all(line.get(name) == value for name, value in wanted.items())]


def upload(size: int) -> tuple[bytes, dict[str, str]]:
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    body = head + b"x" * (size - len(head) - 12) + b"\r\n--edge--\r\n"
    return body, {"Content_Type": "multipart/form-data; boundary=edge"}


def test_a_public_page_is_made_once_a_second(installed: Installation) -> None:
    page = fresh()
    time.sleep(1 - time.time() % 1)  # kept to the end of the second in which it was made
    first, second = installed.ask(page), installed.ask(page)
    assert (first.status, first.cache, second.cache) == (200, "MISS", "HIT")
    assert second.body == first.body
    assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    time.sleep(1)
    assert installed.ask(page).cache == "EXPIRED"


def test_who_is_signed_in_is_never_answered_from_the_cache(installed: Installation) -> None:
    page = fresh()
    cookies = installed.signed_in()
    assert "phien=" in cookies
    installed.ask(page)
    own = installed.ask(page, Cookie=cookies, Accept_Encoding="gzip")
    assert (own.status, own.cache) == (200, "BYPASS")
    assert "no-store" in own.headers["Cache-Control"]
    assert "Content-Encoding" not in own.headers, "what is somebody's own is not packed"
    assert installed.ask(page).cache in ("HIT", "EXPIRED"), "and what they saw is kept for nobody"
    account = installed.ask("/tai-khoan/", Cookie=cookies)
    assert (account.status, account.cache) == (200, "BYPASS")


def test_what_is_private_is_not_kept(installed: Installation) -> None:
    for _ in range(3):
        form = installed.ask("/tai-khoan/dang-nhap/")
        assert (form.status, form.cache) == (200, "MISS")
        assert "no-store" in form.headers["Cache-Control"]
        assert installed.ask("/healthz").cache == "MISS"


def test_each_look_has_its_copy_and_junk_has_none(installed: Installation) -> None:
    page = fresh()
    plain, dark = installed.ask(page), installed.ask(page, Cookie="look=dark.l")
    assert (plain.cache, dark.cache) == ("MISS", "MISS")
    assert dark.body != plain.body
    assert installed.ask(page, Cookie="csrftoken=x; look=dark.l").body == dark.body
    kept = len(list((installed.place.folder / "cache").rglob("*")))
    for junk in ("look=junk", 'look="dark.l"', "look=dark.l; look=.", "look =dark.l", "a=1;\u00a0look=dark.l", "look="):
        assert installed.ask(page, Cookie=junk).cache == "BYPASS", junk
    assert len(list((installed.place.folder / "cache").rglob("*"))) == kept
    again = installed.ask(page)
    assert again.body == plain.body, "nobody else sees what a strange cookie asked for"


def test_metrics_are_not_for_outside(installed: Installation) -> None:
    for path in ("/metrics", "/metrics?x=1", "//metrics"):
        answer = installed.ask(path)
        assert answer.status in (301, 404), path
        assert b"portal_" not in answer.body


def test_the_machine_itself_reads_the_figures_of_all_workers(installed: Installation) -> None:
    for _ in range(8):
        installed.ask(fresh())
    with urlopen(f"http://127.0.0.1:{installed.place.app}/metrics") as answer:
        told = answer.read().decode()
    counted = re.findall(r'portal_requests_total{method="GET",route="[^"]*",status="2xx"} (\d+)', told)
    assert sum(map(int, counted)) >= 8
    assert len(set(re.findall(r'portal_process_bytes{kind="private",process="(\d)"}', told))) == 2, "two workers"


def test_static_files_are_for_ever_and_come_packed(installed: Installation) -> None:
    name = re.search(r'/static/[^"]+\.[0-9a-f]{12}\.css', installed.ask("/").text)
    assert name
    sheet = installed.ask(name[0], Accept_Encoding="gzip")
    assert sheet.status == 200
    assert sheet.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert sheet.headers["Content-Encoding"] == "gzip"
    assert sheet.headers["Content-Type"] == "text/css"
    assert installed.ask("/static/staticfiles.json").headers["Cache-Control"] == "public, max-age=60"
    assert installed.ask("/static/../secret-key").status in (400, 404)


def test_too_large_is_said_in_words(installed: Installation) -> None:
    page = "/tai-khoan/dang-nhap/"
    body, kind = upload(24 * MEGABYTE)
    assert installed.ask(page, "POST", body, **kind).status == 403, "it arrives, and is refused for want of a token"
    body, kind = upload(26 * MEGABYTE)
    refused = installed.ask(page, "POST", body, **kind)
    assert refused.status == 413
    assert "25 MB" in refused.text
    assert "<header" in refused.text, "the portal's own page"
    far = installed.ask(page, "POST", b"", Content_Length=str(90 * MEGABYTE), **kind)
    assert far.status == 413
    assert "Tệp quá lớn" in far.text
    assert 'lang="en"' in far.text
    assert far.headers["Cache-Control"] == "private, no-store"
    sheet = re.search(r'href="(/_portal/[^"]+)', far.text)
    assert sheet
    assert installed.ask(sheet[1]).headers["Content-Type"] == "text/css"


def test_plain_http_leads_to_https_and_other_names_nowhere(installed: Installation) -> None:
    answer = installed.ask("/khoi-nghiep/?q=a", secure=False)
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/khoi-nghiep/?q=a")
    with pytest.raises(OSError):
        installed.ask("/", secure=False, Host="other.example")
    assert "max-age=31536000" in installed.ask("/").headers["Strict-Transport-Security"]


def test_one_id_from_nginx_to_the_log_of_the_portal(installed: Installation) -> None:
    answer = installed.ask(fresh(), X_Request_ID="chosen-by-a-visitor")
    own = answer.headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", own)
    assert answer.headers.get_all("X-Request-ID") == [own]
    told = lines(installed.log, logger="portal.requests", request_id=own)
    assert [line["status"] for line in told] == [200]
    until = time.monotonic() + 5
    while not (front := lines(installed.place.log, request_id=own)):  # written when the answer is through
        assert time.monotonic() < until
        time.sleep(0.02)
    assert [(line["section"], line["cache"]) for line in front] == [("/", "MISS")]
    assert "chosen-by-a-visitor" not in installed.log.read_text() + installed.place.log.read_text()
    assert "lan=" not in installed.place.log.read_text()
    assert "127.0.0.1" not in installed.place.log.read_text()


def test_an_edit_is_seen_within_two_seconds(installed: Installation) -> None:
    page = fresh()
    installed.ask(page)
    published = installed.publish("Trang chủ đã đổi tên")
    while "Trang chủ đã đổi tên" not in installed.ask(page).text:
        assert time.time() - published < 2
        time.sleep(0.02)


def test_a_restart_is_not_seen_on_a_page_that_was_kept(installed: Installation) -> None:
    kept = fresh()
    before = installed.ask(kept)
    installed.stop()
    try:
        time.sleep(1.1)
        during = installed.ask(kept)
        assert (during.status, during.cache, during.body) == (200, "STALE", before.body)
        away = installed.ask(fresh())
        assert away.status == 502
        assert "đang khởi động lại" in away.text
    finally:
        installed.start()
    assert installed.ask(fresh()).status == 200
