"""Draws pieces of lines of machine-readable zones, as a scanner or a phone sees them, for the reader of zones.

    python draw.py --fonts DIR --out DIR --count 40000 --seed 1

The zone of an identity paper (ICAO Doc 9303, part 3) is set in OCR-B at a fixed step, on ground that is printed with
lines and waves; cheap papers and specimens use other faces of fixed step. A piece is a stretch of a line, since the
reader looks along lines only. The folder has the form of `sanad-samples lines`: `lines.jsonl` and `lines.bin`.
"""

import argparse
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
BIG = 44  # type size a line is drawn at, pixels; what a camera loses is lost afterwards


def letters(rng, count: int, signs: str) -> str:
    return "".join(signs[i] for i in rng.integers(0, len(signs), count))


def text(rng) -> str:
    """A stretch of a zone: names, numbers, days, fillers, or any signs at all."""
    parts = []
    wanted = int(rng.integers(7, 24))
    while sum(map(len, parts)) < wanted:
        roll = rng.random()
        if roll < 0.22:
            parts.append(letters(rng, int(rng.integers(2, 10)), LETTERS) + "<" * int(rng.choice([1, 1, 2])))
        elif roll < 0.50:
            parts.append(letters(rng, int(rng.integers(3, 12)), DIGITS))
        elif roll < 0.60:
            parts.append(letters(rng, 6, DIGITS) + str(rng.integers(0, 10)) + str(rng.choice(["M", "F", "<"])))
        elif roll < 0.72:
            parts.append(letters(rng, int(rng.integers(1, 4)), LETTERS) + letters(rng, int(rng.integers(4, 9)), DIGITS))
        elif roll < 0.84:
            parts.append("<" * int(rng.integers(1, 16)))
        elif roll < 0.90:
            parts.append(str(rng.choice(["P<", "V<", "I<", "ID", "C<", "A<", "AC"])) + letters(rng, 3, LETTERS))
        else:
            parts.append(letters(rng, int(rng.integers(2, 8)), LETTERS + DIGITS + "<"))
    return "".join(parts)[:wanted]


def set_line(rng, font, said: str, step: float, weight: int) -> Image.Image:
    """White signs on black, each in the middle of its place; a little unevenly, as printers do."""
    wide = int(step * len(said)) + BIG
    picture = Image.new("L", (wide, BIG * 2), 0)
    pen = ImageDraw.Draw(picture)
    uneven = rng.random() < 0.25
    for at, sign in enumerate(said):
        x = BIG / 2 + step * (at + 0.5)
        y = 1.45 * BIG + (rng.normal(0, 0.02 * BIG) if uneven else 0)
        if uneven:
            x += rng.normal(0, 0.015 * BIG)
        pen.text((x, y), sign, font=font, fill=255, anchor="ms")
    if weight > 0:
        picture = picture.filter(ImageFilter.MaxFilter(2 * weight + 1))
    elif weight < 0:
        picture = picture.filter(ImageFilter.MinFilter(-2 * weight + 1))
    return picture


