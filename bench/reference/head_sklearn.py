"""One logistic regression a label with scikit-learn's lbfgs: the peer of bench/head.bench.ts.

    python3 bench/reference/head_sklearn.py FOLDER

FOLDER holds problem.json (documents, features, labels, l2) and x.f32, y.u8 (row-major), written by the benchmark. For
every line on standard input all labels are fitted once; a line of JSON tells the seconds and the objective
sum(log-loss) + l2/2 |w|^2 over all labels. The first line printed describes the versions.
"""
import json
import platform
import sys
import time
from pathlib import Path

import numpy as np
import scipy
import sklearn
from sklearn.linear_model import LogisticRegression

folder = Path(sys.argv[1])
problem = json.loads((folder / "problem.json").read_text())
shape = (problem["documents"], problem["features"])
x = np.fromfile(folder / "x.f32", dtype=np.float32).reshape(shape).astype(np.float64)
y = np.fromfile(folder / "y.u8", dtype=np.uint8).reshape(problem["documents"], problem["labels"])
l2 = problem["l2"]


def say(value):
    print(json.dumps(value), flush=True)


def fit():
    return [LogisticRegression(C=1 / l2, max_iter=1000).fit(x, column) for column in y.T]


def objective(models):
    total = 0.0
    for model, column in zip(models, y.T):
        z = x @ model.coef_[0] + model.intercept_[0]
        total += np.logaddexp(0, z).sum() - (z * column).sum() + l2 / 2 * (model.coef_**2).sum()
    return float(total)


say(
    {
        "python": platform.python_version(),
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }
)
for _ in sys.stdin:
    started = time.perf_counter()
    models = fit()
    seconds = time.perf_counter() - started
    say({"seconds": seconds, "objective": objective(models)})
