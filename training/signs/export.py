"""Writes the weights of the eye for signs into the program, and what both programs must agree on.

    python export.py --work DIR --out intake/src/ocr/signs

`weights.bin`: half-precision arrays, see `intake/src/net/weights.rs`. `agreement.json`: what is said of looks that any
program can draw for itself, computed here from the same rounded weights.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import descent
from network import SIDE
from train import told


def drawn(seed: int) -> np.ndarray:
    """A look of even bytes: rings and bars."""
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    ring = (((x - 20) ** 2 + (y - 18) ** 2) // (60 + 9 * seed)) % 3 == 1
    bars = (x * (2 + seed) + y * 5) % 23 < 6
    return np.where(ring, 15, np.where(bars, 135, 255)).astype(np.uint8)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    wish = ask.parse_args()
    params = descent.export(wish.work / "checkpoint.npz", wish.out / "weights.bin")
    cases = []
    for first, second, usual in [(0, 0, 0.02), (0, 1, 0.05), (1, 2, 0.1), (3, 2, 0.04), (4, 4, 0.08)]:
        looks = np.stack([drawn(first), drawn(second)])[None]
        cases.append([first, second, usual, round(float(told(params, looks, np.float32([usual]))[0]), 3)])
    (wish.out / "agreement.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
