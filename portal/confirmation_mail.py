"""What people are told about the yearly confirmation of their startup's page."""

from typing import Final

from django.urls import reverse

from notifications.services import call_off as call_off_messages
from notifications.services import notify
from portal.dossier_mail import told, written
from registry.core import clock
from registry.startups import confirming
from registry.startups.confirmations import Confirmation
from registry.startups.selectors import profile_of

CODE: Final = "confirmation_due"


def cycle(confirmation: Confirmation, due_on: object) -> str:
    """How the messages of one cycle begin their keys."""
    return f"{confirmation.startup.public_id}/{due_on}/"


def remind(event: confirming.ConfirmationFallsDue) -> None:
    """To everybody who may confirm, each with a link of their own. Says the true number of days, however late it is told."""
    profile = profile_of(event.startup)
    reference = event.startup.dossier.reference
    for user in confirming.people(event.startup):
        token = confirming.token_for(event.confirmation, user.pk)
        context = {
            "reference": reference,
            "title": profile.name_vi if profile else event.startup.public_id,
            "confirmed_on": event.confirmation.confirmed_on,
            "due_on": event.due_on,
            "left": (event.due_on - clock.today()).days,
            "url": written(lambda: reverse("startup_confirm_own", args=[reference])),
            "confirm_url": written(lambda token=token: reverse("startup_confirm", args=[token])),
        }
        notify(CODE, [told(user)], f"{cycle(event.confirmation, event.due_on)}{event.days}", context)


def call_off(event: confirming.CycleEnded) -> None:
    """What of the ended cycle has not left yet is not sent any more."""
    call_off_messages(CODE, cycle(event.before, event.before.due_on))
