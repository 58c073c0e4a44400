"""MMD², nearest neighbours and PRDC in numpy, by blocks of rows: the peer of bench/fidelity.bench.ts.

    python3 bench/reference/fidelity_numpy.py FOLDER TASK PRECISION

TASK is mmd, knn or prdc; PRECISION is float32 or float64, in which everything is computed. FOLDER holds problem.json
(rows, dimension, k, permutations, median) and x.f32, y.f32 (row-major), written by the benchmark. For every line on
standard input the task is done once; a line of JSON tells the seconds, the result and the highest memory so far in
bytes. The first line printed describes the versions.
"""
import json
import platform
import resource
import sys
import time
from pathlib import Path

import numpy as np

folder, task, precision = Path(sys.argv[1]), sys.argv[2], np.dtype(sys.argv[3])
problem = json.loads((folder / "problem.json").read_text())
n, d, k = problem["rows"], problem["dimension"], problem["k"]
x, y = (np.fromfile(folder / name, dtype=np.float32).reshape(n, d).astype(precision) for name in ("x.f32", "y.f32"))
BLOCK = 2048


def say(value):
    print(json.dumps(value), flush=True)


def distances(a, b):
    """Squared distances of each block of rows of a to all of b."""
    na, nb = (a * a).sum(1), (b * b).sum(1)
    for start in range(0, len(a), BLOCK):
        rows = slice(start, start + BLOCK)
        block = a[rows] @ b.T
        block *= -2
        block += na[rows, None]
        block += nb[None, :]
        yield rows, block


def mmd():
    z = np.concatenate([x, y])
    rng = np.random.default_rng(1)
    members = np.zeros((2 * n, problem["permutations"] + 1), dtype=precision)
    members[:n, 0] = 1
    for column in range(1, members.shape[1]):
        members[rng.permutation(2 * n)[:n], column] = 1
    widths = [-1 / (2 * (factor * problem["median"]) ** 2) for factor in (0.5, 1, 2)]
    within = np.zeros(members.shape[1])
    rows_total = np.empty(2 * n)
    for rows, block in distances(z, z):
        kernel = np.exp(block * widths[0])
        kernel += np.exp(block * widths[1])
        kernel += np.exp(block * widths[2])
        within += (members[rows] * (kernel @ members)).sum(0, dtype=np.float64)
        rows_total[rows] = kernel.sum(1, dtype=np.float64)
    mixed = members.T.astype(np.float64) @ rows_total - within
    other = rows_total.sum() - 2 * mixed - within
    values = (within - 3 * n) / (n * (n - 1)) + (other - 3 * n) / (n * (n - 1)) - 2 * mixed / (n * n)
    return [values[0], (1 + (values[1:] >= values[0]).sum()) / len(values)]


def neighbours(a):
    """Squared distance to the k-th nearest other row."""
    radius = np.empty(len(a), dtype=precision)
    for rows, block in distances(a, a):
        block[np.arange(len(block)), np.arange(rows.start, rows.start + len(block))] = np.inf
        block.partition(k - 1, axis=1)
        radius[rows] = block[:, k - 1]
    return radius


def knn():
    return [float(neighbours(x).astype(np.float64).mean())]


def prdc():
    rx, ry = neighbours(x), neighbours(y)
    balls, inside, covered = np.zeros(n), 0, 0
    for rows, block in distances(x, y):
        balls += (block <= rx[rows, None]).sum(0)
        inside += (block <= ry[None, :]).any(1).sum()
        covered += (block.min(1) <= rx[rows]).sum()
    return [(balls > 0).mean(), inside / n, balls.sum() / (k * n), covered / n]


work = {"mmd": mmd, "knn": knn, "prdc": prdc}[task]
say({"python": platform.python_version(), "numpy": np.__version__})
for _ in sys.stdin:
    started = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - started
    memory = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    say({"seconds": seconds, "result": [float(value) for value in result], "memory": memory})
