"""A person's own copy: complete by the map of the tables, nobody else's, and given only to who has just proved who they are."""

import json
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from accounts.devices import device
from accounts.models import User
from accounts.personal_data import covered, parts_of
from notifications.services import Recipient, notify
from portal.personal_data import HELD_BACK
from registry.core import clock, files
from registry.core.decisions import log_restricted_read
from registry.core.models import FileRead
from registry.parties.models import Fact, Membership
from tests.accounts.factories import PASSWORD, UserFactory
from tests.core.factories import PDF
from tests.dossiers.factories import dossier
from tests.parties.factories import party

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/du-lieu/"
LINUX = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    cache.clear()
    settings.PRIVATE_ROOT = tmp_path / "files"


def naming_a_person() -> set[str]:
    """Every field of every table that points at a person; a page's own tables inherit theirs."""
    return {
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=False)
        for field in model._meta.local_fields
        if field.related_model is User
    }


def test_every_field_that_names_a_person_is_in_the_copy_or_held_back_with_a_reason() -> None:
    named = naming_a_person()
    assert not named - covered() - set(HELD_BACK), "say in a part's `covers` or in portal/personal_data.py HELD_BACK"
    assert not (covered() | set(HELD_BACK)) - named, "these fields are gone"
    assert not covered() & set(HELD_BACK)
    assert all(HELD_BACK.values())


def proved(client, user):
    client.force_login(user)
    client.post("/tai-khoan/xac-thuc-lai/", {"password": PASSWORD})
    return client


def opened(response) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))


def declare(organisation, user, **figures: tuple[str, str]) -> None:
    for code, (value, unit) in sorted(figures.items()):
        Fact.objects.create(
            party=organisation,
            code=code,
            period="2025",
            value=Decimal(value),
            unit=unit,
            source="declared",
            recorded_by=user,
            recorded_at=clock.now(),
        )


def test_nobody_gets_it_without_proving_again(client) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(UserFactory())
    for ask in (client.get, client.post):
        assert ask(PAGE)["Location"] == "/tai-khoan/xac-thuc-lai/?next=%2Ftai-khoan%2Fdu-lieu%2F"


def test_the_copy_holds_what_is_theirs_and_nothing_of_others(
    client, mailoutbox, django_capture_on_commit_callbacks, caplog
) -> None:
    user, officer = UserFactory(full_name="Lò Thị Mẩu"), UserFactory(officer=True)
    other = UserFactory(full_name="Người Lạ Mặt", email="la.mat@example.vn")
    mine = dossier(organisation=party("Công ty A", owner=user), supplemented=True, officer=officer, papers=1)
    UserSession.objects.create(user=user, session_key="x", ip="192.0.2.1", user_agent=LINUX)
    declare(mine.party, user, staff=("6.00", "người"), capital=("450000000.00", "đồng"))
    theirs = dossier(organisation=party("Công ty Bí Mật", owner=other), submitted=True)
    log_restricted_read(officer, mine.subject, ["representative"])
    log_restricted_read(officer, theirs.subject, ["representative"])
    notify("account_second_factor_on", [Recipient(user.email, user.pk)], "x", {"url": "/x", "at": clock.now()})
    proved(client, user)
    page = client.get(PAGE).content.decode()
    assert "Hồ sơ" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(PAGE)
    assert answer["Cache-Control"] == "private, no-store"
    assert "attachment" in answer["Content-Disposition"]
    archive = opened(answer)
    assert archive.testzip() is None
    told = {name: json.loads(archive.read(f"json/{name}.json")) for name in parts_of(user)}
    assert told["account"]["account"][0]["email"] == user.email
    assert [row["organisation"] for row in told["organisations"]["memberships"]] == ["Công ty A"]
    (one,) = told["dossiers"]["dossiers"]
    assert one["reference"] == mine.reference
    assert one["submissions"][0]["content"]["reference"] == mine.reference
    assert one["supplements"]
    assert one["timeline"]
    assert [row["reference"] for row in told["dossiers"]["readings"]] == [mine.reference]
    assert told["messages"]["letters"][-1]["title"]
    assert told["history"]["acts"]
    (path,) = [name for name in archive.namelist() if name.startswith("tep/")]
    assert archive.read(path).startswith(b"%PDF")
    assert FileRead.objects.filter(reader=user).exists(), "the reading of a file is written down, one's own too"
    whole = "".join(archive.read(name).decode() for name in archive.namelist() if not name.startswith("tep/"))
    for foreign in (
        theirs.reference,
        "Công ty Bí Mật",
        "Người Lạ Mặt",
        "la.mat@example.vn",
        officer.full_name,
        "pbkdf2",
        "md5$",
    ):
        assert foreign not in whole, foreign
    assert [(row["value"], row["unit"]) for row in told["organisations"]["facts"]] == [
        ("450000000.00", "đồng"),
        ("6.00", "người"),
    ], "machines get the figure alone"
    vietnamese, english = (archive.read(name).decode() for name in ("doc-truoc.html", "read-first.html"))
    state = mine.lifecycle.states[mine.state].label
    for page, language, words in (
        (vietnamese, "vi", ["Bản sao dữ liệu của bạn", "<td>450.000.000</td>", "<td>6</td>", "<td>người</td>"]),
        (english, "en", ["A copy of your data", "<td>450,000,000</td>", "<td>6</td>", "<td>VND</td>"]),
    ):
        with translation.override(language):
            words = [*words, f"<td>{state}</td>", device(LINUX)]
        assert [each for each in words if each not in page] == []
    assert "Chrome trên Linux" not in english
    assert "<td>Owner (owner)</td>" in english, "a code has its words beside it"
    assert "<td>Chủ quản (owner)</td>" in vietnamese
    assert "<td>Dossier sent (submit)</td>" in english
    assert f"<td>{mine.reference} ({mine.subject})</td>" in english
    assert told["organisations"]["memberships"][0]["role"] == "owner"
    when = clock.local(mine.created_at)
    assert f"<td>{when:%d/%m/%Y} " not in english
    assert f" {when.day} {when:%B %Y}</td>" in english
    assert "own-data.css" in archive.namelist()
    assert [letter.subject for letter in mailoutbox if letter.to == [user.email]][
        -1
    ] == "Bản sao dữ liệu của bạn vừa được tải"
    assert any(record.message == "own data taken" for record in caplog.records)


def test_what_belongs_to_an_organisation_one_has_left_stays_with_it(client) -> None:
    user = UserFactory()
    left = party("Công ty Cũ", owner=user)
    theirs = dossier(organisation=left, submitted=True, papers=1)
    Membership.objects.filter(user=user).update(until=clock.today())
    stored = files.store(SimpleUploadedFile("don.pdf", PDF), owner=user, file_class="restricted", purpose="paper")
    parts = parts_of(user)
    (row,) = parts["dossiers"].rows["dossiers"]
    assert row["reference"] == theirs.reference
    assert "submissions" not in row
    assert [attached.path for attached in parts["files"].files] == [f"{stored.public_id}-don.pdf"]
    assert sorted(row["inside"] for row in parts["files"].rows["files"]) == [False, True]


def test_six_copies_an_hour_are_enough(client) -> None:
    proved(client, UserFactory())
    answers = [client.post(PAGE) for _ in range(7)]
    for answer in answers[:6]:
        assert len(b"".join(answer.streaming_content)) == int(answer["Content-Length"])
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
