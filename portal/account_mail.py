"""Where accounts and messages meet: letters go out by the catalogue, and the account shows its inbox."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.mail import Letter
from accounts.panels import Panel
from notifications import moving
from notifications.bounces import clear, mark_of
from notifications.rendering import Sender
from notifications.selectors import inbox, unread_count
from notifications.services import Recipient, notify
from portal.site_info import site_info
from registry.core import clock

NEWEST = 5


def post(letter: Letter) -> None:
    """Write the letter to the outbox; it leaves after commit."""
    now = clock.now()
    context = {
        **letter.links,
        **letter.facts,
        "at": now,
        "expires_at": now + letter.valid_for if letter.valid_for else now,
    }
    recipient = Recipient(letter.email, letter.user_id, letter.language, letter.name)
    notify(letter.code, [recipient], letter.occasion, context)


def address_confirmed(email_address: Any, **signal: Any) -> None:
    """Somebody opened a letter at this address, so it works, and what waits for the person goes there."""
    clear(email_address.email)
    moving.follow(email_address.user_id, email_address.email)


def sender() -> Sender:
    facts = site_info()
    return Sender(facts.site_name, facts.department_long)


def inbox_panel(request: HttpRequest) -> Panel:
    user_id = request.user.pk or 0
    context = {
        "items": list(inbox(user_id)[:NEWEST]),
        "unread": unread_count(user_id),
        "bounced": mark_of(request.user.email) if request.user.is_authenticated else None,
    }
    return Panel("notifications/panel.html", _("Tin mới"), context)
