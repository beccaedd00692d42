"""A province with so many startups, for `make bench`: a few go through the door, the others are copies written in bulk."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

THROUGH_THE_DOOR = 8
DRAFTS = 40
PAGES = 25
BLOCK = 500
LATE_AFTER = 800  # days; entries are up to 900 days old, so about one in nine is late with its confirmation
PASSWORD = "mat-khau-do-toc-do-1"  # noqa: S105 (of a portal that lives as long as the measurement)
TAX_CODE = "0100109106"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("--out", type=Path, required=True, help="where what the load needs to know is written")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from portal.boot import prepare

    prepare(say)
    given.out.write_text(json.dumps(populate(given.size), ensure_ascii=False), "utf-8")


def populate(size: int) -> dict[str, Any]:
    from registry.startups.selectors import in_force, url_of

    founder, officer = person("founder@bench.example"), person("officer@bench.example", officer=True)
    say("publishing the first startups")
    first = through_the_door(founder, officer)
    say(f"copying them to {size}")
    copied(first, size - len(first))
    entered()
    say("drafts and pages")
    paths = [url_of(profile, "vi") for profile in in_force().order_by("pk")[:: max(1, size // 400)]]
    return {
        "email": founder.email,
        "password": PASSWORD,
        "details": paths,
        "drafts": [dossier.reference for dossier in drafts(founder)],
        "pages": pages(),
    }


def person(email: str, *, officer: bool = False) -> Any:
    from allauth.account.models import EmailAddress
    from django.contrib.auth.models import Group

    from accounts import roles
    from accounts.models import User

    user = User(email=email, full_name="Người Đo", language="vi")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    if officer:
        user.groups.add(Group.objects.get(name=roles.CASE_OFFICER))
    return user


def written(number: int, founder: Any) -> Any:
    """A complete draft of its own organisation, answered with one of the demo's ideas."""
    from portal.demo.ideas import ideas
    from registry.dossiers.services import open_dossier, save_step
    from registry.parties.rules import read_tax_code
    from registry.parties.services import create_party

    known = [idea for idea in ideas() if idea.state == "published"]  # the others may be half filled
    answers = known[number % len(known)].answers()
    identifier = read_tax_code(TAX_CODE) if number == 0 else None
    kind = "enterprise" if number == 0 else "group"
    party = create_party(kind=kind, name=f"Nhóm đo {number}", actor=founder, identifier=identifier)
    made = open_dossier("startup_registration", party, actor=founder)
    for step in made.kind.steps:
        if step.form is not None:
            data = {name: answers.get(name) for name in step.form.base_fields}
            made = save_step(made, step, data, actor=founder, seen=made.answers_version).dossier
    return made


def through_the_door(founder: Any, officer: Any) -> list[Any]:
    from registry.core.lifecycle import perform

    made = []
    for number in range(THROUGH_THE_DOOR):
        dossier = written(number, founder)
        dossier = perform(dossier, "submit", founder, data={}, expected_version=dossier.version)
        dossier = perform(dossier, "publish", officer, data={}, expected_version=dossier.version)
        made.append(dossier.startup)
    return made


def drafts(founder: Any) -> list[Any]:
    return [written(THROUGH_THE_DOOR + number, founder) for number in range(DRAFTS)]


def copied(first: list[Any], number: int) -> None:
    """`number` more startups like these, each with a name, a place and a day of its own."""
    from django.db import transaction

    for start in range(0, number, BLOCK):
        with transaction.atomic():
            block(first, range(start, min(number, start + BLOCK)))


def block(first: list[Any], numbers: range) -> None:
    from bench.corpus import SEED, Maker, Place
    from registry.core.fields import Sector, TechnologyField
    from registry.core.models import AdministrativeUnit
    from registry.core.permalinks import new_public_id
    from registry.core.text import fold, slugify_vi
    from registry.dossiers.models import Dossier
    from registry.startups.models import Confirmation, Profile, ProfileField, Stage, Startup

    wards = list(AdministrativeUnit.objects.filter(edition="new").order_by("code"))
    originals = [startup.profiles.get() for startup in first]
    confirmed = [startup.confirmations.get() for startup in first]
    makers = [Maker(SEED, number) for number in numbers]
    dossiers = Dossier.objects.bulk_create(
        like(first[maker.number % len(first)].dossier, reference=f"KN-X-{new_public_id()}") for maker in makers
    )
    startups = Startup.objects.bulk_create(
        Startup(
            public_id=new_public_id(),
            party_id=dossier.party_id,
            dossier=dossier,
            listed_on=first[0].listed_on - timedelta(days=maker.chance.randrange(900)),
        )
        for dossier, maker in zip(dossiers, makers, strict=True)
    )
    profiles = []
    for startup, maker in zip(startups, makers, strict=True):
        ward = maker.chance.choice(wards)
        name = maker.title("startup", Place(ward.code, ward.name), "")
        profiles.append(
            like(
                originals[maker.number % len(originals)],
                startup=startup,
                effective_from=startup.listed_on,
                slug=slugify_vi(name)[:80],
                name_vi=name,
                sort_key=fold(name)[:400],
                ward_id=ward.pk,
                sector=maker.one(Sector.values),
                stage=maker.one(Stage.values),
                year=startup.listed_on.year,
                solution_vi=maker.body(Place(ward.code, ward.name)),
            )
        )
    Profile.objects.bulk_create(profiles)
    ProfileField.objects.bulk_create(
        ProfileField(profile=profile, field=code)
        for profile, maker in zip(profiles, makers, strict=True)
        for code in sorted(set(maker.chance.choices(TechnologyField.values, k=maker.chance.choice((1, 1, 2)))))
    )
    Confirmation.objects.bulk_create(
        like(
            confirmed[maker.number % len(first)],
            startup=startup,
            confirmed_on=startup.listed_on,
            due_on=startup.listed_on + timedelta(days=LATE_AFTER),
        )
        for startup, maker in zip(startups, makers, strict=True)
    )


def like(row: Any, **changes: Any) -> Any:
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    made = type(row)(**values)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def entered() -> None:
    """Every startup in the search, and the search's file up to date."""
    from registry.startups.search_source import LANGUAGES, entry
    from registry.startups.selectors import in_force
    from search.entries import put_many
    from search.following import follow_all

    def entries() -> Iterator[Any]:
        for profile in in_force().select_related("startup__party", "ward").iterator(BLOCK):
            for language in LANGUAGES:
                yield entry(profile, language, "")

    put_many(entries())
    follow_all()


def pages() -> list[list[Any]]:
    """Pages that editors change while everybody reads: [number, address]."""
    from cms.core.models import StandardPage
    from cms.home.models import HomePage

    home = HomePage.objects.get(locale__language_code="vi")
    made = []
    for number in range(PAGES):
        page = StandardPage(
            title=f"Trang đo {number}", slug=f"trang-do-{number}", lead="Một trang để đo.", locale=home.locale
        )
        home.add_child(instance=page)
        page.save_revision().publish()
        made.append([page.pk, page.url])
    return made


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    main()
