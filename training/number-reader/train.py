"""Trains the reader of numbers, one thread, any time resumable.

    python train.py --lines DIR… --work DIR --minutes 40 [--check DIR] [--seed 3] [--from weights.bin]

With `--from`, a first run starts from exported weights with a fresh rate. Keeps `checkpoint.npz` in the work folder
(weights, both moments of Adam, step) and goes on from it. Writes nothing into the repository: `export.py` does.
"""

import argparse
import os
import struct
import sys
import time
from pathlib import Path

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import jax
import jax.numpy as jnp
import numpy as np

from lines import END, HEIGHT, PAD, Lines, classes, ink, spoken
from network import SIZES, ctc, initial, logits, widened

BUCKETS = [128, 192, 288, 420]  # columns, bare paper included
COLUMNS = 3200  # columns of a batch, all lines together
LABELS = [18, 26, 34, 46]  # most classes a bucket's lines may say
RATE, WARM, DECAY = 2.5e-3, 200, 1e-4


def arranged(lines: Lines, rng, easy: int = 0):
    """Batches of an epoch: lines of like width together, in any order; `easy` batches of short ones first, while
    the network hears nothing yet."""
    places = [[] for _ in BUCKETS]
    for at, (grey, truth) in enumerate(zip(lines.grey, lines.truth)):
        columns, said = grey.shape[1] + 2 * PAD, len(classes(truth["text"]))
        bucket = next((b for b, most in enumerate(BUCKETS) if columns <= most), None)
        # Each class needs a column of its own, and like ones a blank between them.
        if bucket is not None and said <= LABELS[bucket] and 2 * said + 2 <= columns // 2:
            places[bucket].append(at)
    batches = []
    for bucket, members in enumerate(places):
        size = COLUMNS // BUCKETS[bucket]
        members = rng.permutation(members)
        batches += [(bucket, members[at : at + size]) for at in range(0, len(members) - size + 1, size)]
    order = [batches[at] for at in rng.permutation(len(batches))]
    if easy:
        short = [batch for batch in order if batch[0] < 2][:easy]
        taken = {id(batch[1]) for batch in short}
        order = short + [batch for batch in order if id(batch[1]) not in taken]
    return order


