"""The finder of marks: three strided convolutions down to cells of eight pixels, then residual blocks that look around.

Each cell says whether the middle of a stamp or of a signature lies in it, and how far that mark reaches to each side. No
batch statistics and no state: what is trained is what is read. `intake/src/read/marks/network.rs` is its other half.
"""

import jax
import jax.numpy as jnp
import numpy as np

CELL = 8  # pixels of the small page
STEM = [(5, 16), (3, 32), (3, 64)]  # kernel, channels; each halves rows and columns
WIDTH = 80
BLOCKS = [1, 2, 4, 8, 1, 2, 4, 8]  # spread of each block's five by five taps
TAPS = 5
KINDS = 2
ANSWERS = KINDS * 5  # of each kind: how sure, and the reach left, up, right, down
REACH = 16.0  # pixels a reach of zero stands for
RARE = -4.5  # how sure a cell is before anything is learnt


def initial(seed: int) -> dict:
    rng = np.random.default_rng(seed)

    def weight(fan_in: int, fan_out: int, gain: float = 1.0):
        return (rng.standard_normal((fan_in, fan_out)) * gain * np.sqrt(2.0 / fan_in)).astype(np.float32)

    params, channels = {}, 3
    for at, (kernel, out) in enumerate(STEM):
        params[f"stem{at}.w"] = weight(kernel * kernel * channels, out)
        params[f"stem{at}.b"] = np.zeros(out, np.float32)
        channels = out
    params["widen.w"] = weight(channels, WIDTH)
    params["widen.b"] = np.zeros(WIDTH, np.float32)
    for at in range(len(BLOCKS)):
        params[f"block{at}.g"] = np.ones(WIDTH, np.float32)
        params[f"block{at}.k"] = (rng.standard_normal((TAPS * TAPS, WIDTH)) * np.sqrt(2.0) / TAPS).astype(np.float32)
        params[f"block{at}.c"] = np.zeros(WIDTH, np.float32)
        params[f"block{at}.w"] = weight(WIDTH, WIDTH, 0.5)
        params[f"block{at}.b"] = np.zeros(WIDTH, np.float32)
    params["head.g"] = np.ones(WIDTH, np.float32)
    params["head.w"] = weight(WIDTH, ANSWERS, 0.2)
    bias = np.zeros(ANSWERS, np.float32)
    bias[[0, 5]] = RARE
    params["head.b"] = bias
    return params


def even(x):
    """Each cell scaled so that its channels have a mean square of one."""
    return x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-3)


def convolution(x, w, b, kernel: int):
    """[pages, rows, columns, channels]; half the rows and columns come out, nothing lies beyond the edges."""
    half = kernel // 2
    w = w.reshape(kernel, kernel, x.shape[-1], -1)
    edges = ((half, half), (half, half))
    return jax.lax.conv_general_dilated(x, w, (2, 2), edges, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b


def spread(x, kernel, dilation: int):
    """Five by five weighted cells around each cell, channel by channel."""
    half = TAPS // 2 * dilation
    rows, columns = x.shape[1:3]
    x = jnp.pad(x, ((0, 0), (half, half), (half, half), (0, 0)))
    at = [(dy * dilation, dx * dilation) for dy in range(TAPS) for dx in range(TAPS)]
    return sum(x[:, dy : dy + rows, dx : dx + columns, :] * kernel[i] for i, (dy, dx) in enumerate(at))


def answers(params: dict, x):
    """Ink [pages, rows, columns, 3] to [pages, rows / 8, columns / 8, 2, 5]."""
    for at, (kernel, _) in enumerate(STEM):
        x = jax.nn.relu(convolution(x, params[f"stem{at}.w"], params[f"stem{at}.b"], kernel))
        x = even(x) if at else x
    x = x @ params["widen.w"] + params["widen.b"]
    for at, dilation in enumerate(BLOCKS):
        name = f"block{at}."
        y = spread(even(x) * params[name + "g"], params[name + "k"], dilation) + params[name + "c"]
        x = x + jax.nn.relu(y) @ params[name + "w"] + params[name + "b"]
    x = even(x) * params["head.g"] @ params["head.w"] + params["head.b"]
    return x.reshape(*x.shape[:3], KINDS, 5)


def boxes(said):
    """The boxes that cells speak of: left, top, right, bottom in pixels; `said` as `answers` gives it."""
    rows, columns = said.shape[1:3]
    y = ((jnp.arange(rows) + 0.5) * CELL)[None, :, None, None]
    x = ((jnp.arange(columns) + 0.5) * CELL)[None, None, :, None]
    reach = REACH * jnp.exp(jnp.clip(said[..., 1:], -4.0, 4.5))
    return jnp.stack([x - reach[..., 0], y - reach[..., 1], x + reach[..., 2], y + reach[..., 3]], -1)
