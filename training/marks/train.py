"""Trains the finder of marks on packed pages, on a processor or on a graphics card; any time resumable.

    python train.py --work DIR --minutes 60 (--pages DIR… | --grow DIR) [--check DIR] [--seed 5]

Keeps `checkpoint.npz` in the work folder and goes on from it. `export.py` writes the weights into the program.
"""

import argparse
import sys
import threading
import time
from pathlib import Path
from queue import Queue

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import descent

import jax
import jax.numpy as jnp
import numpy as np

from looks import TAKEN, wanted, window
from network import answers, boxes, initial
from pages import pack

RATE, WARM = 2e-3, 300
MOST = 8  # marks of a window at most
NEAR = 0.5  # share of windows that are taken around a mark
FOCUS = 1.5  # how much less what is nearly known counts (Lin et al. 2017)
BOX = 1.0


def loss(params, ink, says, target):
    """Surprise of the cells, and of the boxes where there is a mark: the logarithm of what they share."""
    said = answers(params, ink)
    sure = jax.nn.log_sigmoid(said[..., 0])
    unsure = jax.nn.log_sigmoid(-said[..., 0])
    is_mark, none = says == 1, says == 0
    marks = is_mark.sum() + 1.0
    cells = jnp.where(is_mark, -sure * jnp.exp(unsure) ** FOCUS, 0.0) + jnp.where(none, -unsure * jnp.exp(sure) ** FOCUS, 0.0)
    told = boxes(said)
    side = lambda low: jnp.minimum(told[..., low + 2], target[..., low + 2]) - jnp.maximum(told[..., low], target[..., low])
    both = jnp.maximum(side(0), 0.0) * jnp.maximum(side(1), 0.0)
    size = lambda box: (box[..., 2] - box[..., 0]) * (box[..., 3] - box[..., 1])
    shared = (both + 1.0) / (size(told) + size(target) - both + 1.0)
    return cells.sum() / marks, jnp.where(is_mark, -jnp.log(shared), 0.0).sum() / marks


@jax.jit
def advance(state, rate, key, pixels, papers, placed, known):
    """One step on windows seen anew."""
    ink, moved, known = window(jax.random.fold_in(key, state[4]), pixels, papers, placed, known)
    says, target = wanted(moved, known)

    def total(params):
        cells, shares = loss(params, ink, says, target)
        return cells + BOX * shares, (cells, shares)

    (_, parts), slope = jax.value_and_grad(total, has_aux=True)(state[0])
    return descent.stepped(state, slope, rate), jnp.stack(parts)


class Pages:
    """Packed pages of many folders; more may be added while windows are taken."""

    def __init__(self):
        self.known, self.pages, self.near = set(), [], []

    def add(self, packed: Path):
        if packed in self.known:
            return
        self.known.add(packed)
        arrays = np.load(packed)
        pixels, start = arrays["pixels"], 0
        for at, ((rows, columns), paper) in enumerate(zip(arrays["sizes"], arrays["papers"])):
            end = start + int(rows) * int(columns) * 3
            marks = arrays["boxes"][arrays["boxes"][:, 0] == at, 1:]
            if len(marks):
                self.near.append(len(self.pages))
            self.pages.append((pixels[start:end].reshape(rows, columns, 3), paper, marks))
            start = end

    def windows(self, rng, count: int):
        pixels = np.empty((count, TAKEN, TAKEN, 3), np.uint8)
        papers = np.empty((count, 3), np.float32)
        placed = np.zeros((count, MOST, 5), np.float32)
        known = np.zeros((count, MOST), bool)
        for row in range(count):
            near = rng.random() < NEAR and self.near
            page, paper, marks = self.pages[rng.choice(self.near) if near else rng.integers(len(self.pages))]
            rows, columns = page.shape[:2]
            x, y = rng.uniform(0, columns), rng.uniform(0, rows)
            if near:
                mark = marks[rng.integers(len(marks))]
                x, y = (mark[1] + mark[3]) / 2 + rng.uniform(-200, 200), (mark[2] + mark[4]) / 2 + rng.uniform(-200, 200)
            left, top = int(x) - TAKEN // 2, int(y) - TAKEN // 2
            # Beyond the page lies paper, or a desk of any brightness.
            pixels[row] = paper.astype(np.uint8) if rng.random() < 0.5 else rng.integers(0, 256)
            x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + TAKEN, columns), min(top + TAKEN, rows)
            pixels[row, y0 - top : y1 - top, x0 - left : x1 - left] = page[y0:y1, x0:x1]
            papers[row] = paper
            for at, mark in enumerate(marks[:MOST]):
                placed[row, at] = [mark[0], mark[1] - left, mark[2] - top, mark[3] - left, mark[4] - top]
                known[row, at] = True
        return pixels, papers, placed, known


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--pages", nargs="*", type=Path, default=[])
    ask.add_argument("--grow", type=Path, help="take in every packed folder that appears here")
    ask.add_argument("--least", type=int, default=1, help="pages to wait for")
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--minutes", type=float, default=60, help="the rate falls to nothing towards their end")
    ask.add_argument("--windows", type=int, default=8, help="of a batch")
    ask.add_argument("--seed", type=int, default=5)
    ask.add_argument("--rate", type=float, default=RATE)
    wish = ask.parse_args()
    wish.work.mkdir(parents=True, exist_ok=True)
    kept = wish.work / "checkpoint.npz"
    state = descent.resumed(kept, initial(wish.seed))
    pages, queue = Pages(), Queue(4)

    def look():
        for packed in sorted(wish.grow.glob("*/packed.npz")) if wish.grow else []:
            pages.add(packed)

    def feed(at):
        rng, looked = np.random.default_rng([wish.seed, int(state[4]), at]), time.monotonic()
        while True:
            if at == 0 and time.monotonic() - looked > 10:
                look()
                looked = time.monotonic()
            queue.put(pages.windows(rng, wish.windows))

    start = time.monotonic()
    for folder in wish.pages:
        pages.add(pack(folder))
    while len(pages.pages) < wish.least:
        time.sleep(1)
        look()
    for at in range(2):
        threading.Thread(target=feed, args=(at,), daemon=True).start()
    key, values, spoke, saved = jax.random.key(wish.seed), [], time.monotonic(), time.monotonic()
    while True:
        share = (time.monotonic() - start) / (60 * wish.minutes)
        rate = descent.rate_at(wish.rate, int(state[4]), WARM, share)
        state, value = advance(state, rate, key, *queue.get())
        values.append(value)
        if len(values) % 10 == 0 and time.monotonic() - spoke > 15:
            cells, shares = np.mean([np.asarray(value) for value in values], 0)
            step = int(state[4])
            print(f"{share * wish.minutes:6.2f} min  step {step}  rate {rate:.5f}  cells {cells:.4f}  boxes {shares:.4f}  {len(pages.pages)} pages", flush=True)
            values, spoke = [], time.monotonic()
        over = share >= 1.0
        if over or time.monotonic() - saved > 60:
            descent.save(state, kept)
            saved = time.monotonic()
        if over:
            return


if __name__ == "__main__":
    sys.exit(main())
