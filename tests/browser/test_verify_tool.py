"""tools/verify_certificate.html in a real browser: as a file without any network, and as the portal serves it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from registry.core import clock
from registry.st_enterprises.proofs import base64url, page
from registry.st_enterprises.proofs.keys import SigningKey, mark_leaked, published_keys, rotate, signing_key
from registry.st_enterprises.proofs.links import verification_url
from registry.st_enterprises.proofs.models import CertificateKey
from registry.st_enterprises.proofs.payload import NotValid, sign, verify
from tests.browser.conftest import DESK, PHONE, watch
from tests.browser.looking import assert_accessible, assert_fits, assert_unbroken
from tests.st_enterprises.proofs.claims import HOLDER, LONG_HOLDER, claim

WITHOUT_ED25519 = """const real = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = (format, key, algorithm, ...rest) => (algorithm.name ?? algorithm) === 'Ed25519'
    ? Promise.reject(new DOMException('not here', 'NotSupportedError')) : real(format, key, algorithm, ...rest);
window.fellBack = true;"""


@pytest.fixture
def machine(bare: None, tmp_path: Path, settings) -> Iterator[None]:
    settings.VAR_DIR = tmp_path
    settings.DEMO = False
    yield
    CertificateKey.objects.all().delete()


@pytest.fixture
def key(machine: None) -> SigningKey:
    with clock.at("2026-11-20"):
        return signing_key()


@dataclass
class Tool:
    page: Page

    @property
    def answer(self):
        return self.page.locator("#answer")

    def ask(self, text: str) -> None:
        self.page.get_by_label("Nội dung đọc được từ mã QR").fill(text)
        self.page.get_by_role("button", name="Kiểm tra").click()

    def says(self, state: str, *words: str) -> None:
        expect(self.answer).to_have_attribute("data-state", state)
        expect(self.answer.get_by_role("heading")).to_have_count(1)
        for word in words:
            expect(self.answer).to_contain_text(word)


@pytest.fixture
def tool(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Tool]]:
    """The file as it is saved, in a browser that is offline. `keys`: with those of the portal in it."""
    contexts = []

    def opened(*, keys: bool = True, size=PHONE, fragment: str = "", script: str = "") -> Tool:
        file = tmp_path / "verify.html"
        file.write_text(page.with_keys() if keys else page.TOOL.read_text())
        context = browser.new_context(viewport=size, offline=True, reduced_motion="reduce")
        contexts.append(context)
        opened_page = context.new_page()
        watch(opened_page, "file://")
        if script:
            opened_page.add_init_script(script)
        opened_page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))
        return Tool(opened_page)

    yield opened
    for context in contexts:
        context.close()


def signed_on(day: str, key: SigningKey, **given) -> str:
    with clock.at(day):
        return sign(claim(**given), key)


def flipped(payload: str, bit: int) -> str:
    raw = bytearray(base64url.read(payload))
    raw[bit // 8] ^= 1 << bit % 8
    return base64url.written(bytes(raw))


@pytest.mark.parametrize("script", ["", WITHOUT_ED25519], ids=["WebCrypto", "the vendored part"])
def test_good_flipped_and_foreign_payloads(tool, key: SigningKey, script: str) -> None:
    good = signed_on("2026-11-27", key)
    shown = tool(fragment=good, script=script)
    assert shown.page.evaluate("window.fellBack ?? false") is bool(script)
    shown.says("ok", f"khóa {key.key_id} ký ngày 27/11/2026", "12/2026/DNKHCN", HOLDER, "0100047516")
    shown.says("ok", "20/11/2026", "25/11/2026", "Nghị định 268/2025/NĐ-CP", "cần mạng mới biết")
    link = shown.answer.get_by_role("link", name="xem tình trạng hôm nay")
    expect(link).to_have_attribute("href", f"{settings.BASE_URL}/xac-minh/?so=12%2F2026%2FDNKHCN")
    expect(shown.page.get_by_text("không có giá trị pháp lý")).to_be_hidden()
    for bit in (12 * 8, 40 * 8 + 3, len(base64url.read(good)) * 8 - 1, len(base64url.read(good)) * 8 - 300):
        shown.ask(flipped(good, bit))
        shown.says("bad_signature", "Đừng tin giấy này")
        expect(shown.page.get_by_text(HOLDER)).to_be_hidden()
    shown.ask(verification_url(good))
    shown.says("ok", HOLDER)
    foreign = SigningKey(Ed25519PrivateKey.generate(), date(2026, 1, 1), False)
    shown.ask(signed_on("2026-11-27", foreign))
    shown.says("unknown_key", f"Không biết khóa {foreign.key_id}")
    for text in (good + "=", good + "!", good[:20] + " " + good[20:], "khong phai", "#"):
        shown.ask(text)
        shown.says("malformed", "Quét lại mã QR")
    shown.ask(" ")
    shown.says("nothing", "Quét mã QR trên giấy")
    assert_unbroken(shown.page)


def test_it_judges_every_flipped_bit_as_the_portal_does(tool, key: SigningKey) -> None:
    """Every bit of the raw bytes, and of the text that stands for them."""
    good = signed_on("2026-11-27", key, holder="Công ty A")
    texts = [flipped(good, bit) for bit in range(8 * len(base64url.read(good)))]
    for bit in range(8 * len(good)):
        one = bytearray(good.encode())
        one[bit // 8] ^= 1 << bit % 8
        texts.append(one.decode("latin-1"))
    known = published_keys()
    for text in texts:
        with pytest.raises(NotValid):
            verify(text, known)
    shown = tool()
    states = shown.page.evaluate(
        """async (texts) => {
            const seen = new Set(), box = document.getElementById('text'), answer = document.getElementById('answer');
            for (const text of texts) {
                answer.removeAttribute('data-state');
                box.value = text;
                document.getElementById('ask').requestSubmit();
                for (let wait = 0; !answer.dataset.state && wait < 2000; wait++) await new Promise((done) => setTimeout(done));
                seen.add(answer.dataset.state ?? 'nothing');
            }
            return [...seen];
        }""",
        texts,
    )
    assert set(states) == {"malformed", "unknown_key", "bad_signature"}


def test_a_rotated_a_leaked_and_a_misused_key(tool, key: SigningKey) -> None:
    good = signed_on("2026-11-27", key, holder=LONG_HOLDER)
    with clock.at("2027-03-01"):
        rotate()
    shown = tool(fragment=good)
    shown.says("ok", f"khóa {key.key_id}", "mã chỉ ghi phần đầu")
    shown.ask(signed_on("2027-03-02", key))
    shown.says("key_not_in_use")
    mark_leaked(key.key_id)
    tool(fragment=good).says("key_leaked", "không chứng minh được gì")


def test_a_certificate_of_the_old_rules(tool, key: SigningKey) -> None:
    old = signed_on("2026-11-27", key, number="45/ĐK-DNKHCN", regime="nd13", first_issued_on=date(2018, 5, 4))
    shown = tool(fragment=old)
    shown.says("ok", "45/ĐK-DNKHCN", "04/05/2018")
    expect(shown.page.get_by_text("còn giá trị theo Điều 68")).to_be_visible()
    expect(shown.page.get_by_text("Nghị định 268/2025/NĐ-CP", exact=True)).to_be_hidden()


def test_the_file_of_the_repository_takes_the_keys_it_is_given(tool, key: SigningKey, tmp_path: Path) -> None:
    good = signed_on("2026-11-27", key)
    shown = tool(keys=False, fragment=good)
    shown.says("no_keys")
    shown.page.get_by_label("Hoặc dán nội dung tệp").fill('{"keys": [{"kid": "x"}]}')
    expect(shown.page.get_by_role("alert")).to_contain_text("Không đọc được khóa nào")
    file = tmp_path / "keys.json"
    file.write_text(json.dumps(page.keys_document()))
    shown.page.get_by_label("Nạp tệp khóa").set_input_files(file)
    shown.says("ok", HOLDER)
    expect(shown.page.get_by_role("alert")).to_be_hidden()
    again = tool(keys=False, fragment=good)
    again.page.get_by_label("Hoặc dán nội dung tệp").fill(file.read_text().replace("http", "javascript"))
    again.says("ok", HOLDER)
    expect(again.answer.get_by_role("link", name="xem tình trạng hôm nay")).to_be_hidden()


def test_a_key_of_the_demo_says_so(tool, machine: None, settings) -> None:
    settings.DEMO = True
    tool(fragment=signed_on("2026-11-27", signing_key())).says("ok", "không có giá trị pháp lý")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_open_to_all_in_both_languages(tool, key: SigningKey, scheme: str) -> None:
    shown = tool(fragment=signed_on("2026-11-27", key, holder=LONG_HOLDER), size=DESK)
    shown.page.emulate_media(color_scheme=scheme)
    shown.says("ok")
    shown.page.locator("#key-box summary").click()
    for language, other, heading in (("vi", "English", "Chữ ký đúng"), ("en", "Tiếng Việt", "Genuine")):
        assert shown.page.locator("html").get_attribute("lang") == language
        expect(shown.answer.get_by_role("heading")).to_contain_text(heading)
        assert_accessible(shown.page)
        assert_fits(shown.page)
        shown.page.get_by_role("button", name=other).click()
    for text in ("x", flipped(signed_on("2026-11-27", key), 200)):
        shown.ask(text)
        expect(shown.answer.get_by_role("heading")).to_be_visible()
        assert_accessible(shown.page)
    assert_unbroken(shown.page)


def test_the_portal_serves_it_under_its_policy(open_page, key: SigningKey) -> None:
    served = open_page(f"/xac-minh/ngoai-tuyen.html#{signed_on('2026-11-27', key)}", size=PHONE)
    Tool(served).says("ok", HOLDER)
    assert_accessible(served)
    assert_unbroken(served)
