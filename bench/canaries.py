"""Does anything come out that is not public: make demo-canaries.

In a demo of its own, every field that is not public (`field_classes`) gets a word that stands nowhere else
(`bench.planting`). Then a stranger, the people of another enterprise, and a member of one read what they can reach, as
pages, API, PDF, tables, search, feeds, sitemaps and the payloads of certificates. What is found by whom is printed; a
member may find what is their own. Leaves with 1 on any leak, on an answer of 500, and if an officer's reading of
restricted answers leaves no line in the read log.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MOST = 6000
LAST_SHOWN = 8
SEEDS = (
    "/.well-known/st-certificate-keys.json",
    "/tin-tuc/rss/",
    "/api/v1/startups",
    "/api/v1/st-enterprises",
    "/api/v1/procedures",
    "/khoi-nghiep/?format=csv",
    "/khoi-nghiep/?format=jsonl",
    "/khoi-nghiep/?format=xlsx",
    "/doanh-nghiep-khcn/?format=csv",
    "/doanh-nghiep-khcn/?format=xlsx",
    "/xac-minh/",
)


@dataclass
class Reading:
    """What one reader saw: how many answers of each kind, what of it was a leak, what was their own, what broke."""

    who: str
    kinds: Counter[str] = field(default_factory=Counter)
    leaked: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    own: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def look(self, seen: Iterable[Any], nest: Any, mine: "Collection[int]", me: "Collection[int]") -> None:
        from bench.leaks import squeezed
        from bench.planting import PATTERN

        for one in seen:
            self.kinds[one.kind.split(";")[0] or "none"] += 1
            if one.status >= 500:
                self.broken.append(f"{one.status} {one.url}")
            for word in set(PATTERN.findall(squeezed(f"{one.head}\n{one.body}"))) & nest.keys():
                canary = nest[word]
                if canary.party in mine or canary.user in me:
                    self.own.add(word)
                else:
                    self.leaked[f"{canary.where} ({canary.field_class})"].append(f"{one.url} (row {canary.row})")

    def tell(self) -> bool:
        """Print it; whether all is well."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.kinds.most_common())
        print(f"{self.who}: read {sum(self.kinds.values())} answers ({kinds})")
        print(f"  own words found: {len(self.own)}; of others: {sum(map(len, self.leaked.values()))}")
        for where, places in sorted(self.leaked.items()):
            print(f"  LEAK {where}: {len(places)} times, at {'; '.join(sorted(set(places))[:LAST_SHOWN])}")
        for one in self.broken[:LAST_SHOWN]:
            print(f"  BROKEN {one}")
        return not self.leaked and not self.broken


def inside() -> int:
    """In the demo that was made for it."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from bench.planting import plant_all

    settings.ALLOWED_HOSTS = ["*"]
    remember()
    search_could_not_follow()
    nest, planted, empty = plant_all()
    print(f"planted {len(nest)} words in {sum(map(bool, planted.values()))} fields that are not public")
    if empty:
        print(f"  no row in the demo, nothing planted: {', '.join(sorted(empty))}")
    index_again()
    people = {email: User.objects.get(pk=pk) for email, pk in PEOPLE.items()}
    well = [officer_reads(nest, people["officer2@demo.test"])]
    for who, email in (("stranger", ""), ("another enterprise", "founder2@demo.test"), ("member", "founder@demo.test")):
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        user = people.get(email)
        if user is not None:
            client.force_login(user)
        well.append(read_as(who, client, user, nest))
    print("no leak" if all(well) else "LEAKS FOUND")
    return 0 if all(well) else 1


PEOPLE: dict[str, int] = {}


def remember() -> None:
    """Who is who, before their addresses become canaries."""
    from accounts.models import User

    names = ("founder@demo.test", "founder2@demo.test", "officer2@demo.test")
    PEOPLE.update(User.objects.filter(email__in=names).values_list("email", "pk"))


def search_could_not_follow() -> None:
    """No demo tells of a fault that its search never had: here an engine has one, whose file is a folder, and its report stays."""
    from search.embedded import EmbeddedEngine
    from search.reports import followed

    with tempfile.TemporaryDirectory(prefix="portal-canaries-") as folder:
        followed(EmbeddedEngine(folder))


def index_again() -> None:
    """What the search knows is made anew, from the planted rows."""
    from cms.news.search_source import put_missing
    from registry.certificates import search_source as of_certificates
    from registry.certificates.models import Certificate
    from registry.startups import search_source as of_startups
    from registry.startups.models import Startup
    from search.following import catch_up

    of_startups.refresh_many(list(Startup.objects.order_by("pk")))
    for certificate in Certificate.objects.order_by("pk"):
        of_certificates.refresh(certificate)
    put_missing()
    catch_up()


def read_as(who: str, client: Any, user: Any, nest: Any) -> bool:
    from bench.crawling import SEEDS as FRONT
    from bench.crawling import crawl, fetch
    from registry.parties.models import Membership

    mine = set(Membership.objects.filter(user=user, until=None).values_list("party", flat=True)) if user else set()
    beside = set(Membership.objects.filter(party__in=mine, until=None).values_list("user", flat=True))
    reading = Reading(who)
    account = ("/tai-khoan/", "/en/account/") if user else ()
    reading.look(crawl(client, (*FRONT, *SEEDS, *account), most=MOST), nest, mine, beside)
    asked = [fetch(client, f"{where}?q={word}") for word in samples(nest) for where in SEARCHES]
    reading.look(
        [one for one in asked if not one.kind.startswith("text/html")], nest_of_others(nest, asked), mine, beside
    )
    reading.look(addresses_of_others(client, mine), nest, mine, beside)
    reading.look([payloads(), search_file()], nest, mine, beside)
    if user and not reading.own:
        print(f"{who}: saw none of their own words: the net does not catch")
        return False
    return reading.tell()


SEARCHES = ("/api/v1/search", "/api/v1/startups")


def samples(nest: Any) -> list[str]:
    """One word of each field, and what they all begin with."""
    first: dict[str, str] = {}
    for word, canary in nest.items():
        first.setdefault(canary.where, word)
    return ["kanari", *first.values()]


def nest_of_others(nest: Any, asked: Iterable[Any]) -> Any:
    """A search repeats its own question: only other words count there."""
    questions = {one.url.rpartition("=")[2] for one in asked}
    return {word: canary for word, canary in nest.items() if word not in questions}


def addresses_of_others(client: Any, mine: set[int]) -> list[Any]:
    """Dossiers, printed submissions and forms, files, papers, organisations and goals of others, asked for by their address."""
    from bench.crawling import fetch
    from registry.dossiers.models import Dossier
    from registry.dossiers.showing import url
    from registry.goals.models import Goal
    from registry.official_papers.models import OfficialPaper

    found = []
    for dossier in Dossier.objects.exclude(party__in=mine).select_related("party").order_by("pk"):
        here = url(dossier)
        found += [here, f"{here}ban-gui/1.pdf", f"/tai-khoan/to-chuc/{dossier.party.public_id}/"]
        found += [f"{here}ban-gui/1/{form.code}.docx" for form in dossier.kind.printed_forms]
        found += [f"/quan-tri/ho-so/{dossier.reference}/?show=restricted"]
        found += [f"/tep/{item.file.public_id}/" for item in dossier.files.select_related("file")]
    papers = OfficialPaper.objects.exclude(dossier__party__in=mine).select_related("pdf", "docx")
    found += [f"/tep/{file.public_id}/" for paper in papers for file in (paper.pdf, paper.docx)]
    found += [f"/tai-khoan/muc-tieu/{goal.public_id}/" for goal in Goal.objects.exclude(party__in=mine)]
    return [fetch(client, address) for address in dict.fromkeys(found)]


def payloads() -> Any:
    """What the QR of every certificate says once it is unpacked."""
    from bench.crawling import Seen
    from registry.certificates.models import CertificatePaper
    from registry.st_enterprises.proofs.keys import published_keys
    from registry.st_enterprises.proofs.payload import verify

    keys = published_keys()
    said = [str(verify(paper.payload, keys)) for paper in CertificatePaper.objects.order_by("pk")]
    return Seen("QR payloads", 200, "QR payload", "", "\n".join(said))


def search_file() -> Any:
    """The search's own copy, byte by byte."""
    from django.conf import settings

    from bench.crawling import Seen

    path = Path(settings.SEARCH_FILE).resolve()
    kept = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    return Seen("the search's file", 200, "search file", "", kept.decode("utf-8", "ignore"))


