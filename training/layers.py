"""Layers that the networks over pictures share; `intake/src/net/layers.rs` is their other half.

Strided convolutions bring a picture down to cells, residual blocks look around each cell. No batch statistics and no state:
what is trained is what is read.
"""

from dataclasses import dataclass

import jax
import jax.numpy as jnp
import numpy as np


@dataclass(frozen=True)
class Trunk:
    """How a network is built."""

    stem: tuple  # kernel and channels of each convolution; each halves rows and columns
    width: int  # channels of a cell
    blocks: tuple  # spread of each block's taps
    taps: int  # of a block, down and across
    answers: int  # of a cell

    def initial(self, seed: int) -> dict:
        rng = np.random.default_rng(seed)

        def weight(fan_in: int, fan_out: int, gain: float = 1.0):
            return (rng.standard_normal((fan_in, fan_out)) * gain * np.sqrt(2.0 / fan_in)).astype(np.float32)

        params, channels, width = {}, 3, self.width
        for at, (kernel, out) in enumerate(self.stem):
            params[f"stem{at}.w"] = weight(kernel * kernel * channels, out)
            params[f"stem{at}.b"] = np.zeros(out, np.float32)
            channels = out
        params["widen.w"] = weight(channels, width)
        params["widen.b"] = np.zeros(width, np.float32)
        taps = self.taps
        for at in range(len(self.blocks)):
            params[f"block{at}.g"] = np.ones(width, np.float32)
            params[f"block{at}.k"] = (rng.standard_normal((taps * taps, width)) * np.sqrt(2.0) / taps).astype(np.float32)
            params[f"block{at}.c"] = np.zeros(width, np.float32)
            params[f"block{at}.w"] = weight(width, width, 0.5)
            params[f"block{at}.b"] = np.zeros(width, np.float32)
        params["head.g"] = np.ones(width, np.float32)
        params["head.w"] = weight(width, self.answers, 0.2)
        params["head.b"] = np.zeros(self.answers, np.float32)
        return params

    def cells(self, params: dict, x):
        """A picture [pictures, rows, columns, channels] to the answers of its cells."""
        for at, (kernel, _) in enumerate(self.stem):
            x = jax.nn.relu(convolution(x, params[f"stem{at}.w"], params[f"stem{at}.b"], kernel))
            x = even(x) if at else x
        x = x @ params["widen.w"] + params["widen.b"]
        for at, dilation in enumerate(self.blocks):
            name = f"block{at}."
            y = spread(even(x) * params[name + "g"], params[name + "k"], dilation, self.taps) + params[name + "c"]
            x = x + jax.nn.relu(y) @ params[name + "w"] + params[name + "b"]
        return even(x) * params["head.g"] @ params["head.w"] + params["head.b"]


def even(x):
    """Each cell scaled so that its channels have a mean square of one."""
    return x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-3)


def convolution(x, w, b, kernel: int):
    """[pictures, rows, columns, channels]; half the rows and columns come out, nothing lies beyond the edges."""
    half = kernel // 2
    w = w.reshape(kernel, kernel, x.shape[-1], -1)
    edges = ((half, half), (half, half))
    return jax.lax.conv_general_dilated(x, w, (2, 2), edges, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b


def spread(x, kernel, dilation: int, taps: int):
    """Weighted cells around each cell, channel by channel."""
    half = taps // 2 * dilation
    rows, columns = x.shape[1:3]
    x = jnp.pad(x, ((0, 0), (half, half), (half, half), (0, 0)))
    at = [(dy * dilation, dx * dilation) for dy in range(taps) for dx in range(taps)]
    return sum(x[:, dy : dy + rows, dx : dx + columns, :] * kernel[i] for i, (dy, dx) in enumerate(at))
