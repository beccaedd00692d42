"""How fast and how good the search is: make bench-search N=100000 [ENGINE=embedded].

Everything happens in a portal of its own, with the whole of Django around the search. A benchmark, not a test: it fails on nothing.
Figures depend on the machine and on who else uses it; ratios within one run say more than milliseconds.
"""

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "bench"
WORDS = 31  # ambiguous words whose first ten hits are looked at
UPDATES = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("--engine", action="append", help="may be given again; without it every engine that can be had")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    if given.inside:
        print(json.dumps(measured(given.size), ensure_ascii=False))
        return
    told = [in_a_portal_apart(engine, given.size) for engine in given.engine or engines_to_be_had()]
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / f"search-{given.size}.json"
    file.write_text(json.dumps({"machine": machine(), "engines": told}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    for figures in told:
        print(table(figures))
    print(f"\n{file.relative_to(ROOT)}")


def engines_to_be_had() -> list[str]:
    from search.engine import ENGINES

    return [name for name in ENGINES if name == "embedded" or os.environ.get("ELASTICSEARCH_URL")]


def in_a_portal_apart(engine: str, size: int) -> dict[str, Any]:
    from search.bench.apart import apart

    with apart(engine) as environment:
        command = [sys.executable, "-m", "bench.search", str(size), "--inside"]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.returncode)
    return json.loads(done.stdout)


def measured(size: int) -> dict[str, Any]:
    """All figures of the engine in use."""
    from django.core.management import call_command

    from bench.queries import queries
    from portal.boot import collect_static
    from search.bench.apart import is_apart, measured_engine
    from search.bench.given import read_entries, read_queries
    from search.bench.measure import by_group, load

    if not is_apart():
        sys.exit("--inside belongs to the benchmark itself")
    call_command("migrate", verbosity=0, interactive=False)
    collect_static(say)
    say(f"writing {size} entries")
    asked_file = Path(os.environ["PORTAL_VAR"]) / "queries.json"
    asked_file.write_text(json.dumps(queries(size)), "utf-8")
    engine = measured_engine()
    asked = read_queries(asked_file, say)
    library = load(read_entries(corpus(size), say), engine, (ref for one in asked for ref in one.relevant))
    figures: dict[str, Any] = {
        "engine": engine.name,
        "size": size,
        "write_seconds": library.write_seconds,
        "build_seconds": library.follow_seconds,
        "entries_per_second": round(size / max(library.follow_seconds, 0.01)),
        "index_mb": index_megabytes(engine),
    }
    say("asking")
    answers, ratios = [], {}
    figures["raw"] = ratios
    answers = ask_beside_raw(engine, asked, library, ratios)
    figures["groups"] = by_group(answers)
    figures["one_typo_recovered"] = recovered(answers)
    figures["page"] = full_pages(asked)
    figures["exact_mark_share"] = exact_mark_share(engine)
    if engine.name == "elasticsearch":
        from bench.bulk import rates

        say("indexing beside a raw _bulk")
        figures["bulk"] = rates(engine)
    say("changing")
    figures["update_ms"] = update_latency(engine)
    figures["memory_mb"] = memory(engine)
    return figures


def corpus(size: int) -> Path:
    """The lines of `make search-corpus`, made now if they are not there."""
    file = RESULTS / f"corpus-{size}.jsonl"
    if not file.exists():
        subprocess.run([sys.executable, "-m", "bench.corpus", str(size), "--out", str(file)], cwd=ROOT, check=True)  # noqa: S603
    return file


def ask_beside_raw(engine: Any, asked: list[Any], library: Any, ratios: dict[str, Any]) -> list[Any]:
    """Ask everything; then each query three times by us and by the engine alone in turns, so that a busy moment hits both."""
    from bench.raw import recorder
    from search.bench.measure import as_query, ask, at_page, times

    alone = recorder(engine)
    answers, owns, raws, work, raw_work = [], [], [], [], []
    for one in asked:
        answers.append(ask(engine, one, library))
        query = at_page(engine, as_query(one, library), one.page)
        with alone.recording() as told:
            engine.search(query)
        alone.replay(told)
        turns = [(elapsed(lambda query=query: engine.search(query)), alone.replay(told)) for _ in range(3)]
        owns.append(statistics.median(own for own, _ in turns))
        raws.append(statistics.median(raw for _, raw in turns))
        work.append(processor_time(lambda query=query: engine.search(query)))
        raw_work.append(processor_time(lambda told=told: alone.replay(told)))
    ours, bare = times(owns), times(raws)
    ratios.update({"ours": ours, "alone": bare, "ratio": {p: round(ours[p] / bare[p], 2) for p in ours}})
    ratios["cpu"] = {"ours": times(work), "alone": times(raw_work)}
    return answers


def elapsed(does: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    does()
    return (time.perf_counter() - began) * 1000


def processor_time(does: Callable[[], object]) -> float:
    """Milliseconds that this process worked, whoever else uses the machine."""
    began = time.process_time()
    does()
    return (time.process_time() - began) * 1000


def recovered(answers: list[Any]) -> dict[str, float]:
    """Of the names with one wrong letter, the share found among the first five, "did you mean" followed."""

    def share(groups: tuple[str, ...]) -> float:
        found = [answer.meant[1] > 0 for answer in answers if answer.group in groups]
        return round(sum(found) / len(found), 3)

    return {"all": share(("typo", "typo-word")), "not a word": share(("typo",)), "another word": share(("typo-word",))}


def full_pages(asked: list[Any]) -> dict[str, Any]:
    """The page of results through Django: address in, HTML out, all middleware between.

    `cpu`: what this process worked for it, which does not grow when others use the machine.
    """
    from django.test import Client

    from search.bench.measure import times
    from search.facets import all_groups

    client = Client(HTTP_HOST="localhost")
    named = {group.code for group in all_groups()}
    taken, worked = [], []
    for one in asked:
        if one.page > 1 or one.language not in (None, "vi"):
            continue
        chosen = {group: list(values) for group, values in one.filters.items() if group in named}
        address = {"q": one.text, **chosen}
        client.get("/tim-kiem/", address)
        passes, work = [], []
        for _ in range(3):
            started, began = time.perf_counter(), time.process_time()
            answer = client.get("/tim-kiem/", address)
            passes.append((time.perf_counter() - started) * 1000)
            work.append((time.process_time() - began) * 1000)
            if answer.status_code != 200:
                sys.exit(f"{address}: {answer.status_code}")
        taken.append(statistics.median(passes))
        worked.append(statistics.median(work))
    return {"n": len(taken), **times(taken), "cpu": times(worked)}


def exact_mark_share(engine: Any) -> dict[str, float]:
    """For words that others resemble but for their marks: the share of the first ten (of the first) that holds the very word."""
    from bench.queries import ambiguous_words
    from search.engine import Query
    from search.models import SearchEntry
    from search.normalise import words

    known = ambiguous_words()
    tens, firsts = [], []
    for typed in random.Random("marks").sample(known, min(WORDS, len(known))):  # noqa: S311 (the same each time is the point)
        wanted = words(typed)[0].exact
        hits = engine.search(Query(typed, language="vi", size=10)).hits
        entries = {
            (e.kind, e.ref): e for e in SearchEntry.objects.filter(ref__in=[hit.ref for hit in hits], language="vi")
        }
        texts = [entries[hit.kind, hit.ref] for hit in hits]
        same = [any(w.exact == wanted for w in words(f"{e.title} {e.summary} {e.body}")) for e in texts]
        tens.append(sum(same) / 10)
        firsts.append(float(bool(same) and same[0]))
    return {"first_ten": round(statistics.mean(tens), 3), "first": round(statistics.mean(firsts), 3)}


def update_latency(engine: Any) -> dict[str, float]:
    """From the change to the first answer that shows it."""
    from search.bench.measure import times
    from search.engine import Query, Unavailable
    from search.entries import Entry, put
    from search.following import follow_all

    def found(word: str) -> bool:
        try:
            return engine.search(Query(word, language="vi")).count > 0
        except Unavailable:  # it knows that it lacks something, and refuses
            return False

    taken = []
    for number in range(UPDATES):
        word = f"zq{number}w{'x' * (number % 5)}"
        told = Entry("startup", f"update-{number}", "vi", "/", f"Tin {word}", "nội dung", date(2026, 10, 5))
        started = time.perf_counter()
        put(told)
        until(lambda word=word: found(word), follow_all)
        taken.append((time.perf_counter() - started) * 1000)
    return times(taken)


def until(holds: Callable[[], bool], otherwise: Callable[[], object], seconds: float = 60) -> None:
    started = time.monotonic()
    while not holds():
        if time.monotonic() - started > seconds:
            sys.exit("a change was not found in a minute")
        otherwise()
        time.sleep(0.005)


def index_megabytes(engine: Any) -> float:
    from django.conf import settings

    if engine.name != "elasticsearch":
        data = engine.file.path.resolve()
        return round(sum(file.stat().st_size for file in data.parent.glob(f"{data.name}*")) / 1e6, 1)
    sizes = server(f"/_cat/segments/{settings.ELASTICSEARCH_PREFIX}*?format=json&bytes=b")
    return round(sum(int(segment["size"]) for segment in sizes) / 1e6, 1)


def memory(engine: Any) -> dict[str, float]:
    """Of this process, and of the server where there is one. `resident` counts mapped pages of the files too."""
    told = {f"ours, {name}": size for name, size in resident(os.getpid()).items()}
    if engine.name == "elasticsearch":
        node = next(iter(server("/_nodes/process")["nodes"].values()))
        told |= {f"server, {name}": size for name, size in resident(node["process"]["id"]).items()}
    return told


def resident(process: int) -> dict[str, float]:
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines() if ":" in line)
    return {
        name: round(int(lines[key].split()[0]) / 1000, 1)
        for name, key in (("resident", "VmRSS"), ("private", "RssAnon"))
    }


def server(path: str) -> Any:
    import urllib.request

    from django.conf import settings

    with urllib.request.urlopen(settings.ELASTICSEARCH_URL + path, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


def machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "load": [round(one, 2) for one in os.getloadavg()],
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def table(figures: dict[str, Any]) -> str:
    raw, page = figures["raw"], figures["page"]
    lines = [
        f"\n{figures['engine']}, {figures['size']} entries",
        f"  written in {figures['write_seconds']} s, built in {figures['build_seconds']} s"
        f" ({figures['entries_per_second']}/s), index {figures['index_mb']} MB, memory {figures['memory_mb']}",
        f"  {'ms':14}{'n':>6}{'median':>9}{'p95':>9}{'p99':>9}{'first':>8}{'in 5':>8}",
    ]
    for group, told in {**figures["groups"], "full page": page, "update": figures["update_ms"]}.items():
        shares = "".join(
            f"{share:>8.3f}" for share in (told.get("first"), told.get("recall_at_5")) if share is not None
        )
        lines.append(f"  {group:14}{told.get('n', UPDATES):>6}{told['p50']:>9}{told['p95']:>9}{told['p99']:>9}{shares}")
    lines.append(f"  engine alone: {raw['alone']}, ours: {raw['ours']}, ratio {raw['ratio']}")
    lines.append(f"  processor time alone: query {raw['cpu']}, page {page['cpu']}")
    lines.append(f"  exact marks: {figures['exact_mark_share']}; one typo recovered: {figures['one_typo_recovered']}")
    if "bulk" in figures:
        lines.append(f"  lines indexed a second: {figures['bulk']}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
