"""Pictures of the main pages × 360/1440 px × both languages into docs/screens/: `make screens`.

Starts a portal of its own on a free port over the demo data, drives the system's Chromium and ends both. For the pages that
README and docs show, use the small `readme-*.png` among them; all others stay out of the repository.
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
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

BASE = Path(__file__).resolve().parent.parent
OUT = BASE / "docs" / "screens"
WIDTHS = {360: 780, 1440: 900}
PUBLIC = {
    "home": ("/", "/en/"),
    "startups": ("/khoi-nghiep/", "/en/startups/"),
    "news": ("/tin-tuc/", "/en/news/"),
    "search": ("/tim-kiem/?q=che", "/en/search/?q=che"),
    "sign-in": ("/tai-khoan/dang-nhap/", "/en/account/sign-in/"),
}
PRIVATE = {
    "founder@demo.test": {"account": "/tai-khoan/", "draft": "/tai-khoan/khoi-nghiep/KN-2026-00001/ten/"},
    "officer2@demo.test": {"queue": "/quan-tri/ho-so/"},
    "editor@demo.test": {"editor": "/quan-tri/"},
}


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
    """One startup, in both languages, as the open data name it."""
    pages = []
    for language in ("vi", "en"):
        with urlopen(f"{address}/api/v1/startups?lang={language}") as answer:
            results = json.load(answer)["results"]
        pages.append(next((r["url"] for r in results if r["slug"] == "tra-co-thu-minh-hoa"), results[0]["url"]))
    return {"startup": (pages[0], pages[1])}


def picture(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=OUT / f"{name}.png", full_page=True)
    print(name)


def take(browser: Browser, address: str) -> None:
    for width, height in WIDTHS.items():
        size = {"width": width, "height": height}
        visitor = browser.new_context(viewport=size).new_page()
        for name, twins in {**PUBLIC, **records(address)}.items():
            for language, path in zip(("vi", "en"), twins, strict=True):
                picture(visitor, path if path.startswith("http") else address + path, f"{name}-{width}-{language}")
        for email, pages in PRIVATE.items():
            person = browser.new_context(viewport=size).new_page()
            person.goto(f"{address}/tai-khoan/dang-nhap/")
            person.fill("[name=login]", email)
            person.fill("[name=password]", os.environ.get("DEMO_PASSWORD", "laichau-demo-2030"))
            person.press("[name=password]", "Enter")
            person.wait_for_load_state()
            for name, path in pages.items():
                picture(person, address + path, f"{name}-{width}-vi")


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
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
