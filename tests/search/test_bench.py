"""`manage.py search_bench`: a library and questions from outside, in a portal of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from search.bench.given import BadFile, read_entries, read_queries
from search.bench.measure import Library, as_query, percentile
from search.engine import Query, get_engine
from search.entries import catch_up, put_many
from search.models import SearchEntry
from tests.search.factories import entry, generated

LINE = {
    "kind": "startup",
    "ref": "s1",
    "language": "vi",
    "title": "Sâm Núi Mây",
    "body": "khởi nghiệp",
    "date": "2026-10-05",
}
LIBRARY = [
    LINE | {"facets": {"ward": ["03433"]}, "numbers": ["6200012345"]},
    LINE | {"ref": "s2", "title": "Chè Mây Ngàn", "facets": {"ward": ["03434"]}},
    LINE | {"ref": "s3", "title": "Highland tea", "language": "en", "body": "a tea workshop"},
]
QUERIES = [
    {"q": "sam nui may", "group": "name", "filters": {}, "relevant": ["s1"]},
    {"q": "may", "group": "name", "filters": {"ward": ["03434"], "kind": ["startup"]}, "relevant": ["s2"]},
    {"q": "highland", "group": "english", "relevant": ["s3"]},
    {"q": "che mya ngan", "group": "typo", "relevant": ["s2"]},
    {"q": "khoi nghiep", "group": "broad", "page": 2},
]


def run(folder: Path, library: list[dict] | str, queries: object, *options: str) -> subprocess.CompletedProcess:
    lines = library if isinstance(library, str) else "".join(f"{json.dumps(line)}\n" for line in library)
    (folder / "corpus.jsonl").write_text(lines, encoding="utf-8")
    (folder / "queries.json").write_text(json.dumps(queries), encoding="utf-8")
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "search_bench", *options]
    command += ["--corpus", str(folder / "corpus.jsonl"), "--queries", str(folder / "queries.json")]
    own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    environment = own | {"PORTAL_VAR": str(folder / "var"), "TMPDIR": str(folder)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_figures_by_group_and_nothing_left_behind(tmp_path):
    done = run(tmp_path, LIBRARY, QUERIES, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["engine"], told["entries"]) == ("embedded", 3)
    assert {group: figures["n"] for group, figures in told["groups"].items()} == {
        "name": 2,
        "english": 1,
        "typo": 1,
        "broad": 1,
    }
    for figures in told["groups"].values():
        assert 0 < figures["p50"] <= figures["p95"] <= figures["p99"]
    assert (told["groups"]["name"]["first"], told["groups"]["name"]["recall_at_5"]) == (1.0, 1.0)
    assert told["groups"]["english"]["first"] == 1.0
    # "did you mean" is followed where what was typed found nothing wanted; both are told.
    assert (told["groups"]["typo"]["recall_at_5"], told["groups"]["typo"]["recall_at_5_typed"]) == (1.0, 0.0)
    assert told["groups"]["broad"]["first"] is None
    assert not list(tmp_path.glob("search-bench-*"))
    assert not list((tmp_path / "var").glob("*.sqlite3"))


def test_a_bad_line_stops_it_with_its_place(tmp_path):
    done = run(tmp_path, json.dumps(LINE) + "\n{oops\n", QUERIES)
    assert done.returncode == 2
    assert "corpus.jsonl, dòng 2: không phải JSON" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_inner_half_refuses_the_portal_itself(tmp_path):
    with pytest.raises(CommandError, match="--inside"):
        call_command("search_bench", corpus=tmp_path / "c", queries=tmp_path / "q", inside=True)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"[1]", "cần một đối tượng"),
        (b'{"kind": "a"}', "thiếu trường “ref”"),
        (json.dumps(LINE | {"date": "05/10/2026"}).encode(), "“date” phải là một ngày"),
        (json.dumps(LINE | {"title": 5}).encode(), "“title” phải là chữ"),
        (json.dumps(LINE | {"title": " "}).encode(), "trường “title” trống"),
        (json.dumps(LINE | {"ref": "x" * 81}).encode(), "dài quá 80 ký tự"),
        (json.dumps(LINE | {"facets": ["x"]}).encode(), "“facets” phải là các nhóm"),
        (json.dumps(LINE | {"numbers": [{}]}).encode(), "“numbers” phải là một danh sách chữ"),
        (b"\xff\xfe", "không phải UTF-8"),
        (b"[" * 100_000, "không phải JSON"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(tmp_path, line, sentence):
    file = tmp_path / "corpus.jsonl"
    file.write_bytes(b"\n" + line + b"\n")
    with pytest.raises(BadFile, match=rf"corpus.jsonl, dòng 2: .*{sentence}"):
        list(read_entries(file, print))


@pytest.mark.parametrize(
    ("queries", "sentence"),
    [
        ({}, "cần một danh sách"),
        ([], "không có câu hỏi nào"),
        ([{"q": "a", "group": "g"}, {"q": "a"}], "câu hỏi 2: thiếu trường “group”"),
        ([{"q": "a", "group": "g", "page": 0}], "“page” phải là một số"),
        ([{"q": "a", "group": "g", "filters": {"language": ["vi", "en"]}}], "chỉ tìm trong một ngôn ngữ"),
    ],
)
def test_what_is_wrong_with_the_queries_is_said(tmp_path, queries, sentence):
    file = tmp_path / "queries.json"
    file.write_text(json.dumps(queries))
    with pytest.raises(BadFile, match=sentence):
        read_queries(file, print)


def test_a_file_that_cannot_be_read_is_said_in_our_words(tmp_path):
    with pytest.raises(BadFile, match=r"không đọc được \(không có tệp này\)"):
        list(read_entries(tmp_path / "none", print))
    with pytest.raises(BadFile, match=r"không đọc được \(đó là thư mục, không phải tệp\)"):
        read_queries(tmp_path, print)


def test_unknown_fields_are_said_once(tmp_path):
    said: list[str] = []
    file = tmp_path / "corpus.jsonl"
    file.write_text("".join(json.dumps(LINE | {"colour": "red", "ref": ref}) + "\n" for ref in "ab"))
    assert [entry.ref for entry in read_entries(file, said.append)] == ["a", "b"]
    assert said == ["corpus.jsonl, dòng 1: bỏ qua trường không biết “colour”."]


def test_a_query_is_asked_as_a_page_asks_it(tmp_path):
    file = tmp_path / "queries.json"
    file.write_text(json.dumps(QUERIES))
    name, filtered, english, *_ = read_queries(file, print)
    library = Library(groups={"ward"}, languages={"s3": {"en"}})
    assert as_query(name, library) == Query("sam nui may", language="vi")
    assert as_query(filtered, library).groups == {"ward": ("03434",), "kind": ("startup",), "language": ("vi",)}
    assert as_query(filtered, library).facets == ("kind", "ward")
    assert as_query(english, library).language == "en"


def test_percentiles_are_values_that_occurred():
    values = [float(n) for n in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99)] == [50, 95, 99]
    assert percentile([7.0], 0.99) == 7.0


def test_many_entries_are_written_as_one_by_one(engine, publish):
    publish(entry("Cũ", ref="g3"), *generated(5))
    before = list(SearchEntry.objects.order_by("pk").values("ref", "title", "document", "facets", "numbers", "deleted"))
    SearchEntry.objects.filter(ref="g1").update(deleted=True, title="", document="")
    assert put_many([entry("Cũ", ref="g3"), *generated(5)], batch=4) == 6
    assert SearchEntry.objects.filter(seq=None).count() == 6
    catch_up()
    after = list(SearchEntry.objects.order_by("pk").values("ref", "title", "document", "facets", "numbers", "deleted"))
    assert after == before
    assert get_engine().status().lag == 0
    assert engine.search(Query("")).count == len(before)


def test_of_two_entries_of_one_name_the_last_counts(engine):
    assert put_many([entry("Một", ref="same"), entry("Hai", ref="same")]) == 1
    assert SearchEntry.objects.get().title == "Hai"
