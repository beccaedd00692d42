"""Keys: made once, rotated, lost, leaked, brought back; their public halves at an address for everybody."""

import json
import stat
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from registry.core import clock
from registry.st_enterprises.proofs import base64url
from registry.st_enterprises.proofs.keys import FILE, NoKey, mark_leaked, published_keys, rotate, signing_key
from registry.st_enterprises.proofs.links import verification_url
from registry.st_enterprises.proofs.models import CertificateKey
from registry.st_enterprises.proofs.payload import NotValid, Reason, sign, verify
from tests.portal.shareable import assert_shareable
from tests.st_enterprises.proofs.claims import HOLDER, LONG_HOLDER, claim

pytestmark = pytest.mark.django_db
ADDRESS = "/.well-known/st-certificate-keys.json"


def command(name: str, *words: str) -> str:
    out = StringIO()
    call_command(name, *words, stdout=out)
    return out.getvalue()


def test_the_first_key_is_made_once_and_for_its_owner_alone(machine: Path) -> None:
    first, again = signing_key(), signing_key()
    assert first.key_id == again.key_id
    assert stat.S_IMODE((machine / FILE).stat().st_mode) == 0o600
    assert [path.name for path in machine.iterdir()] == [FILE]
    row = CertificateKey.objects.get()
    assert (row.key_id, row.used_from, row.used_until, row.development) == (first.key_id, clock.today(), None, False)
    assert base64url.read(row.public_key) == first.public_bytes
    assert base64url.written(first.private.private_bytes_raw()) not in json.dumps(Client().get(ADDRESS).json())


def test_a_rotated_key_still_verifies_what_it_signed(machine: Path) -> None:
    with clock.at("2026-11-20"):
        old = signing_key()
        payload = sign(claim(), old)
    with clock.at("2027-03-01"):
        new = rotate()
        newer = sign(claim(number="13/2027/DNKHCN"), signing_key())
        assert signing_key().key_id == new.key_id != old.key_id
    assert base64url.written(old.private.private_bytes_raw()) not in (machine / FILE).read_text()
    keys = published_keys()
    assert list(keys) == [old.key_id, new.key_id]
    assert verify(payload, keys).signed_on == date(2026, 11, 20)
    assert verify(newer, keys).key.key_id == new.key_id
    assert (keys[old.key_id].used_until, keys[new.key_id].used_until) == (date(2027, 3, 1), None)
    with clock.at("2027-03-02"):
        late = sign(claim(), old)
    with pytest.raises(NotValid) as refusal:
        verify(late, keys)
    assert refusal.value.reason is Reason.KEY_NOT_IN_USE


def test_a_lost_key_is_told_and_another_takes_its_place(machine: Path) -> None:
    payload = sign(claim(), signing_key())
    (machine / FILE).unlink()
    with pytest.raises(NoKey, match="rotate_certificate_key"):
        signing_key()
    rotate()
    assert verify(payload, published_keys())
    assert verify(sign(claim(), signing_key()), published_keys())


def test_an_old_key_put_back_signs_nothing(machine: Path) -> None:
    signing_key()
    kept = (machine / FILE).read_text()
    rotate()
    (machine / FILE).write_text(kept)
    with pytest.raises(NoKey, match="đã thôi dùng"):
        signing_key()


def test_a_database_from_before_the_rotation_learns_its_key_again(machine: Path) -> None:
    with clock.at("2026-11-20"):
        old = signing_key()
    with clock.at("2027-03-01"):
        payload = sign(claim(), rotate())
    CertificateKey.objects.exclude(key_id=old.key_id).delete()
    CertificateKey.objects.update(used_until=None)
    with clock.at("2027-03-20"):
        new = signing_key()
    assert CertificateKey.objects.get(key_id=old.key_id).used_until == date(2027, 3, 20)
    assert verify(payload, published_keys()).key.key_id == new.key_id


