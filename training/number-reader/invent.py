"""Invents faces, so that the reader of numbers learns figures and not the habits of a hundred type designers.

    python invent.py --out FOLDER --count 300 --seed 1 [--faces FOLDER]

Two ways, both written as plain TrueType files that `sanad-samples lines --also FOLDER` sets like any others:

- *drawn*: each figure is a skeleton of strokes in one of the shapes that the scripts know (Persian, Arabic and Urdu
  forms, half-kufic and pen forms), its points moved a little, drawn with a nib of any width, contrast, angle and
  corners, at any proportion, slant and squareness.
- *bent* (with `--faces`): the figures of a face in that folder, each bent, turned, sized and thickened by itself.

No face here has letters: words beside a number are set in another face. The same arguments give the same files.
"""

import argparse
import math
from pathlib import Path

import numpy as np
import pyclipper
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.basePen import BasePen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

UNITS = 1000
GRID = 8  # clipper's whole numbers for each unit of the face
SIGNS = {"/": 0x2F, ".": 0x2E, "-": 0x2D, "–": 0x2013, ":": 0x3A, ",": 0x2C, "،": 0x60C, "٬": 0x66C, "٫": 0x66B}

# --- skeletons: strokes of points (x, y[, 1 where the stroke has a corner]) in a box one unit high, "o" a closed one ---


def one(rng):
    lean = rng.uniform(-0.06, 0.2)
    strokes = [[(0.1 - lean, 1.0), (0.12 + rng.uniform(-0.05, 0.05), 0.5), (0.12 + lean / 2, 0.0)]]
    if rng.random() < 0.2:
        strokes[0].insert(0, (-0.12 - lean, rng.uniform(0.72, 0.9)))
        strokes[0][1] += (1,)
    return strokes


def stem(rng):
    lean, bow = rng.uniform(0.0, 0.28), rng.uniform(-0.07, 0.07)
    return [(0.02, 1.0), (0.02 + lean * 0.5 + bow, 0.5), (0.02 + lean, rng.choice([0.0, 0.0, -0.04]))]


def cup(rng, left, right, square, deep, tip):
    """A hollow from `left` up to the tip at `right`."""
    middle = (left[0] + right) / 2
    low = left[1] - deep * 0.25
    if square:
        return [left + (1,), (left[0] + 0.02, low, 1), (right - 0.02, low, 1), (right, tip)]
    return [left, (left[0] + (right - left[0]) * 0.22, low + deep * 0.03), (middle, low), (right - 0.05, low + deep * 0.25), (right, tip)]


def two(rng):
    square = rng.random() < 0.22
    wide, join = rng.uniform(0.42, 0.8), rng.uniform(0.5, 0.98)
    main = stem(rng)
    start = (0.03 + (1 - join) * (main[-1][0] - 0.02), join)
    deep = rng.uniform(0.25, 0.9)
    hook = cup(rng, start, wide, square, deep, rng.uniform(0.82, 1.06))
    if rng.random() < 0.15:
        hook.append((wide - rng.uniform(0.02, 0.12), hook[-1][1] + 0.05))
    return [main, hook]


def three(rng):
    square = rng.random() < 0.22
    wide, join = rng.uniform(0.6, 1.0), rng.uniform(0.55, 0.98)
    main = stem(rng)
    start = (0.03 + (1 - join) * (main[-1][0] - 0.02), join)
    deep, share = rng.uniform(0.25, 0.8), rng.uniform(0.42, 0.56)
    middle = start[0] + (wide - start[0]) * share
    tooth = rng.uniform(0.68, 1.0)
    first = cup(rng, start, middle, square, deep, tooth)
    second = cup(rng, (middle, tooth), wide, square, deep + rng.uniform(-0.1, 0.1), rng.uniform(0.82, 1.06))
    return [main, first, second]


