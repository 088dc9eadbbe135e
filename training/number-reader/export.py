"""Writes the weights into the reader, and the lines on which both programs must agree.

    python export.py --work DIR --lines DIR --out intake/src/ocr/number

`weights.bin`: half-precision arrays, see `weights.rs`. `agreement.json`: a few crops with their resized pixels' sum and
the logits of every eighth column, computed here from the same rounded weights.
"""

import argparse
import json
import struct
from pathlib import Path

import numpy as np

import train
from lines import HEIGHT, PAD, ink, resized
from network import logits


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--lines", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--cases", type=int, default=4)
    ask.add_argument("--name", default="weights.bin", help="name of the weights; cases are written for the default only")
    wish = ask.parse_args()
    packed = np.load(wish.work / "checkpoint.npz")
    params = {name[2:]: packed[name].astype(np.float16) for name in packed.files if name.startswith("e/")}
    out = [b"SNR1", struct.pack("<I", len(params))]
    for name, value in params.items():
        out += [bytes([len(name)]), name.encode(), struct.pack("<I", value.size), value.astype("<f2").tobytes()]
    (wish.out / wish.name).write_bytes(b"".join(out))
    if wish.name != "weights.bin":
        print(f"{sum(value.size for value in params.values())} weights at step {int(packed['step'])}")
        return
    params = {name: value.astype(np.float32) for name, value in params.items()}
    raw = np.memmap(wish.lines / "lines.bin", np.uint8, "r")
    cases = []
    for line in (wish.lines / "lines.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        size = truth["width"] * truth["height"]
        if size > 6000 or not truth["text"]:
            continue
        crop = np.array(raw[truth["offset"] : truth["offset"] + size]).reshape(truth["height"], truth["width"])
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
    count = sum(value.size for value in params.values())
    print(f"{count} weights at step {int(packed['step'])}, {sum(map(len, out))} bytes")


if __name__ == "__main__":
    main()