def officer_reads(nest: Any, officer: Any) -> bool:
    """An officer opens a dossier: nothing restricted until it is asked for, and then a line in the read log names it."""
    from allauth.mfa.models import Authenticator
    from django.test import Client

    from bench.crawling import fetch
    from bench.leaks import squeezed
    from bench.planting import PATTERN
    from registry.core.models import ReadLog
    from registry.dossiers.models import Dossier

    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    client.force_login(officer)
    Authenticator.objects.get_or_create(user=officer, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}, {"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(officer.pk)
    session.save()
    well = True
    for code in ("startup_registration", "st_certification", "st_change"):
        dossier = Dossier.objects.filter(procedure=code, submissions__isnull=False).order_by("-pk").first()
        assert dossier is not None, f"the demo has no dossier of {code} that was sent"
        here = f"/quan-tri/ho-so/{dossier.reference}/"
        before = ReadLog.objects.filter(
            user=officer, subject=dossier.subject
        ).count()  # whoever made papers for it has read it
        counts = []
        too_soon: list[str] = []
        for address in (here, f"{here}?show=restricted"):
            answer = fetch(client, address)
            words = set(PATTERN.findall(squeezed(answer.body))) & nest.keys()
            others = [nest[word] for word in words if nest[word].user != officer.pk]
            restricted = [canary for canary in others if canary.field_class == "restricted"]
            lines = ReadLog.objects.filter(user=officer, subject=dossier.subject)
            if address == here:
                too_soon = sorted({canary.where for canary in restricted})
            counts.append((answer.status, len(restricted), lines.count() - before))
        closed, opened = counts
        fine = closed == (200, 0, 0) and opened[0] == 200 and opened[1] > 0 and opened[2] == 1
        print(
            f"officer, {code}: restricted words before asking {closed[1]}, after {opened[1]};"
            f" new lines in the read log {closed[2]}, then {opened[2]}{'' if fine else '  WRONG ' + ', '.join(too_soon)}"
        )
        well = well and fine
    return well


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    if parser.parse_args().inside:
        return inside()
    with tempfile.TemporaryDirectory(prefix="portal-canaries-") as folder:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PORTAL_", "DATABASE_URL", "SEARCH_ENGINE"))}
        env = {**clean, "PORTAL_VAR": folder, "DEMO": "1", "PORTAL_LOG_LEVEL": "ERROR", "PORTAL_PAGE_CACHE": "0"}
        env |= {"DJANGO_SETTINGS_MODULE": "portal.settings"}
        print("a demo of its own is loaded; this takes a minute or two", flush=True)
        made = subprocess.run(
            [sys.executable, "manage.py", "demo_reset"], cwd=ROOT, env=env, capture_output=True, text=True
        )
        if made.returncode:
            print(made.stderr[-3000:])
            return 1
        return subprocess.run([sys.executable, "-m", "bench.canaries", "--inside"], cwd=ROOT, env=env).returncode


if __name__ == "__main__":
    sys.exit(main())
