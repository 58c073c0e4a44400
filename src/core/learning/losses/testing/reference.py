"""Writes reference.json: the cells of every loss and the gradients of their sums, as PyTorch computes them.

Run from the repository root:

    /usr/bin/python3 src/core/learning/losses/testing/reference.py
    npx prettier --write src/core/learning/losses/testing/reference.json

Deterministic. Focal, asymmetric and distribution-balanced losses are written from their papers' formulas, in double
precision, independently of the graphs.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

DOCUMENTS, LABELS = 7, 5


def weights(y):
    counts = y.sum(0)
    return (len(y) - counts) / counts


def inverse_frequency(z, y):
    return F.binary_cross_entropy_with_logits(z, y, pos_weight=weights(y), reduction="none")


def focal(z, y, gamma=2):
    p = torch.sigmoid(z)
    pt = p * y + (1 - p) * (1 - y)
    return (1 - pt) ** gamma * -torch.log(pt)


def asymmetric(z, y, negative=4, positive=1, clip=0.05):
    p = torch.sigmoid(z)
    q = torch.clamp(p - clip, min=0)
    return y * (1 - p) ** positive * -torch.log(p) + (1 - y) * q**negative * -torch.log(1 - q)


def distribution_balanced(z, y, alpha=0.1, beta=10, mu=0.2, scale=2, kappa=0.05):
    counts = y.sum(0)
    inverse = 1 / counts
    repeat = (y * inverse).sum(1, keepdim=True)
    balance = torch.sigmoid(beta * (inverse / (repeat + 1e-6) - mu)) + alpha
    nu = kappa * torch.log(len(y) / counts - 1) / scale
    shifted = z - nu
    return balance * (
        y * F.softplus(-shifted) + (1 - y) / scale * F.softplus(scale * shifted)
    )


LOSSES = {
    "binary-cross-entropy": lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="none"),
    "inverse-frequency": inverse_frequency,
    "focal": focal,
    "asymmetric": asymmetric,
    "distribution-balanced": distribution_balanced,
}


def main():
    random = np.random.default_rng(0)
    logits = np.round(random.normal(0, 2, (DOCUMENTS, LABELS)) * 64) / 64
    targets = (random.uniform(size=(DOCUMENTS, LABELS)) < 0.35).astype(float)
    targets[0] = [1, 0, 1, 0, 0]
    targets[1] = [0, 1, 0, 1, 1]
    targets[2] = 0
    y = torch.tensor(targets, dtype=torch.float64)
    stored = {}
    for name, loss in LOSSES.items():
        z = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
        cells = loss(z, y)
        cells.sum().backward()
        stored[name] = {
            "cells": cells.detach().numpy().ravel().tolist(),
            "gradient": z.grad.numpy().ravel().tolist(),
        }
    content = {
        "torch": torch.__version__,
        "documents": DOCUMENTS,
        "labels": LABELS,
        "logits": logits.ravel().tolist(),
        "targets": targets.ravel().tolist(),
        "losses": stored,
    }
    pathlib.Path(__file__).with_name("reference.json").write_text(json.dumps(content, indent=1))


main()
