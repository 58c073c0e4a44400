"""Writes reference.json: ten steps of PyTorch's AdamW on a linear classifier and on one with a hidden layer.

Run from the repository root:

    /usr/bin/python3 src/core/learning/training/testing/reference.py
    npx prettier --write src/core/learning/training/testing/reference.json

Deterministic. Features end with a column of ones; the parameters, the intercept among them, all decay.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

DOCUMENTS, WIDTH, HIDDEN, LABELS, BATCH, STEPS = 8, 5, 4, 3, 4, 10
RATE, DECAY = 0.05, 0.1


def train(x, y, parameters, forward, batches):
    parameters = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in parameters]
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
    for rows in batches:
        optimiser.zero_grad()
        F.binary_cross_entropy_with_logits(forward(x[rows], parameters), y[rows]).backward()
        optimiser.step()
    return [p.detach().numpy().ravel().tolist() for p in parameters]


def main():
    random = np.random.default_rng(1)
    features = np.round(random.normal(size=(DOCUMENTS, WIDTH)) * 64) / 64
    features[:, -1] = 1
    targets = (random.uniform(size=(DOCUMENTS, LABELS)) < 0.4).astype(float)
    start = lambda *shape: np.round(random.normal(size=shape) * 32) / 64
    linear = [start(WIDTH, LABELS)]
    hidden = [start(WIDTH, HIDDEN), start(HIDDEN, LABELS), start(1, LABELS)]
    # The last batch is not full.
    batches = [random.permutation(DOCUMENTS)[: BATCH if step < STEPS - 1 else 3].tolist() for step in range(STEPS)]
    x, y = torch.tensor(features), torch.tensor(targets)
    content = {
        "torch": torch.__version__,
        "settings": {"rate": RATE, "decay": DECAY, "batch": BATCH},
        "shape": {"documents": DOCUMENTS, "width": WIDTH, "hidden": HIDDEN, "labels": LABELS},
        "features": features.ravel().tolist(),
        "targets": targets.ravel().tolist(),
        "batches": batches,
        "linear": {
            "start": [p.ravel().tolist() for p in linear],
            "end": train(x, y, linear, lambda b, p: b @ p[0], batches),
        },
        "hidden": {
            "start": [p.ravel().tolist() for p in hidden],
            "end": train(x, y, hidden, lambda b, p: torch.relu(b @ p[0]) @ p[1] + p[2], batches),
        },
    }
    pathlib.Path(__file__).with_name("reference.json").write_text(json.dumps(content, indent=1))


main()
