"""Brocade covers: one woven pattern per record, the same every time.

`cover(key, field)` returns an SVG of 72 x 40 stitches. The field of technology gives the
colours, the key (slug or tax code) gives the weave, so a list is varied and a field is
recognised. Standard library only; attributes only, no <style>, so it passes a strict CSP.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeVar

WIDTH, HEIGHT = 72, 40

T = TypeVar("T")
Cell = Callable[[int, int], int]
"""The thread (1 strong, 2 quiet, 3 spark; 0 the ground) at a stitch."""
Band = tuple[int, int, Cell]
"""A band of cloth: its height and its period in stitches (which divides 72), and what is woven there."""

# ground, then three threads: strong, quiet, spark
FIELDS = {
    "ict": ("#1d2a5b", "#8ea6ee", "#3a4d97", "#ffb43a"),
    "biotech": ("#0e4a3c", "#8fd0a2", "#1f6b56", "#ffd27a"),
    "energy_materials": ("#6a1f3d", "#f2a3b3", "#8f3457", "#ffb43a"),
    "environment": ("#0d4a5e", "#8fd3dc", "#1f6c84", "#ffe3a8"),
    "space": ("#2b2f3a", "#aab4cc", "#474e61", "#ffb43a"),
    "construction_transport": ("#e7e3d8", "#1d2a5b", "#c9c2b0", "#b2453c"),
}


class Dice:
    """Small deterministic choices drawn from the key's hash."""

    def __init__(self, key: str) -> None:
        self._bytes = hashlib.sha256(key.encode("utf-8")).digest()
        self._at = 0

    def pick(self, options: Sequence[T]) -> T:
        value = self._bytes[self._at % 32]
        self._at += 1
        return options[value % len(options)]


def _diamond(height: int, period: int, rings: Sequence[int], heart: Sequence[int]) -> Band:
    """Nested diamonds, with half diamonds between them: the oldest figure of the cloth."""
    cx, cy = period // 2, height // 2

    def cell(x: int, y: int) -> int:
        x %= period
        d = abs(x - cx) + abs(y - cy)
        if d <= 3:
            return heart[d]
        if d <= cy:
            return rings[d % len(rings)]
        e = min(x, period - x) + min(y, height - 1 - y)
        return rings[(e + 2) % len(rings)] if e < cy - 4 else 0

    return height, period, cell


def _star(height: int, period: int, thread: int) -> Band:
    """Eight-petal star, small diamonds between."""
    cx, cy = period // 2, height // 2
    petal = cy // 2

    def cell(x: int, y: int) -> int:
        dx, dy = abs(x % period - cx), abs(y - cy)
        long, short = max(dx, dy), min(dx, dy)
        if long <= 1:
            return 3 if long + short <= 1 else 0
        if 0 < short < long and short <= petal and long <= cy - petal + short:
            return thread
        far = min(x % period, period - x % period) + dy
        return (3, 2, 2)[far] if far < 3 else 0

    return height, period, cell