def ground(rng, height: int, width: int) -> np.ndarray:
    """Paper, 0 dark to 1 white: even, a slope of light, waves of fine lines, blotches."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    out = np.full((height, width), rng.uniform(0.6, 1.0), np.float32)
    out += rng.normal(0, 0.1) * (x / width - 0.5) + rng.normal(0, 0.06) * (y / height - 0.5)
    for _ in range(int(rng.choice([0, 0, 1, 2, 4]))):
        angle, period = rng.uniform(0, np.pi), rng.uniform(5, 60)
        bend = rng.uniform(0, 14) * np.sin(x / rng.uniform(20, 160) + rng.uniform(0, 6))
        wave = np.sin((x * np.cos(angle) + y * np.sin(angle) + bend) * 2 * np.pi / period + rng.uniform(0, 6))
        out -= rng.uniform(0.02, 0.22) * (wave > rng.uniform(0.2, 0.9))
    if rng.random() < 0.3:
        rough = rng.random((height // 24 + 2, width // 24 + 2)).astype(np.float32)
        rough = np.asarray(Image.fromarray(rough).resize((width, height), Image.Resampling.BICUBIC))
        out += rng.uniform(0.05, 0.3) * (rough - 0.5)
    return out


def turned(rng, ink: Image.Image) -> Image.Image:
    """Stretched, slanted, a little turned."""
    wide, tall = rng.uniform(0.8, 1.25), rng.uniform(0.9, 1.1)
    slant, turn = rng.normal(0, 0.05), rng.normal(0, 0.007)
    w, h = int(ink.width * wide), int(ink.height * tall)
    matrix = (1 / wide, slant, -slant * h / 2, turn, 1 / tall, -turn * w / 2)
    return ink.transform((w, h), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)


def piece(rng, fonts) -> tuple[np.ndarray, str, str, bool]:
    name, font = fonts[int(rng.choice(len(fonts), p=[share for _, _, share in fonts]))][:2]
    said = text(rng)
    # OCR-B is set at 2.54 mm for letters of 2.4 mm or so; others go by their own width.
    step = font.getlength("0") * (rng.uniform(0.94, 1.2) if rng.random() < 0.5 else 1.0)
    ink = turned(rng, set_line(rng, font, said, step, int(rng.choice([0, 0, 0, 0, 1, -1]))))
    mask = np.asarray(ink)
    rows, columns = np.where(mask.max(1) > 60)[0], np.where(mask.max(0) > 60)[0]
    if rows.size < 4 or columns.size < 4:
        return piece(rng, fonts)
    # Height of the letters, not of what a turn makes of the line.
    high = float(font.getbbox("H", anchor="ms")[3] - font.getbbox("H", anchor="ms")[1])
    above, below = rng.uniform(0.05, 0.75, 2) * high
    top, bottom = int(rows[0] - above), int(rows[-1] + below)
    left, right = int(columns[0] - rng.uniform(0.1, 1.2) * high), int(columns[-1] + rng.uniform(0.1, 1.2) * high)
    height, width = bottom - top, right - left
    shown = Image.new("L", (width, height), 0)
    shown.paste(ink, (-left, -top))
    # The line above or below looks in, cut off.
    clutter = rng.random() < 0.35
    if clutter:
        other = set_line(rng, font, letters(rng, len(said) + 4, LETTERS + DIGITS + "<<<<"), step, 0)
        down = (1 if rng.random() < 0.5 else -1) * (height / 2 + rng.uniform(0.42, 0.9) * high)
        whole = Image.new("L", shown.size, 0)
        whole.paste(other, (int(rng.integers(-60, 10)), int(height / 2 - 1.45 * BIG + high / 2 + down)))
        shown = Image.fromarray(np.maximum(np.asarray(shown), np.asarray(whole)))
    paper = ground(rng, height, width)
    strength = np.asarray(shown, np.float32) / 255
    dark = rng.uniform(0.0, 0.35)
    light = paper * (1 - strength) + np.minimum(paper, dark) * strength
    if rng.random() < 0.15:
        light += rng.uniform(0.1, 0.5) * np.exp(-(((np.arange(width) - rng.uniform(0, width)) / (0.1 * width + 20)) ** 2))
    seen = Image.fromarray((np.clip(light, 0, 1) * 255).astype(np.uint8))
    # What the camera leaves of it: letters of 7 to 34 pixels.
    pixels = float(np.exp(rng.uniform(np.log(7.5), np.log(34))))
    scale = pixels / high
    small = (max(10, int(width * scale)), max(7, int(height * scale)))
    seen = seen.filter(ImageFilter.GaussianBlur(max(0.01, rng.uniform(0.3, 0.6) / scale)))
    seen = seen.resize(small, Image.Resampling.BOX if rng.random() < 0.5 else Image.Resampling.BICUBIC)
    blur = abs(rng.normal(0, 0.45)) * min(1.0, pixels / 16)
    seen = seen.filter(ImageFilter.GaussianBlur(blur)) if blur > 0.1 else seen
    grey = np.asarray(seen, np.float32)
    low, high_tone = rng.uniform(0, 60), rng.uniform(150, 255)
    grey = low + grey / 255 * (high_tone - low) + rng.normal(0, abs(rng.normal(0, 5)), grey.shape)
    seen = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if rng.random() < 0.5:
        kept = io.BytesIO()
        seen.save(kept, "JPEG", quality=int(rng.integers(25, 95)))
        seen = Image.open(kept).convert("L")
    clean = pixels > 16 and blur < 0.6 and not clutter
    return np.asarray(seen), said, name, clean


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--fonts", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--count", type=int, default=40000)
    ask.add_argument("--seed", type=int, default=1)
    wish = ask.parse_args()
    files = sorted(path for path in wish.fonts.iterdir() if path.suffix in (".ttf", ".otf"))
    zone = [path for path in files if path.name.startswith("OCRB")]
    shares = {path: (0.72 / len(zone) if path in zone else 0.28 / (len(files) - len(zone))) for path in files}
    fonts = [(path.stem, ImageFont.truetype(str(path), BIG), share) for path, share in shares.items()]
    rng = np.random.default_rng(wish.seed)
    wish.out.mkdir(parents=True, exist_ok=True)
    offset = 0
    with open(wish.out / "lines.jsonl", "w") as truths, open(wish.out / "lines.bin", "wb") as pixels:
        for _ in range(wish.count):
            grey, said, face, clean = piece(rng, fonts)
            truth = {"text": said, "face": face, "clean": bool(clean), "offset": offset}
            truth |= {"width": grey.shape[1], "height": grey.shape[0]}
            truths.write(json.dumps(truth) + "\n")
            pixels.write(grey.tobytes())
            offset += grey.size


if __name__ == "__main__":
    main()
