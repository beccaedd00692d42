"""What is restricted or internal reaches no stranger, by whatever way one looks.

Dossiers in every state are full of canaries. Strangers (without an account, and an applicant of another organisation)
walk everything they can reach, ask by name, read the search's own file and the public folder; none may come out.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client, TestCase, override_settings

from bench.crawling import Seen, crawl, fetch
from bench.leaks import found_in, leaks, squeezed_bytes
from notifications.models import InboxItem, Message
from registry.startups.models import Startup
from search.engine import get_engine
from search.following import catch_up
from search.models import SearchEntry
from search.numbering import start_new_epoch
from tests.accounts.factories import UserFactory
from tests.cms.factories import article
from tests.dossiers.factories import dossier
from tests.house.canaries import Canaries, tell
from tests.parties.factories import party
from tests.reports.factories import report_of

ENDS = ("draft", "submitted", "supplement", "refused", "withdrawn", "published", "unlisted")
KINDS = {"published": "group", "unlisted": "household"}


@dataclass
class Told:
    """Every dossier with its secrets, and the people who may know nothing of them."""

    secrets: dict[str, str]
    dossiers: list[Any]
    insiders: list[Any]
    founder2: Any
    places: dict[str, Path]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Built once for this file and rolled back after it, with folders and a search file of its own."""
    folder = tmp_path_factory.mktemp("leaks")
    places = {
        "PRIVATE_ROOT": folder / "files",
        "MEDIA_ROOT": folder / "media",
        "SEARCH_FILE": folder / "search.sqlite3",
    }
    with django_db_blocker.unblock(), override_settings(**places), transaction.atomic():
        call_command("sync_roles", verbosity=0)
        start_new_epoch()
        mail.outbox = []
        with TestCase.captureOnCommitCallbacks(execute=True):
            told = tell_all(places)
        catch_up()
        yield told
        get_engine().file.close()
        transaction.set_rollback(True)


def tell_all(places: dict[str, Path]) -> Told:
    officer, founder2 = UserFactory(officer=True), UserFactory(email="founder2@example.vn")
    dossier(owner=founder2, published=True, officer=officer, name_vi="Dự án của người khác")
    told = Told({}, [], [officer], founder2, places)
    for end in ENDS:
        secret, kind = Canaries(end), KINDS.get(end, "cooperative")
        own = party(secret.word("organisation"), kind=kind)
        made, more = tell(end, own, public=end == "published", officer=officer)
        told.secrets |= secret.all() | more.all()
        told.dossiers.append(made)
        told.insiders.append(made.created_by)
    gossip, draft = Canaries("report"), Canaries("article")
    report_of(
        Startup.objects.get(dossier=told.dossiers[ENDS.index("published")]),
        text=gossip.word("text"),
        email=gossip.keep("email", "kanari.report@kin.example"),
    )
    article(draft.word("title"), lead=draft.word("lead"), body=draft.word("body"), live=False)
    told.secrets |= gossip.all() | draft.all()
    assert len(set(told.secrets.values())) == len(told.secrets)
    return told


@pytest.fixture(autouse=True)
def own_files(told: Told, settings: Any, _own_search_file: None) -> None:
    for name, place in told.places.items():
        setattr(settings, name, place)


def assert_clean(seen: list[Seen], told: Told) -> None:
    assert leaks(seen, told.secrets) == []


@pytest.fixture(params=["anonymous", "founder2"])
def stranger(request: pytest.FixtureRequest, told: Told, client_of: Callable[[Any], Client]) -> Client:
    return client_of(told.founder2 if request.param == "founder2" else None)


def test_the_net_catches(told: Told, client_of: Callable[[Any], Client]) -> None:
    """The canaries are where they belong: their owners see them, so a page that showed them would be noticed."""
    made = told.dossiers[1]
    seen = fetch(client_of(made.created_by), f"/tai-khoan/khoi-nghiep/{made.reference}/")
    paper = client_of(told.insiders[0]).get(f"/quan-tri/ho-so/{made.reference}/?show=restricted").content.decode()
    assert "submitted: representative" in found_in(paper, told.secrets)
    assert "submitted: file name" in found_in(seen.body, told.secrets)


def test_everything_a_stranger_can_walk_to(stranger: Client, told: Told) -> None:
    seen = crawl(stranger)
    addresses = {one.url for one in seen}
    kinds = {one.kind.split(";")[0] for one in seen}
    assert {"text/html", "application/xml", "application/json", "text/csv", "application/rss+xml"} <= kinds
    assert {"/en/startups/", "/tin-tuc/rss/", "/sitemap-startups.xml", "/khoi-nghiep/?format=csv"} <= addresses
    assert [(one.url, one.status) for one in seen if one.status >= 400] == []
    assert_clean(seen, told)


