"""Trains the eye for signs on places that `evaluate sign-places` wrote; any time resumable.

    python train.py --places DIR… --check DIR… --work DIR --minutes 40

Keeps `checkpoint.npz` in the work folder and goes on from it; where there is none, `--begin weights.bin` goes on from what
the program has. `export.py` writes the weights into the program.
"""

import argparse
import csv
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import descent

import jax
import jax.numpy as jnp
import numpy as np

from network import SIDE, initial, score

RATE, WARM, BATCH = 2e-3, 200, 128
CHECKED = 5000  # places of either answer
UNCLEAR = (0.3, 1.5)  # from here on one sign may be taken for another, and up to here another for the same
WHITE = 255.0
USUAL = 4.0  # brings what is usual between captures near one


class Places:
    """Looks, what is usual, whether the sign is another one, and of which form and pair each place is."""

    def __init__(self, folders):
        looks, rows = [], []
        for folder in folders:
            looks.append(np.fromfile(folder / "looks.bin", np.uint8).reshape(-1, 2, SIDE, SIDE))
            with open(folder / "places.csv", newline="") as lines:
                rows += [dict(row, folder=str(folder)) for row in csv.DictReader(lines)]
        self.looks = np.concatenate(looks)
        self.other = np.array([row["other"] == "1" for row in rows])
        self.usual = np.array([float(row["usual"]) for row in rows], np.float32)
        self.unlike = np.array([float(row["unlike"]) for row in rows], np.float32)
        self.one_paper = np.array([row["one_paper"] == "1" for row in rows])
        self.rows = rows
        assert len(rows) == len(self.looks)

    def some(self, count, seed=1):
        """Keeps so many of either answer, of those that are not plain."""
        rng = np.random.default_rng(seed)
        unclear = np.where(self.other, self.unlike < UNCLEAR[1], self.unlike > UNCLEAR[0])
        kept = [rng.permutation(np.flatnonzero(unclear & (self.other == answer)))[:count] for answer in (False, True)]
        kept = np.sort(np.concatenate(kept))
        for name in ("looks", "other", "usual", "unlike", "one_paper"):
            setattr(self, name, getattr(self, name)[kept])
        self.rows = [self.rows[at] for at in kept]
        return self

    def weights(self):
        """How often each place is taken: both answers alike often, the most unlike of one sign and the least unlike of
        others more often, and every form alike often."""
        hard = np.where(self.other, np.clip(0.9 / (self.unlike + 0.1), 0.15, 2.0), np.clip(self.unlike, 0.05, 1.5))
        forms = {}
        for at, row in enumerate(self.rows):
            forms.setdefault((row["folder"], row["form"], bool(self.other[at])), []).append(at)
        weight = np.zeros(len(self.rows))
        for members in forms.values():
            weight[members] = hard[members] / hard[members].sum()
        return weight / weight.sum()


def inked(looks):
    """Looks [places, 2, rows, columns] of bytes as ink [places, rows, columns, 2], 0 to 1."""
    return (1.0 - looks.astype(jnp.float32) / WHITE).transpose(0, 2, 3, 1)


def wandered(key, ink):
    """The same places otherwise seen: either look first, one moved by a little, thinner or thicker, mirrored or stood on its
    head: no sign needs to be known to see whether two are one."""
    count = ink.shape[0]
    keys = jax.random.split(key, 5)
    swap = jax.random.bernoulli(keys[0], 0.5, (count, 1, 1, 1))
    ink = jnp.where(swap, ink[..., ::-1], ink)
    flip = jax.random.bernoulli(keys[1], 0.5, (count, 2, 1, 1, 1))
    ink = jnp.where(flip[:, 0], ink[:, :, ::-1], ink)
    ink = jnp.where(flip[:, 1], ink[:, ::-1], ink)
    move = jax.random.uniform(keys[2], (count, 2, 1), minval=-1.0, maxval=1.0)
    near = jnp.maximum(0.0, 1.0 - jnp.abs(move - jnp.arange(-1, 2)))  # shares of the pixel before, at and after
    wide = jnp.pad(ink[..., 1], ((0, 0), (1, 1), (1, 1)))
    down = sum(near[:, 0, k, None, None] * wide[:, k : k + SIDE] for k in range(3))
    second = sum(near[:, 1, k, None, None] * down[:, :, k : k + SIDE] for k in range(3))
    ink = jnp.stack([ink[..., 0], second], -1)
    power = jnp.exp(jax.random.uniform(keys[3], (count, 1, 1, 2), minval=-0.35, maxval=0.35))
    return jnp.maximum(ink, 0.0) ** power  # white may come out a hair below nothing


