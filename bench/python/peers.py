"""Peers outside the browser, full-batch Euler steps of the mean-field problem in float32: theta' = b(theta).

One line of JSON in, one line of JSON out: list, open, advance, rows, close. A peer is a function of
(x [m, 2], y [m], theta [n, 3], activation, dt) to a dictionary with step, wait, theta, device, method.
"""
import importlib
import json
import os
import sys
import time
from functools import partial

import numpy as np

# Pairs of one array: within a cache, within a part of the memory, within a card's memory.
CACHE_PAIRS, WHOLE_PAIRS, DEVICE_PAIRS = 2**17, 2**25, 2**29


def blocks_of(n, m, pairs):
    size = max(1, min(n, pairs // m))
    return [slice(i, min(n, i + size)) for i in range(0, n, size)]


def open_numpy(x, y, theta, activation, dt):
    m, n = len(y), len(theta)
    theta, blocks = theta.copy(), blocks_of(n, m, CACHE_PAIRS)
    xt = np.ascontiguousarray(x.T)
    phi = {"tanh": lambda h: np.tanh(h, out=h), "relu": lambda h: np.maximum(h, 0, out=h)}[activation]

    def dphi(p):
        if activation == "relu":
            return (p > 0).astype(np.float32)
        np.multiply(p, p, out=p)
        return np.subtract(1, p, out=p)

    def step():
        f = np.zeros(m, np.float32)
        for block in blocks:
            f += theta[block, 0] @ phi(theta[block, 1:] @ xt)
        r = f / n - y
        for block in blocks:
            part = theta[block]
            p = phi(part[:, 1:] @ xt)
            b1 = p @ r
            g = dphi(p)
            g *= r
            move = (g @ x) * (part[:, :1] * np.float32(dt / m))
            part[:, 0] -= np.float32(dt / m) * b1
            part[:, 1:] -= move

    return {"step": step, "wait": lambda: None, "theta": lambda: theta, "device": "CPU", "method": "blocks in the cache"}


def fastest(*forms):
    """Libraries can say one thing in several ways: each is tried, the fastest stands for the library."""

    def opened(*problem):
        times = []
        for form in forms:
            runner = form(*problem)
            runner["step"]()
            runner["wait"]()
            start = time.perf_counter()
            for _ in range(2):
                runner["step"]()
            runner["wait"]()
            times.append(time.perf_counter() - start)
        return forms[times.index(min(times))](*problem)

    return opened


def open_jax(fused, x, y, theta, activation, dt):
    import jax
    import jax.numpy as jnp

    m, n, device = len(y), len(theta), jax.devices()[0]
    size = max(1, min(n, (CACHE_PAIRS if device.platform == "cpu" else DEVICE_PAIRS) // m))
    phi = {"tanh": jnp.tanh, "relu": jax.nn.relu}[activation]
    x, y = jnp.asarray(x), jnp.asarray(y)

    def features(part):
        return phi(part[:, 1:2] * x[:, 0] + part[:, 2:3] * x[:, 1])

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
    padded = np.concatenate([theta, np.zeros((-n % size, 3), np.float32)])  # w1 = 0: it adds nothing to f
    state = {"parts": jnp.asarray(padded.reshape(-1, size, 3))}

    def advance():
        state["parts"] = step(state["parts"])

    return {
        "step": advance,
        "wait": lambda: jax.block_until_ready(state["parts"]),
        "theta": lambda: np.asarray(state["parts"]).reshape(-1, 3)[:n],
        "device": describe_jax(device),
        "method": "jit, sums" if fused else "jit, products",
    }


def describe_jax(device):
    return "CPU" if device.platform == "cpu" else device.device_kind


def open_torch(compiled, alone, x, y, theta, activation, dt):
    """`alone`: on a CPU, one thread and blocks in its cache, which wins where other work holds the other threads up."""
    import torch

    m, n = len(y), len(theta)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pairs = DEVICE_PAIRS if device.type == "cuda" else CACHE_PAIRS if alone and not compiled else WHOLE_PAIRS
    x, y = torch.from_numpy(x).to(device), torch.from_numpy(y).to(device)
    xt, threads = x.T.contiguous(), 1 if alone else os.cpu_count()
    parts = [torch.from_numpy(theta[block].copy()).to(device) for block in blocks_of(n, m, pairs)]
    phi = {"tanh": torch.tanh, "relu": torch.relu}[activation]

    def features(part):
        # Compiled code fuses products and sums; eager code is best off with the library's matrix product.
        if compiled:
            return phi(part[:, 1:2] * x[:, 0] + part[:, 2:3] * x[:, 1])
        return phi(part[:, 1:] @ xt)

    def outputs(part):
        p = features(part)
        return (part[:, :1] * p).sum(0) if compiled else part[:, 0] @ p

    def move(part, r):
        p = features(part)
        g = (1 - p * p if activation == "tanh" else (p > 0).to(p.dtype)) * r
        if compiled:
            b1, b0 = (p * r).sum(1, keepdim=True), torch.stack([(g * x[:, 0]).sum(1), (g * x[:, 1]).sum(1)], 1)
        else:
            b1, b0 = (p @ r)[:, None], g @ x
        return part - dt / m * torch.cat([b1, part[:, :1] * b0], 1)

    if compiled:
        outputs, move = torch.compile(outputs), torch.compile(move)
    state = {"parts": parts}

    @torch.no_grad()
    def step():
        torch.set_num_threads(threads)
        r = sum(outputs(part) for part in state["parts"]) / n - y
        state["parts"] = [move(part, r) for part in state["parts"]]

    return {
        "step": step,
        "wait": torch.cuda.synchronize if device.type == "cuda" else lambda: None,
        "theta": lambda: torch.cat(state["parts"]).cpu().numpy(),
        "device": torch.cuda.get_device_name() if device.type == "cuda" else "CPU, 1 thread" if threads == 1 else f"CPU, {threads} threads",
        "method": "compiled" if compiled else "eager",
    }


def open_triton(x, y, theta, activation, dt):
    from peers_triton import open_triton as opened

    return opened(x, y, theta, activation, dt)


def needs(*modules, gpu=False):
    def reason():
        for module in modules:
            try:
                importlib.import_module(module)
            except Exception as error:  # a broken installation is as good as none
                return f"python3 cannot import {module} ({type(error).__name__}: {error})"
        if gpu:
            import torch

            if not torch.cuda.is_available() and os.environ.get("TRITON_INTERPRET") != "1":
                return "it needs an NVIDIA or AMD GPU"
        return None

    return reason


PEERS = {
    "numpy": (open_numpy, needs("numpy"), lambda: np.__version__),
    "JAX": (fastest(partial(open_jax, True), partial(open_jax, False)), needs("jax"), lambda: importlib.import_module("jax").__version__),
    "PyTorch eager": (fastest(partial(open_torch, False, False), partial(open_torch, False, True)), needs("torch"), lambda: importlib.import_module("torch").__version__),
    "PyTorch compiled": (fastest(partial(open_torch, True, False), partial(open_torch, True, True)), needs("torch"), lambda: importlib.import_module("torch").__version__),
    "Triton": (open_triton, needs("torch", "triton", gpu=True), lambda: importlib.import_module("triton").__version__),
}

runners = {}


def answer(question):
    ask = question["ask"]
    if ask == "list":
        return [{"name": name, "reason": reason()} for name, (_, reason, _) in PEERS.items()]
    if ask == "open":
        n, m, name = question["n"], question["m"], question["name"]
        numbers = np.fromfile(question["file"]).astype(np.float32)
        x, y, theta = numbers[: 2 * m].reshape(m, 2), numbers[2 * m : 3 * m], numbers[3 * m :].reshape(n, 3)
        opened, _, version = PEERS[name]
        runner = opened(x, y, theta, question["activation"], question["dt"])
        identity = max(runners, default=-1) + 1
        runners[identity] = runner
        return {
            "id": identity, "name": f"{name.split(' ')[0]} {version()}", "method": runner["method"],
            "device": runner["device"], "software": False, "precision": "float32",
        }
    runner = runners[question["id"]]
    if ask == "advance":
        start = time.perf_counter()
        for _ in range(question["steps"]):
            runner["step"]()
        runner["wait"]()
        return 1000 * (time.perf_counter() - start)
    if ask == "rows":
        theta = runner["theta"]()
        return np.concatenate([theta[first:last] for first, last in question["ranges"]]).astype(float).ravel().tolist()
    del runners[question["id"]]
    return None


def main():
    out, sys.stdout = sys.stdout, sys.stderr  # libraries may print; answers alone go out
    for line in sys.stdin:
        try:
            value = {"value": answer(json.loads(line))}
        except Exception as error:
            value = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(value), file=out, flush=True)


main()
