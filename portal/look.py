"""How a visitor wants to see the portal: text size and theme, kept in one small cookie that the server reads.

The cookie says `theme.text`, each part may be empty ("as the device says", "as it stands"): `dark.l`, `.s`, `contrast.`.
Twelve values and no more, so that a cache may keep one copy of a page for each.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

COOKIE = "look"
COOKIE_SECONDS = 365 * 24 * 3600
THEMES = ("", "light", "dark", "contrast")
TEXTS = ("", "s", "l")


@dataclass(frozen=True, slots=True)
class Look:
    theme: str = ""
    text: str = ""

    def __str__(self) -> str:
        return f"{self.theme}.{self.text}" if self.theme or self.text else ""

    def with_text(self, value: str) -> "Look":
        return Look(self.theme, value) if value in TEXTS else self

    def with_theme(self, value: str) -> "Look":
        """Another theme; the one that is already on, pressed again, goes back to the device's own."""
        if value not in THEMES:
            return self
        return Look("" if value == self.theme else value, self.text)


def look_of(request: HttpRequest) -> Look:
    """What the cookie says. Anything we did not write ourselves counts as nothing."""
    theme, dot, text = request.COOKIES.get(COOKIE, "").partition(".")
    return Look(theme, text) if dot and theme in THEMES and text in TEXTS else Look()


def keep(response: HttpResponse, look: Look, *, secure: bool) -> None:
    # Not HttpOnly: display.js writes the same cookie to spare the page load.
    if str(look):
        response.set_cookie(COOKIE, str(look), max_age=COOKIE_SECONDS, secure=secure, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
