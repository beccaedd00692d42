"""What holds for every follower: nothing lost, nothing withdrawn found, what cannot be held is named and the rest goes on."""

import pytest
from django.core.management import CommandError, call_command

from search.engine import Query
from search.entries import put, withdraw
from search.models import SearchEntry
from search.normalise import VERSION
from search.numbering import number, start_new_epoch
from search.prepared import prepare
from tests.search.factories import entry, generated


def refs(engine, text: str) -> list[str]:
    return [hit.ref for hit in engine.search(Query(text, language="vi", size=2000)).hits]


def test_an_entry_with_an_endless_word_is_named_and_the_others_are_found(engine, publish):
    publish(*(entry(f"Sâm {n}", ref=f"s{n}") for n in range(999)), entry("Sâm", ref="endless", body="x" * 40_000))
    assert len(refs(engine, "sam")) == 999
    status = engine.status()
    assert [(aside.ref, "40000 byte" in aside.reason) for aside in status.set_aside] == [("endless", True)]
    assert (status.lag, status.entries) == (0, 999)
    assert not engine.check()
    publish(entry("Sâm", ref="endless", body="ngắn"))
    assert len(refs(engine, "sam")) == 1000
    assert engine.status().set_aside == ()


def test_what_is_too_long_for_a_key_is_named_alike_by_every_engine(engine, publish):
    publish(
        entry("Sâm", ref="facet", facets={"topic": ["x" * 40_000]}),
        entry("Sâm", ref="number", numbers=["12 " * 20_000]),
        entry("Сад " * 12_000 + "sâm", ref="title"),
        entry("Sâm", ref="sound"),
    )
    assert refs(engine, "sam") == ["sound", "title"]
    reasons = {aside.ref: aside.reason for aside in engine.status().set_aside}
    assert reasons.keys() == {"facet", "number"}
    assert "40000 byte ở nhóm “topic”" in reasons["facet"]
    assert "40000 byte ở nhóm “numbers”" in reasons["number"]
    assert not engine.check()


def test_a_change_replaces_and_a_withdrawal_is_not_found(engine, publish):
    publish(entry("Sâm Núi Mây", ref="a"), entry("Chè", ref="b"))
    publish(entry("Chè Núi Mây", ref="a"))
    assert (refs(engine, "sam"), refs(engine, "che")) == ([], ["b", "a"])
    withdraw("startup", "a")
    publish()
    assert refs(engine, "che") == ["b"]
    assert engine.search(Query(language="vi")).count == 1
    publish(entry("Sâm", ref="a"))
    assert refs(engine, "sam") == ["a"]


def test_another_epoch_builds_the_copy_anew(engine, publish):
    publish(entry("Sâm", ref="a"), entry("Chè", ref="b"))
    SearchEntry.objects.filter(ref="a").delete()  # as if an older database had been put back
    start_new_epoch()
    engine.follow()
    assert (refs(engine, "sam"), refs(engine, "che")) == ([], ["b"])
    assert not engine.check()


def test_a_rebuild_gives_the_same_answers(engine, publish):
    publish(*generated(150))
    withdraw("startup", "g3")
    publish()
    before = refs(engine, "moi")
    seen: list[tuple[int, int]] = []
    engine.rebuild(lambda done, all_: seen.append((done, all_)))
    assert refs(engine, "moi") == before
    assert seen
    assert not engine.check()


def test_a_line_of_an_older_normaliser_is_made_anew(engine, publish):
    put(entry("Sâm", ref="a"))
    SearchEntry.objects.update(document='{"live":true,"t":"wrong"}', normaliser=VERSION - 1)
    publish()
    assert refs(engine, "sam") == ["a"]


def test_check_tells_what_differs_and_mends_it(settings, engine, publish, monkeypatch, capsys):
    monkeypatch.setattr("search.management.commands.search_check.followers", lambda: (engine,))
    publish(entry("Sâm", ref="a"), entry("Chè", ref="b"), entry("Lúa", ref="c"))
    call_command("search_check")
    SearchEntry.objects.filter(ref="a").delete()  # behind the back of everybody
    SearchEntry.objects.filter(ref="b").update(seq=100, title="Trà")
    row = SearchEntry.objects.get(ref="b")
    SearchEntry.objects.filter(ref="b").update(document=prepare(row))
    found = engine.check()
    assert (len(found.missing), len(found.extra), len(found.stale)) == (0, 1, 1)
    with pytest.raises(SystemExit) as stopped:
        call_command("search_check")
    assert stopped.value.code == 1
    call_command("search_check", fix=True)
    assert "khớp" in capsys.readouterr().out
    assert (refs(engine, "sam"), refs(engine, "tra"), refs(engine, "lua")) == ([], ["b"], ["c"])


@pytest.mark.parametrize("table", ["doc", "entry_text"])
def test_check_mends_a_copy_that_lost_half_of_an_entry(embedded, publish, capsys, table):
    publish(entry("Sâm", ref="a"), entry("Chè", ref="b"))
    embedded.file.connection().execute(f"DELETE FROM {table} WHERE rowid = (SELECT max(ord) FROM doc)")  # noqa: S608
    with pytest.raises(SystemExit):
        call_command("search_check")
    assert "thiếu 1 mục: startup b (vi)" in capsys.readouterr().out
    call_command("search_check", fix=True)
    assert (refs(embedded, "sam"), refs(embedded, "che")) == (["a"], ["b"])
    call_command("search_check")


def test_status_says_what_waits(engine, publish):
    publish(entry("Sâm", ref="a"))
    put(entry("Chè", ref="b"))
    assert engine.status().pending == 1
    number()
    status = engine.status()
    assert (status.pending, status.lag, status.held + 1, status.answers) == (0, 1, status.clock, True)


def test_the_commands_tell_what_the_engines_say(embedded, publish, capsys):
    import json

    publish(entry("Khởi nghiệp sáng tạo", ref="a", numbers=["12/QĐ-UBND"], facets={"ward": ["03433"]}))
    call_command("search_query", "khoi nghep", json=True)
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"engine", "took_ms", "count", "ids", "did_you_mean"}
    assert (answer["engine"], answer["count"], answer["did_you_mean"]) == ("embedded", 0, "khởi nghiệp")
    call_command("search_query", "QĐ 12", filter=["ward=03433"], kind=["startup"], engine="embedded", json=True)
    assert json.loads(capsys.readouterr().out)["ids"] == ["a"]
    call_command("search_query", "QĐ 12", filter=["ward=99999"], json=True)
    told = capsys.readouterr()
    assert json.loads(told.out)["count"] == 0
    assert "“99999”" in told.err
    call_command("search_query", "QĐ 12", filter=["colour=red"], kind=["x"], lang="fr", json=True)
    told = capsys.readouterr()
    assert json.loads(told.out)["count"] == 0
    assert [word in told.err for word in ("“colour”", "“x”", "“fr”")] == [True, True, True]
    call_command("search_query", "QĐ 12", filter=["language=en", "language=vi"], json=True)
    assert json.loads(capsys.readouterr().out)["ids"] == ["a"]
    with pytest.raises(CommandError, match="NHÓM=GIÁ TRỊ"):
        call_command("search_query", "x", filter=["ward"])
    call_command("search_status", json=True)
    status = json.loads(capsys.readouterr().out)
    assert (status["engine"], status["lag"], status["set_aside"], status["last_error"]) == ("embedded", 0, [], "")
    assert status["version"] == status["clock"]
    call_command("search_follow", once=True)
    assert "embedded: 0" in capsys.readouterr().out
    call_command("search_rebuild")
    assert "đã dựng lại 1 mục" in capsys.readouterr().out
