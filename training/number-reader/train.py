"""Trains the reader of numbers, on one thread of a processor or on a graphics card; any time resumable.

    python train.py --lines DIR… --work DIR --minutes 40 [--check DIR] [--seed 3] [--from weights.bin]

With `--from`, a first run starts from exported weights. Keeps `checkpoint.npz` in the work folder (weights, their running
mean, both moments of Adam, step) and goes on from it. With `--grow`, folders that are drawn meanwhile are taken in. Writes
nothing into the repository: `export.py` does.
"""

import argparse
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import descent

import jax
import jax.numpy as jnp
import numpy as np

import hands
from lines import BUCKETS, HEIGHT, LABELS, PAD, Lines, pack, spoken
from network import SIZES, ctc, initial, logits, widened

RATE, WARM = 2.5e-3, 200


def greedy(scores, frames):
    """Best class of each column, repeats and blanks dropped."""
    out = []
    for row, count in zip(np.argmax(scores, -1), frames):
        row = row[:count]
        kept = row[np.concatenate([[True], row[1:] != row[:-1]])]
        out.append(spoken(kept[kept != 0]))
    return out


def loss(params, x, frames, labels, lengths):
    return ctc(jax.nn.log_softmax(logits(params, x)), frames, labels.astype(jnp.int32), lengths)


@jax.jit
def advance(state, rate, key, pixels, widths, labels, lengths):
    """One step on a batch drawn anew."""
    x, frames = hands.changed(jax.random.fold_in(key, state[4]), pixels, widths)
    value, slope = jax.value_and_grad(loss)(state[0], x, frames, labels, lengths)
    return descent.stepped(state, slope, rate), value


def compiled(state, key, wish) -> list:
    """A program for each bucket's shape, made side by side."""

    def shape(value):
        return jax.ShapeDtypeStruct(np.shape(value), value.dtype)

    def of(bucket):
        count = max(1, wish.columns // BUCKETS[bucket])
        pixels = jax.ShapeDtypeStruct((count, HEIGHT, BUCKETS[bucket] - 2 * PAD), np.uint8)
        each = jax.ShapeDtypeStruct((count,), np.int32)
        labels = jax.ShapeDtypeStruct((count, LABELS[bucket]), np.int8)
        rate = jax.ShapeDtypeStruct((), np.float32)
        return advance.lower(jax.tree.map(shape, state), rate, key, pixels, each, labels, each).compile()

    with ThreadPoolExecutor() as pool:
        return list(pool.map(of, range(len(BUCKETS))))


@jax.jit
def read(params, pixels, widths):
    x, frames = hands.placed(pixels, widths)
    return logits(params, x), frames


def check(params, lines: Lines, columns: int, only=None):
    """Shares of lines, and of clean ones, that are exact."""
    right, clean = [], []
    for bucket, count in enumerate(lines.count):
        size = max(1, columns // BUCKETS[bucket])
        for start in range(0, count, size):
            members = np.arange(start, start + size) % count  # one shape for all batches
            pixels, widths, _, _ = lines.batch(bucket, members)
            scores, frames = read(params, pixels, widths)
            room = lines.room[bucket]
            for at, text in list(zip(members, greedy(np.asarray(scores), np.asarray(frames))))[: count - start]:
                if only and room["faces"][at] not in only:
                    continue
                right.append(text == room["texts"][at])
                if room["clean"][at]:
                    clean.append(right[-1])
    return float(np.mean(right)), float(np.mean(clean or [0])), len(right)


class Feed:
    """Batches made ahead by a thread of their own; new folders are taken in between."""

    def __init__(self, wish):
        self.wish, self.lines = wish, Lines()
        self.rng = np.random.default_rng([wish.seed, os.getpid() if wish.grow else 0])
        for folder in wish.lines:
            self.lines.add(pack(folder))
        while self.lines.total() < wish.least:
            time.sleep(1)
            self.look()
        self.queue = Queue(4)
        threading.Thread(target=self.run, daemon=True).start()

    def look(self):
        for packed in sorted(self.wish.grow.glob("*/packed.npz")) if self.wish.grow else []:
            self.lines.add(packed)

    def run(self):
        looked = time.monotonic()
        while True:
            if time.monotonic() - looked > 10:
                self.look()
                looked = time.monotonic()
            bucket = self.rng.choice(len(BUCKETS), p=self.lines.shares())
            size = max(1, self.wish.columns // BUCKETS[bucket])
            members = np.sort(self.rng.integers(0, self.lines.count[bucket], size))
            self.queue.put((bucket, self.lines.batch(bucket, members)))


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--lines", nargs="*", type=Path, default=[])
    ask.add_argument("--grow", type=Path, help="take in every packed folder that appears here")
    ask.add_argument("--least", type=int, default=1, help="lines to wait for")
    ask.add_argument("--check", type=Path)
    ask.add_argument("--only", type=Path, help="check only lines in faces of this folder")
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--minutes", type=float, default=40, help="the rate falls to nothing towards their end")
    ask.add_argument("--columns", type=int, default=3200, help="of a batch, all lines together")
    ask.add_argument("--seed", type=int, default=3)
    ask.add_argument("--size", choices=SIZES, default="first")
    ask.add_argument("--from", dest="start", type=Path, help="exported weights to start from")
    ask.add_argument("--rate", type=float, default=RATE)
    ask.add_argument("--every", type=float, default=240, help="seconds between looks at the lines of --check")
    wish = ask.parse_args()
    wish.work.mkdir(parents=True, exist_ok=True)
    kept = wish.work / "checkpoint.npz"
    params = initial(wish.seed, wish.size)
    if wish.start:
        params = widened(descent.exported(wish.start), wish.seed, wish.size)
    state = descent.resumed(kept, params)
    start = time.monotonic()
    feed = Feed(wish)
    held = Lines()
    if wish.check:
        held.add(pack(wish.check))
    only = {path.name for path in wish.only.iterdir()} if wish.only else None
    print(f"{feed.lines.total()} lines after {time.monotonic() - start:.0f} s", flush=True)
    key, values, spoke, looked = jax.random.key(wish.seed), [], time.monotonic(), time.monotonic()
    steps = compiled(state, key, wish)
    print(f"compiled after {time.monotonic() - start:.0f} s", flush=True)
    while True:
        share = (time.monotonic() - start) / (60 * wish.minutes)
        rate = descent.rate_at(wish.rate, int(state[4]), WARM, share)
        bucket, batch = feed.queue.get()
        state, value = steps[bucket](state, rate, key, *batch)
        values.append(value)
        if len(values) % 20 == 0 and time.monotonic() - spoke > 15:
            mean = np.mean([float(value) for value in values])
            step, lines = int(state[4]), feed.lines.total()
            print(f"{share * wish.minutes:6.2f} min  step {step}  rate {rate:.5f}  loss {mean:.4f}  {lines} lines", flush=True)
            values, spoke = [], time.monotonic()
        over = share >= 1.0
        if over or time.monotonic() - looked > wish.every:
            descent.save(state, kept)
            if held.total():
                every, clean, count = check(state[1], held, wish.columns, only)
                print(f"        step {int(state[4])}: exact {every:.4f} of {count}, clean {clean:.4f}", flush=True)
            looked = time.monotonic()
        if over:
            return


if __name__ == "__main__":
    sys.exit(main())
