"""Who listens to which event, and what a room lends to another: the one place where the rooms of the house are joined."""

import accounts.mail
import notifications.clock
import notifications.rendering
from accounts.panels import INBOX, PROFILE, SECURITY, register_panel
from accounts.views import profile_panel, security_panel
from portal import account_mail
from registry.core import clock


def connect() -> None:
    """Called once when the apps are ready."""
    notifications.clock.use(clock.now)
    notifications.rendering.signed_by(account_mail.sender)
    accounts.mail.deliver_by(account_mail.post)
    register_panel(account_mail.inbox_panel, INBOX)
    register_panel(profile_panel, PROFILE)
    register_panel(security_panel, SECURITY)