def four_persian(rng):
    main = stem(rng)
    join = rng.uniform(0.42, 0.7)
    x = main[-1][0] * (1 - join)
    wide = rng.uniform(0.55, 0.85)
    tip = rng.uniform(0.86, 1.04)
    waist = rng.uniform(0.22, 0.5) * wide + 0.1
    top = rng.uniform(0.84, 1.0)
    hook = [(wide, tip - 0.08), (wide * 0.75, top), (waist + 0.02, tip * 0.9 - 0.05), (waist, 0.72), (wide * 0.6, join + 0.03), (wide, join + rng.uniform(-0.02, 0.09))]
    bar = [(x, join), (waist + 0.06, join - rng.uniform(-0.04, 0.06)), (wide * 0.75, join)]
    if rng.random() < 0.4:
        # The hollow of the two with the head of an ain on it.
        bar = [(0.04, rng.uniform(0.8, 1.0)), (x + 0.08, join + 0.02), (waist, join - 0.03), (wide * 0.8, join + 0.02)]
    return [main, hook, bar]


def four_arabic(rng):
    waist = rng.uniform(0.45, 0.6)
    return [
        [(0.62, rng.uniform(0.9, 1.0)), (0.3, rng.uniform(0.8, 0.92)), (0.16, 0.74), (0.3, waist + 0.06), (rng.uniform(0.4, 0.55), waist, 1), (0.14, 0.34), (0.05, 0.17), (0.2, 0.03), (0.66, rng.uniform(0.0, 0.12))]
    ]


def four_urdu(rng):
    cross = rng.uniform(0.3, 0.55)
    if rng.random() < 0.5:
        return [[(0.04, 1.0), (0.24, 0.72), (0.44, cross), (0.52, 0.16), (0.38, 0.0), (0.24, 0.14), (0.34, cross), (0.56, 0.74), (0.7, 1.0)]]
    return [
        [(0.0, rng.uniform(0.8, 0.98)), (0.25, 0.78), (0.5, 0.9, 1), (0.32, 0.6), (0.3, 0.5)],
        [(0.72, 0.98), (0.5, 0.62), (0.26, 0.2), (0.2, 0.0)],
        [(0.3, 0.5), (0.45, 0.35), (0.6, 0.42)],
    ]


def five_persian(rng):
    notch, wide, top = rng.uniform(0.08, 0.42), rng.uniform(0.55, 0.95), rng.uniform(0.9, 1.05)
    low = rng.uniform(-0.02, 0.06)
    middle = wide * rng.uniform(0.45, 0.55)
    sharp = (1,) if rng.random() < 0.5 else ()
    ring = [(middle, top) + sharp, (wide * 0.2, 0.62), (0.0, 0.28), (wide * 0.2, low), (middle, notch) + ((1,) if rng.random() < 0.6 else ()), (wide * 0.8, low), (wide, 0.28), (wide * 0.8, 0.62)]
    strokes = [["o"] + ring]
    if rng.random() < 0.2:
        strokes.append([(middle, top), (middle - 0.14, top + 0.1)])
    return strokes


def five_arabic(rng):
    wide, tall = rng.uniform(0.5, 0.85), rng.uniform(0.6, 1.0)
    tilt = rng.uniform(-0.08, 0.08)
    return [["o", (wide / 2 + tilt, tall), (0.0, tall / 2), (wide / 2 - tilt, 0.0), (wide, tall / 2)]]


def six_persian(rng):
    wide = rng.uniform(0.5, 0.8)
    head, chin = rng.uniform(0.92, 1.03), rng.uniform(0.5, 0.68)
    left = rng.uniform(0.0, 0.14)
    opening = rng.uniform(0.74, 0.94)
    top = [(wide * rng.uniform(0.8, 1.05), opening), (wide * 0.65, head), (left + 0.08, head - 0.08), (left + 0.02, (head + chin) / 2), (wide * 0.4, chin)]
    roll = rng.random()
    if roll < 0.5:
        # The chin goes to the right and the tail comes back from there.
        top += [(wide, chin + rng.uniform(-0.04, 0.06), 1), (wide * rng.uniform(0.35, 0.6), 0.3), (rng.uniform(-0.02, 0.28), 0.0)]
        return [top]
    if roll < 0.8:
        # The tail begins under the chin.
        top += [(wide, chin + rng.uniform(0.0, 0.08))]
        return [top, [(wide * rng.uniform(0.45, 0.75), chin), (wide * 0.35, 0.3), (rng.uniform(-0.04, 0.25), 0.0)]]
    # One line, as a pen goes: head, chin, tail.
    top += [(wide * 0.75, chin - 0.02), (wide * 0.5, 0.3), (rng.uniform(0.0, 0.3), 0.0)]
    return [top]


