"""How a startup becomes search entries: one in Vietnamese, one in English. Only the public profile is read."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import override

from registry.core.bilingual import text_in
from registry.core.fields import Sector, TechnologyField
from registry.parties.selectors import tax_codes
from registry.startups import selectors
from registry.startups.models import Profile, Stage, Standing, Startup
from search.entries import Entry, put, put_many, withdraw
from search.following import catch_up

KIND = "startup"
LANGUAGES = ("vi", "en")


def entry(profile: Profile, language: str, tax: str) -> Entry:
    fields = [row.field for row in profile.fields.all()]
    with override(language):
        words = [str(TechnologyField(code).label) for code in fields]
        words += [str(Sector(profile.sector).label), str(Stage(profile.stage).label), profile.ward.name_in(language)]
    products = [p.get(f"name_{language}") or p["name"] for p in profile.products]
    body = [
        profile.name_vi,
        profile.name_en,
        profile.short_name,
        text_in(profile, "problem", language).text,
        text_in(profile, "solution", language).text,
        *products,
        *(p.get("note", "") for p in profile.products if language == "vi"),
        *words,
        profile.address,
        profile.startup.party.name if profile.startup.party.has_public_name else "",
    ]
    return Entry(
        kind=KIND,
        ref=profile.startup.public_id,
        language=language,
        url=selectors.url_of(profile, language),
        title=text_in(profile, "name", language).text,
        summary=text_in(profile, "pitch", language).text,
        body="\n".join(part for part in body if part),
        facets={
            "field": tuple(fields),
            "sector": (profile.sector,),
            "ward": (profile.ward.code,),
            "stage": (profile.stage,),
            "status": (Standing.LISTED.value,),
            "year": (str(profile.year),),
        },
        numbers=(tax,) if tax else (),
        date=profile.startup.listed_on,
    )


def refresh(startup: Startup) -> None:
    """Write or withdraw the startup's entries, in the transaction of the change."""
    profile = selectors.profile_of(startup)
    if profile is None:
        withdraw(KIND, startup.public_id)
        return
    tax = selectors.public_tax_code(profile)
    for language in LANGUAGES:
        put(entry(profile, language, tax))


def refresh_many(startups: Sequence[Startup]) -> None:
    """`refresh` for startups that have just been listed, in few questions."""
    found = selectors.in_force().filter(startup__in=startups).select_related("startup__party", "ward")
    profiles = list(found)
    codes = tax_codes([profile.startup.party_id for profile in profiles])
    put_many(
        entry(profile, language, codes.get(profile.startup.party_id, ""))
        for profile in profiles
        for language in LANGUAGES
    )
    transaction.on_commit(catch_up, robust=True)
