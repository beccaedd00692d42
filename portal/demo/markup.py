"""The light markup of the demo's articles, read into the blocks that an editor would have chosen.

    ## Heading            - item of a list       1. item of a numbered list
    > quoted words        | cell | cell |        a table: caption in the line `|= Caption`, first row headings
    > — whose words       !warn Title            a call-out (info, ok, warn); its text is in the next lines
    # 120 | dự án | nguồn a figure: value, label, source

Paragraphs are separated by an empty line; `**bold**` and `[words](address)` are understood inside them.
"""

import html
import re
from typing import Any, Final

Block = dict[str, Any]
BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
LINK: Final = re.compile(r"\[(.+?)\]\((\S+?)\)")
NUMBERED: Final = re.compile(r"\d+\. ")
FIGURE: Final = re.compile(r"-?[\d.,  ]+%?")


def blocks(text: str) -> list[Block]:
    return [block_of(part.strip().splitlines()) for part in re.split(r"\n\s*\n", text.strip())]


def block_of(lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("## "):
        return {"type": "heading", "value": first[3:]}
    if first.startswith("> "):
        return quote([line.removeprefix("> ") for line in lines])
    if first.startswith("|"):
        return table(lines)
    if first.startswith("!"):
        tone, _, title = first[1:].partition(" ")
        return {"type": "callout", "value": {"tone": tone, "title": title, "text": rich(lines[1:])}}
    if first.startswith("# "):
        return {"type": "figures", "value": [figure(line) for line in lines]}
    return {"type": "paragraph", "value": rich(lines)}


def quote(lines: list[str]) -> Block:
    said = [line for line in lines if not line.startswith("— ")]
    source = [line.removeprefix("— ") for line in lines if line.startswith("— ")]
    return {"type": "quote", "value": {"text": " ".join(said), "source": " ".join(source)}}


def figure(line: str) -> Block:
    value, label, source = (part.strip() for part in line.removeprefix("# ").split("|"))
    number, _, unit = value.partition(" ")
    return {"value": number, "unit": unit, "label": label, "source": source}


def table(lines: list[str]) -> Block:
    caption = lines[0].removeprefix("|=").strip() if lines[0].startswith("|=") else ""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not line.startswith("|=")]
    kinds = ["number" if all(FIGURE.fullmatch(row[at]) for row in rows[1:]) else "text" for at in range(len(rows[0]))]
    return {
        "type": "table",
        "value": {
            "caption": caption,
            "columns": [{"type": kind, "heading": head} for kind, head in zip(kinds, rows[0], strict=True)],
            "rows": [{"values": row} for row in rows[1:]],
        },
    }


def rich(lines: list[str]) -> str:
    """Paragraph or list as the HTML that a rich text block keeps."""
    if lines[0].startswith("- "):
        return f"<ul>{''.join(f'<li>{inline(line[2:])}</li>' for line in lines)}</ul>"
    if NUMBERED.match(lines[0]):
        lines = [NUMBERED.sub("", line, count=1) for line in lines]
        return f"<ol>{''.join(f'<li>{inline(line)}</li>' for line in lines)}</ol>"
    return f"<p>{inline(' '.join(lines))}</p>"


def inline(text: str) -> str:
    return LINK.sub(r'<a href="\2">\1</a>', BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False)))
