"""A whole journey over HTTP, with everything that can go wrong on the way: the log tells what happened, of nobody."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from bench.leaks import squeezed
from registry.dossiers.models import Dossier
from registry.parties.models import Invitation
from tests.accounts.factories import UserFactory
from tests.core.factories import upload
from tests.dossiers.factories import answers, posted
from tests.house.canaries import Canaries, everything, paper

pytestmark = pytest.mark.django_db
PASSWORD = "kanari-mat-khau-rat-dai"


class Person:
    """Somebody at a browser; what they do is committed at once, so that letters go out."""

    def __init__(self, capture: Any, client: Client) -> None:
        self.capture, self.client = capture, client
        self.client.raise_request_exception = False

    def get(self, url: str, **data: Any) -> Any:
        return self.client.get(url, data)

    def post(self, url: str, **data: Any) -> Any:
        with self.capture(execute=True):
            return self.client.post(url, data)


@pytest.fixture
def at_browser(django_capture_on_commit_callbacks: Any) -> Callable[[Client], Person]:
    return lambda client: Person(django_capture_on_commit_callbacks, client)


def link_in(letter: Any) -> str:
    found = re.search(r"http://[^/\s]+(/\S+)", letter.body)
    assert found
    return found[1]


def sign_up(person: Person, secret: Canaries) -> list[str]:
    """An account, by way of wrong passwords and a forgotten one. Gives the links that came by mail."""
    email, name = secret.keep("own email", "kanari.chu@kin.example"), secret.word("own name")
    person.post("/tai-khoan/dang-ky/", full_name=name, email=email, password1="short")
    person.post("/tai-khoan/dang-ky/", full_name=name, email=email, password1=PASSWORD)
    confirm = link_in(mail.outbox[-1])
    person.get(f"{confirm[:-2]}x/")
    person.post(confirm)
    person.post("/tai-khoan/dang-xuat/")
    person.post("/tai-khoan/dang-nhap/", login=email, password=secret.word("wrong password"))
    person.post("/tai-khoan/dang-nhap/", login=secret.keep("nobody", "kanari.ai@kin.example"), password="x")
    person.post("/tai-khoan/mat-khau/quen/", email=email)
    reset = link_in(mail.outbox[-1])
    person.get(reset)
    person.get(f"{reset[:-2]}x/")
    signed_in = person.post("/tai-khoan/dang-nhap/", login=email, password=PASSWORD)
    assert signed_in["Location"] == "/tai-khoan/"
    return [confirm, reset]


def organise(person: Person, secret: Canaries) -> str:
    """A household of one's own with its 12 digits, and an invitation. Gives the invitation's token."""
    code = secret.digits("household", "0470", 12)
    person.post("/tai-khoan/to-chuc/moi/", kind="enterprise", name=secret.word("misnamed"), tax_code=code)
    made = person.post("/tai-khoan/to-chuc/moi/", kind="household", name=secret.word("household name"), tax_code=code)
    assert made.status_code == 302
    person.post(f"{made['Location']}moi-nguoi/", email="kanari không phải thư", role="editor")
    person.post(
        f"{made['Location']}moi-nguoi/", email=secret.keep("colleague", "kanari.ban@kin.example"), role="editor"
    )
    token = Invitation.objects.get().token
    for url in (f"/tai-khoan/loi-moi/{token}/", f"/tai-khoan/loi-moi/{token}x/", f"/en/account/invitations/{token}/"):
        person.get(url)
    return token


def register(person: Person, secret: Canaries) -> Dossier:
    """A dossier with everything, sent; with autosave, forged and stale pages and bad files on the way."""
    given = answers(**everything(secret))
    person.post("/tai-khoan/khoi-nghiep/moi/")
    made = Dossier.objects.get()
    here = f"/tai-khoan/khoi-nghiep/{made.reference}"
    for step in [one for one in made.kind.steps if one.form]:
        made.refresh_from_db()
        data = {"seen": made.answers_version, **posted(given, step.code)}
        person.post(f"{here}/{step.code}/", **data, **({"autosave": "1"} if step.code == "du-an" else {}))
        person.post(f"{here}/{step.code}/", **data)
    person.post(f"{here}/tep/", files=[paper(secret)], purpose="registration", _upload="1")
    wrong = f"{secret.word('wrong file')}.svg"
    person.post(f"{here}/tep/", files=[upload(wrong, b"<svg/>")], purpose="other", _upload="1")
    made.refresh_from_db()
    for _twice in range(2):
        person.post(f"{here}/kiem-tra/", seen=made.answers_version, version=made.version, truthful="on", _send="1")
        made.refresh_from_db()
        made.answers_version += 0 if made.state == "submitted" else 1
    made.refresh_from_db()
    person.post(f"{here}/tru-so/", seen=made.answers_version, **posted(given, "tru-so"))
    assert made.state == "submitted"
    return made


def decide(officer: Person, made: Dossier, secret: Canaries) -> None:
    desk = f"/quan-tri/ho-so/{made.reference}/"
    officer.get("/quan-tri/ho-so/", q=secret.said["representative"])
    officer.get(desk, show="restricted")
    officer.post(f"{desk}request_supplement/", version=9, message=secret.word("late message"))
    officer.post(f"{desk}refuse/", note=secret.word("reason"))
    refused = officer.post(f"{desk}refuse/", version=made.version, note=secret.said["reason"])
    assert refused.status_code == 302
    for item in made.files.select_related("file"):
        response = officer.get(f"/tep/{item.file.public_id}/")
        b"".join(response.streaming_content)


def pry(stranger: Person, made: Dossier, secret: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody asks for what they know, everywhere, and something breaks meanwhile."""
    for question in (secret.said["identity"], secret.said["email"], secret.said["representative"]):
        for url in ("/tim-kiem/", "/en/search/", "/khoi-nghiep/", "/api/v1/search", "/api/v1/startups", "/khong-co/"):
            stranger.get(url, q=question)
        stranger.get("/api/v1/startups", ward=question)
        stranger.get("/tai-khoan/", next=question)
    stranger.get(f"/tai-khoan/khoi-nghiep/{made.reference}/")
    stranger.client.generic("GET", "/tai-khoan/", headers={"x-request-id": secret.said["email"]})
    Client(enforce_csrf_checks=True).post("/tai-khoan/dang-nhap/", {"login": secret.said["email"]})

    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("the directory is closed")

    monkeypatch.setattr("registry.startups.selectors.by_public_id", broken)
    failed = stranger.post(
        "/khoi-nghiep/x-00000000/bao-loi/",
        text=secret.word("report"),
        email=secret.keep("reporter", "kanari.bao@kin.example"),
    )
    assert failed.status_code == 500


def test_the_log_tells_of_nobody(
    log: io.StringIO,
    roles: None,
    searchable: Callable[[], None],
    at_browser: Callable[[Client], Person],
    client_of: Callable[[Any], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = Canaries("log")
    person = at_browser(Client())
    links = sign_up(person, secret)
    token = organise(person, secret)
    made = register(person, secret)
    decide(at_browser(client_of(UserFactory(officer=True))), made, secret)
    pry(at_browser(Client()), made, secret, monkeypatch)

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert {"portal.requests", "django.request", "django.security.csrf"} <= {line["logger"] for line in lines}
    assert any("the directory is closed" in line.get("traceback", "") for line in lines)
    assert all(line["request_id"] for line in lines if line["logger"] == "portal.requests")
    log = log.getvalue()
    flat = squeezed(log)
    told = {**secret.all(), "password": squeezed(PASSWORD)}
    assert [name for name, canary in told.items() if canary in flat] == []
    keys = [token, *(part for link in links for part in link.split("/") if len(part) > 20)]
    assert len(keys) == 3
    assert [key for key in keys if key in log or key.split(":")[-1][:30] in log] == []
