"""What people might ask of the made-up records, the same for the same seed: python -m bench.queries 10000 > queries.json

A query whose answer is known (a name, a number) names it in `relevant`; the others only measure time.
"""

import argparse
import json
import random
import string
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import words
from bench.corpus import FIELDS, SECTORS, SEED, STATUSES, WARDS, record
from search.normalise import fold
from search.normalise import words as words_of

EACH = 40
TYPOS = 200
NAMED = ("startup", "organisation", "technology", "programme")
TOPICS = (*words.PRODUCTS, *words.TECHNOLOGIES, *words.WHO, *words.AIMS)

Asked = dict[str, Any]


class Asker:
    """Draws queries about the first `size` records."""

    def __init__(self, size: int, seed: int) -> None:
        self.size, self.seed = size, seed
        self.chance = random.Random(f"queries/{seed}")  # noqa: S311 (the same each time is the point)

    def some(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            drawn = record(self.chance.randrange(self.size), self.seed)
            if fits(drawn):
                return drawn

    def named(self) -> dict[str, Any]:
        return self.some(lambda r: r["language"] == "vi" and r["kind"] in NAMED)

    def topic(self) -> str:
        """One subject or two."""
        return " ".join(self.chance.sample(TOPICS, self.chance.choice((1, 1, 2))))

    def plain(self) -> Asked:
        return self._named_or_topic(fold)

    def marked(self) -> Asked:
        return self._named_or_topic(str)

    def tones(self) -> Asked:
        """Decomposed letters, or the tone where the old school writes it."""
        respelled = self.chance.choice((lambda text: unicodedata.normalize("NFD", text), old_tones, str.upper))
        return self._named_or_topic(respelled)

    def prefix(self) -> Asked:
        """The last word is not finished."""
        told = fold(self.chance.choice(TOPICS)).split()
        last = told[-1]
        kept = self.chance.randint(min(2, len(last)), max(2, len(last) - 1))
        return {"q": " ".join([*told[:-1], last[:kept]])}

    def phrase(self) -> Asked:
        told = self.some(lambda r: r["language"] == "vi")["body"].split(". ")
        sentence = self.chance.choice(told).split()
        length = min(len(sentence), self.chance.randint(2, 4))
        start = self.chance.randint(0, len(sentence) - length)
        return {"q": f'"{" ".join(sentence[start : start + length]).strip(".")}"'}

    def facets(self) -> Asked:
        choices = {
            "field": self.chance.sample(FIELDS, 2),
            "ward": [code for code, _ in self.chance.sample(WARDS, 3)],
            "status": [self.chance.choice(STATUSES)],
            "sector": self.chance.sample(SECTORS, 2),
            "year": [str(year) for year in self.chance.sample(range(2016, 2027), 3)],
            "kind": [self.chance.choice(("startup", "article", "document"))],
        }
        groups = self.chance.sample(sorted(choices), self.chance.randint(1, 3))
        text = self.topic() if self.chance.random() < 0.9 else ""
        return {"q": text, "filters": {group: choices[group] for group in groups}}

    def deep(self) -> Asked:
        return {"q": self.chance.choice(words.WHO), "page": 50}

    def number(self) -> Asked:
        drawn = self.some(lambda r: bool(r["numbers"]) and r["language"] == "vi")
        given = drawn["numbers"][0]
        typed = self.chance.choice(
            (given, given.lower(), fold(given), given.replace("/", " "), given.replace("-", ""), f"số {given}")
        )
        return {"q": typed, "relevant": [drawn["ref"]]}

    def english(self) -> Asked:
        drawn = self.some(lambda r: r["language"] == "en")
        if self.chance.random() < 0.5:
            return {"q": drawn["title"], "relevant": [drawn["ref"]], "language": "en"}
        return {"q": self.chance.choice(words.EN_THINGS), "language": "en"}

    def typos(self, number: int) -> Iterator[Asked]:
        """One wrong letter in one word of a name; where that made another word of the language, the group says so."""
        syllables = known_syllables()
        for _ in range(number):
            drawn = self.named()
            told = (drawn["title"] if self.chance.random() < 0.5 else fold(drawn["title"])).split()
            at = self.chance.choice([i for i, word in enumerate(told) if len(word) > 1 and word.isalpha()])
            told[at] = self.mistyped(told[at])
            real = fold(told[at]) in syllables
            yield {"q": " ".join(told), "group": "typo-word" if real else "typo", "relevant": [drawn["ref"]]}

    def mistyped(self, word: str) -> str:
        """A letter too many, too few, another one, or two changed about; never the same word with other marks."""
        while True:
            at = self.chance.randrange(len(word))
            letter = self.chance.choice(string.ascii_lowercase)
            typed = self.chance.choice(
                (
                    word[:at] + letter + word[at:],
                    word[:at] + word[at + 1 :],
                    word[:at] + letter + word[at + 1 :],
                    word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
                )
            )
            if typed and fold(typed) != fold(word):
                return typed

    def _named_or_topic(self, spelled: Callable[[str], str]) -> Asked:
        if self.chance.random() < 0.5:
            drawn = self.named()
            return {"q": spelled(drawn["title"]), "relevant": [drawn["ref"]]}
        return {"q": spelled(self.topic())}


def old_tones(text: str) -> str:
    for new, old in (
        ("òa", "oà"),
        ("óa", "oá"),
        ("ủy", "uỷ"),
        ("úy", "uý"),
        ("ụy", "uỵ"),
        ("òe", "oè"),
        ("ỏe", "oẻ"),
        ("óe", "oé"),
    ):
        text = text.replace(new, old)
    return text


def all_phrases() -> Iterator[str]:
    for name in sorted(vars(words)):
        if name.isupper():
            yield from getattr(words, name)
    yield from (name for _, name in WARDS)


def known_syllables() -> set[str]:
    return {word.plain for phrase in all_phrases() for word in words_of(phrase)}


def ambiguous_words(fewest: int = 3) -> list[str]:
    """Words that differ from at least two others by their marks alone, as "má" from "ma", "mà", "mã" and "mạ"."""
    spellings: dict[str, dict[str, str]] = defaultdict(dict)
    for phrase in all_phrases():
        for raw in phrase.lower().split():
            for word in words_of(raw):
                spellings[word.plain][word.exact] = raw
    return sorted(
        raw for alike in spellings.values() if len(alike) >= fewest for raw in alike.values() if words_of(raw)[0].marked
    )


def queries(size: int, seed: int = SEED) -> list[Asked]:
    ask = Asker(size, seed)
    kinds: dict[str, Callable[[], Asked]] = {
        "unmarked": ask.plain,
        "marked": ask.marked,
        "prefix": ask.prefix,
        "tones": ask.tones,
        "phrase": ask.phrase,
        "facets": ask.facets,
        "page50": ask.deep,
        "number": ask.number,
        "english": ask.english,
    }
    asked = [{"group": group, **draw()} for group, draw in kinds.items() for _ in range(EACH)]
    return asked + list(ask.typos(TYPOS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, help="a file; the standard output without it")
    given = parser.parse_args()
    text = json.dumps(queries(given.size, given.seed), ensure_ascii=False, indent=1) + "\n"
    if given.out is None:
        sys.stdout.write(text)
    else:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
