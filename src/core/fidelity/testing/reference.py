"""Reference values of the fidelity scores, written from their definitions; no code is shared with what they check.

Run `python3 src/core/fidelity/testing/reference.py > src/core/fidelity/testing/reference.json` with numpy 1.24,
scipy 1.10 and scikit-learn 1.2. Everything is in double precision, on embeddings that were rounded to single.
"""
import collections
import json
import math

import numpy as np
from scipy.linalg import sqrtm, svdvals
from scipy.spatial.distance import cdist, jensenshannon, pdist
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(7)


def embeddings(n, d, shift):
    x = rng.normal(size=(n, d)) * np.linspace(1.5, 0.2, d) + shift
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)


def mmd2(x, y):
    """Unbiased, three Gaussian kernels; also the median."""
    s = np.median(pdist(x))

    def kernel(a, b):
        d2 = cdist(a, b, "sqeuclidean")
        return sum(np.exp(-d2 / (2 * (f * s) ** 2)) for f in (0.5, 1, 2))

    n, m = len(x), len(y)
    xx, yy = kernel(x, x), kernel(y, y)
    np.fill_diagonal(xx, 0)
    np.fill_diagonal(yy, 0)
    return xx.sum() / (n * (n - 1)) + yy.sum() / (m * (m - 1)) - 2 * kernel(x, y).mean(), s


def frechet(x, y):
    shift = np.sum((x.mean(0) - y.mean(0)) ** 2)
    cx, cy = np.cov(x.T), np.cov(y.T)
    if min(len(x), len(y)) > x.shape[1]:
        overlap = np.trace(sqrtm(cx @ cy)).real
    else:
        # A singular covariance has no accurate root; the trace is the nuclear norm of the product of the centred data.
        a = (x - x.mean(0)) / math.sqrt(len(x) - 1)
        b = (y - y.mean(0)) / math.sqrt(len(y) - 1)
        overlap = svdvals(a @ b.T).sum()
    return shift + np.trace(cx) + np.trace(cy) - 2 * overlap


def prdc(x, y, k=5):
    def radius(a):
        return NearestNeighbors(n_neighbors=k + 1).fit(a).kneighbors(a)[0][:, k]

    d = cdist(x, y)
    rx, ry = radius(x), radius(y)
    return {
        "precision": float(np.mean((d <= rx[:, None]).any(0))),
        "recall": float(np.mean((d <= ry[None, :]).any(1))),
        "density": float((d <= rx[:, None]).sum(0).mean() / k),
        "coverage": float(np.mean(d.min(1) <= rx)),
    }


def vendi(x):
    w = np.linalg.eigvalsh(x @ x.T)
    w = w[w > 0] / w.sum()
    return math.exp(-np.sum(w * np.log(w)))


def mean_cosine(x):
    s = x @ x.T
    n = len(x)
    return (s.sum() - np.trace(s)) / (n * (n - 1))


def grams(words, n):
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]


def self_bleu(documents, epsilon=0.1):
    """BLEU-4 of each document against all others (Zhu et al. 2018), zero counts replaced by `epsilon`."""
    scores = []
    for i, own in enumerate(documents):
        others = [d for j, d in enumerate(documents) if j != i]
        closest = min((abs(len(d) - len(own)), len(d)) for d in others)[1]
        logs = 0.0
        for n in range(1, 5):
            mine = collections.Counter(grams(own, n))
            best = collections.Counter()
            for d in others:
                best |= collections.Counter(grams(d, n))
            hits = sum(min(c, best[g]) for g, c in mine.items())
            logs += 0.25 * math.log((hits or epsilon) / max(1, sum(mine.values())))
        brevity = 1.0 if len(own) > closest else math.exp(1 - closest / len(own))
        scores.append(brevity * math.exp(logs))
    return float(np.mean(scores))


def distinct(documents, n):
    every = [g for d in documents for g in grams(d, n)]
    return len(set(every)) / len(every)


def jsd(a, b):
    x, y = (collections.Counter(w for d in s for w in d) for s in (a, b))
    words = sorted(set(x) | set(y))
    return float(jensenshannon([x[w] for w in words], [y[w] for w in words], base=2) ** 2)


def texts(n, low, high, skew):
    vocabulary = [f"w{i}" for i in range(60)]
    weights = 1 / (np.arange(60) + skew)
    return [list(rng.choice(vocabulary, rng.integers(low, high), p=weights / weights.sum())) for _ in range(n)]


cases = []
for n, m, d, shift in [(60, 50, 16, 0.3), (60, 50, 16, 0.0), (12, 15, 16, 0.2), (40, 14, 16, 0.1)]:
    x, y = embeddings(n, d, 0.5), embeddings(m, d, 0.5 + shift)
    a, b = x.astype(np.float64), y.astype(np.float64)
    value, median = mmd2(a, b)
    cases.append(
        {
            "dimension": d,
            "real": [float(v) for v in x.ravel()],
            "synthetic": [float(v) for v in y.ravel()],
            "medianDistance": median,
            "mmd2": value,
            "frechet": frechet(a, b),
            "prdc": prdc(a, b),
            "vendi": vendi(b),
            "meanCosine": mean_cosine(b),
        }
    )

real, synthetic = texts(14, 5, 40, 1), texts(11, 3, 30, 4)
words = {
    "real": [" ".join(d) for d in real],
    "synthetic": [" ".join(d) for d in synthetic],
    "jsd": jsd(real, synthetic),
    "selfBleu4": self_bleu(synthetic),
    "distinct1": distinct(synthetic, 1),
    "distinct2": distinct(synthetic, 2),
}

square = rng.normal(size=(9, 9))
tall = rng.normal(size=(9, 5)) @ np.diag([1, 0.1, 1e-4, 1e-7, 0])
linear = {
    "symmetric": [float(v) for v in (square + square.T).ravel()],
    "eigenvalues": [float(v) for v in np.linalg.eigvalsh(square + square.T)],
    "tall": [float(v) for v in tall.ravel()],
    "singularValues": [float(v) for v in svdvals(tall)],
}

gain, score = rng.normal(size=12), rng.normal(size=12)
score = score + 0.8 * gain


def correlation(x, y):
    r = float(np.corrcoef(x, y)[0, 1])
    z, half = math.atanh(r), 1.959963984540054 / math.sqrt(len(x) - 3)
    return {"r": r, "low": math.tanh(z - half), "high": math.tanh(z + half)}


first, second = correlation(score, gain), correlation(score[:7], -gain[:7])
z = (math.atanh(first["r"]) - math.atanh(second["r"])) / math.sqrt(1 / 9 + 1 / 4)
correlations = {
    "x": [float(v) for v in score],
    "y": [float(v) for v in gain],
    "whole": first,
    "reversed": second,
    "z": z,
    "p": math.erfc(abs(z) / math.sqrt(2)),
}

print(json.dumps({"cases": cases, "words": words, "linear": linear, "correlations": correlations}))
