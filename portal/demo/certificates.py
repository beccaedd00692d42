"""The certificates of the demo: of both decrees, and one in every state."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings

from accounts.models import User
from portal.demo import invented
from portal.demo.ideas import DATA
from portal.demo.moments import afternoon, office_hour, working_day
from portal.demo.replay import Story
from registry.certificates.deciding import GROUNDS, Content, Line, issue
from registry.certificates.models import Certificate, CertificateVersion, Regime
from registry.core import clock
from registry.core.decisions import DecisionDraft
from registry.core.lifecycle import perform
from registry.core.models import Authority
from registry.core.selectors import ward
from registry.parties.models import Party
from registry.parties.selectors import tax_code
from registry.parties.services import create_party

FIRST_NUMBER: Final = 701
"""From here on the invented tax codes are those of certificate holders."""

REGISTER_OPENS: Final = date(2024, 2, 5)
SIGNATORY: Final = "Ông Giàng A Ví Dụ, Phó Chủ tịch"
DIRECTOR: Final = "Bà Vàng Thị Giả Định, Giám đốc Sở"
BEFORE_THE_NOTICE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Told:
    """A line of data/certificates.toml. What ended it was decided `back` days ago."""

    key: int
    name: str
    ward: str
    address: str
    sector: str
    fields: list[str]
    regime: str
    number: str
    issued: date
    decision: str
    registered: date
    lines: list[list[str]]
    name_en: str = ""
    short_name: str = ""
    maintained: date | None = None
    maintained_by: str = ""
    ends: str = ""
    ground: str = ""
    note: str = ""
    back: int = 0
    decision_of_end: str = field(default="")


def told() -> list[Told]:
    rows = tomllib.loads((DATA / "certificates.toml").read_text(encoding="utf-8"))["certificate"]
    return [Told(key=key, **row) for key, row in enumerate(rows, FIRST_NUMBER)]


def stories(officer: User) -> list[Story]:
    """What is not here yet."""
    here = set(CertificateVersion.objects.values_list("name_vi", flat=True))
    return [story(one, officer) for one in told() if one.name not in here]


def story(one: Told, officer: User) -> Story:
    """Entered when the register opens or on the day it was issued; then looked at again, announced, ended."""
    end = working_day(clock.today() - timedelta(days=one.back))
    yield office_hour(one.name, working_day(max(one.issued, REGISTER_OPENS)))
    certificate = _issued(one, officer)
    if one.regime == Regime.ND268 and one.ends != "cancel":
        _paper(certificate, officer)
    if one.maintained:
        yield office_hour(one.name, one.maintained)
        _act(certificate, "maintain", officer, number=one.maintained_by)
    if one.ends:
        yield from _ended(one, certificate, officer, end)


def _ended(one: Told, certificate: Certificate, officer: User, day: date) -> Story:
    if one.ends == "withdraw":
        yield _hour(one, day - BEFORE_THE_NOTICE)
        _act(certificate, "notify", officer, number=f"{one.key}/TB-UBND", ground=one.ground, note=one.note)
    yield _hour(one, day)
    _act(certificate, one.ends, officer, number=one.decision_of_end, ground=one.ground, note=one.note)


def _hour(one: Told, day: date) -> datetime:
    return afternoon(one.name, working_day(day))


def _issued(one: Told, officer: User) -> Certificate:
    place = ward(one.ward)
    assert place is not None
    party = _party(one, officer)
    is_old = one.regime == Regime.ND13  # the department issued those itself
    draft = DecisionDraft(
        kind="grant",
        ground=GROUNDS[Regime(one.regime)],
        authority=Authority.objects.get(code="so-khcn" if is_old else settings.CERTIFYING_AUTHORITY),
        signed_on=one.issued,
        effective_on=one.issued,
        number=one.decision,
        signatory=DIRECTOR if is_old else SIGNATORY,
    )
    content = Content(
        name_vi=one.name,
        name_en=one.name_en,
        short_name=one.short_name,
        business_number=tax_code(party),
        registered_on=one.registered,
        ward=place,
        address=one.address,
        phone=invented.phone(one.key),
        sector=one.sector,
        fields=tuple(one.fields),
        lines=tuple(Line(*line) for line in one.lines),
    )
    return issue(party, content, draft, regime=one.regime, number=one.number, actor=officer)


def _party(one: Told, officer: User) -> Party:
    return create_party(
        kind="enterprise", name=one.name, actor=officer, identifier=invented.tax_code(one.key), with_owner=False
    )


def _paper(certificate: Certificate, officer: User) -> None:
    """Its electronic certificate, signed with the development key."""
    for act in ("make_paper", "sign_here"):
        certificate.refresh_from_db()
        perform(certificate, act, officer, data={}, expected_version=certificate.version)


def _act(certificate: Certificate, act: str, officer: User, **stated: Any) -> None:
    certificate.refresh_from_db()
    data = {
        "act": act,
        "authority": settings.CERTIFYING_AUTHORITY,
        "delegation": "",
        "signatory": SIGNATORY,
        "signed_on": "",
    }
    perform(certificate, act, officer, data=data | stated, expected_version=certificate.version)