def six_arabic(rng):
    wide = rng.uniform(0.5, 0.75)
    first = rng.uniform(0.8, 1.0)
    corner = (1,) if rng.random() < 0.75 else ()
    return [[(0.0, first), (wide * 0.3, rng.uniform(0.84, 0.97)), (wide * 0.85, rng.uniform(0.86, 1.0)) + corner, (wide * 0.9, 0.5), (wide + rng.uniform(-0.05, 0.15), 0.0)]]


def six_urdu(rng):
    return [
        [(0.55, rng.uniform(0.9, 1.0)), (0.2, 0.82), (0.08, 0.62), (0.3, rng.uniform(0.46, 0.58)), (0.68, 0.55)],
        [(0.1, 0.66), (0.3, 0.4), (0.6, 0.1), (0.68, 0.0)],
    ]


def seven(rng):
    wide, bow = rng.uniform(0.55, 0.95), rng.uniform(-0.08, 0.06)
    foot = wide * rng.uniform(0.42, 0.58)
    sharp = (1,) if rng.random() < 0.8 else ()
    return [[(0.0, 1.0), (foot * 0.55 + bow, 0.5), (foot, 0.0) + sharp, ((foot + wide) / 2 - bow, 0.5), (wide, rng.uniform(0.94, 1.04))]]


def seven_urdu(rng):
    return [[(rng.uniform(0.5, 0.8), rng.uniform(0.92, 1.02)), (0.3, 0.72), (0.04, rng.uniform(0.4, 0.6), 1), (0.36, 0.24), (rng.uniform(0.55, 0.8), 0.0)]]


def eight(rng):
    wide, bow = rng.uniform(0.55, 0.95), rng.uniform(-0.08, 0.06)
    top = wide * rng.uniform(0.4, 0.58)
    sharp = (1,) if rng.random() < 0.8 else ()
    strokes = [[(0.0, 0.0), (top * 0.55 + bow, 0.5), (top, 1.0) + sharp, ((top + wide) / 2 - bow, 0.5), (wide, rng.uniform(-0.04, 0.04))]]
    if rng.random() < 0.15:
        strokes.append([(top - rng.uniform(0.1, 0.25), rng.uniform(0.92, 1.0)), (top, 1.0)])
    return strokes


def nine(rng):
    wide, tall = rng.uniform(0.36, 0.66), rng.uniform(0.36, 0.58)
    low = 1.0 - tall
    ring = ["o", (wide * 0.5, 1.0), (wide * 0.08, 1 - tall / 2), (wide * 0.5, low), (wide * 0.92, 1 - tall / 2)]
    foot = wide + rng.uniform(-0.42, 0.25)
    start = (wide * 0.95, rng.uniform(0.7, 0.95))
    tail = [start, ((start[0] + foot) / 2 + rng.uniform(-0.02, 0.1), 0.42), (foot, 0.0)]
    if rng.random() < 0.2:
        # The eye is open, as a quick hand leaves it.
        ring = [(wide * 0.95, low + rng.uniform(0.02, 0.1)), (wide * 0.4, low), (wide * 0.04, 1 - tall / 2), (wide * 0.5, 1.0), (wide * 0.95, 1 - tall / 3)]
    return [ring, tail]


def zero_ring(rng):
    size, base = rng.uniform(0.24, 0.62), rng.uniform(0.06, 0.38)
    wide = size * rng.uniform(0.85, 1.25)
    return [["o", (wide / 2, base + size), (0.0, base + size / 2), (wide / 2, base), (wide, base + size / 2)]]


def zero_dot(rng):
    at = rng.uniform(0.22, 0.5)
    return [[(0.06, at), (0.0601, at + 0.001)]]