def seen(lines: Lines, bucket: int, members, rng=None):
    """A batch; with a generator, its contrast, noise and stretch a little changed."""
    columns = BUCKETS[bucket]
    x = np.zeros((len(members), HEIGHT, columns), np.float32)
    frames = np.zeros(len(members), np.int32)
    labels = np.zeros((len(members), LABELS[bucket]), np.int32)
    lengths = np.zeros(len(members), np.int32)
    for row, at in enumerate(members):
        line = ink(lines.grey[at])
        if rng is not None:
            line = changed(warped(line, rng, columns - PAD), rng)
        width = line.shape[1]
        room = columns - width
        left = PAD if rng is None else int(rng.integers(PAD // 2, max(PAD // 2, min(room - PAD // 2, 24)) + 1))
        x[row, :, left : left + width] = line
        frames[row] = (min(left + width + PAD, columns) + 1) // 2
        said = classes(lines.truth[at]["text"])
        labels[row, : len(said)] = said
        lengths[row] = len(said)
    return x, frames, labels, lengths


def warped(line, rng, most: int):
    """The line as another hand might have drawn it: stretched, slanted, wavy, its strokes thicker or thinner. Faces
    differ in more ways than there are faces to learn from; `most` is the room the bucket has."""
    if rng.random() < 0.25:
        return line
    height, width = line.shape
    wide = float(np.clip(rng.normal(1.0, 0.1), 0.82, 1.25))
    out_width = max(8, min(most, int(width * wide)))
    rows = np.arange(height, dtype=np.float32)[:, None] - height / 2
    columns = np.arange(out_width, dtype=np.float32)[None, :]
    tall = float(np.clip(rng.normal(1.0, 0.08), 0.8, 1.2))
    wave = rng.uniform(0, 1.2) * np.sin(columns / rng.uniform(6, 40) + rng.uniform(0, 6.3))
    sway = rng.uniform(0, 1.0) * np.sin(rows / rng.uniform(3, 12) + columns / rng.uniform(8, 40) + rng.uniform(0, 6.3))
    y = np.clip(rows / tall + height / 2 + wave + rng.uniform(-1.5, 1.5), 0, height - 1.001)
    slant = rng.normal(0.0, 0.07)
    x = np.clip(columns * (width / out_width) + slant * rows + sway, 0, width - 1.001)
    y, x = np.broadcast_arrays(y, x)
    top, left = y.astype(np.int32), x.astype(np.int32)
    down, across = y - top, x - left
    flat = np.concatenate([line, line[-1:]]).ravel()
    at = top * width + left
    after = np.minimum(at + 1, flat.size - 1)
    above = flat[at] * (1 - across) + flat[after] * across
    below_at = np.minimum(at + width, flat.size - 1)
    below = flat[below_at] * (1 - across) + flat[np.minimum(below_at + 1, flat.size - 1)] * across
    line = (above * (1 - down) + below * down).astype(np.float32)
    roll = rng.random()
    if roll < 0.3:
        # Strokes grow or shrink by a part of a pixel, along or across the line.
        other = np.roll(line, 1 if rng.random() < 0.5 else -1, int(rng.integers(0, 2)))
        pick = np.maximum if roll < 0.17 else np.minimum
        share = np.float32(rng.uniform(0.2, 1.0))
        line = line * (1 - share) + pick(line, other) * share
    return line


def changed(line, rng):
    """Cheap harm on top of the generator's: tone, grain, a shift up or down, a dropped patch, a softer picture."""
    roll = rng.random(6)
    if roll[0] < 0.4:
        line = np.clip(line, 0, 1.25) ** np.float32(rng.uniform(0.6, 1.6))
    if roll[1] < 0.3:
        line = line + rng.standard_normal(line.shape, np.float32) * np.float32(rng.uniform(0.01, 0.12))
    if roll[2] < 0.35:
        line = np.roll(line, int(rng.integers(-2, 3)), 0)
    if roll[3] < 0.12:
        soft = line.copy()
        soft[:, 1:-1] = (line[:, :-2] + line[:, 1:-1] + line[:, 2:]) / 3
        line = soft
    if roll[4] < 0.5:
        line = line * np.float32(rng.uniform(0.75, 1.15))
    return line


def greedy(scores, frames):
    """Best class of each column, repeats and blanks dropped."""
    out = []
    for row, count in zip(np.argmax(scores, -1), frames):
        row = row[:count]
        kept = row[np.concatenate([[True], row[1:] != row[:-1]])]
        out.append(spoken(kept[kept != 0]))
    return out


def exported(path: Path) -> dict:
    """Arrays of a `weights.bin`, flat."""
    raw = path.read_bytes()
    count, at = struct.unpack_from("<I", raw, 4)[0], 8
    arrays = {}
    for _ in range(count):
        end = at + 1 + raw[at]
        name = raw[at + 1 : end].decode()
        size = struct.unpack_from("<I", raw, end)[0]
        at = end + 4 + 2 * size
        arrays[name] = np.frombuffer(raw[end + 4 : at], "<f2").astype(np.float32)
    return arrays


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--lines", nargs="+", type=Path, required=True)
    ask.add_argument("--check", type=Path)
    ask.add_argument("--only", type=Path, help="check only lines in faces of this folder")
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--minutes", type=float, default=40)
    ask.add_argument("--steps", type=int, default=6000, help="steps the falling rate is laid out for")
    ask.add_argument("--seed", type=int, default=3)
    ask.add_argument("--size", choices=SIZES, default="first")
    ask.add_argument("--from", dest="start", type=Path, help="exported weights to start from")
    ask.add_argument("--rate", type=float, default=RATE)
    ask.add_argument("--cool", type=float, default=0, help="minutes before the end in which the rate falls to nothing")
    wish = ask.parse_args()
    wish.work.mkdir(parents=True, exist_ok=True)
    jax.config.update("jax_compilation_cache_dir", str(wish.work.resolve() / "compiled"))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.5)
    kept = wish.work / "checkpoint.npz"
    params = initial(wish.seed, wish.size)
    if wish.start:
        params = widened(exported(wish.start), wish.seed, wish.size)
    zeros = {name: np.zeros_like(value) for name, value in params.items()}
    first, second, step = dict(zeros), dict(zeros), 0
    if kept.exists():
        packed = np.load(kept)
        step = int(packed["step"])
        params = {name: packed["p/" + name] for name in params}
        first = {name: packed["m/" + name] for name in params}
        second = {name: packed["v/" + name] for name in params}

    def loss(params, x, frames, labels, lengths):
        return ctc(jax.nn.log_softmax(logits(params, x)), frames, labels, lengths)

    @jax.jit
    def advance(params, first, second, step, rate, x, frames, labels, lengths):
        value, slope = jax.value_and_grad(loss)(params, x, frames, labels, lengths)
        size = jnp.sqrt(sum(jnp.sum(g * g) for g in slope.values()))
        scale = jnp.minimum(1.0, 4.0 / (size + 1e-6))
        slope = {name: g * scale for name, g in slope.items()}
        first = {n: 0.9 * m + 0.1 * slope[n] for n, m in first.items()}
        second = {n: 0.99 * v + 0.01 * slope[n] ** 2 for n, v in second.items()}
        a, b = 1 - 0.9 ** (step + 1.0), 1 - 0.99 ** (step + 1.0)
        params = {
            n: p - rate * (first[n] / a / (jnp.sqrt(second[n] / b) + 1e-8) + (DECAY * p if p.ndim > 1 else 0.0))
            for n, p in params.items()
        }
        return params, first, second, value

    read = jax.jit(logits)

    def check(lines: Lines):
        right, clean = [], []
        for bucket, members in arranged(lines, np.random.default_rng(0)):
            x, frames, _, _ = seen(lines, bucket, members)
            for at, text in zip(members, greedy(np.asarray(read(params, x)), frames)):
                right.append(text == lines.truth[at]["text"])
                if lines.truth[at]["clean"]:
                    clean.append(right[-1])
        return np.mean(right), np.mean(clean), len(right)

    start = time.monotonic()
    lines = Lines(wish.lines)
    print(f"{len(lines.grey)} lines after {time.monotonic() - start:.0f} s", flush=True)
    held = Lines([wish.check]) if wish.check else None
    if held and wish.only:
        names = {path.name for path in wish.only.iterdir()}
        pairs = [pair for pair in zip(held.grey, held.truth) if pair[1]["face"] in names]
        held.grey, held.truth = map(list, zip(*pairs))
    values, spoke, epoch, looked = [], time.monotonic(), 0, time.monotonic()

    def save():
        packed = {"step": np.int64(step)}
        for head, tree in (("p/", params), ("m/", first), ("v/", second)):
            packed |= {head + name: np.asarray(value) for name, value in tree.items()}
        part = kept.with_suffix(".part.npz")
        np.savez(part, **packed)
        part.replace(kept)

    while True:
        rng = np.random.default_rng([wish.seed, step, epoch])
        for bucket, members in arranged(lines, rng, 150 if step == 0 else 0):
            share = min(1.0, step / wish.steps)
            rate = wish.rate * min(1.0, (step + 1) / WARM) * (0.5 * (1 + np.cos(np.pi * share)) + 0.01)
            if wish.cool:
                left = wish.minutes - (time.monotonic() - start) / 60
                rate *= max(0.01, min(1.0, left / wish.cool))
            batch = seen(lines, bucket, members, rng)
            params, first, second, value = advance(params, first, second, step, rate, *batch)
            values.append(float(value))
            step += 1
            if time.monotonic() - spoke > 20:
                minutes = (time.monotonic() - start) / 60
                print(f"{minutes:6.1f} min  step {step}  rate {rate:.5f}  loss {np.mean(values):.4f}", flush=True)
                values, spoke = [], time.monotonic()
            over = time.monotonic() - start > wish.minutes * 60 or step >= wish.steps
            if over or time.monotonic() - looked > 240:
                save()
                if held is not None:
                    every, clean, count = check(held)
                    print(f"        step {step}: exact {every:.4f} of {count}, clean {clean:.4f}", flush=True)
                looked = time.monotonic()
            if over:
                return
        epoch += 1


if __name__ == "__main__":
    sys.exit(main())
