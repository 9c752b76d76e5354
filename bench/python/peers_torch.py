"""PyTorch, eager and compiled."""
import os
from functools import partial

import torch

from forms import CACHE, DEVICE, WHOLE, blocks_of, fastest


def open_form(compiled, alone, x, y, theta, activation, dt):
    """`alone`: on a CPU, one thread and blocks in its cache, which wins where other work holds the other threads up."""
    (m, d), n = x.shape, len(theta)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    most = DEVICE if device.type == "cuda" else CACHE if alone and not compiled else WHOLE
    x, y = torch.from_numpy(x).to(device), torch.from_numpy(y).to(device)
    xt, threads = x.T.contiguous(), 1 if alone else os.cpu_count()
    parts = [torch.from_numpy(theta[block].copy()).to(device) for block in blocks_of(n, max(m, d), most)]
    phi = {"tanh": torch.tanh, "relu": torch.relu}[activation]
    # Compiled code fuses products and sums of two inputs; else the library's matrix product is best.
    fused = compiled and d == 2

    def features(part):
        if fused:
            return phi(part[:, 1:2] * x[:, 0] + part[:, 2:3] * x[:, 1])
        return phi(part[:, 1:] @ xt)

    def outputs(part):
        p = features(part)
        return (part[:, :1] * p).sum(0) if fused else part[:, 0] @ p

    def move(part, r):
        p = features(part)
        g = (1 - p * p if activation == "tanh" else (p > 0).to(p.dtype)) * r
        if fused:
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


def torch_in(compiled):
    return fastest(lambda _: [partial(open_form, compiled, alone) for alone in (False, True)])
