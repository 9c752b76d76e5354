"""JAX: jitted, with sums that it fuses (of two inputs) or with matrix products."""
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from forms import CACHE, DEVICE, fastest


def describe(device):
    return "CPU" if device.platform == "cpu" else device.device_kind


def open_form(fused, x, y, theta, activation, dt):
    (m, d), n, device = x.shape, len(theta), jax.devices()[0]
    size = max(1, min(n, (CACHE if device.platform == "cpu" else DEVICE) // max(m, d)))
    phi = {"tanh": jnp.tanh, "relu": jax.nn.relu}[activation]
    x, y = jnp.asarray(x), jnp.asarray(y)

    def features(part):
        if fused:
            return phi(part[:, 1:2] * x[:, 0] + part[:, 2:3] * x[:, 1])
        return phi(part[:, 1:] @ x.T)

    def outputs(part):
        return (part[:, :1] * features(part)).sum(0) if fused else part[:, 0] @ features(part)

    def move(part, r):
        p = features(part)
        slope = 1 - p * p if activation == "tanh" else (p > 0).astype(p.dtype)
        g = slope * r
        if fused:
            b1, b0 = (p * r).sum(1, keepdims=True), jnp.stack([(g * x[:, 0]).sum(1), (g * x[:, 1]).sum(1)], axis=1)
        else:
            b1, b0 = (p @ r)[:, None], g @ x
        return part - dt / m * jnp.concatenate([b1, part[:, :1] * b0], axis=1)

    def step(parts):
        # One block after the other, so that a block's arrays stay in the cache or fit into the card's memory.
        f, _ = jax.lax.scan(lambda f, part: (f + outputs(part), None), jnp.zeros(m), parts)
        r = f / n - y
        return jax.lax.map(lambda part: move(part, r), parts)

    step = jax.jit(step, donate_argnums=0)
    padded = np.concatenate([theta, np.zeros((-n % size, 1 + d), np.float32)])  # w1 = 0: it adds nothing to f
    state = {"parts": jnp.asarray(padded.reshape(-1, size, 1 + d))}

    def advance():
        state["parts"] = step(state["parts"])

    return {
        "step": advance,
        "wait": lambda: jax.block_until_ready(state["parts"]),
        "theta": lambda: np.asarray(state["parts"]).reshape(-1, 1 + d)[:n],
        "device": describe(device),
        "method": "jit, sums" if fused else "jit, products",
    }


open_jax = fastest(lambda d: [partial(open_form, fused) for fused in ((True, False) if d == 2 else (False,))])
