import json
import logging
import re
import sys

import pytest
from django.test import Client

from portal.logging import JsonFormatter, request_id, scrub


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("sent to tran.thi-b+x@vidu.example now", "sent to [email] now"),
        ("GET /tim-kiem/?q=nguyễn+văn+a&ward=03388", "GET /tim-kiem/?q=…&ward=…"),
        ("Not Found: /tai-khoan/confirm-email/MQ:1rXyZa:Ab3_dE-fgHijklmnopq/", "[key]"),
        ("/tai-khoan/password/reset/key/1-cz5k2t-0123456789abcdef0123456789abcdef/", "[key]"),
        ("Not Found: /tiep-tuc/K7PM2XQ49RTB/", "/tiep-tuc/[key]/"),
        ("Not Found: /en/continue/k7pm-2xq4-9rtb", "/en/continue/[key]"),
        ("called 0912 345 678 twice", "called [number] twice"),
        ("paper 012345678901", "paper [number]"),
        ("+84 912 345 678", "[number]"),
    ],
)
def test_what_tells_of_a_person_goes(said: str, kept: str) -> None:
    assert kept in scrub(said)
    for secret in (
        "vidu.example",
        "nguyễn",
        "03388",
        "Ab3_dE",
        "0123456789abcdef",
        "345 678",
        "345678",
        "K7PM",
        "k7pm",
    ):
        assert secret not in scrub(said)


@pytest.mark.parametrize(
    "said",
    [
        "/khoi-nghiep/tra-co-thu-minh-hoa-8f3k2/",
        "/tin-tuc/cam-bien-suong-dau-tien-giup-40-ho-trong-che-ta-leng/",
        "dossier KN-2026-00001 moved from submitted to published",
        "took 12.5 ms at 2026-10-05 09:12",
        "django.db.utils.OperationalError: no such table: wagtailcore_site",
    ],
)
def test_what_tells_of_nobody_stays(said: str) -> None:
    assert scrub(said) == said


def line(record: logging.LogRecord) -> dict:
    text = JsonFormatter().format(record)
    assert "\n" not in text
    return json.loads(text)


def record(message: str, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("portal", logging.INFO, __file__, 1, message, args, None)
    vars(made).update(extra)
    return made


def test_one_line_with_its_request_and_its_fields() -> None:
    token = request_id.set("abc-12345")
    try:
        said = line(record("chào %s", "a@b.example", reference="KN-2026-00001", to=["x@y.example"], ms=3))
    finally:
        request_id.reset(token)
    assert said["message"] == "chào [email]"
    assert (said["request_id"], said["reference"], said["to"], said["ms"]) == (
        "abc-12345",
        "KN-2026-00001",
        ["[email]"],
        3,
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+07:00", said["time"])


def test_a_row_that_the_database_refuses_is_not_told() -> None:
    said = 'IntegrityError: violates "x"\nDETAIL:  Failing row contains (1, Lò Thị\n\nMẫu, 5).\n\nDuring handling of it'
    assert scrub(said) == 'IntegrityError: violates "x"\nDETAIL: …\n\nDuring handling of it'


def test_a_traceback_is_scrubbed_too() -> None:
    try:
        raise ValueError("no account for le@vidu.example")
    except ValueError:
        broken = record("failed")
        broken.exc_info = sys.exc_info()
    said = line(broken)
    assert "ValueError: no account for [email]" in said["traceback"]


@pytest.mark.django_db
def test_a_request_is_told_by_its_route_and_carries_its_id(caplog, settings) -> None:
    settings.BEHIND_PROXY = True
    with caplog.at_level(logging.INFO, "portal.requests"):
        response = Client().get("/tuy-chon/?ten=nguyen-van-a", headers={"x-request-id": "from-the-proxy-1"})
    assert response["X-Request-ID"] == "from-the-proxy-1"
    told = next(r for r in caplog.records if r.name == "portal.requests")
    assert (told.route, told.status) == ("tuy-chon/", 200)
    assert "nguyen-van-a" not in JsonFormatter().format(told)


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["short", "x" * 65, 'a"b<c>d e f', "nguyễn-văn-an"])
def test_an_id_from_outside_that_is_no_id_is_replaced(given: str, settings) -> None:
    settings.BEHIND_PROXY = True
    response = Client().get("/healthz", headers={"x-request-id": given})
    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])


def test_without_a_proxy_nobody_brings_an_id() -> None:
    response = Client().get("/healthz", headers={"x-request-id": "from-a-visitor-1"})
    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])