def loss(params, ink, usual, other):
    said = score(params, ink, usual)
    sign = jnp.where(other, 1.0, -1.0)
    return jnp.mean(jax.nn.softplus(-sign * said))


@jax.jit
def advance(state, rate, key, looks, usual, other):
    ink = wandered(jax.random.fold_in(key, state[4]), inked(looks))
    value, slope = jax.value_and_grad(loss)(state[0], ink, USUAL * usual, other)
    return descent.stepped(state, slope, rate), value


@jax.jit
def told(params, looks, usual):
    """What the program will say of each place."""
    return score(params, inked(looks), USUAL * usual)


def said(params, places, block=1024):
    out = [told(params, places.looks[at : at + block], places.usual[at : at + block]) for at in range(0, len(places.looks), block)]
    return np.concatenate([np.asarray(one) for one in out])


def report(name, places, value):
    """Of places that are other signs how many are held for one at limits that so many true places pass."""
    true, other = value[~places.other], value[places.other]
    parts = []
    for share in (0.9, 0.99, 0.999):
        limit = np.quantile(true, share) if len(true) else 0.0
        parts.append(f"{100 * share:g} % of {len(true)} below {limit:.2f}: missed {100 * np.mean(other < limit):.2f} % of {len(other)}")
    print(name, "; ".join(parts), flush=True)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--places", nargs="+", type=Path, required=True)
    ask.add_argument("--check", nargs="*", type=Path, default=[])
    ask.add_argument("--work", type=Path, required=True)
    ask.add_argument("--minutes", type=float, default=40, help="the rate falls to nothing towards their end")
    ask.add_argument("--seed", type=int, default=3)
    ask.add_argument("--rate", type=float, default=RATE)
    ask.add_argument("--begin", type=Path, help="exported weights to go on from")
    wish = ask.parse_args()
    wish.work.mkdir(parents=True, exist_ok=True)
    kept = wish.work / "checkpoint.npz"
    places = Places(wish.places)
    check = Places(wish.check).some(CHECKED) if wish.check else None
    chance = np.cumsum(places.weights())
    first = initial(wish.seed)
    state = descent.begun(wish.begin, first) if wish.begin and not kept.exists() else descent.resumed(kept, first)
    rng = np.random.default_rng([wish.seed, int(state[4])])
    key, start, values, spoke = jax.random.key(wish.seed), time.monotonic(), [], time.monotonic()
    print(f"{len(places.looks)} places, {int(places.other.sum())} of them other signs", flush=True)
    while True:
        share = (time.monotonic() - start) / (60 * wish.minutes)
        rows = np.minimum(np.searchsorted(chance, rng.random(BATCH)), len(chance) - 1)
        rate = descent.rate_at(wish.rate, int(state[4]), WARM, share)
        state, value = advance(state, rate, key, places.looks[rows], places.usual[rows], places.other[rows])
        values.append(value)
        over = share >= 1.0
        if over or time.monotonic() - spoke > 180:
            print(f"{share * wish.minutes:6.2f} min  step {int(state[4])}  rate {rate:.5f}  loss {np.mean([float(v) for v in values]):.4f}", flush=True)
            values, spoke = [], time.monotonic()
            descent.save(state, kept)
            if check is not None:
                report("  check:", check, said(state[1], check))
        if over:
            return


if __name__ == "__main__":
    sys.exit(main())
