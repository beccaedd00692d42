"""A payload says what was signed, in 300 signs at most, and nothing else passes for it."""

import random
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given
from hypothesis import strategies as st

from registry.core import clock
from registry.st_enterprises.proofs import base64url
from registry.st_enterprises.proofs.claim import (
    LONGEST,
    MOST_BYTES,
    VERSION,
    Claim,
    NotAClaim,
    packed,
    shortened,
)
from registry.st_enterprises.proofs.keys import SigningKey
from registry.st_enterprises.proofs.models import CertificateKey
from registry.st_enterprises.proofs.payload import MOST_SIGNS, SIGNATURE_BYTES, NotValid, Reason, sign, verify
from tests.st_enterprises.proofs.claims import HOLDER, LONG_HOLDER, claim, claims, texts

TODAY = date(2026, 11, 27)
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))), date(2026, 1, 1), False)


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


def row(key: SigningKey = KEY, **given) -> CertificateKey:
    usual = {"key_id": key.key_id, "public_key": base64url.written(key.public_bytes), "used_from": key.used_from}
    return CertificateKey(**{**usual, "development": False, **given})


KEYS = {KEY.key_id: row()}


def refused(payload: str, keys=KEYS) -> Reason:
    with pytest.raises(NotValid) as refusal:
        verify(payload, keys)
    return refusal.value.reason


def signed(content: bytes) -> str:
    """Bytes of our own making under a good signature."""
    return base64url.written(content + KEY.private.sign(content))


@given(claims())
def test_what_was_signed_is_read_back(one: Claim) -> None:
    with clock.at(TODAY):
        payload = sign(one, KEY)
    proof = verify(payload, KEYS)
    assert len(payload) <= MOST_SIGNS
    assert (proof.key.key_id, proof.signed_on) == (KEY.key_id, TODAY)
    read = proof.claim
    assert replace(read, holder=one.holder, holder_is_cut=False) == one
    assert one.holder.startswith(read.holder)
    assert read.holder_is_cut == (read.holder != one.holder)


def test_a_usual_certificate_leaves_its_name_whole() -> None:
    payload = sign(claim(), KEY)
    assert verify(payload, KEYS).claim == claim()
    assert len(payload) < 220
    assert set(payload) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize("holder", [LONG_HOLDER, "Ở" * 500, "Đổi mới sáng tạo " * 30 + "x", "Công ty " + "ặ" * 300])
