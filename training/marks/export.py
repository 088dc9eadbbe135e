"""Writes the weights of the finder of marks into the program, and what both programs must agree on.

    python export.py --work DIR --out intake/src/read/marks

`weights.bin`: half-precision arrays, see `intake/src/net/weights.rs`. `agreement.json`: what some cells say of a page that
any program can draw for itself, computed here from the same rounded weights.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import descent
from network import answers


def page(width: int = 200, height: int = 136) -> np.ndarray:
    """A page of even bytes: rings and bars in three colours."""
    y, x = np.mgrid[0:height, 0:width]
    ring = (((x - 90) ** 2 + (y - 60) ** 2) // 150) % 3 == 0
    bars = (x * 3 + y * 5) % 23 < 5
    return np.stack([np.where(ring, 60, 250), np.where(bars, 110, 240), np.where(ring & bars, 30, 245)], -1).astype(np.uint8)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    wish = ask.parse_args()
    params = descent.export(wish.work / "checkpoint.npz", wish.out / "weights.bin")
    ink = np.clip(1 - page().astype(np.float32) / 250, -0.1, 1.0)
    said = np.asarray(answers(params, ink[None]))[0]
    rows, columns = said.shape[:2]
    cells = [[int(y), int(x), [round(float(v), 3) for v in said[y, x].ravel()]] for y in range(0, rows, 3) for x in range(0, columns, 4)]
    case = {"rows": rows, "columns": columns, "cells": cells}
    (wish.out / "agreement.json").write_text(json.dumps(case, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
