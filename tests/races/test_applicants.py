"""What applicants do at the same moment: one of them first, the other told, nothing twice and nothing half."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from registry.core.models import PrivateFile
from registry.core.models.history import Event
from registry.dossiers import snapshot
from registry.dossiers.models import Dossier
from registry.parties.models import Invitation, JoinRequest, Membership, Party, PartyIdentifier
from tests.accounts.factories import UserFactory
from tests.core.factories import upload
from tests.dossiers.factories import dossier
from tests.parties.factories import owner_of, party, tax_code

pytestmark = pytest.mark.django_db(transaction=True)
AtOnce = Callable[..., list[Any]]
Browser = Callable[[Any], Client]


def step(made: Dossier, code: str) -> str:
    return f"/tai-khoan/khoi-nghiep/{made.reference}/{code}/"


def sending(made: Dossier) -> dict[str, Any]:
    return {"seen": made.answers_version, "version": made.version, "truthful": "on", "show_email": "on", "_send": "1"}


def words(response: Any) -> str:
    return re.sub(r"<[^>]+>", " ", response.content.decode())


def test_two_clicks_send_once(at_once: AtOnce, client_of: Browser) -> None:
    made = dossier()
    first, second = client_of(made.created_by), client_of(made.created_by)
    answers = at_once(*(lambda c=c: c.post(step(made, "kiem-tra"), sending(made)) for c in (first, second)))
    assert {answer.status_code for answer in answers} == {302}
    made.refresh_from_db()
    assert made.state == "submitted"
    assert made.submissions.count() == 1
    assert Event.objects.filter(subject=made.subject, action="submit").count() == 1
    told = [words(client.get(f"/tai-khoan/khoi-nghiep/{made.reference}/")) for client in (first, second)]
    assert any("Hồ sơ đã gửi rồi, không cần gửi lần nữa." in text for text in told)


@pytest.mark.parametrize("autosave", [{"autosave": "1"}, {}])
def test_saving_while_a_colleague_sends(at_once: AtOnce, client_of: Browser, autosave: dict[str, str]) -> None:
    """Either the colleague's page was out of date, or the save came too late: what was sent is what stands."""
    made = dossier()
    colleague = UserFactory()
    Membership.objects.create(party=made.party, user=colleague, role="editor", since="2026-01-01")
    writer, sender = client_of(colleague), client_of(made.created_by)
    data = {"seen": made.answers_version, "name_vi": "Tên gõ cùng lúc", "pitch_vi": "Một câu khác.", **autosave}
    saved, sent = at_once(
        lambda: writer.post(step(made, "ten"), data), lambda: sender.post(step(made, "kiem-tra"), sending(made))
    )
    made.refresh_from_db()
    if made.state == "submitted":
        content = snapshot.read(made.submissions.get())
        in_snapshot = {a["name"]: a["value"] for part in content["steps"] for a in part["answers"]}
        assert in_snapshot["name_vi"] == made.answers["name_vi"] != "Tên gõ cùng lúc"
        assert saved.status_code in (302, 409)
        assert "autosave" not in autosave or saved.json()["error"]
    else:
        assert sent.status_code == 409
        assert made.answers["name_vi"] == "Tên gõ cùng lúc"
        assert made.submissions.count() == 0