@pytest.mark.parametrize("number", ["12/2026/DNKHCN", "Đ" * (LONGEST["number"] // 2)])
def test_the_longest_names_and_numbers_fit(holder: str, number: str) -> None:
    payload = sign(claim(holder=holder, number=number, tax_code="0100047516-001-xxxxx"), KEY)
    assert len(payload) <= MOST_SIGNS
    assert verify(payload, KEYS).claim.holder_is_cut


def test_a_long_name_ends_after_a_whole_word_and_says_so() -> None:
    read = verify(sign(claim(holder=LONG_HOLDER), KEY), KEYS).claim
    assert read.holder_is_cut
    assert LONG_HOLDER.startswith(f"{read.holder} ")
    assert len(read.holder) >= 75
    assert verify(sign(read, KEY), KEYS).claim == read


@given(texts(max_size=80).map(lambda text: f"C{text}"), st.integers(6, 200))
@example("Công ty Đại Thanh", 15)
@example("Ca\u0323\u0302\u0301b" + "x" * 40, 6)
def test_a_cut_name_is_a_beginning_between_letters(name: str, room: int) -> None:
    kept, cut = shortened(name, room)
    assert len(kept.encode()) <= room
    assert kept
    assert name.startswith(kept)
    assert cut == (kept != name)
    if cut:
        after = name[len(kept)]
        assert not unicodedata.combining(after)
        assert after == " " or " " not in kept


def test_half_a_word_is_another_word() -> None:
    assert shortened("Công ty Đại Thanh", len("Công ty Đại Than".encode())) == ("Công ty Đại", True)
    assert shortened("Công ty Đại Thanh", len("Công ty Đại".encode())) == ("Công ty Đại", True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"number": "x" * (LONGEST["number"] + 1)},
        {"number": "12/2026 "},
        {"tax_code": "0" * (LONGEST["tax_code"] + 1)},
        {"regime": "một quy định nào đó"},
        {"holder": "Công\u200bty"},
        {"holder": "Công ty\nkhác"},
        {"holder": unicodedata.normalize("NFD", HOLDER)},
        {"first_issued_on": date(1999, 12, 31)},
        {"issued_on": date(2179, 6, 7)},
    ],
)
def test_what_no_payload_carries(wrong: dict) -> None:
    with pytest.raises(NotAClaim):
        claim(**wrong)


def test_every_single_bit_flip_of_fifty_payloads_is_refused() -> None:
    chance = random.Random(268)
    for n in range(50):
        holder = LONG_HOLDER[: chance.randint(4, len(LONG_HOLDER))].strip()
        payload = sign(claim(number=f"{n + 1}/2026/DNKHCN", holder=holder), KEY)
        raw = base64url.read(payload)
        assert verify(payload, KEYS)
        for bit in range(8 * len(raw)):
            flipped = bytearray(raw)
            flipped[bit // 8] ^= 1 << bit % 8
            refused(base64url.written(bytes(flipped)))
        for bit in range(8 * len(payload)):
            flipped = bytearray(payload.encode())
            flipped[bit // 8] ^= 1 << bit % 8
            refused(flipped.decode("latin-1"))


@pytest.mark.parametrize("holder", [HOLDER, HOLDER + "a", HOLDER + "ab"])  # each rest of the length by three
def test_only_one_text_stands_for_the_same_bytes(holder: str) -> None:
    payload = sign(claim(holder=holder), KEY)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    others = [payload[:-1] + other for other in alphabet if other != payload[-1]]
    others += [payload + end for end in ("=", "==", "A", "AA", "AAAA", "\n", " ", "\x00")]
    others += [f" {payload}", f"{payload[:40]}\n{payload[40:]}", payload[:-1], payload[1:], ""]
    others += [payload.replace("-", "+").replace("_", "/")] if set(payload) & set("-_") else []
    others += [payload[:40] + wide + payload[41:] for wide in ("Ａ", "А", "\u00aa")]
    assert verify(payload, KEYS)
    for other in others:
        assert refused(other) in (Reason.MALFORMED, Reason.BAD_SIGNATURE), other


def test_the_plain_alphabet_of_base64_is_refused() -> None:
    for n in range(200):
        payload = sign(claim(number=f"{n}"), KEY)
        if set(payload) & set("-_"):
            assert refused(payload.replace("-", "+").replace("_", "/")) is Reason.MALFORMED
            return
    pytest.fail("no payload with a sign in which both alphabets differ")


def test_signed_bytes_that_are_no_claim_are_refused() -> None:
    """Whoever holds the key could sign them; a reader takes only what the layout allows."""
    good = packed(claim(), KEY.key_id, TODAY)
    assert verify(signed(good), KEYS)
    flag = 11
    wrong = [
        bytes([VERSION + 1]) + good[1:],
        good[:flag] + b"\x02" + good[flag + 1 :],
        good[: flag + 1] + b"\xff" + good[flag + 2 :],  # a length beyond the end
        good[: flag + 1] + b"\x00" + good[flag + 2 :],
        good[: -len(HOLDER.encode())],
        good[:-2],  # half a letter
        good + b"\xff",
        good + b" ",
        good + "\u200b".encode(),
        good + b"x" * (MOST_BYTES - len(good) + 1),
        good[:8],
    ]
    for content in wrong:
        assert refused(signed(content)) is Reason.MALFORMED, content


def test_whose_key() -> None:
    foreign = SigningKey(Ed25519PrivateKey.generate(), date(2026, 1, 1), False)
    assert refused(sign(claim(), foreign)) is Reason.UNKNOWN_KEY
    pretending = packed(claim(), KEY.key_id, TODAY)
    assert refused(base64url.written(pretending + foreign.private.sign(pretending))) is Reason.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ({"used_from": date(2026, 11, 28)}, Reason.KEY_NOT_IN_USE),
        ({"used_from": date(2026, 11, 27)}, None),
        ({"used_until": date(2026, 11, 27)}, None),
        ({"used_until": date(2026, 11, 26)}, Reason.KEY_NOT_IN_USE),
        ({"leaked_on": date(2027, 1, 1)}, Reason.KEY_LEAKED),
    ],
)
def test_the_day_of_signing_is_one_of_the_keys_days(days: dict, reason: Reason | None) -> None:
    payload = sign(claim(), KEY)
    keys = {KEY.key_id: row(**days)}
    if reason is None:
        assert verify(payload, keys).signed_on == TODAY
    else:
        assert refused(payload, keys) is reason


def test_the_layout_is_what_its_description_says() -> None:
    """Written down once and for ever: a printed code of today is read in twenty years."""
    content = packed(claim(holder="Công ty A"), "0a0b0c0d", TODAY)
    told = "01 0a0b0c0d 265c 2661 2663 00 0e 31322f323032362f444e4b48434e 05 6e64323638 0a 30313030303437353136"
    assert content.hex() == told.replace(" ", "") + "Công ty A".encode().hex()
    assert MOST_SIGNS == (MOST_BYTES + SIGNATURE_BYTES) * 4 // 3
