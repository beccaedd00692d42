"""Proposals against a small model of them: whatever people do in whatever order, the page says what the model says."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from registry.core import clock
from registry.core.decisions import broken_links
from registry.core.lifecycle import Conflict, Invalid, Refusal
from registry.parties.models import Membership
from registry.startups import selectors
from registry.startups.models import ChangeProposal, Startup
from registry.startups.proposals import services
from registry.startups.proposals.parts import standing
from registry.startups.proposals.rules import mark_of
from registry.startups.proposals.selectors import rivals, saw
from tests.accounts.factories import UserFactory
from tests.dossiers.factories import act, dossier
from tests.startups.factories import decided, send, write

VALUES = {
    "name_vi": ("Trà Một", "Trà Hai", "Trà Ba"),
    "stage": ("idea", "trial", "growth"),
    "website": ("", "https://mot.example", "https://hai.example"),
}
PAIRS = st.sampled_from([(name, value) for name, values in VALUES.items() for value in values])
FIRST = date(2026, 3, 2)


@dataclass
class Model:
    """One proposal as the model has it."""

    who: int
    state: str = "draft"
    wants: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)


class Proposals(RuleBasedStateMachine):
    world: Callable[[], tuple[Startup, list[Any], Any]]

    @initialize()
    def begin_world(self) -> None:
        self.exits = ExitStack()
        self.exits.enter_context(transaction.atomic())
        self.day = FIRST
        self.startup, self.founders, self.officer = type(self).world()
        now = standing(self.startup)
        self.page = {name: now[name] for name in VALUES}
        self.said: dict[date, dict[str, str] | None] = {}
        self.models: dict[int, Model] = {}
        self.is_listed = True

    def teardown(self) -> None:
        if hasattr(self, "exits"):
            transaction.set_rollback(True)
            self.exits.close()

    def at_work(self) -> Any:
        return clock.at(f"{self.day}T09:00")

    def real(self, pk: int) -> ChangeProposal:
        return ChangeProposal.objects.get(pk=pk)

    def chosen(self, number: int, *states: str) -> tuple[ChangeProposal, Model] | None:
        found = [pk for pk, one in self.models.items() if one.state in states]
        if not found:
            return None
        pk = found[number % len(found)]
        return self.real(pk), self.models[pk]

    @rule(who=st.integers(0, 1))
    def begin(self, who: int) -> None:
        with self.at_work():
            if not self.is_listed:
                with pytest.raises(Conflict):
                    services.begin(self.startup, actor=self.founders[who])
                return
            made = services.begin(self.startup, actor=self.founders[who])
        self.models.setdefault(made.pk, Model(who))

    @rule(number=st.integers(0, 9), pair=PAIRS)
    def edit(self, number: int, pair: tuple[str, str]) -> None:
        found = self.chosen(number, "draft")
        if found:
            real, model = found
            name, value = pair
            with self.at_work():
                write(real, self.founders[model.who], **{name: value})
            model.wants[name] = value
            if value == self.page[name]:
                del model.wants[name]
            else:
                model.before[name] = self.page[name]

    @rule(number=st.integers(0, 9))
    def send(self, number: int) -> None:
        found = self.chosen(number, "draft")
        if not found:
            return
        real, model = found
        differs = {name: value for name, value in model.wants.items() if value != self.page[name]}
        with self.at_work():
            if not differs:
                with pytest.raises(Invalid):
                    send(real, self.founders[model.who])
                return
            sent = send(real, self.founders[model.who])
        assert sent.due_at is not None
        model.state, model.wants = "open", differs
        model.before = {name: self.page[name] for name in differs}

    @rule(number=st.integers(0, 9), name=st.sampled_from(sorted(VALUES)))
    def send_a_page_that_is_out_of_date(self, number: int, name: str) -> None:
        found = self.chosen(number, "draft")
        if found and found[1].wants:
            real, model = found
            with self.at_work(), pytest.raises(Conflict):
                services.send(
                    real,
                    actor=self.founders[model.who],
                    reason="",
                    saw=mark_of({"another": name}),
                    seen=real.edits,
                    version=real.version,
                )

    @rule(number=st.integers(0, 9), action=st.sampled_from(["recall", "withdraw"]))
    def take_back(self, number: int, action: str) -> None:
        found = self.chosen(number, "open")
        if found:
            real, model = found
            with self.at_work():
                services.act(real, action, actor=self.founders[model.who], version=real.version)
            model.state = "draft" if action == "recall" else "withdrawn"

    @rule(number=st.integers(0, 9), refused=st.sets(st.sampled_from(sorted(VALUES))), confirms=st.booleans())
    def decide(self, number: int, refused: set[str], confirms: bool) -> None:
        found = self.chosen(number, "open")
        if not found:
            return
        real, model = found
        reasons = dict.fromkeys(refused & set(model.wants), "Chưa có giấy tờ.")
        accepted = {name: value for name, value in model.wants.items() if name not in reasons}
        stale = {n for n, v in accepted.items() if self.page[n] != model.before[n] and self.page[n] != v}
        confirmed = {name: mark_of(self.page[name]) for name in stale} if confirms else {}
        with self.at_work():
            if stale and not confirms:
                with pytest.raises(Invalid) as told:
                    decided(real, self.officer, refused=reasons)
                assert set(told.value.problems) == {f"row:{name}" for name in stale}
                return
            done = decided(real, self.officer, refused=reasons, confirmed=confirmed)
        model.state = "accepted" if not reasons else "partly_accepted" if accepted else "rejected"
        assert done.state == model.state
        self.page |= accepted
        with pytest.raises(Refusal):
            decided(real, self.officer)  # an officer who saw it open

    @rule()
    def a_day_passes(self) -> None:
        self.said[self.day] = dict(self.page) if self.is_listed else None
        self.day += timedelta(days=1)

    @rule()
    def taken_down(self) -> None:
        if self.is_listed and len(self.said) > 3:
            with self.at_work():
                made = self.startup.dossier
                made.refresh_from_db()
                act(made, "take_down", self.officer, note="Chủ dự án đề nghị.")
            self.is_listed = False
            for model in self.models.values():
                if model.state in ("draft", "open"):
                    model.state = "lapsed"

    @invariant()
    def the_page_says_what_was_accepted(self) -> None:
        if not hasattr(self, "page"):
            return
        with self.at_work():
            now = standing(self.startup)
            assert {name: now[name] for name in VALUES} == self.page
            assert self.startup.profiles.filter(effective_to=None).count() == self.is_listed
            profile = selectors.profile_of(self.startup)
        assert (profile is not None) == self.is_listed
        if profile:
            assert {name: getattr(profile, name) for name in VALUES} == self.page
        for day, said in self.said.items():
            then = selectors.profile_of(self.startup, day)
            assert (then and {name: getattr(then, name) for name in VALUES}) == said

    @invariant()
    def proposals_are_where_the_model_has_them(self) -> None:
        for pk, model in getattr(self, "models", {}).items():
            real = self.real(pk)
            assert real.state == model.state
            assert (real.due_at is not None) == (model.state == "open")
            rows = {row.name: row.proposed for row in real.fields.all()}
            if model.state == "open":
                assert rows == model.wants
                touching = {
                    other
                    for other, one in self.models.items()
                    if other != pk and one.state == "open" and set(one.wants) & set(model.wants)
                }
                assert {rival.proposal.pk for rival in rivals(real)} == touching
            if model.state == "draft":
                with self.at_work():
                    assert saw(real) == saw(self.real(pk))

    @invariant()
    def decisions_hold_together(self) -> None:
        if hasattr(self, "page"):
            assert broken_links() == []


@pytest.mark.django_db
def test_whatever_people_do_the_page_says_what_was_accepted(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT, settings.MEDIA_ROOT = tmp_path / "files", tmp_path / "media"
    with clock.at(f"{FIRST}T08:00"):
        startup = dossier(published=True).startup
        colleague = UserFactory()
        Membership.objects.create(party=startup.party, user=colleague, role="editor", since=FIRST)
        founders, officer = [startup.dossier.created_by, colleague], UserFactory(officer=True)
    Proposals.world = staticmethod(lambda: (Startup.objects.get(pk=startup.pk), founders, officer))
    run_state_machine_as_test(Proposals, settings=SETTINGS)


SETTINGS = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
