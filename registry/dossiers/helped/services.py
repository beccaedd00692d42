"""Helping a founder without e-mail: begin, hand over for their word, confirm, give back, take over.

What a helper may be trusted with is the typing. Consent, the word that all is true and the sending are the founder's, by a
key that the helper gives them on paper or by message. Nothing technical keeps a helper from using that key themselves; so
the page refuses a browser that is signed in as a helper of this dossier, the snapshot and the desk say by which way it was
confirmed, and the department calls the founder at the contact written down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import roles
from registry.core import clock
from registry.core.lifecycle import Conflict, NotAllowed, perform
from registry.core.models import Authority
from registry.core.text import clean, fold
from registry.dossiers.checking import Problem
from registry.dossiers.helped import passes
from registry.dossiers.helped.models import Help, Pass, Purpose
from registry.dossiers.helped.people import Founder, helps_now
from registry.dossiers.models import Dossier
from registry.dossiers.sending import consent_and_send
from registry.dossiers.services import new_draft
from registry.parties.models import Party
from registry.parties.rules import Identifier
from registry.parties.services import AlreadyHere, claim, create_party


def organisation_of(user: Any) -> str:
    """For whom somebody helps: what the administrator wrote, or the department itself."""
    if user.helps_for:
        return str(user.helps_for)
    return str(Authority.objects.get(code=settings.LISTING_AUTHORITY).name_vi)


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom the dossier is begun: who stands in its name, and the founder one can reach."""

    kind: str
    name: str
    founder_name: str
    contact: str
    identifier: Identifier | None = None


def begin(procedure: str, wanted: Wanted, *, actor: Any) -> Dossier:
    """A draft for somebody without an account. Raises NotAllowed, Invalid, Conflict (the party has people of its own)."""
    if not roles.may_help(actor):
        raise NotAllowed(_("Sở chưa cử bạn nhập hộ hồ sơ."))
    with transaction.atomic():
        dossier = new_draft(procedure, _party_for(wanted, actor), actor=actor)
        Help.objects.create(
            dossier=dossier,
            helper=actor,
            organisation=organisation_of(actor),
            founder_name=clean(wanted.founder_name),
            contact=clean(wanted.contact),
            since=clock.now(),
        )
    return dossier


def _party_for(wanted: Wanted, actor: Any) -> Party:
    try:
        return create_party(
            kind=wanted.kind, name=wanted.name, identifier=wanted.identifier, actor=actor, with_owner=False
        )
    except AlreadyHere as here:
        return _known(here.party, wanted, actor)


def _known(party: Party, wanted: Wanted, actor: Any) -> Party:
    """A party that stands here may be helped again only by who brought it: whoever may claim it reads all its dossiers."""
    if party.memberships.filter(until=None).exists():
        raise Conflict(_("Mã số này đã có người đứng tên trên cổng. Họ đăng nhập rồi mời bạn làm người soạn."))
    if Help.objects.filter(dossier__party=party).exclude(helper=actor).exists() or party.created_by != actor:
        raise Conflict(_("Mã số này đã có hồ sơ do người khác nhập hộ. Gọi Sở để biết ai đang giữ."))
    if fold(party.name) != fold(clean(wanted.name)):
        raise Conflict(_("Mã số này đã ghi với một tên khác. Xem lại mã số và tên trên giấy đăng ký."))
    return party


def hand_over(dossier: Dossier, *, actor: Any, expected_version: int) -> str:
    """Let the founder decide: gives the key for their link and sheet, once. Raises Invalid while something is missing."""
    with transaction.atomic():
        moved = perform(dossier, "hand_over", actor, expected_version=expected_version)
        return passes.issue(moved, Purpose.CONFIRM, actor=actor)


def take_back(dossier: Dossier, *, actor: Any) -> None:
    """Go on writing: the founder's key opens nothing any more. One that was used stays, to read by."""
    with transaction.atomic():
        locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
        if not helps_now(actor, locked):
            raise NotAllowed(_("Bạn không nhập hộ hồ sơ này."))
        passes.end(locked.passes.filter(purpose=Purpose.CONFIRM, used_at=None))


def founder_of(key: Pass) -> Founder:
    """The actor that a key stands for. Raises Conflict when nobody helps any more: the party's people act themselves."""
    found = Help.objects.filter(dossier_id=key.dossier_id, until=None).select_related("helper").first()
    if found is None:
        raise Conflict(_("Hồ sơ này đã có chủ tài khoản. Đăng nhập để làm tiếp."))
    return Founder(key, found)


def confirm(key: Pass, data: Mapping[str, Any]) -> tuple[Dossier, list[Problem]]:
    """Keep the founder's consents and send. Problems come back, and the consents stay kept.

    A key sends once: it is marked in the transaction that sends, and its dossier is locked there. Afterwards it shows how
    far the dossier has come, for a year.
    """
    founder = founder_of(key)
    with transaction.atomic():
        locked = Dossier.objects.select_for_update().select_related("party").get(pk=key.dossier_id)
        founder.role_in(locked)
        dossier, _form, problems = consent_and_send(locked, locked.kind.last_step, data, founder, send=True)
        if not problems:
            now = clock.now()
            Pass.objects.filter(pk=key.pk).update(
                used_at=now,
                expires_at=now + timedelta(days=passes.FOLLOW_DAYS),
                submission=dossier.submissions.order_by("number").last(),
            )
    return dossier, problems


def send_back(key: Pass, said: str, *, expected_version: int) -> Dossier:
    """Say what is wrong: the dossier is the helper's to mend, and the key is done. Raises Invalid when nothing is said."""
    founder = founder_of(key)
    with transaction.atomic():
        moved = perform(
            key.dossier, "send_back", founder, data={"note": clean(said)}, expected_version=expected_version
        )
        passes.end(Pass.objects.filter(pk=key.pk))
    return moved


def take_over(key: Pass, *, actor: Any) -> Dossier:
    """The founder has an account now and goes on themselves: owner of the party, nobody helps, every key is done."""
    with transaction.atomic():
        locked = Dossier.objects.select_for_update().select_related("party").get(pk=key.dossier_id)
        if helps_now(actor, locked):
            raise NotAllowed(_("Bạn là người nhập hộ hồ sơ này nên không nhận nó về mình được."))
        if not passes.live().filter(pk=key.pk, purpose=Purpose.CONFIRM, used_at=None).exists():
            raise Conflict(_("Mã này không còn dùng được. Hỏi người nhập hộ để có mã mới."))
        if not locked.party.memberships.filter(user=actor, until=None).exists():
            claim(locked.party, actor=actor)
        moved = perform(locked, "take_over", actor, expected_version=locked.version)
        moved.helps.filter(until=None).update(until=clock.now())
        passes.end(moved.passes.all())
    return moved