def latin(digit):
    def draw(rng):
        j = lambda low, high: rng.uniform(low, high)
        if digit == 0:
            return [["o", (0.3, 1.0), (0.0, 0.5), (0.3, 0.0), (0.6, 0.5)]]
        if digit == 1:
            return [[(j(0.0, 0.15), j(0.7, 0.85)), (0.3, 1.0, 1), (0.3, 0.0)]] + ([[(0.08, 0.0), (0.52, 0.0)]] if rng.random() < 0.4 else [])
        if digit == 2:
            return [[(0.04, 0.76), (0.3, 1.0), (0.56, 0.72), (j(0.3, 0.45), 0.4), (0.02, 0.0, 1), (0.6, 0.0)]]
        if digit == 3:
            return [[(0.05, 0.85), (0.3, 1.0), (0.54, 0.76), (j(0.22, 0.34), 0.53, 1), (0.58, 0.27), (0.3, 0.0), (0.0, 0.16)]]
        if digit == 4:
            return [[(0.42, 0.0), (0.42, 1.0, 1), (0.0, j(0.22, 0.34), 1), (0.62, 0.28)]]
        if digit == 5:
            return [[(0.54, 1.0, 0), (0.12, 1.0, 1), (0.08, 0.52, 1), (0.34, 0.62), (0.58, 0.32), (0.3, 0.0), (0.0, 0.12)]]
        if digit == 6:
            return [[(0.5, j(0.92, 1.0)), (0.2, 0.8), (0.02, 0.36), (0.3, 0.0), (0.58, 0.3), (0.3, 0.58), (0.06, 0.36)]]
        if digit == 7:
            return [[(0.0, 1.0), (0.58, 1.0, 1), (0.36, 0.5), (j(0.12, 0.26), 0.0)]]
        if digit == 8:
            return [["o", (0.3, 1.0), (0.06, 0.77), (0.3, 0.53), (0.58, 0.26), (0.3, 0.0), (0.02, 0.26), (0.3, 0.53), (0.54, 0.77)]]
        return [[(0.1, j(0.0, 0.08)), (0.4, 0.2), (0.58, 0.64), (0.3, 1.0), (0.02, 0.7), (0.3, 0.42), (0.54, 0.64)]]

    return draw


def shapes(rng) -> dict:
    """Which shape each figure of a face has, by code point."""
    five = five_persian
    shared = {1: one, 2: two, 3: three, 7: seven, 8: eight, 9: nine}
    roll = rng.random()
    persian = dict(shared)
    persian[0] = zero_ring if rng.random() < 0.78 else zero_dot
    persian[4] = four_persian if roll < 0.8 else four_urdu if roll < 0.92 else four_arabic
    persian[5] = five if rng.random() < 0.86 else five_arabic
    roll = rng.random()
    persian[6] = six_persian if roll < 0.8 else six_urdu if roll < 0.92 else six_arabic
    if rng.random() < 0.1:
        persian[7] = seven_urdu
    arabic = dict(shared) | {0: zero_dot, 4: four_arabic, 5: five_arabic, 6: six_arabic}
    if rng.random() < 0.15:
        arabic[0] = zero_ring
    out = {}
    for digit in range(10):
        out[0x6F0 + digit] = persian[digit]
        out[0x660 + digit] = arabic[digit]
        out[0x30 + digit] = latin(digit)
    return out


# --- the pen ---


def smooth(stroke):
    """The stroke's points joined by curves that go through them; straight into and out of corners."""
    closed = stroke[0] == "o"
    points = stroke[1:] if closed else stroke
    at = [np.array(p[:2], float) for p in points]
    corner = [len(p) > 2 and p[2] == 1 for p in points]
    count = len(at)
    out = []
    for i in range(count if closed else count - 1):
        a, b = at[i], at[(i + 1) % count]
        before = at[i - 1] if (closed or i > 0) and not corner[i] else a
        after = at[(i + 2) % count] if (closed or i + 2 < count) and not corner[(i + 1) % count] else b
        for t in np.linspace(0, 1, 9)[:-1]:
            m0, m1 = (b - before) / 2, (after - a) / 2
            h = (2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t, -2 * t**3 + 3 * t**2, t**3 - t**2)
            out.append(h[0] * a + h[1] * m0 + h[2] * b + h[3] * m1)
    out.append(at[0] if closed else at[-1])
    return np.array(out)


def hull(points):
    points = sorted(map(tuple, points))

    def half(points):
        side = []
        for p in points:
            while len(side) >= 2 and (side[-1][0] - side[-2][0]) * (p[1] - side[-2][1]) <= (side[-1][1] - side[-2][1]) * (p[0] - side[-2][0]):
                side.pop()
            side.append(p)
        return side[:-1]

    return half(points) + half(points[::-1])


