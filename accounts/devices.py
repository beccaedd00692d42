"""A browser and its machine in plain words, from what it says of itself. It may say anything: good for recognising, not for proof."""

import re
from typing import Final

from django.utils.translation import gettext as _

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""In this order: most of them also name the ones below."""

MACHINES: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """“Chrome trên Windows”; a sentence that says so where neither is known."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    machine = next((name for sign, name in MACHINES if sign in user_agent), "")
    if browser and machine:
        return _("%(browser)s trên %(machine)s") % {"browser": browser, "machine": machine}
    return browser or machine or _("Thiết bị không rõ")


def network(address: str) -> str:
    """The half of an IP address that tells one network from another, not one household from the next: “113.160.…”."""
    if re.fullmatch(r"\d+(\.\d+){3}", address):
        return ".".join(address.split(".")[:2]) + ".…"
    return ":".join(address.split(":")[:2]) + ":…"
