"""What shows by consent goes as soon as the consent does: nobody at the department is asked."""

from typing import Any

import pytest
from django.test import Client

from registry.core import clock
from registry.core.lifecycle import Conflict, NotAllowed
from registry.core.models import Decision
from registry.parties.models import Membership
from registry.startups import selectors
from registry.startups.models import Startup
from registry.startups.proposals import services
from registry.startups.selectors import published_answers
from tests.accounts.factories import UserFactory, sign_in
from tests.desk.pages import words
from tests.startups.factories import decided, owner_of, sent
from tests.startups.proposals.pages import base, desk_of

pytestmark = pytest.mark.django_db


def test_it_is_gone_from_the_page_at_once(founder: Client, startup: Startup) -> None:
    url = selectors.url_of(selectors.profile_of(startup), "vi")
    listed_by, cycle = selectors.profile_of(startup).decision, startup.confirmations.get(until=None)
    email = selectors.profile_of(startup).email
    assert email
    assert email in words(Client().get(url))
    decisions = Decision.objects.count()
    with clock.at(clock.now().replace(year=clock.today().year + 1)):
        answer = founder.post(base(startup), {"_hide": "show_email"}, follow=True)
        assert "đã thôi hiện" in words(answer)
        assert email not in words(Client().get(url))
        assert email not in words(Client().get(f"{url}?as_of={listed_by.effective_on}")), "nor on the page of then"
        profile = selectors.profile_of(startup)
    assert profile.decision == listed_by, "no decision was needed"
    assert Decision.objects.count() == decisions
    assert startup.confirmations.get(until=None) == cycle, "one change is no look at the whole"
    assert not startup.party.contacts.get(kind="email", until=None).shown


def test_it_stays_gone_when_something_else_is_accepted(founder: Client, officer: Any, startup: Startup) -> None:
    waiting = sent(startup, pitch_vi="Câu mới.")
    founder.post(base(startup), {"_hide": "show_email"})
    decided(waiting, officer)
    profile = selectors.profile_of(startup)
    assert (profile.pitch_vi, profile.email) == ("Câu mới.", "")
    assert published_answers(startup)["show_email"] is False


def test_it_stands_among_the_proposals_on_both_sides(founder: Client, desk: Client, startup: Startup) -> None:
    founder.post(base(startup), {"_hide": "show_email"})
    done = startup.proposals.get()
    assert (done.state, done.decision, done.due_at) == ("accepted", None, None)
    assert "Đã rút lại đồng ý công khai" in words(founder.get(f"{base(startup)}{done.reference}/"))
    assert desk.get(desk_of(done)).status_code == 200


def test_the_list_offers_what_shows_and_nothing_else(founder: Client, startup: Startup) -> None:
    page = founder.get(base(startup)).content.decode()
    assert 'value="show_email"' in page
    assert 'value="show_phone"' not in page
    founder.post(base(startup), {"_hide": "show_email"})
    assert 'value="show_email"' not in founder.get(base(startup)).content.decode()


@pytest.mark.parametrize("name", ["show_phone", "name_vi", "email", "truthful", "không có", ""])
def test_only_a_consent_that_was_given_can_be_taken_back(founder: Client, startup: Startup, name: str) -> None:
    before = published_answers(startup)
    answer = founder.post(base(startup), {"_hide": name}, follow=True)
    assert "không còn hiện công khai" in words(answer)
    assert published_answers(startup) == before
    assert not startup.proposals.exists(), "and no empty draft stays behind"


def test_a_reader_of_the_party_may_not(startup: Startup) -> None:
    reader = UserFactory()
    Membership.objects.create(party=startup.party, user=reader, role="viewer", since=clock.today())
    with pytest.raises(NotAllowed):
        services.take_back(startup, "show_email", actor=reader)
    assert 'value="show_email"' not in sign_in(Client(), reader).get(base(startup)).content.decode()


def test_twice_is_told(startup: Startup) -> None:
    services.take_back(startup, "show_email", actor=owner_of(startup))
    with pytest.raises(Conflict):
        services.take_back(startup, "show_email", actor=owner_of(startup))
