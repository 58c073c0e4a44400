"""Writes operators.json: what every differentiable operator gives and the gradient of each of its inputs, as PyTorch
computes them in double precision.

Run from the repository root:

    /usr/bin/python3 src/core/graph/testing/operators.py
    npx prettier --write src/core/graph/testing/operators.json

Deterministic for one version of torch. The gradient is of the sum of the output weighed with random numbers, which are
stored too.
"""

import json
import pathlib

import torch
from torch.nn import functional as F

GENERATOR = torch.Generator().manual_seed(20240611)


def draw(*shape, positive=False):
    """Multiples of 1/64, which are exact in single precision; none of them at a kink."""
    numbers = torch.round(64 * torch.randn(shape, generator=GENERATOR)) / 64 + 1 / 128
    return (numbers.abs() + 0.25 if positive else numbers).double()


def whole(values):
    return torch.tensor(values)


def truth(values):
    return torch.tensor(values)


def box(x, starts, ends, axes):
    for start, end, axis in zip(starts, ends, axes):
        x = x.narrow(axis, start, end - start)
    return x


def fixed(number):
    """One number that nothing is differentiated by: the exponent of negative bases."""
    return torch.tensor(number, dtype=torch.float32)


# Operator, attributes, inputs, and PyTorch's function of the inputs.
CASES = [
    ("Add", {}, [draw(2, 3), draw(3)], torch.add),
    ("Sub", {}, [draw(2, 1), draw(2, 3)], torch.sub),
    ("Mul", {}, [draw(2, 3), draw(2, 1)], torch.mul),
    ("Div", {}, [draw(2, 3), draw(3, positive=True)], torch.div),
    ("Neg", {}, [draw(4)], torch.neg),
    ("Exp", {}, [draw(4)], torch.exp),
    ("Log", {}, [draw(4, positive=True)], torch.log),
    ("Sqrt", {}, [draw(4, positive=True)], torch.sqrt),
    ("Tanh", {}, [draw(4)], torch.tanh),
    ("Sigmoid", {}, [draw(4)], torch.sigmoid),
    ("Softplus", {}, [draw(4)], F.softplus),
    ("Relu", {}, [draw(6)], F.relu),
    ("Identity", {}, [draw(3)], lambda x: x * 1),
    ("Sin", {}, [draw(4)], torch.sin),
    ("Cos", {}, [draw(4)], torch.cos),
    ("Abs", {}, [draw(6)], torch.abs),
    ("Sign", {}, [draw(4)], torch.sign),
    ("Max", {}, [draw(2, 3), draw(3)], torch.maximum),
    ("Min", {}, [draw(2, 3), draw(2, 1)], torch.minimum),
    ("Erf", {}, [draw(6)], torch.erf),
    ("Gelu", {"approximate": "none"}, [draw(6)], F.gelu),
    # Written out, because this version of torch knows only the exact one.
    (
        "Gelu", {"approximate": "tanh"}, [draw(6)],
        lambda x: 0.5 * x * (1 + torch.tanh((2 / torch.pi) ** 0.5 * (x + 0.044715 * x**3))),
    ),
    ("Pow", {}, [draw(5, positive=True), torch.tensor(2.5).double()], torch.pow),
    ("Pow", {}, [draw(5), fixed(3.0)], lambda x, _: x**3),
    ("MatMul", {}, [draw(2, 3, 4), draw(2, 4, 5)], torch.matmul),
    ("MatMul", {}, [draw(2, 3, 4), draw(4, 2)], torch.matmul),
    ("Gemm", {"transA": 0, "transB": 0}, [draw(2, 3), draw(3, 4)], torch.matmul),
    ("Gemm", {"transA": 1, "transB": 0}, [draw(3, 2), draw(3, 4)], lambda a, b: a.T @ b),
    ("Gemm", {"transA": 0, "transB": 1}, [draw(2, 3), draw(4, 3)], lambda a, b: a @ b.T),
    ("Gemm", {"transA": 1, "transB": 1}, [draw(3, 2), draw(4, 3)], lambda a, b: a.T @ b.T),
    ("Transpose", {"perm": [2, 0, 1]}, [draw(2, 3, 4)], lambda x: x.permute(2, 0, 1)),
    ("Reshape", {"shape": [3, 4]}, [draw(2, 6)], lambda x: x.reshape(3, 4)),
    ("Expand", {"shape": [2, 3, 4]}, [draw(3, 1)], lambda x: x.expand(2, 3, 4)),
    (
        "Slice", {"starts": [1, 0], "ends": [3, 2], "axes": [1, 2]}, [draw(2, 4, 3)],
        lambda x: box(x, [1, 0], [3, 2], [1, 2]),
    ),
    ("Pad", {"pads": [1, 0, 0, 2]}, [draw(2, 3)], lambda x: F.pad(x, (0, 2, 1, 0))),
    ("Concat", {"axis": 1}, [draw(2, 3), draw(2, 1), draw(2, 2)], lambda *x: torch.cat(x, 1)),
    ("Softmax", {"axis": 2}, [draw(2, 2, 5)], lambda x: torch.softmax(x, 2)),
    (
        "LayerNormalization", {"axis": -1, "epsilon": {"float": 1e-5}}, [draw(2, 3, 6), draw(6), draw(6)],
        lambda x, scale, shift: F.layer_norm(x, (6,), scale, shift, 1e-5),
    ),
    (
        "LayerNormalization", {"axis": -1, "epsilon": {"float": 1e-12}}, [draw(4, 6), draw(6)],
        lambda x, scale: F.layer_norm(x, (6,), scale, None, 1e-12),
    ),
    ("Gather", {"axis": 0}, [draw(6, 2), whole([4, 1, 4])], lambda x, i: F.embedding(i, x)),
    ("Gather", {"axis": 0}, [draw(2, 3), whole([1, 1, 0, 1])], lambda x, i: F.embedding(i, x)),
    ("ReduceSum", {"axes": [0, 2], "keepdims": 0}, [draw(2, 3, 4)], lambda x: x.sum((0, 2))),
    ("ReduceMean", {"axes": [1], "keepdims": 1}, [draw(2, 3, 4)], lambda x: x.mean(1, keepdim=True)),
    ("ReduceMax", {"axes": [1], "keepdims": 0}, [draw(3, 5)], lambda x: x.amax(1)),
    ("ReduceMin", {"axes": [0], "keepdims": 0}, [draw(3, 5)], lambda x: x.amin(0)),
    (
        "Where", {}, [truth([[True, False, True]]), draw(2, 3), draw(2, 1)],
        torch.where,
    ),
    ("Cast", {"to": 1}, [draw(4)], lambda x: x * 1),
]


def stored(tensor):
    kind = {torch.float64: "float32", torch.float32: "float32", torch.int64: "int64", torch.bool: "bool"}[tensor.dtype]
    return {"type": kind, "shape": list(tensor.shape), "data": [float(value) for value in tensor.flatten()]}


def case(operator, attributes, inputs, function):
    given = [one.requires_grad_() if one.dtype == torch.float64 else one for one in inputs]
    output = function(*given)
    weights = draw(*output.shape)
    if output.requires_grad:
        (output * weights).sum().backward()
    gradients = [
        stored(one.grad if one.grad is not None else torch.zeros_like(one)) if one.dtype == torch.float64 else None
        for one in given
    ]
    return {
        "operator": operator, "attributes": attributes,
        "inputs": [stored(one.detach()) for one in given],
        "output": stored(output.detach()), "weights": stored(weights), "gradients": gradients,
    }


def main():
    content = {
        "command": "/usr/bin/python3 src/core/graph/testing/operators.py, then prettier --write",
        "versions": {"torch": torch.__version__},
        "cases": [case(*one) for one in CASES],
    }
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
