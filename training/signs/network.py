"""The eye for signs: whether one place of two captures shows one sign.

Both looks go in together, so that the first layer already sees where they part: two strided convolutions down to cells of
four pixels, residual blocks that look around, and a score for each cell; the place is another sign where any of the middle
cells says so. `intake/src/ocr/signs/network.rs` is its other half.
"""

import jax
import jax.numpy as jnp
import numpy as np

SIDE = 40  # pixels of a look
STEM = [(5, 24), (3, 48)]  # kernel, channels; each halves rows and columns
WIDTH = 64
BLOCKS = [1, 2, 1, 2, 1, 2]  # spread of each block's three by three taps
TAPS = 3
CELLS = SIDE // 4
EDGE = 2  # cells at each side that are seen but not asked
RARE = -5.0  # what a cell says before anything is learnt


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
    params["head.w"] = weight(WIDTH, 1, 0.2)
    params["head.b"] = np.full(1, RARE, np.float32)
    return params


def even(x):
    """Each cell scaled so that its channels have a mean square of one."""
    return x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-3)


def convolution(x, w, b, kernel: int):
    """[places, rows, columns, channels]; half the rows and columns come out, nothing lies beyond the edges."""
    half = kernel // 2
    w = w.reshape(kernel, kernel, x.shape[-1], -1)
    edges = ((half, half), (half, half))
    return jax.lax.conv_general_dilated(x, w, (2, 2), edges, dimension_numbers=("NHWC", "HWIO", "NHWC")) + b


def spread(x, kernel, dilation: int):
    """Three by three weighted cells around each cell, channel by channel."""
    half = TAPS // 2 * dilation
    rows, columns = x.shape[1:3]
    x = jnp.pad(x, ((0, 0), (half, half), (half, half), (0, 0)))
    at = [(dy * dilation, dx * dilation) for dy in range(TAPS) for dx in range(TAPS)]
    return sum(x[:, dy : dy + rows, dx : dx + columns, :] * kernel[i] for i, (dy, dx) in enumerate(at))


def score(params: dict, looks, usual):
    """Ink [places, rows, columns, 2] and what is usual between the captures [places] to how sure it is that the signs are
    others, as a logarithm of odds."""
    level = jnp.broadcast_to(usual[:, None, None, None], looks.shape[:3] + (1,))
    x = jnp.concatenate([looks, level], -1)
    for at, (kernel, _) in enumerate(STEM):
        x = jax.nn.relu(convolution(x, params[f"stem{at}.w"], params[f"stem{at}.b"], kernel))
        x = even(x) if at else x
    x = x @ params["widen.w"] + params["widen.b"]
    for at, dilation in enumerate(BLOCKS):
        name = f"block{at}."
        y = spread(even(x) * params[name + "g"], params[name + "k"], dilation) + params[name + "c"]
        x = x + jax.nn.relu(y) @ params[name + "w"] + params[name + "b"]
    x = even(x) * params["head.g"] @ params["head.w"] + params["head.b"]
    cells = x[:, EDGE : CELLS - EDGE, EDGE : CELLS - EDGE, 0]
    return jax.nn.logsumexp(cells.reshape(cells.shape[0], -1), -1)