def joined(polygons):
    pen = pyclipper.Pyclipper()
    for polygon in polygons:
        if len(polygon) > 2:
            try:
                pen.AddPath([(int(round(x * GRID)), int(round(y * GRID))) for x, y in polygon], pyclipper.PT_SUBJECT, True)
            except pyclipper.ClipperException:
                continue  # nothing is left of it on the grid
    try:
        whole = pen.Execute(pyclipper.CT_UNION, pyclipper.PFT_NONZERO, pyclipper.PFT_NONZERO)
    except pyclipper.ClipperException:
        return []
    return [p for p in pyclipper.CleanPolygons(whole, GRID * 0.9) if len(p) > 2]


def thicker(paths, by):
    if abs(by) < 0.5:
        return paths
    pen = pyclipper.PyclipperOffset()
    pen.AddPaths(paths, pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
    return pen.Execute(by * GRID)


class Nib:
    def __init__(self, rng):
        self.wide = float(np.exp(rng.uniform(np.log(38), np.log(190))))
        self.thin = 1.0 if rng.random() < 0.35 else rng.uniform(0.22, 0.95)
        self.turn = rng.uniform(-0.2, math.pi) if rng.random() < 0.8 else rng.choice([0.0, math.pi / 2])
        self.round = rng.choice([2.0, 2.0, 3.0, 6.0])
        self.taper = rng.uniform(-0.45, 0.35) if rng.random() < 0.35 else 0.0

    def shape(self, scale):
        t = np.linspace(0, 2 * math.pi, 13)[:-1] + 0.13
        x = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** (2 / self.round) * self.wide / 2 * scale
        y = np.sign(np.sin(t)) * np.abs(np.sin(t)) ** (2 / self.round) * self.wide * self.thin / 2 * scale
        c, s = math.cos(self.turn), math.sin(self.turn)
        return np.stack([x * c - y * s, x * s + y * c], 1)

    def draw(self, line, closed):
        count = len(line)
        sizes = [1.0 if closed else 1.0 + self.taper * (at / max(1, count - 1)) for at in range(count)]
        nibs = [self.shape(size) + point for size, point in zip(sizes, line)]
        return [hull(np.concatenate(pair)) for pair in zip(nibs, nibs[1:])]


def square(points, power):
    """Round figures made more square, or less: away from the middle of each stroke's box."""
    if power == 1.0 or len(points) < 3:
        return points
    low, high = points.min(0), points.max(0)
    half = np.maximum((high - low) / 2, 1e-6)
    unit = (points - (low + high) / 2) / half
    return np.sign(unit) * np.abs(unit) ** power * half + (low + high) / 2


def drawn(rng) -> dict:
    """Outlines and widths of an invented face, by code point."""
    nib = Nib(rng)
    tall = rng.uniform(430, 800)
    aspect = float(np.exp(rng.normal(0.0, 0.22)))
    slant = rng.normal(0.0, 0.06)
    jitter = rng.uniform(0.0, 0.035)
    power = rng.uniform(0.7, 1.05) if rng.random() < 0.4 else 1.0
    nib.wide = min(nib.wide, tall * 0.26)
    sizes = rng.uniform(0.0, 0.12)
    wobble = rng.uniform(0, 14)
    bearing = rng.uniform(20, 90)
    fixed = rng.random() < 0.5
    glyphs = {}
    cached = {}
    for code, shape in shapes(rng).items():
        key = shape if shape.__name__ != "draw" else code
        if key not in cached:
            scale = 1.0 + rng.normal(0.0, sizes)
            scale = float(np.clip(scale, 0.72, 1.25))
            wide = aspect * float(np.clip(1 + rng.normal(0.0, sizes), 0.75, 1.3))
            shift = rng.normal(0.0, wobble)
            polygons = []
            for stroke in shape(rng):
                closed = stroke[0] == "o"
                moved = [p if p == "o" else (p[0] + rng.normal(0, jitter), p[1] + rng.normal(0, jitter)) + tuple(p[2:]) for p in stroke]
                line = square(smooth(moved), power)
                line = np.stack([(line[:, 0] * wide + slant * line[:, 1]) * tall * scale, line[:, 1] * (tall * scale - nib.wide * 0.5) + nib.wide * 0.25 + shift], 1)
                if shape is zero_dot:
                    big = Nib(rng)
                    big.wide, big.taper = max(nib.wide * rng.uniform(1.0, 1.6), tall * 0.13), 0.0
                    big.thin = rng.uniform(0.75, 1.0)
                    polygons += big.draw(line, closed)
                else:
                    polygons += nib.draw(line, closed)
            cached[key] = joined(polygons)
        glyphs[code] = cached[key]
    glyphs |= signs(rng, nib, tall, slant)
    return laid(glyphs, bearing, fixed)


def signs(rng, nib, tall, slant) -> dict:
    """Separators in the face's own stroke."""
    dot = nib.wide * rng.uniform(0.8, 1.35)
    lean = rng.uniform(0.12, 0.5) * tall
    round_ = rng.random() < 0.5

    def spot(x, y, size=dot):
        t = np.linspace(0, 2 * math.pi, 13)[:-1] + math.pi / 4
        if not round_:
            t = t[::3]
        return np.stack([x + np.cos(t) * size / 1.6, y + np.sin(t) * size / 1.6], 1)

    def tail(y, up):
        turn = 1 if up else -1
        line = smooth([(0, y), (rng.uniform(0.0, 0.2) * dot, y + turn * dot * 0.8), (-turn * dot * rng.uniform(0.2, 0.9), y + turn * dot * rng.uniform(1.2, 2.2))])
        return [spot(0, y)] + nib.draw(line * 1.0, False)

    low, high = -rng.uniform(0.0, 0.22) * tall, tall * rng.uniform(0.95, 1.15)
    bar = rng.uniform(0.22, 0.6) * tall
    middle = rng.uniform(0.3, 0.5) * tall
    stroke = lambda a, b: nib.draw(np.linspace(a, b, 6), False)
    return {
        SIGNS["/"]: joined(stroke((0, low), (lean, high))),
        SIGNS["."]: joined([spot(0, dot * 0.55)]),
        SIGNS["-"]: joined(stroke((0, middle), (bar, middle))),
        SIGNS["–"]: joined(stroke((0, middle), (bar * 1.5, middle))),
        SIGNS[":"]: joined([spot(0, dot * 0.55), spot(0, dot * 0.55 + tall * rng.uniform(0.4, 0.65))]),
        SIGNS[","]: joined(tail(dot * 0.4, False)),
        SIGNS["،"]: joined(tail(dot * 0.2, True)),
        SIGNS["٬"]: joined(tail(tall * rng.uniform(0.6, 0.95), rng.random() < 0.4)),
        SIGNS["٫"]: joined(stroke((lean * 0.3, tall * 0.18), (0, -tall * rng.uniform(0.1, 0.3)))),
    }


# --- faces that exist, bent ---


class Flat(BasePen):
    """Contours as polygons."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.paths = []

    def _moveTo(self, p):
        self.paths.append([p])

    def _lineTo(self, p):
        self.paths[-1].append(p)

    def _curveToOne(self, a, b, c):
        s = self.paths[-1][-1]
        for t in np.linspace(0, 1, 7)[1:]:
            u = 1 - t
            self.paths[-1].append(tuple(u**3 * np.array(s) + 3 * u * u * t * np.array(a) + 3 * u * t * t * np.array(b) + t**3 * np.array(c)))

    def _closePath(self):
        pass

    _endPath = _closePath


def dense(path, step):
    """A polygon with a point every `step` units at least, so that it can bend."""
    out = []
    for a, b in zip(path, path[1:] + path[:1]):
        count = max(1, int(math.dist(a, b) / step))
        out += [tuple(np.array(a) + (np.array(b) - np.array(a)) * i / count) for i in range(count)]
    return np.array(out, float)


def bent(rng, font) -> dict | None:
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    scale = UNITS / font["head"].unitsPerEm
    strength = rng.uniform(8, 34)
    weight = rng.uniform(-9, 16)
    sizes, turns = rng.uniform(0.02, 0.13), rng.uniform(0.0, 0.09)
    aspect, slant = float(np.exp(rng.normal(0.0, 0.14))), rng.normal(0.0, 0.08)
    out, known = {}, {}
    codes = [c for base in (0x6F0, 0x660, 0x30) for c in range(base, base + 10)] + list(SIGNS.values())
    for code in codes:
        if code not in cmap:
            continue
        name = cmap[code]
        if name not in known:
            pen = Flat(glyphs)
            glyphs[name].draw(pen)
            waves = rng.uniform(0.004, 0.014, (3, 2)), rng.uniform(0, 6.3, (3, 2)), rng.normal(0, strength / 2, (3, 2))
            grow, turn = np.clip(rng.normal(1.0, sizes, 2), 0.7, 1.35), rng.normal(0, turns)
            shift = rng.normal(0, 10)
            paths = []
            for path in pen.paths:
                p = dense(path, 28 / scale) * scale
                middle = np.array([p[:, 0].mean(), 300.0])
                q = p.copy()
                for (fx, fy), (px, py), (ax, ay) in zip(*waves):
                    q[:, 0] += ax * np.sin(p[:, 1] * fy + py)
                    q[:, 1] += ay * np.sin(p[:, 0] * fx + px)
                q = (q - middle) * grow * (aspect, 1.0)
                c, s = math.cos(turn), math.sin(turn)
                q = np.stack([q[:, 0] * c - q[:, 1] * s, q[:, 0] * s + q[:, 1] * c], 1) + middle
                q[:, 0] += slant * q[:, 1]
                q[:, 1] += shift
                paths.append(q)
            known[name] = thicker(joined(paths), weight)
        out[code] = known[name]
    if not all(0x6F0 + d in out for d in range(10)):
        return None
    return laid(out, rng.uniform(15, 70), False)


# --- files ---


def laid(glyphs, bearing, fixed) -> dict:
    """Outlines moved to their left bearing, each with its width."""
    boxes = {code: (min(x for p in paths for x, _ in p), max(x for p in paths for x, _ in p)) for code, paths in glyphs.items() if paths}
    widest = max((high - low for code, (low, high) in boxes.items() if code > 0x2F), default=0) / GRID
    out = {}
    for code, (low, high) in boxes.items():
        wide = (high - low) / GRID
        digit = chr(code).isdigit()
        room = (widest - wide) / 2 if fixed and digit else 0.0
        move = bearing + room - low / GRID
        out[code] = ([[(x / GRID + move, y / GRID) for x, y in path] for path in glyphs[code]], wide + 2 * (bearing + room))
    return out


def write(path: Path, family: str, glyphs: dict):
    names = {code: f"u{code:04X}" for code in glyphs}
    build = FontBuilder(UNITS, isTTF=True)
    build.setupGlyphOrder([".notdef", "space", *names.values()])
    build.setupCharacterMap({0x20: "space"} | names)
    drawn_, widths = {}, {".notdef": (300, 0), "space": (280, 0)}
    for name in (".notdef", "space"):
        drawn_[name] = TTGlyphPen(None).glyph()
    for code, (paths, wide) in glyphs.items():
        pen = TTGlyphPen(None)
        for p in paths:
            points = [(round(x), round(y)) for x, y in p]
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()
        drawn_[names[code]] = pen.glyph()
        widths[names[code]] = (round(wide), 0)
    build.setupGlyf(drawn_)
    for name, glyph in build.font["glyf"].glyphs.items():
        widths[name] = (widths[name][0], getattr(glyph, "xMin", 0) or 0)
    build.setupHorizontalMetrics(widths)
    build.setupHorizontalHeader(ascent=900, descent=-300)
    build.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family.replace(" ", "")})
    build.setupOS2(sTypoAscender=900, sTypoDescender=-300)
    build.setupPost()
    build.save(path)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--count", type=int, default=300)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--faces", type=Path)
    wish = ask.parse_args()
    wish.out.mkdir(parents=True, exist_ok=True)
    files = sorted(p for p in wish.faces.iterdir() if p.suffix in (".ttf", ".otf")) if wish.faces else []
    made = 0
    for at in range(wish.count):
        rng = np.random.default_rng([wish.seed, at])
        if files:
            glyphs = bent(rng, TTFont(files[at % len(files)]))
            name = f"Bent {at:04}"
        else:
            glyphs, name = drawn(rng), f"Invented {at:04}"
        if glyphs:
            write(wish.out / f"{name.replace(' ', '-').lower()}.ttf", name, glyphs)
            made += 1
    print(f"{made} faces in {wish.out}")


if __name__ == "__main__":
    main()
