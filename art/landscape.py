"""Landscape covers: ridgelines over terraces, one per article, event or page without a photo.

`cover(key, light)` returns an SVG of 720 x 400, the same every time for a key. `light` is one of
LIGHTS. Paths are whole numbers and one decimal at most, attributes only, about 5 KB (2 KB gzipped).
Standard library only.
"""

import math
import random
from itertools import pairwise

Point = tuple[float, float]

# sky, four ridges from far to near, terrace, terrace edge, light
LIGHTS = {
    "dawn": ("#e4eaf6", "#c9d4ea", "#9aaed9", "#5f78ba", "#344a92", "#141c45", "#5468b4", "#ffb02e"),
    "tea": ("#e9f1e6", "#cfe0c9", "#9cc3a1", "#5b9a78", "#2a6e56", "#0e4a3c", "#58a583", "#ffd27a"),
    "harvest": ("#fdf1dc", "#f3dcae", "#e2bd77", "#b98a45", "#6d5a3c", "#2a2a45", "#d8a94f", "#b2453c"),
    "night": ("#10173a", "#1a2350", "#243066", "#31407f", "#1b2656", "#0c1124", "#3c4b8a", "#ffb02e"),
}


def ridge(rng: random.Random, base: float, rise: float, width: int, height: int, peaks: int = 3) -> list[Point]:
    """Points of one crest: peaks and saddles, then broken by midpoint displacement."""
    points = [(0.0, base - rise * rng.uniform(0.1, 0.5))]
    for n in range(peaks):
        step = width / peaks
        points.append((step * (n + rng.uniform(0.3, 0.7)), base - rise * rng.uniform(0.55, 1)))
        points.append((step * (n + 1), base - rise * rng.uniform(0, 0.35)))
    for level in range(3):
        rough = rise * 0.11 / 2**level
        broken = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            broken.append(((x0 + x1) / 2 + rng.uniform(-4, 4), (y0 + y1) / 2 + rng.uniform(-rough, rough)))
            broken.append((x1, y1))
        points = broken
    return [(round(x), round(min(y, height), 1)) for x, y in points]


def line(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def area(points: list[Point], width: int, height: int) -> str:
    return f"{line(points)}L{width} {height}H0z"


def terraces(rng: random.Random, width: int, height: int, rise: float, steps: int = 7) -> list[list[Point]]:
    """Contour lines of a hill, low steps last."""
    top, spread, phase = width * rng.uniform(0.6, 0.85), width * rng.uniform(0.26, 0.36), rng.uniform(0, 6)
    contours = []
    for k in range(steps):
        share = (1 - k / steps) ** 1.15
        points: list[Point] = []
        for i in range(19):
            x = width * i / 18
            hill = (
                0.22
                + math.exp(-(((x - top) / spread) ** 2))
                + 0.35 * math.exp(-(((x - width * 0.08) / (spread * 0.7)) ** 2))
            )
            ripple = 0.05 * math.sin(x / (width / 17) + phase + k * 0.9) * min(1, k)
            points.append((round(x), height - rise * share * (hill + ripple)))
        contours.append(points)
    return contours


def curve(points: list[Point]) -> str:
    """Catmull-Rom through the points, as one path of cubic curves."""
    d = f"M{points[0][0]} {points[0][1]:.0f}"
    for i in range(len(points) - 1):
        a, b, c = points[max(i - 1, 0)], points[i], points[i + 1]
        e = points[min(i + 2, len(points) - 1)]
        one = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        two = (c[0] - (e[0] - b[0]) / 6, c[1] - (e[1] - b[1]) / 6)
        d += f"C{one[0]:.0f} {one[1]:.0f} {two[0]:.0f} {two[1]:.0f} {c[0]} {c[1]:.0f}"
    return d


def cover(key: str, light: str = "dawn", width: int = 720, height: int = 400) -> str:
    rng = random.Random(f"landscape:{key}")  # noqa: S311 (a drawing, not a secret)
    sky, *fills, field, edge, spark = LIGHTS[light]
    parts = [f'<path fill="{sky}" d="M0 0h{width}v{height}H0z"/>']
    sun_x, sun_y, size = rng.uniform(0.2, 0.8) * width, rng.uniform(0.16, 0.3) * height, rng.choice((22, 30, 40))
    parts.append(
        f'<path fill="{spark}" d="M{sun_x:.0f} {sun_y - size:.0f}l{size} {size}-{size} {size}-{size}-{size}z"/>'
    )
    for n, fill in enumerate(fills):
        crest = ridge(rng, height * (0.62 + 0.1 * n), height * (0.36 - 0.05 * n), width, height, rng.choice((2, 3, 4)))
        parts.append(f'<path fill="{fill}" d="{area(crest, width, height)}"/>')
    steps = terraces(rng, width, height, height * 0.2)
    parts.append(f'<path fill="{field}" d="{curve(steps[0])}L{width} {height}H0z"/>')
    parts.append(f'<path fill="none" stroke="{edge}" stroke-width="1.5" d="{"".join(curve(s) for s in steps[1:])}"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice">{"".join(parts)}</svg>'


def wide(key: str, light: str = "dawn") -> str:
    """The head of an article: the same scene, drawn broader."""
    return cover(key, light, 1260, 480)
