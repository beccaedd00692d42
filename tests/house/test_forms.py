"""Every form of the portal, filled in with what people paste, send twice, break on the way or forge."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from registry.core import clock
from registry.parties import services
from registry.parties.models import Membership
from registry.startups.confirming import token_for
from registry.startups.models import Startup
from tests.accounts.factories import UserFactory
from tests.certificates.factories import certificate
from tests.dossiers.factories import dossier
from tests.house.asking import NASTY, assert_clear, language_of
from tests.parties.factories import party
from tests.reports.factories import report_of
from tests.startups.factories import drafted
from tests.startups.factories import sent as sent_proposal

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Form:
    """A form: its two addresses (words in braces from `Town`), who fills it in, its fields, what goes along untouched."""

    vi: str
    en: str = ""
    who: str = "anonymous"
    fields: tuple[str, ...] = ()
    rest: dict[str, str] = field(default_factory=dict)
    secret: tuple[str, ...] = ()
    """Fields that are never given back."""
    shown_again: bool = True
    """Whether what was typed comes back when it cannot be taken."""

    @property
    def addresses(self) -> list[str]:
        return [self.vi, *([self.en] if self.en else [])]


NAMES = ("name_vi", "name_en", "short_name", "pitch_vi", "pitch_en")
OFFICE = (
    "ward", "address", "registered_on", "representative", "representative_title", "identity_number", "email", "phone",
)  # fmt: skip
TECHNOLOGY = ("industries", "fields_of_technology", "sector", "stage", "industries-q")
PROJECT = (
    "problem_vi",
    "solution_vi",
    "website",
    "problem_en",
    "products-0-name",
    "products-0-note",
    "products-99-name",
)
TEAM = ("team-0-name", "team-0-role", "staff-0-year", "staff-0-people", "capital-0-round", "capital-0-year",
        "capital-0-amount", "support-0-name", "support-0-year", "support-0-amount", "team-x-name", "_more")  # fmt: skip
DRAFT, DRAFT_EN = "/tai-khoan/khoi-nghiep/{draft}/", "/en/account/startups/{draft}/"
LISTED = "/tai-khoan/khoi-nghiep/{listed}/"
STEPS = {"ten": ("names", NAMES), "tru-so": ("head-office", OFFICE), "nganh": ("industries", TECHNOLOGY),
         "du-an": ("project", PROJECT), "doi-ngu": ("team", TEAM)}  # fmt: skip

FORMS = [
    Form("/tai-khoan/dang-ky/", "/en/account/sign-up/", fields=("full_name", "email", "password1"), secret=("password1",)),
    Form("/tai-khoan/dang-nhap/", "/en/account/sign-in/", fields=("login", "password", "next"), secret=("password", "next")),
    Form("/tai-khoan/mat-khau/quen/", fields=("email",)),
    Form("/tai-khoan/mat-khau/moi/1-abc/", fields=("password1", "password2"), shown_again=False),
    Form("/tai-khoan/xac-nhan/abc/", fields=("x",), shown_again=False),
    Form("/tai-khoan/xac-thuc-lai/", who="founder", fields=("password",), shown_again=False),
    Form("/tai-khoan/thu-dien-tu/", who="founder", fields=("email",), rest={"action_add": ""}),
    Form("/tai-khoan/mat-khau/", who="founder", fields=("oldpassword", "password1", "password2"), shown_again=False),
    Form("/tai-khoan/thong-tin/", who="founder", fields=("full_name", "language")),
    Form("/tai-khoan/to-chuc/moi/", "/en/account/organisations/new/", who="founder", fields=("kind", "tax_code", "name", "next")),
    Form("/tai-khoan/to-chuc/xin-tham-gia/", who="founder", fields=("tax_code",), shown_again=False),
    Form("/tai-khoan/to-chuc/{party}/moi-nguoi/", who="founder", fields=("email", "role")),
    Form("/tai-khoan/to-chuc/{party}/thanh-vien/{member}/", who="founder", fields=("role",), shown_again=False),
    Form("/tai-khoan/to-chuc/{party}/yeu-cau/{request}/", who="founder", fields=("answer",), shown_again=False),
    Form("/tai-khoan/loi-moi/{token}/", who="anonymous", fields=("x",), shown_again=False),
    Form("/tai-khoan/khoi-nghiep/moi/", "/en/account/startups/new/", who="founder", fields=("party",), shown_again=False),
    *(
        Form(f"{DRAFT}{vi}/", f"{DRAFT_EN}{vi}/", who="founder", fields=fields, rest={"seen": "{seen}"}, secret=("_more",))
        for vi, (_en, fields) in STEPS.items()
    ),
    Form(f"{DRAFT}tep/", who="founder", fields=("purpose", "_remove", "_upload", "files", "replace-1"), shown_again=False),
    Form(f"{DRAFT}kiem-tra/", who="founder", fields=("seen", "version", "truthful", "show_email", "_send"), shown_again=False),
    Form("/tai-khoan/khoi-nghiep/{sent}/rut/", who="founder", fields=("version",), shown_again=False),
    Form("/khoi-nghiep/{startup}/bao-loi/", "/en/startups/{startup}/report-an-error/", fields=("text", "email")),
    Form("/khoi-nghiep/xac-nhan/{confirm_token}/", fields=("x",), shown_again=False),
    Form("/tiep-tuc/", "/en/continue/", fields=("key",)),
    *(
        Form("/doanh-nghiep-khcn/tu-danh-gia/", "/en/st-enterprises/self-assessment/", fields=("step", "go", name), shown_again=False)
        for name in ("founded_on", "sector", "capital", "results", "products", "sti_people", "effects")
    ),
    Form("/tai-khoan/thong-bao/", who="founder", fields=("confirmation", "organisation"), shown_again=False),
    Form("/tai-khoan/dong/", who="founder", fields=("x",), shown_again=False),
    Form("/tai-khoan/du-lieu/", who="founder", fields=("x",), shown_again=False),
    Form("/tai-khoan/phien/0/ket-thuc/", who="founder", fields=("x",), shown_again=False),
    Form(f"{LISTED}xac-nhan/", who="founder", fields=("cycle",), shown_again=False),
    Form(f"{LISTED}de-xuat/", who="founder", fields=("x",), shown_again=False),
    Form(f"{LISTED}de-xuat/{{proposal}}/", who="founder", fields=("reason", "saw"), rest={"seen": "{edits}", "version": "0"}, secret=("saw",)),
    Form(f"{LISTED}de-xuat/{{proposal}}/", who="founder", fields=("seen", "version", "_drop", "_recall"), shown_again=False),
    Form(f"{LISTED}de-xuat/{{proposal}}/sua/ten/", who="founder", fields=NAMES, rest={"seen": "{edits}"}),
    Form(f"{LISTED}de-xuat/{{proposal}}/sua/du-an/", who="founder", fields=PROJECT, rest={"seen": "{edits}"}),
    Form(f"{LISTED}de-xuat/{{proposal}}/rut/", who="founder", fields=("version",), shown_again=False),
    Form("/tai-khoan/nhap-ho/moi/", who="officer", fields=("procedure", "founder_name", "contact", "kind", "name", "tax_code")),
    Form("/quan-tri/de-xuat/{open}/", who="officer", fields=("number", "signed_on", "signatory", "refuse", "reason:pitch_vi", "confirm:pitch_vi"), rest={"version": "1"}, secret=("refuse", "reason:pitch_vi", "confirm:pitch_vi")),
    Form("/quan-tri/de-xuat/{open}/", who="officer", fields=("version", "_reject"), shown_again=False),
    Form("/quan-tri/xin-dung-ten/0/", who="officer", fields=("answer",), shown_again=False),
    Form("/quan-tri/nhap-khau/", who="officer", fields=("file",), shown_again=False),
    Form("/tuy-chon/", fields=("text", "theme"), shown_again=False),
    Form("/quan-tri/bao-loi/{report}/", who="officer", fields=("outcome", "answer"), rest={"version": "0"}),
    Form("/quan-tri/bao-loi/{report}/", who="officer", fields=("version",), shown_again=False),
    *(
        Form(f"/quan-tri/ho-so/{{other}}/{act}/", who="officer", fields=fields, rest={"version": "{version}"})
        for act, fields in {
            "assign": ("assignee",),
            "publish": ("number", "signed_on", "signatory", "delegation", "verified"),
            "refuse": ("note", "number", "signed_on", "signatory", "delegation"),
            "request_supplement": ("mark", "message", "remark:field:name_vi", "remark:x"),
            "take_down": ("note",),
        }.items()
    ),
    Form("/quan-tri/ho-so/{other}/publish/", who="officer", fields=("version",), shown_again=False),
    *(
        Form("/quan-tri/giay-chung-nhan/{certificate}/", who="officer", fields=("number", "signed_on", "signatory", "delegation", "note"), rest={"version": "0", "act": act})
        for act in ("notify", "cancel")
    ),
    Form("/quan-tri/giay-chung-nhan/{certificate}/", who="officer", fields=("version", "act"), shown_again=False),
    Form(
        "/quan-tri/giay-chung-nhan/vao-so/",
        who="officer",
        fields=("tax_code", "name_vi", "name_en", "short_name", "registered_on", "address", "phone", "certificate_number", "number", "signed_on", "signatory", "lines-0-result", "lines-0-product"),
        rest={"lines-TOTAL_FORMS": "3", "lines-INITIAL_FORMS": "0"},
        secret=("lines-0-result", "lines-0-product"),  # there are as many lines as TOTAL_FORMS says
    ),
    Form("/tai-khoan/bao-cao-nam/{own_certificate}/2026/", "/en/account/yearly-reports/{own_certificate}/2026/", who="founder", fields=("phone", "representative_email", "condition", "products", "total_revenue", "profit", "workers", "cost_staff", "proposals"), rest={"seen": "0"}),
    Form("/tai-khoan/bao-cao-nam/{own_certificate}/2026/", who="founder", fields=("seen",), shown_again=False),
    Form("/tai-khoan/bao-cao-nam/{own_certificate}/2026/bien-nhan/", "/en/account/yearly-reports/{own_certificate}/2026/receipt/", who="founder", fields=("number", "received_on"), rest={"version": "0"}),
    Form("/tai-khoan/bao-cao-nam/{own_certificate}/2026/bien-nhan/", who="founder", fields=("version", "file"), shown_again=False),
    Form("/quan-tri/nghia-vu/{certificate}/ministry/{grant}/", who="officer", fields=("done_on", "document", "remark"), rest={"version": "0", "act": "fulfil"}),
    Form("/quan-tri/nghia-vu/{certificate}/ministry/{grant}/", who="officer", fields=("version", "act", "note"), shown_again=False),
    Form("/quan-tri/nghia-vu/bao-cao/{certificate}/2026/", who="officer", fields=("number", "received_on"), rest={"version": "0", "act": "receive"}),
    Form("/quan-tri/nghia-vu/bao-cao/{certificate}/2026/", who="officer", fields=("version", "act", "note"), shown_again=False),
    Form("/quan-tri/ngay-nghi/new/", who="admin", fields=("date", "kind", "note", "source")),
    Form("/quan-tri/thoi-han/new/", who="admin", fields=("procedure", "step", "amount", "unit", "target", "citation", "effective_from")),
    Form("/quan-tri/tu-viet-tat/new/", who="admin", fields=("short", "long_vi", "long_en")),
]  # fmt: skip
PEOPLE = ("anonymous", "founder", "officer", "admin")
CHOICES = (
    "ward", "kind", "role", "language", "sector", "stage", "industries", "fields_of_technology", "party", "assignee",
    "verified", "mark", "remark:x", "_more", "procedure", "unit", "products-99-name", "team-x-name", "capital-0-round",
    "industries-q", "outcome", "condition",
)  # fmt: skip


@dataclass
class Town:
    people: dict[str, Any]
    words: dict[str, str]

    def fill(self, text: str) -> str:
        return text.format(**self.words)


@pytest.fixture
def town(roles: None) -> Town:
    founder, officer = UserFactory(), UserFactory(officer=True)
    own, others = party("Công ty A", owner=founder), party("Công ty B")
    member = Membership.objects.create(party=own, user=UserFactory(), role="viewer", since=clock.today())
    draft, sent = dossier(organisation=own, papers=1), dossier(organisation=own, submitted=True)
    other = dossier(organisation=others, submitted=True)
    listed = Startup.objects.get(dossier=dossier(organisation=others, published=True, officer=officer))
    mine = Startup.objects.get(dossier=dossier(organisation=own, published=True, officer=officer))
    proposal = drafted(mine, founder, pitch_vi="Câu giới thiệu khác.")
    invitation = services.invite(own, email="moi@example.vn", role="viewer", actor=founder)
    granted = certificate(actor=officer)
    words = {
        "draft": draft.reference,
        "seen": str(draft.answers_version),
        "sent": sent.reference,
        "other": other.reference,
        "version": str(other.version),
        "party": own.public_id,
        "member": str(member.pk),
        "request": str(services.ask_to_join(own, actor=UserFactory()).pk),
        "token": invitation.token,
        "startup": f"{listed.profiles.get().slug}-{listed.public_id}",
        "listed": mine.dossier.reference,
        "proposal": proposal.reference,
        "edits": str(proposal.edits),
        "open": sent_proposal(listed, pitch_vi="Câu giới thiệu mới.").reference,
        "confirm_token": token_for(mine.confirmations.get(), founder.pk),
        "certificate": granted.public_id,
        "grant": str(granted.versions.get().decision.position),
        "own_certificate": certificate(actor=officer, holder=own).public_id,
        "report": str(report_of(listed, email="nguoibao@vidu.vn").pk),
    }
    people = {"anonymous": None, "founder": founder, "officer": officer, "admin": UserFactory(admin=True)}
    return Town(people, words)


Browser = Callable[[Any], Client]


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that happens inside stays: each form meets the same town."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked_of(who: str, town: Town, forms: list[Form]) -> Iterator[tuple[Form, str]]:
    for form in forms:
        if form.who == who:
            for url in form.addresses:
                yield form, town.fill(url)


@pytest.mark.parametrize("who", PEOPLE)
def test_anything_in_every_field(who: str, town: Town, client_of: Browser) -> None:
    """The answer is clear, and so is the page that is opened after it: what was kept does not break it.

    Each form meets every third kind, the next one the next; in English, and where it is asked again on PostgreSQL, every sixth.
    """
    client = client_of(town.people[who])
    for place, (form, url) in enumerate(asked_of(who, town, FORMS)):
        rest = {name: town.fill(value) for name, value in form.rest.items()}
        few = 6 if language_of(url) == "en" or connection.vendor != "sqlite" else 3
        for kind, value in list(NASTY.items())[place % few :: few]:
            with undone():
                data = dict.fromkeys(form.fields, value) | rest
                assert_clear(client.post(url, data), f"{url}: {kind}", language_of(url))
                if "khoi-nghiep/KN" in url or "startups/KN" in url:
                    for again in (town.fill(f"{DRAFT}kiem-tra/"), url if place % 2 else town.fill(DRAFT)):
                        assert_clear(client.get(again), f"{again} after {url}: {kind}", language_of(again))


@pytest.mark.parametrize("who", PEOPLE)
def test_what_was_typed_comes_back(who: str, town: Town, client_of: Browser) -> None:
    """All fields hold a text that none of them can take together; no text field loses it, no password returns."""
    client = client_of(town.people[who])
    for form, url in asked_of(who, town, [form for form in FORMS if form.shown_again]):
        given = {name: f"không-được-{place}" for place, name in enumerate(form.fields)}
        with undone():
            response = client.post(url, given | dict.fromkeys(form.rest, "0"))
            body = assert_clear(response, url, language_of(url))
        if response.status_code in (200, 400, 409):
            kept = [name for name in form.fields if name not in (*form.secret, *CHOICES)]
            assert [name for name in kept if given[name] not in body] == [], url
            assert all(given[name] not in body for name in form.secret if "password" in name), url


def broken_bodies() -> dict[str, tuple[bytes, str]]:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'
    return {
        "huge JSON": (b'{"a": [' + b"1," * 1_600_000 + b"1]}", "application/json"),
        "JSON": (b'{"name_vi": "x", "version": 1}', "application/json"),
        "a thousand and one fields": (
            "&".join(f"f{n}=1" for n in range(1100)).encode(),
            "application/x-www-form-urlencoded",
        ),
        "no UTF-8": (b"name_vi=%ff%fe&email=\xff\xfe&text=%c3%28", "application/x-www-form-urlencoded"),
        "odd charset": (b"text=x", "application/x-www-form-urlencoded; charset=no-such"),
        "no boundary": (b"--x", "multipart/form-data"),
        "cut off": (part + b"abc", "multipart/form-data; boundary=x"),
        "a file that is a field": (
            b'--x\r\nContent-Disposition: form-data; name="email"; filename="a\x00b/../.png"\r\n\r\nabc\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        "heavy text": (b"text=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        "XML": (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "application/xml"),
        "nothing": (b"", ""),
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_bodies_that_are_no_form(who: str, town: Town, client_of: Browser) -> None:
    """Each form meets every third body, the next one the next; on PostgreSQL, which none of them reaches, every sixth."""
    client = client_of(town.people[who])
    few = 3 if connection.vendor == "sqlite" else 6
    for place, (_form, url) in enumerate(asked_of(who, town, FORMS)):
        for kind, (body, content_type) in list(broken_bodies().items())[place % few :: few]:
            with undone():
                response = client.generic("POST", url, body, content_type=content_type)
                assert_clear(response, f"{url}: {kind}", language_of(url))
            if kind in ("huge JSON", "heavy text") and not url.startswith("/quan-tri/"):
                assert response.status_code == 413, url


def test_other_methods(town: Town, client_of: Browser) -> None:
    clients = {who: client_of(person) for who, person in town.people.items()}
    for form in FORMS:
        url = town.fill(form.vi)
        for method in ("PUT", "DELETE", "OPTIONS", "PROPFIND", "HEAD"):
            with undone():
                response = clients[form.who].generic(method, url, b"x=1")
            assert response.status_code < 500, (method, url)


@pytest.mark.parametrize(
    "away", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "\x00//evil.example"]
)
def test_nobody_is_sent_elsewhere(away: str, town: Town, client_of: Browser) -> None:
    founder = town.people["founder"]
    founder.set_password("mot cau dai de nho")
    founder.save()
    posts = [
        (None, "/tai-khoan/dang-nhap/", {"login": founder.email, "password": "mot cau dai de nho"}),
        (founder, "/tai-khoan/to-chuc/moi/", {"kind": "person", "name": "Lò Thị Mẫu"}),
        (founder, "/tai-khoan/dang-xuat/", {}),
    ]
    for who, url, data in posts:
        cache.clear()
        response = client_of(who).post(f"{url}?next={away}".replace("\x00", "%00"), {**data, "next": away})
        assert response.status_code == 302, url
        assert response["Location"].startswith("/"), url
        assert not response["Location"].startswith(("//", "/\\")), url
        assert "evil" not in response["Location"], url


def test_a_form_that_was_open_for_weeks(town: Town, client_of: Browser, freeze: Callable[[str], Any]) -> None:
    """The token is stale: a page says so, in the language of the address, and nothing is done."""
    for url, language in (("/tai-khoan/dang-nhap/", "vi"), ("/en/account/sign-in/", "en")):
        client = Client(enforce_csrf_checks=True)
        response = client.post(url, {"login": "a@example.vn", "password": "x", "csrfmiddlewaretoken": "x" * 64})
        assert response.status_code == 403
        assert_clear(response, url, language)


def test_a_session_that_ended_while_writing(town: Town, client_of: Browser) -> None:
    """Whoever was signed out meanwhile is asked to sign in, and comes back to the step."""
    client = client_of(town.people["founder"])
    url = town.fill(f"{DRAFT}ten/")
    with_time = clock.now() + timedelta(days=30)
    with clock.at(with_time):
        client.session.flush()
        response = client.post(url, {"seen": town.words["seen"], "name_vi": "Tên mới"})
    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={url}")