def test_asking_by_name(stranger: Client, told: Told) -> None:
    """The search and the directory, asked for the secrets themselves, know of nothing."""
    questions = ["kanari", *told.secrets.values()]
    for question in questions:
        found = stranger.get("/api/v1/search", {"q": question}).json()
        assert found["count"] == 0, question
        assert found["did_you_mean"] is None, question
        assert stranger.get("/api/v1/startups", {"q": question}).json()["count"] == 0, question
    pages = [fetch(stranger, f"{where}?q=kanari") for where in ("/tim-kiem/", "/en/search/", "/khoi-nghiep/")]
    assert_clean(pages, told)


def test_the_directory_of_other_days_and_the_api(stranger: Client, told: Told) -> None:
    ids = [made.startup.public_id for made in told.dossiers if made.state in ("published", "unlisted")]
    addresses = [f"{where}{public_id}" for public_id in ids for where in ("/api/v1/startups/", "/khoi-nghiep/x-")]
    addresses += [f"{where}?as_of=2026-01-01" for where in ("/khoi-nghiep/", "/en/startups/", "/api/v1/startups")]
    addresses += ["/api/v1/startups?lang=en", "/en/startups/?format=csv"]
    seen = [fetch(stranger, address) for address in addresses]
    assert_clean([one for one in seen if one.status != 410], told)
    names = {"unlisted: name vi", "unlisted: name en", "unlisted: short name"}
    for one in seen:
        assert set(found_in(one.body, told.secrets)) <= names, one.url


def test_addresses_of_others(stranger: Client, told: Told) -> None:
    """Dossiers, papers, files and organisations of others: a way to sign in, or nothing; never a word of them."""
    addresses = []
    for made in told.dossiers:
        for room in ("/tai-khoan/khoi-nghiep/", "/en/account/startups/", "/quan-tri/ho-so/"):
            addresses.append(f"{room}{made.reference}/")
        here = f"/tai-khoan/khoi-nghiep/{made.reference}"
        addresses += [f"{here}/{step.code}/" for step in made.kind.steps]
        addresses += [f"{here}/rut/", f"{here}/ban-gui/1.pdf", f"/tai-khoan/to-chuc/{made.party.public_id}/"]
        addresses += [f"/quan-tri/ho-so/{made.reference}/so-sanh/", f"/quan-tri/ho-so/{made.reference}/publish/"]
        addresses += [f"/tep/{item.file.public_id}/" for item in made.files.all()]
    seen = [fetch(stranger, address) for address in addresses]
    assert {one.status for one in seen} <= {302, 403, 404}
    assert_clean(seen, told)


def test_error_pages_say_nothing(stranger: Client, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError(f"no row with {' '.join(told.secrets.values())}")

    monkeypatch.setattr("registry.startups.selectors.by_public_id", broken)
    stranger.raise_request_exception = False
    seen = [
        fetch(stranger, url) for url in ("/khoi-nghiep/x-00000000/", "/en/startups/x-00000000/", "/api/v1/startups/1")
    ]
    assert [one.status for one in seen] == [500, 500, 500]
    assert_clean([*seen, fetch(stranger, "/khong-co/"), fetch(stranger, "/en/quan-tri/")], told)


def test_the_search_keeps_none_of_it(told: Told) -> None:
    rows = [json.dumps(row, default=str, ensure_ascii=False) for row in SearchEntry.objects.order_by("pk").values()]
    assert len(rows) >= 4
    assert found_in("\n".join(row for row in rows if '"deleted": false' in row), told.secrets) == []
    path = Path(project.SEARCH_FILE).resolve()  # the link leads to the file, its journal stands beside it
    kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert b"cua nguoi khac" in kept or "của người khác".encode() in kept
    assert [name for name, canary in told.secrets.items() if canary.encode() in squeezed_bytes(kept)] == []


def test_the_public_folder_keeps_none_of_it(told: Told, settings: Any) -> None:
    public = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert public
    for path in public:
        assert found_in(str(path), told.secrets) == []
        assert [n for n, canary in told.secrets.items() if canary.encode() in squeezed_bytes(path.read_bytes())] == []
    logos = [path for path in public if path.parent.name == "startups"]
    assert len(logos) == 1, "of the one that is still published"
    private = [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]
    assert len(private) >= len(ENDS)
    assert found_in("\n".join(map(str, private)), told.secrets) == []
    for made in told.dossiers:
        for item in made.files.select_related("file"):
            assert not list(Path(settings.MEDIA_ROOT).rglob(f"*{item.file.sha256}*"))


def test_letters_go_to_those_they_concern(told: Told) -> None:
    insiders = {user.pk for user in told.insiders}
    letters = Message.objects.exclude(user__in=insiders)
    items = InboxItem.objects.exclude(user__in=insiders)
    texts = [f"{one.subject} {one.body_text} {one.body_html} {one.context}" for one in letters]
    texts += [f"{one.title} {one.text} {one.url}" for one in items]
    posted = [one for one in mail.outbox if set(one.to) - {user.email for user in told.insiders}]
    texts += [f"{one.subject} {one.body}" for one in posted]
    assert texts, "somebody else was told something"
    assert found_in("\n".join(texts), told.secrets) == []
