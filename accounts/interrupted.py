"""What somebody posted after their session had ended: kept beside the door until they have signed in, and given back once.

It lies in the visitor's own session on the server: signing in keeps that session, signing out empties it, and nobody else's
browser has it. Files are not kept.
"""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

KEY: Final = "interrupted"
MOST: Final = 200_000  # characters; no step of a dossier holds more
WAITS: Final = 3600  # seconds until a session in which nobody signs in is over


def keep(request: HttpRequest) -> None:
    """Keep the post of a stranger, and say on the next page that it is kept. A script's own saves are the script's to repeat."""
    text = request.POST.urlencode()
    if "autosave" in request.POST or len(text) > MOST:
        return
    request.session[KEY] = [request.path, text]
    request.session.set_expiry(WAITS)
    messages.warning(request, _("Phiên đăng nhập đã hết. Những gì bạn vừa gõ được giữ lại: đăng nhập để xem và lưu."))


def take(request: HttpRequest) -> QueryDict | None:
    """What was posted to this address before signing in; it is given once."""
    path, text = request.session.get(KEY, ("", ""))
    if path != request.path:
        return None
    del request.session[KEY]
    return QueryDict(text, mutable=True)
