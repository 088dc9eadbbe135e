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
    return np.clip((np.float32(paper) - grey.astype(np.float32)) / np.float32(span), -0.25, 1.25)


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


class Lines:
    """One or more folders, resized once and kept beside them."""

    def __init__(self, folders: list[Path]):
        self.grey: list[np.ndarray] = []
        self.truth: list[dict] = []
        for folder in folders:
            truths = [json.loads(line) for line in (folder / "lines.jsonl").read_text("utf-8").splitlines()]
            kept = folder / "resized.npz"
            if kept.exists():
                packed = np.load(kept)
                pixels, widths = packed["pixels"], packed["widths"]
            else:
                raw = np.memmap(folder / "lines.bin", np.uint8, "r")
                images = []
                for truth in truths:
                    size = truth["width"] * truth["height"]
                    crop = raw[truth["offset"] : truth["offset"] + size].reshape(truth["height"], truth["width"])
                    images.append(resized(crop))
                pixels = np.concatenate([image.ravel() for image in images])
                widths = np.array([image.shape[1] for image in images])
                np.savez(kept, pixels=pixels, widths=widths)
            at = 0
            for truth, width in zip(truths, widths):
                self.grey.append(pixels[at : at + HEIGHT * width].reshape(HEIGHT, width))
                at += HEIGHT * int(width)
            self.truth += truths