def test_nothing_that_a_leaked_key_signed_is_believed() -> None:
    leaked = signing_key()
    payload = sign(claim(), leaked)
    said = command("rotate_certificate_key", "--leaked", leaked.key_id)
    assert "đã lộ" in said
    assert signing_key().key_id != leaked.key_id
    with pytest.raises(CommandError, match="đã lộ"):
        command("verify_payload", payload)
    with clock.at("2030-01-01"):
        assert mark_leaked(leaked.key_id).leaked_on != date(2030, 1, 1)
    assert len(published_keys()) == 2
    with pytest.raises(CommandError, match="Không có khóa 00000000"):
        command("rotate_certificate_key", "--leaked", "00000000")


def test_a_key_of_the_demo_says_so_and_signs_nothing_real(settings) -> None:
    settings.DEMO = True
    payload = sign(claim(), signing_key())
    with clock.at("2025-02-03"):  # the demo's stories begin long before today, and are told one after the other
        assert verify(sign(claim(), signing_key()), published_keys()).signed_on == date(2025, 2, 3)
    assert Client().get(ADDRESS).json()["keys"][0]["development"] is True
    assert "không có giá trị pháp lý" in command("verify_payload", payload)
    settings.DEMO = False
    real = sign(claim(), signing_key())
    assert verify(payload, published_keys()).key.development
    assert not verify(real, published_keys()).key.development
    settings.DEMO = True
    assert verify(sign(claim(), signing_key()), published_keys()).key.development
    assert len(published_keys()) == 3


def test_at_most_one_key_is_in_use() -> None:
    signing_key()
    other = CertificateKey(key_id="00000001", public_key="x" * 43, used_from=clock.today(), development=False)
    with pytest.raises(IntegrityError), transaction.atomic():  # SQLite names no index of an expression
        other.save()
    other.used_until = clock.today()
    other.save()


def test_a_key_ends_after_it_starts() -> None:
    signing_key()
    with pytest.raises(IntegrityError, match="certificate_key_ends_after_start"):
        CertificateKey.objects.update(used_until=date(2000, 1, 1))


def test_the_keys_are_anybodys_to_read() -> None:
    with clock.at("2026-11-20"):
        signing_key()
    with clock.at("2027-03-01"):
        rotate()
    assert_shareable(ADDRESS)
    answer = Client().get(ADDRESS)
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    told = answer.json()
    assert told["status"].endswith("/xac-minh/?so=")
    assert [(key["from"], key["until"]) for key in told["keys"]] == [
        ("2026-11-20", "2027-03-01"),
        ("2027-03-01", None),
    ]
    for key in told["keys"]:
        assert (key["kty"], key["crv"], key["leaked"]) == ("OKP", "Ed25519", False)
        assert base64url.read(key["x"]) == base64url.read(published_keys()[key["kid"]].public_key)


def test_verify_payload_says_what_was_signed() -> None:
    with clock.at("2026-11-27"):
        key = signing_key()
        payload = sign(claim(), key)
    for asked in (payload, verification_url(payload), f"  {payload}\n"):
        said = command("verify_payload", asked)
        assert f"khóa {key.key_id} ký ngày 27/11/2026" in said
        for part in ("12/2026/DNKHCN", HOLDER, "0100047516", "20/11/2026", "25/11/2026", "?so=12%2F2026%2FDNKHCN"):
            assert part in said
    assert "mã chỉ ghi phần đầu" in command("verify_payload", sign(claim(holder=LONG_HOLDER), key))


@pytest.mark.parametrize("text", ["", "#", "khong phai", "https://portal.example/xac-minh/", "AAAA"])
def test_verify_payload_refuses_with_a_sentence(text: str) -> None:
    with pytest.raises(CommandError, match="không phải chuỗi ký"):
        command("verify_payload", text)


def test_verify_payload_tells_a_foreign_signature_from_an_altered_one(settings) -> None:
    payload = sign(claim(), signing_key())
    altered = base64url.written(base64url.read(payload)[:-1] + bytes([base64url.read(payload)[-1] ^ 1]))
    with pytest.raises(CommandError, match="Chữ ký không khớp"):
        command("verify_payload", altered)
    CertificateKey.objects.all().delete()
    with pytest.raises(CommandError, match="Không có khóa"):
        command("verify_payload", payload)
