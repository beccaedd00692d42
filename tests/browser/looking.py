"""What is asked of a page in a browser: whole, open to everybody, as wide as the screen, usable by keyboard."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = (320, 360, 768, 1440)
LOOKS = (("contrast", 320, "100%"), ("light", 360, "200%"), ("dark", 320, "100%"), ("dark", 360, "200%"))
FOCUS_SHOWS = """() => {
    const here = document.activeElement, box = here.getBoundingClientRect(), style = getComputedStyle(here);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
    const label = here.closest('label'), around = label ? getComputedStyle(label) : style;
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    return {what: here.outerHTML.slice(0, 120), ok: here === document.body || seen && (ring || around.outlineStyle !== 'none')};
}"""


def told(what: str, page: Any, lines: list[str]) -> None:
    assert not lines, "\n".join([f"{page.url} {what}:", *lines])


def assert_unbroken(page: Any) -> None:
    """No error of script, style or policy, nothing from another host."""
    told("is broken", page, page.broken)


def assert_accessible(page: Any, *, known: tuple[str, ...] = ()) -> None:
    """axe finds no violation. `known` names the selectors of other people's parts that are left out."""
    context = {"exclude": [[selector] for selector in known]} if known else None
    brought = page.evaluate("typeof axe === 'object'")
    results = Axe("" if brought else AXE_SCRIPT).run(
        page, context=context, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]}
    )
    found = [
        f"{violation['id']}: {violation['help']} · {' '.join(map(str, node['target']))} · {node['html'][:160]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
    told("keeps people out", page, found)


def looked_at(page: Any) -> None:
    """What is asked of every page that a journey comes to, at the width it is walked in."""
    assert_accessible(page)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    told("does not fit", page, [f"{over} px too wide"] if over > 0 else [])
    assert_unbroken(page)


def assert_accessible_in_looks(page: Any) -> None:
    """axe in the two dark themes, on the narrowest phone and with text twice as large, without loading the page again.

    Not asked of a page's second language, which differs by its words alone.
    """
    for theme, width, text in LOOKS:
        page.set_viewport_size({"width": width, "height": 740})
        page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        page.evaluate("size => document.documentElement.style.fontSize = size", text)
        assert_accessible(page)


def assert_fits(page: Any, narrowest_enlarged: int = 360) -> None:
    """Nothing is wider than the screen, on any width, and from `narrowest_enlarged` px on with text twice as large."""
    wide = []
    for text in ("100%", "200%"):
        page.evaluate("size => document.documentElement.style.fontSize = size", text)
        for width in WIDTHS:
            if text == "200%" and width < narrowest_enlarged:
                continue
            page.set_viewport_size({"width": width, "height": 800})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                wide.append(f"{over} px too wide at {width} px, text {text}")
    page.evaluate("document.documentElement.style.fontSize = ''")
    told("does not fit", page, wide)


def assert_keyboard(page: Any, steps: int = 12) -> None:
    """The skip link comes first and is seen; every stop after it shows where one is."""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')"), f"{page.url}: the skip link is not first"
    unseen = []
    for _ in range(steps):
        stop = page.evaluate(FOCUS_SHOWS)
        if not stop["ok"]:
            unseen.append(stop["what"])
        page.keyboard.press("Tab")
    told("hides the focus", page, unseen)
