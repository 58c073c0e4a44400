"""The fits of a study's arms with scikit-learn: one-vs-rest logistic regressions (lbfgs, C = 10) of the same documents.

    /usr/bin/python3 bench/reference/study_sklearn.py FOLDER

FOLDER holds x.f32, y.f32 and fits.json: {"width": w, "labels": l, "fits": [[row, ...], ...]}. Prints a line of JSON when it
is ready; each line on stdin asks for all fits, and is answered by their seconds.
"""

import json
import os
import pathlib
import sys
import time
import warnings

# As many threads as ours: one.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore")


def main():
    folder = pathlib.Path(sys.argv[1])
    description = json.loads((folder / "fits.json").read_text())
    x = np.fromfile(folder / "x.f32", np.float32).reshape(-1, description["width"])
    y = np.fromfile(folder / "y.f32", np.float32).reshape(-1, description["labels"])
    print(json.dumps({"sklearn": sklearn.__version__}), flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        for rows in description["fits"]:
            features, targets = x[rows], y[rows]
            for label in range(targets.shape[1]):
                column = targets[:, label]
                if column.any() and not column.all():
                    LogisticRegression(C=10, max_iter=200).fit(features, column)
        print(json.dumps({"seconds": time.perf_counter() - started}), flush=True)


main()