def _zigzag(height: int, period: int, thread: int, shadow: int) -> Band:
    """Ridgeline; with a shadow, more ridges behind it."""

    def cell(x: int, y: int) -> int:
        ridge = abs(x % period - period // 2) * height // (period // 2 + 1)
        if y in (ridge, ridge + 1):
            return thread
        depth = y - ridge - 3
        return shadow if shadow and depth > 0 and depth % 4 < 2 else 0

    return height, period, cell


def _teeth(thread: int) -> Band:
    return 3, 4, lambda x, y: thread if y == 1 or (y == 0 and x % 4 < 2) or (y == 2 and x % 4 >= 2) else 0


def _dots(thread: int) -> Band:
    return 3, 4, lambda x, y: thread if y == 1 and x % 4 < 2 else 0


def _line(thread: int) -> Band:
    return 1, 1, lambda x, y: thread


def _rows(band: Band) -> list[list[int]]:
    """The rows of a band: one period of each, repeated, for every period divides 72."""
    height, period, cell = band
    return [[cell(x, y) for x in range(period)] * (WIDTH // period) for y in range(height)]


def weave(key: str) -> list[list[int]]:
    """Rows of thread numbers (0 = ground), mirrored top to bottom like a hem."""
    dice = Dice(key)
    period = dice.pick((18, 24, 36))
    rings = dice.pick(((1, 1, 0, 2), (1, 0, 2, 2, 0), (2, 1, 0), (1, 1, 2, 0, 0, 2)))
    heart = dice.pick(((3, 3, 0, 1), (3, 0, 3, 1), (1, 3, 0, 3), (3, 3, 3, 0)))
    middle = dice.pick(
        (
            _diamond(19, period, rings, heart),
            _diamond(23, period, rings, heart),
            _star(17, 18 if period == 36 else period, 1),
            _star(21, 24, 1),
            _zigzag(15, period, 1, 2),
        )
    )
    small = dice.pick((6, 8, 12))
    edges = [
        dice.pick((_teeth(2), _dots(3), _teeth(1))),
        _line(dice.pick((1, 2))),
        dice.pick((_zigzag(4, small, 1, 0), _diamond(7, 12, (1, 2), (3, 0, 1, 1)), _dots(3))),
        _line(2),
        dice.pick((_dots(1), _teeth(2))),
        _line(dice.pick((2, 3))),
        dice.pick((_zigzag(4, small, 2, 0), _dots(3))),
    ]
    rows = _rows(middle)
    for band in edges:
        gap = [[0] * WIDTH]
        band_rows = _rows(band)
        rows = band_rows + gap + rows + gap + band_rows[::-1]
        if len(rows) >= HEIGHT:
            break
    while len(rows) < HEIGHT:
        rows = [[0] * WIDTH, *rows, [0] * WIDTH]
    cut = (len(rows) - HEIGHT) // 2
    return rows[cut : cut + HEIGHT]


@lru_cache(maxsize=16)
def _threads(key: str, field: str) -> str:
    """Ground and one path for each thread, run by run. Cover and strip of a record are drawn one after the other: once."""
    ground, *threads = FIELDS[field]
    paths: dict[int, list[str]] = {1: [], 2: [], 3: []}
    for y, row in enumerate(weave(key)):
        x = 0
        while x < WIDTH:
            thread, start = row[x], x
            while x < WIDTH and row[x] == thread:
                x += 1
            if thread:
                paths[thread].append(f"M{start} {y}h{x - start}v1h-{x - start}z")
    shapes = "".join(f'<path fill="{threads[n - 1]}" d="{"".join(d)}"/>' for n, d in paths.items() if d)
    return f'<path fill="{ground}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>{shapes}'


def cover(key: str, field: str = "ict") -> str:
    """Card and list cover, 72 x 40 stitches."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" shape-rendering="crispEdges">'
        f"{_threads(key, field)}</svg>"
    )


def strip(key: str, field: str = "ict", repeats: int = 9) -> str:
    """The same cloth as a long band for the head of a record page; every weave's period divides 72."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * repeats} {HEIGHT}" shape-rendering="crispEdges">'
        f'<defs><pattern id="p" width="{WIDTH}" height="{HEIGHT}" patternUnits="userSpaceOnUse">{_threads(key, field)}</pattern></defs>'
        f'<path fill="url(#p)" d="M0 0h{WIDTH * repeats}v{HEIGHT}H0z"/></svg>'
    )


def gem(key: str, field: str = "biotech", size: int = 21) -> str:
    """One diamond of the cloth, in place of a portrait of a person or a group."""
    dice = Dice(f"gem:{key}")
    rings = dice.pick(((1, 1, 0, 2), (1, 0, 2, 2, 0), (2, 1, 0), (1, 1, 2, 0, 0, 2)))
    heart = dice.pick(((3, 3, 0, 1), (3, 0, 3, 1), (1, 3, 0, 3)))
    ground, *threads = FIELDS[field]
    centre = size // 2
    paths: dict[int, list[str]] = {0: [], 1: [], 2: [], 3: []}
    for y in range(size):
        half = centre - abs(y - centre)
        paths[0].append(f"M{centre - half} {y}h{2 * half + 1}v1h-{2 * half + 1}z")
        for x in range(centre - half, centre + half + 1):
            d = abs(x - centre) + abs(y - centre)
            thread = heart[d] if d <= 3 else 1 if d == centre else rings[d % len(rings)]
            if thread:
                paths[thread].append(f"M{x} {y}h1v1h-1z")
    colours = (ground, *threads)
    shapes = "".join(f'<path fill="{colours[n]}" d="{"".join(d)}"/>' for n, d in paths.items() if d)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">{shapes}</svg>'
