"""Folders of lines, as `sanad-samples lines` writes them, brought to what the network sees.

The same steps stand in `intake/src/ocr/number/normalise.rs`; a test there compares both.
"""

import json
import os
from pathlib import Path

import numpy as np

HEIGHT = 32  # rows the network sees
PAD = 8  # columns of bare paper put on either side
# Class 0 is the blank, class 1 is SIGNS[0]. `READER=zone` trains the reader of machine-readable zones instead.
ZONE = os.environ.get("READER") == "zone"
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<" if ZONE else "0123456789/.-:, ABCDEFGHIJKL"
END = 0 if ZONE else SIGNS.index(" ") + 1  # said after each number: two numbers never run together

BUCKETS = [128, 192, 288, 420]  # columns of lines that are read together, bare paper included
LABELS = [18, 26, 34, 46]  # most classes a bucket's lines may say
LEAST, MOST = -0.25, 1.25  # ink, kept in a byte


def taps(length: int, to: int) -> np.ndarray:
    """Weights [to, length] of a triangle filter, widened where the line is made smaller."""
    scale = length / to
    reach = max(scale, 1.0)
    centre = (np.arange(to, dtype=np.float32) + np.float32(0.5)) * np.float32(scale)
    cells = np.arange(length, dtype=np.float32) + np.float32(0.5)
    weights = np.maximum(0.0, 1.0 - np.abs(cells[None, :] - centre[:, None]) / np.float32(reach)).astype(np.float32)
    return weights / weights.sum(1, keepdims=True)


def resized(grey: np.ndarray) -> np.ndarray:
    """A crop at 32 rows, its shape kept; 8 bits again, so that every program has the same values."""
    height, width = grey.shape
    to = max(8, int(width * HEIGHT / height + 0.5))
    down = taps(height, HEIGHT) @ grey.astype(np.float32)
    return np.clip(np.floor(down @ taps(width, to).T + 0.5), 0, 255).astype(np.uint8)


def ink(grey: np.ndarray) -> np.ndarray:
    """Paper 0, ink 1, by the crop's own percentiles; light letters on dark ground are turned round."""
    counts = np.cumsum(np.bincount(grey.ravel(), minlength=256))

    def percentile(share: int) -> int:
        return int(np.searchsorted(counts, (int(counts[-1]) * share + 99) // 100))

    low, middle, high = percentile(2), percentile(50), percentile(98)
    if 2 * middle < low + high:
        grey, low, high = 255 - grey, 255 - high, 255 - low
        counts = np.cumsum(np.bincount(grey.ravel(), minlength=256))
    paper = percentile(80)
    span = max(paper - low, 24)
    return np.clip((np.float32(paper) - grey.astype(np.float32)) / np.float32(span), LEAST, MOST)


def classes(text: str) -> list[int]:
    """What the network has to say, class by class: an end after each number, none after a month."""
    out: list[int] = []
    for word in text.split():
        out += [SIGNS.index(c) + 1 for c in word]
        if not word.isalpha() and END:
            out.append(END)
    return out


def spoken(labels) -> str:
    """Classes back to words."""
    text = ""
    for label in labels:
        sign = SIGNS[label - 1]
        text += f" {sign} " if sign.isalpha() and not ZONE else sign
    return " ".join(text.split())


def bucket_of(columns: int, said: int):
    """The bucket a line is read in; none for one that says more than its columns can."""
    at = next((b for b, most in enumerate(BUCKETS) if columns + 2 * PAD <= most), None)
    # Each class needs a column of its own, and like ones a blank between them.
    fits = at is not None and said <= LABELS[at] and 2 * said + 2 <= (columns + 2 * PAD) // 2
    return at if fits else None


def crops(folder: Path):
    """A folder's lines in their order: what is known of each, and its grey crop."""
    raw = np.memmap(folder / "lines.bin", np.uint8, "r")
    for line in (folder / "lines.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        size = truth["width"] * truth["height"]
        yield truth, np.array(raw[truth["offset"] : truth["offset"] + size]).reshape(truth["height"], truth["width"])


def pack(folder: Path) -> Path:
    """Resizes a folder's lines once and keeps them beside it, lines of like width together."""
    kept = folder / "packed.npz"
    if kept.exists():
        return kept
    members: list[list] = [[] for _ in BUCKETS]
    for truth, crop in crops(folder):
        grey, said = resized(crop), classes(truth["text"])
        bucket = bucket_of(grey.shape[1], len(said))
        if bucket is not None:
            members[bucket].append((ink(grey), said, truth["text"], truth["clean"], truth["face"]))
    arrays = {}
    for bucket, lines in enumerate(members):
        pixels = np.full((len(lines), HEIGHT, BUCKETS[bucket] - 2 * PAD), coded(np.zeros(1))[0], np.uint8)
        labels = np.zeros((len(lines), LABELS[bucket]), np.int8)
        for row, (line, said, *_) in enumerate(lines):
            pixels[row, :, : line.shape[1]] = coded(line)
            labels[row, : len(said)] = said
        arrays |= {
            f"pixels{bucket}": pixels,
            f"labels{bucket}": labels,
            f"widths{bucket}": np.array([line[0].shape[1] for line in lines], np.int32),
            f"lengths{bucket}": np.array([len(line[1]) for line in lines], np.int32),
            f"texts{bucket}": np.array([line[2] for line in lines], "U64"),
            f"clean{bucket}": np.array([line[3] for line in lines], bool),
            f"faces{bucket}": np.array([line[4] for line in lines], "U64"),
        }
    part = folder / "packed.part.npz"
    np.savez(part, **arrays)
    part.replace(kept)
    return kept


def coded(ink_of_line: np.ndarray) -> np.ndarray:
    """Ink in a byte."""
    return np.floor((ink_of_line - LEAST) * (255 / (MOST - LEAST)) + 0.5).astype(np.uint8)


class Lines:
    """Packed lines of many folders by bucket; folders may be added while they are drawn from."""

    FIELDS = ("pixels", "labels", "widths", "lengths", "texts", "clean", "faces")

    def __init__(self):
        self.known: set[Path] = set()
        self.room = [dict() for _ in BUCKETS]
        self.count = [0] * len(BUCKETS)

    def add(self, packed: Path):
        """Takes a packed folder in."""
        if packed in self.known:
            return
        self.known.add(packed)
        arrays = np.load(packed)
        for bucket, room in enumerate(self.room):
            more = {name: arrays[f"{name}{bucket}"] for name in self.FIELDS}
            start, count = self.count[bucket], len(more["widths"])
            for name, values in more.items():
                held = room.get(name)
                if held is None or len(held) < start + count:
                    # Twice the room each time, so that growing costs little.
                    grown = np.zeros((max(2 * start, start + count), *values.shape[1:]), values.dtype)
                    if held is not None:
                        grown[:start] = held[:start]
                    room[name] = held = grown
                held[start : start + count] = values
            self.count[bucket] = start + count

    def total(self) -> int:
        return sum(self.count)

    def shares(self) -> np.ndarray:
        """How often each bucket is drawn from: by its columns."""
        weights = np.array([count * columns for count, columns in zip(self.count, BUCKETS)], float)
        return weights / weights.sum()

    def batch(self, bucket: int, members: np.ndarray) -> tuple:
        """Ink in bytes, widths, labels and their numbers."""
        room = self.room[bucket]
        return tuple(room[name][members] for name in ("pixels", "widths", "labels", "lengths"))
