"""Writes the weights into the reader, and the lines on which both programs must agree.

    python export.py --work DIR --lines DIR --out intake/src/ocr/number

`weights.bin`: half-precision arrays, see `weights.rs`. `agreement.json`: a few crops with their resized pixels' sum and
the logits of every eighth column, computed here from the same rounded weights.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import descent
import train
from lines import HEIGHT, PAD, crops, ink, resized
from network import logits


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--lines", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--cases", type=int, default=4)
    ask.add_argument("--name", default="weights.bin", help="name of the weights; cases are written for the default only")
    wish = ask.parse_args()
    params = descent.export(wish.work / "checkpoint.npz", wish.out / wish.name)
    if wish.name != "weights.bin":
        return
    cases = []
    for truth, crop in crops(wish.lines):
        if crop.size > 6000 or not truth["text"]:
            continue
        grey = resized(crop)
        x = np.zeros((1, HEIGHT, grey.shape[1] + 2 * PAD), np.float32)
        x[0, :, PAD:-PAD] = ink(grey)
        scores = np.asarray(logits(params, x))[0]
        cases.append(
            {
                "width": truth["width"],
                "pixels": crop.ravel().tobytes().hex(),
                "resized_sum": int(grey.sum()),
                "text": train.greedy(scores[None], [len(scores)])[0],
                "logits": [[round(float(value), 3) for value in row] for row in scores[::8]],
            }
        )
        if len(cases) == wish.cases:
            break
    (wish.out / "agreement.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
