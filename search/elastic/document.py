"""What an Elasticsearch index of ours looks like. It uses nothing beyond a stock server's core, so that one mapping serves every server.

Words come folded (search/prepared.py): the server only splits at blanks and compares. The index is sorted by `ord` falling, so
"newest first" is read from the front and a tier stops after its first rows.
"""

from typing import Final

from elasticsearch.dsl import Boolean, Document, Keyword, Long, MetaField, Object, Text

from search import normalise

# Bump when the mapping below or what is written into it changes: followers then build a new index.
VERSION: Final = 1000 * normalise.VERSION + 2
CURSOR: Final = "cursor"

_PREFIXES = {"min_chars": 1, "max_chars": 12}


class Held(Document):
    """An entry (its id is the entry's), a withdrawn or unfit one (`live` false), or the one document `cursor`."""

    live = Boolean()
    # `b` and `xb` take in the title too, a hundred places apart from the text: "anywhere" is then one list to read instead of two.
    t = Text(analyzer="whitespace", norms=False, index_prefixes=_PREFIXES, copy_to="b")
    b = Text(analyzer="whitespace", norms=False, index_prefixes=_PREFIXES)
    xt = Text(analyzer="whitespace", norms=False, copy_to="xb")
    xb = Text(analyzer="whitespace", norms=False)
    start = Keyword(doc_values=False)
    name_key = Keyword(index=False)
    codes = Keyword(doc_values=False)
    facets = Object(dynamic=True)
    opens = Long()
    closes = Long()
    ord = Long()
    aside = Keyword(ignore_above=1000)
    # Of the cursor: which history, how far, and when it was written.
    epoch = Keyword(index=False, doc_values=False)
    seq = Long(index=False, doc_values=False)
    at = Long(index=False, doc_values=False)

    class Meta:
        dynamic = MetaField("strict")
        dynamic_templates = MetaField([{"facets": {"path_match": "facets.*", "mapping": {"type": "keyword"}}}])

    class Index:
        settings = {
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "index.sort.field": "ord",
            "index.sort.order": "desc",
            "refresh_interval": "1s",
        }
