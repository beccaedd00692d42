"""Pictures of the main pages × 360/1440 px × both languages into docs/screens/: `make screens`.

Starts a portal of its own on a free port over the demo data, drives the system's Chromium and ends both. For the pages that
README and docs show, it makes small `readme-*.png` among them; all others stay out of the repository.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode, urljoin
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

BASE = Path(__file__).resolve().parent.parent
OUT = BASE / "docs" / "screens"
WIDTHS = {360: 780, 1440: 900}
PUBLIC = {
    "home": ("/", "/en/"),
    "startups": ("/khoi-nghiep/", "/en/startups/"),
    "startups-narrowed": ("/khoi-nghiep/?field=ict&stage=trial&q=cho", "/en/startups/?field=ict&stage=trial&q=market"),
    "news": ("/tin-tuc/", "/en/news/"),
    "search": ("/tim-kiem/?q=che+co+thu", "/en/search/?q=ancient+tea"),
    "about": ("/gioi-thieu/", "/en/about/"),
    "sign-in": ("/tai-khoan/dang-nhap/", "/en/account/sign-in/"),
    "sign-up": ("/tai-khoan/dang-ky/", "/en/account/sign-up/"),
}
DRAFT = ("/tai-khoan/khoi-nghiep/KN-2026-00001/", "/en/account/startups/KN-2026-00001/")
FOUNDER = {
    "account": ("/tai-khoan/", "/en/account/"),
    "inbox": ("/tai-khoan/tin/", "/en/account/inbox/"),
    "timeline": DRAFT,
    **{
        f"step-{number}-{step}": (DRAFT[0] + step + "/", DRAFT[1] + step + "/")
        for number, step in enumerate(("ten", "tru-so", "nganh", "du-an", "doi-ngu", "tep", "kiem-tra"), start=1)
    },
}
STAFF = {
    "officer2@demo.test": {"queue": "/quan-tri/ho-so/", "desk-home": "/quan-tri/"},
    "editor@demo.test": {"editor": "/quan-tri/pages/"},
}
README = {"readme-home": "home-1440-vi", "readme-startups": "startups-1440-vi", "readme-desk": "dossier-1440-vi"}
README_SIZE = (900, 560)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, seconds: int = 300) -> None:
    for _ in range(seconds * 4):
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.25)
    raise SystemExit("The portal did not answer.")


def records(address: str) -> dict[str, tuple[str, str]]:
    """One startup and one article, in both languages, as the open data name them."""
    found: dict[str, list[str]] = {"startup": [], "article": []}
    for language, words in (("vi", "mỗi gốc chè một mã"), ("en", "a code for every tree")):
        with urlopen(f"{address}/api/v1/startups?lang={language}&q=tra+co+thu") as answer:
            results = json.load(answer)["results"]
        found["startup"].append(next(r["url"] for r in results if r["slug"] == "tra-co-thu-minh-hoa"))
        with urlopen(
            f"{address}/api/v1/search?{urlencode({'q': words, 'kind': 'article', 'lang': language})}"
        ) as answer:
            found["article"].append(json.load(answer)["results"][0]["url"])
    return {name: (twins[0], twins[1]) for name, twins in found.items()}


def picture(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.evaluate("for (const picture of document.images) picture.loading = 'eager'")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=OUT / f"{name}.png", full_page=True)
    print(name)


def signed_in(browser: Browser, address: str, email: str, size: dict[str, int]) -> Page:
    person = browser.new_context(viewport=size).new_page()
    person.goto(f"{address}/tai-khoan/dang-nhap/")
    person.fill("[name=login]", email)
    person.fill("[name=password]", os.environ.get("DEMO_PASSWORD", "laichau-demo-2030"))
    person.press("[name=password]", "Enter")
    person.wait_for_load_state()
    return person


def take(browser: Browser, address: str) -> None:
    public = {**PUBLIC, **records(address)}
    for width, height in WIDTHS.items():
        size = {"width": width, "height": height}
        visitor = browser.new_context(viewport=size).new_page()
        founder = signed_in(browser, address, "founder@demo.test", size)
        for page, pages in ((visitor, public), (founder, FOUNDER)):
            for name, twins in pages.items():
                for language, path in zip(("vi", "en"), twins, strict=True):
                    picture(page, urljoin(address, path), f"{name}-{width}-{language}")
        for email, places in STAFF.items():
            person = signed_in(browser, address, email, size)
            for name, path in places.items():
                picture(person, address + path, f"{name}-{width}-vi")
            if "queue" in places:
                person.goto(address + places["queue"])
                first = person.locator("main a[href*='/quan-tri/ho-so/KN-']").first.get_attribute("href")
                picture(person, urljoin(address, first), f"dossier-{width}-vi")


def small_ones() -> None:
    """The few pictures that README and docs show: the upper part of a page, scaled down."""
    for name, source in README.items():
        with Image.open(OUT / f"{source}.png") as whole:
            upper = whole.crop((0, 0, 1440, 1440 * README_SIZE[1] // README_SIZE[0]))
            upper.resize(README_SIZE, Image.Resampling.LANCZOS).quantize(96).save(OUT / f"{name}.png", optimize=True)


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Pictures need the program 'chromium'. On Debian: sudo apt-get install -y chromium")
    OUT.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "manage.py", "serve", "--no-jobs", "--port", str(port)]
    server = subprocess.Popen(command, cwd=BASE, env={**os.environ, "PORT": str(port)})
    try:
        wait_for(f"http://localhost:{port}")
        with sync_playwright() as playwright:
            take(playwright.chromium.launch(executable_path=chromium), f"http://localhost:{port}")
        small_ones()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
