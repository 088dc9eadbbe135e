"""What the training programs share: Adam with a running mean of the weights, its checkpoints, and exported weights.

A state is the weights, their running mean, both moments and the step (Kingma and Ba 2015). Checkpoints hold the four trees
under `p/`, `e/`, `m/` and `v/`; what is exported is the running mean.
"""

import os
import struct
from pathlib import Path

HEADS = ("p/", "e/", "m/", "v/")
DECAY = 1e-4  # pull of matrices towards nothing
MEAN = 0.998  # what the running mean of the weights keeps of itself each step
LONGEST = 4.0  # a longer slope is cut
MARK = b"SNR1"


def one_thread():
    """Keeps to one thread where there is no graphics card; before jax is imported."""
    if "cuda" in os.environ.get("JAX_PLATFORMS", "cpu"):
        return
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    os.environ.setdefault("JAX_PLATFORMS", "cpu")
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")


one_thread()

import jax
import jax.numpy as jnp
import numpy as np


def fresh(params: dict) -> tuple:
    """The state before the first step."""
    zeros = {name: np.zeros_like(value) for name, value in params.items()}
    return params, dict(params), dict(zeros), dict(zeros), np.int32(0)


def stepped(state: tuple, slope: dict, rate) -> tuple:
    """The state after a step down the slope; one that is no number moves nothing."""
    params, mean, first, second, step = state
    size = jnp.sqrt(sum(jnp.sum(g * g) for g in slope.values()))
    scale = jnp.where(jnp.isfinite(size), jnp.minimum(1.0, LONGEST / (size + 1e-6)), 0.0)
    slope = {name: jnp.nan_to_num(g) * scale for name, g in slope.items()}
    first = {n: 0.9 * m + 0.1 * slope[n] for n, m in first.items()}
    second = {n: 0.99 * v + 0.01 * slope[n] ** 2 for n, v in second.items()}
    a, b = 1 - 0.9 ** (step + 1.0), 1 - 0.99 ** (step + 1.0)
    params = {
        n: p - rate * (first[n] / a / (jnp.sqrt(second[n] / b) + 1e-8) + (DECAY * p if p.ndim > 1 else 0.0))
        for n, p in params.items()
    }
    keep = jnp.minimum(MEAN, (step + 1.0) / (step + 10.0))
    mean = {n: keep * m + (1 - keep) * params[n] for n, m in mean.items()}
    return params, mean, first, second, step + 1


def rate_at(rate: float, step: int, warm: int, share: float) -> np.float32:
    """The rate of a step: it rises at first and falls to nothing as the share of the time goes to one."""
    return np.float32(rate * min(1.0, (step + 1) / warm) * max(0.002, 0.5 * (1 + np.cos(np.pi * min(1.0, share)))))


def save(state: tuple, path: Path):
    """Writes a checkpoint, whole or not at all."""
    packed = {"step": np.int64(state[4])}
    for head, tree in zip(HEADS, state[:4]):
        packed |= {head + name: np.asarray(value) for name, value in tree.items()}
    part = path.with_suffix(".part.npz")
    np.savez(part, **packed)
    part.replace(path)


def resumed(path: Path, params: dict) -> tuple:
    """The state of a checkpoint, or a fresh one of these weights where there is none."""
    if not path.exists():
        return fresh(params)
    packed = np.load(path)
    return (*({name: packed[head + name] for name in params} for head in HEADS), np.int32(packed["step"]))


def begun(path: Path, params: dict) -> tuple:
    """The state before the first step from exported weights, each in the shape that a fresh one has."""
    arrays = exported(path)
    return fresh({name: arrays[name].reshape(value.shape) for name, value in params.items()})


def export(checkpoint: Path, out: Path) -> dict:
    """Writes the running mean of a checkpoint at half precision, as `intake/src/net/weights.rs` reads it; returns it as
    the program will see it."""
    packed = np.load(checkpoint)
    params = {name[2:]: packed[name].astype(np.float16) for name in packed.files if name.startswith("e/")}
    parts = [MARK, struct.pack("<I", len(params))]
    for name, value in params.items():
        parts += [bytes([len(name)]), name.encode(), struct.pack("<I", value.size), value.astype("<f2").tobytes()]
    out.write_bytes(b"".join(parts))
    count = sum(value.size for value in params.values())
    print(f"{count} weights at step {int(packed['step'])}, {out.stat().st_size} bytes")
    return {name: value.astype(np.float32) for name, value in params.items()}


def exported(path: Path) -> dict:
    """Arrays of exported weights, flat."""
    raw = path.read_bytes()
    count, at = struct.unpack_from("<I", raw, len(MARK))[0], len(MARK) + 4
    arrays = {}
    for _ in range(count):
        end = at + 1 + raw[at]
        name = raw[at + 1 : end].decode()
        size = struct.unpack_from("<I", raw, end)[0]
        at = end + 4 + 2 * size
        arrays[name] = np.frombuffer(raw[end + 4 : at], "<f2").astype(np.float32)
    return arrays
