"""Writes reference.json: the loss of a small network and its gradient, computed without any automatic differentiation.

Run from the repository root:

    /usr/bin/python3 src/core/graph/testing/reference.py
    npx prettier --write src/core/graph/testing/reference.json

Deterministic: the same version of numpy writes the same bytes. Each derivative is taken by the complex step
Im f(x + ih) / h, which is exact to rounding because nothing is subtracted.
"""

import json
import pathlib
import platform

import numpy as np

STEP = 1e-30
RIDGE = 0.25


def loss(x, y, w1, b1, w2, b2):
    """Rows of w1 at unit length, tanh, a second layer, logistic loss, a log-mean-exp and a ridge."""
    unit = w1 / np.sqrt(np.sum(w1 * w1, axis=1, keepdims=True))
    hidden = np.tanh(x @ unit.T + b1)
    z = hidden @ w2.T + b2
    cells = np.log(1 + np.exp(z)) - y * z
    return np.mean(cells) + np.log(np.mean(np.exp(z))) + RIDGE / 2 * np.sum(w2 * w2)


def gradient(arguments, name):
    value = arguments[name]
    result = np.zeros(value.shape)
    for position in np.ndindex(*value.shape):
        moved = value.astype(complex)
        moved[position] += 1j * STEP
        result[position] = loss(**{**arguments, name: moved}).imag / STEP
    return result


def tensor(value):
    return {"shape": list(value.shape), "data": np.asarray(value, dtype=float).ravel().tolist()}


def main():
    rng = np.random.default_rng(20240611)

    def draw(*shape):
        # Multiples of 1/64 are exact in single precision.
        return np.round(64 * rng.normal(0, 0.75, shape)) / 64

    arguments = {
        "x": draw(6, 4),
        "y": (rng.random((6, 3)) < 0.4).astype(float),
        "w1": draw(5, 4),
        "b1": draw(5),
        "w2": draw(3, 5),
        "b2": draw(3),
    }
    here = pathlib.Path(__file__)
    content = {
        "command": "/usr/bin/python3 src/core/graph/testing/reference.py, then prettier --write",
        "versions": {"numpy": np.__version__, "python": platform.python_version()},
        "ridge": RIDGE,
        "inputs": {name: tensor(value) for name, value in arguments.items()},
        "loss": float(loss(**arguments)),
        "gradients": {name: tensor(gradient(arguments, name)) for name in ("x", "w1", "b1", "w2", "b2")},
    }
    here.with_suffix(".json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