def test_two_saves_of_one_step(at_once: AtOnce, client_of: Browser) -> None:
    made = dossier(empty=True)
    clients = [client_of(made.created_by), client_of(made.created_by)]
    answers = at_once(
        *(
            lambda c=c, n=n: c.post(step(made, "ten"), {"seen": made.answers_version, "name_vi": f"Tên {n}"})
            for n, c in enumerate(clients)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    late = next(n for n, answer in enumerate(answers) if answer.status_code == 409)
    made.refresh_from_db()
    assert made.answers["name_vi"] == f"Tên {1 - late}"
    assert f"Tên {late}" in answers[late].content.decode()


def test_two_dossiers_get_two_numbers(at_once: AtOnce, client_of: Browser) -> None:
    owners = [owner_of(party()) for _ in range(4)]
    clients = [client_of(owner) for owner in owners]
    answers = at_once(*(lambda c=c: c.post("/tai-khoan/khoi-nghiep/moi/") for c in clients))
    assert {answer.status_code for answer in answers} == {302}
    numbers = sorted(int(reference[-5:]) for reference in Dossier.objects.values_list("reference", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + 4))


def test_two_people_bring_the_same_organisation(at_once: AtOnce, client_of: Browser) -> None:
    code = tax_code()
    clients = [client_of(UserFactory()), client_of(UserFactory())]
    data = {"kind": "enterprise", "name": "Công ty Chung", "tax_code": code}
    answers = at_once(*(lambda c=c: c.post("/tai-khoan/to-chuc/moi/", data) for c in clients))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    late = next(answer for answer in answers if answer.status_code == 200)
    assert "xin tham gia" in words(late)
    assert Party.objects.filter(name="Công ty Chung").count() == 1
    assert PartyIdentifier.objects.filter(value=code).count() == 1
    assert Membership.objects.count() == 1


def test_one_account_for_one_address(at_once: AtOnce, roles: None) -> None:
    data = {"full_name": "Lò Thị Mẫu", "email": "chung@example.vn", "password1": "mot cau dai de nho"}
    answers = at_once(*(lambda: Client().post("/tai-khoan/dang-ky/", data) for _ in range(2)))
    assert {answer.status_code for answer in answers} == {302}, [words(answer)[:2000] for answer in answers]
    assert User.objects.filter(email="chung@example.vn").count() == 1


def test_one_open_invitation_for_one_address(at_once: AtOnce, client_of: Browser) -> None:
    made = party()
    other = UserFactory()
    Membership.objects.create(party=made, user=other, role="owner", since="2026-01-01")
    clients = [client_of(owner_of_first(made)), client_of(other)]
    url = f"/tai-khoan/to-chuc/{made.public_id}/moi-nguoi/"
    data = {"email": "moi@example.vn", "role": "editor"}
    answers = at_once(*(lambda c=c: c.post(url, data) for c in clients))
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert Invitation.objects.filter(party=made, withdrawn_at=None).count() == 1


def owner_of_first(made: Party) -> Any:
    return made.memberships.filter(role="owner", until=None).order_by("id")[0].user


def test_an_invitation_is_taken_up_once(at_once: AtOnce, client_of: Browser) -> None:
    made, guest = party(), UserFactory(email="moi@example.vn")
    client_of(owner_of(made)).post(
        f"/tai-khoan/to-chuc/{made.public_id}/moi-nguoi/", {"email": guest.email, "role": "viewer"}
    )
    url = f"/tai-khoan/loi-moi/{Invitation.objects.get().token}/"
    clients = [client_of(guest), client_of(guest)]
    answers = at_once(*(lambda c=c: c.post(url) for c in clients))
    assert {answer.status_code for answer in answers} <= {302, 410}
    assert Membership.objects.filter(party=made, user=guest, until=None).count() == 1


def test_asking_to_join_twice_is_one_request(at_once: AtOnce, client_of: Browser) -> None:
    code, asker = tax_code(), UserFactory()
    client_of(UserFactory()).post("/tai-khoan/to-chuc/moi/", {"kind": "enterprise", "name": "A", "tax_code": code})
    clients = [client_of(asker), client_of(asker)]
    answers = at_once(*(lambda c=c: c.post("/tai-khoan/to-chuc/xin-tham-gia/", {"tax_code": code}) for c in clients))
    assert {answer.status_code for answer in answers} == {302}
    assert JoinRequest.objects.count() == 1


def test_two_owners_who_leave_at_once_leave_one(at_once: AtOnce, client_of: Browser) -> None:
    made = party()
    Membership.objects.create(party=made, user=UserFactory(), role="owner", since="2026-01-01")
    held = list(made.memberships.order_by("id"))
    pairs = [(client_of(one.user), f"/tai-khoan/to-chuc/{made.public_id}/thanh-vien/{one.pk}/") for one in held]
    answers = at_once(*(lambda c=c, u=u: c.post(u, {"role": "end"}) for c, u in pairs))
    assert {answer.status_code for answer in answers} == {302}
    assert made.memberships.filter(role="owner", until=None).count() == 1


def test_the_same_bytes_twice_stand_once(at_once: AtOnce, client_of: Browser, settings: Any) -> None:
    made, other = dossier(empty=True), dossier(empty=True)
    pairs = [(client_of(one.created_by), one) for one in (made, other)]
    answers = at_once(
        *(
            lambda c=c, d=d: c.post(step(d, "tep"), {"files": upload("giong.pdf"), "purpose": "other", "_upload": "1"})
            for c, d in pairs
        )
    )
    assert {answer.status_code for answer in answers} == {302}
    assert [made.files.count(), other.files.count()] == [1, 1]
    assert PrivateFile.objects.values("sha256").distinct().count() == 1
    kept = [path for path in Path(settings.PRIVATE_ROOT).glob("??/??/*") if path.is_file()]
    assert len(kept) == 1
    assert not list(Path(settings.PRIVATE_ROOT).glob(".in-*"))


def test_the_last_place_for_a_file_is_taken_once(at_once: AtOnce, client_of: Browser) -> None:
    made = dossier(empty=True, papers=9)
    clients = [client_of(made.created_by), client_of(made.created_by)]
    answers = at_once(
        *(
            lambda c=c: c.post(step(made, "tep"), {"files": upload("nua.pdf"), "purpose": "other", "_upload": "1"})
            for c in clients
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert made.files.filter(removed_at=None).count() == 10
    assert "Nhiều nhất 10 tệp" in words(next(answer for answer in answers if answer.status_code == 200))
