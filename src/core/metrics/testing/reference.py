"""Writes reference.json: random multi-label cases and what scikit-learn says about them.

Run from the repository root:

    /usr/bin/python3 src/core/metrics/testing/reference.py
    npx prettier --write src/core/metrics/testing/reference.json

Deterministic: the same versions of scikit-learn and numpy write the same bytes. The cases cover tied scores, labels no
document has, documents without labels or with all of them, nothing assigned, a single document, and scores of exactly
0 and 1. Every case is also evaluated under whole-number document weights, as a bootstrap resample would be.
"""

import json
import pathlib
import platform
import warnings

import numpy as np
import sklearn
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")

BINS = 15
BIN_EDGES = np.arange(1, BINS) / BINS


def f_scores(truth, assigned, average, weights):
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        truth, assigned, average=average, zero_division=0, sample_weight=weights
    )
    return {"precision": plain(precision), "recall": plain(recall), "f1": plain(f1)}


def plain(value):
    return np.asarray(value, dtype=float).tolist()


def expected(truth, scores, assigned, weights=None):
    ap = lambda average: plain(
        metrics.average_precision_score(truth, scores, average=average, sample_weight=weights)
    )
    return {
        "micro": f_scores(truth, assigned, "micro", weights),
        "macro": f_scores(truth, assigned, "macro", weights),
        "weighted": f_scores(truth, assigned, "weighted", weights),
        "perLabel": f_scores(truth, assigned, None, weights),
        "microAveragePrecision": ap("micro"),
        "averagePrecision": ap(None),
        "labelRankingAveragePrecision": plain(
            metrics.label_ranking_average_precision_score(truth, scores, sample_weight=weights)
        ),
        "rankingLoss": plain(metrics.label_ranking_loss(truth, scores, sample_weight=weights)),
        "coverageError": plain(metrics.coverage_error(truth, scores, sample_weight=weights)),
        "hammingLoss": plain(metrics.hamming_loss(truth, assigned, sample_weight=weights)),
        "subsetAccuracy": plain(metrics.accuracy_score(truth, assigned, sample_weight=weights)),
        "brierScore": plain(
            metrics.brier_score_loss(
                truth.ravel(),
                scores.ravel(),
                pos_label=1,
                sample_weight=None if weights is None else np.repeat(weights, truth.shape[1]),
            )
        ),
    }


def calibration(truth, scores):
    """Expected calibration error from scikit-learn's reliability curve, which leaves out empty bins."""
    assert np.abs(scores.ravel()[:, None] - BIN_EDGES).min() > 1e-9, "a score lies on the edge of a bin"
    positives, predicted = calibration_curve(truth.ravel(), scores.ravel(), n_bins=BINS)
    counts = np.bincount(np.searchsorted(BIN_EDGES, scores.ravel()), minlength=BINS)
    used = counts[counts > 0]
    return {
        "counts": counts.tolist(),
        "expectedCalibrationError": plain(np.sum(used * np.abs(positives - predicted)) / truth.size),
    }


def rows_of_digits(matrix):
    return ["".join(str(cell) for cell in row) for row in matrix]


def case(name, rng, rows, columns, density=0.2, levels=None, noise=0.6, threshold=0.5, edit=None):
    """`levels`: scores are multiples of 1/levels, so many are tied; without it, four decimals off the bin edges."""
    truth = (rng.random((rows, columns)) < density).astype(int)
    raw = np.clip((1 - noise) * truth + noise * rng.random((rows, columns)), 0, 1)
    scores = np.round(raw, 4) if levels is None else np.round(raw * levels) / levels
    if levels is None:
        scores[np.abs(scores[..., None] - BIN_EDGES).min(axis=-1) < 1e-9] += 0.0001
    if edit:
        edit(truth, scores)
    assigned = (scores >= threshold).astype(int)
    weights = rng.multinomial(rows, np.full(rows, 1 / rows))
    result = {
        "name": name,
        "rows": rows,
        "columns": columns,
        "truth": rows_of_digits(truth),
        "assigned": rows_of_digits(assigned),
        "scores": scores.ravel().tolist(),
        "weights": weights.tolist(),
        "plain": expected(truth, scores, assigned),
        "reweighted": expected(truth, scores, assigned, weights),
    }
    if truth.any():
        result["calibration"] = calibration(truth, scores)
    return result


def set_block(value_truth=None, value_score=None, rows=slice(None), columns=slice(None)):
    def edit(truth, scores):
        if value_truth is not None:
            truth[rows, columns] = value_truth
        if value_score is not None:
            scores[rows, columns] = value_score

    return edit


def certain(truth, scores):
    scores[::2] = truth[::2]
    scores[1::4] = 1 - truth[1::4]


def main():
    rng = np.random.default_rng(20240607)
    cases = [
        case("distinct scores", rng, 40, 12),
        case("tied scores", rng, 60, 10, levels=8),
        case("heavily tied scores", rng, 50, 8, levels=2, noise=0.9),
        case("all scores equal", rng, 20, 6, edit=set_block(value_score=0.25)),
        case("labels no document has", rng, 30, 9, levels=16, edit=set_block(0, columns=slice(2, 5))),
        case("documents without labels", rng, 30, 7, edit=set_block(0, rows=slice(0, 12))),
        case("documents with all labels", rng, 25, 5, levels=16, edit=set_block(1, rows=slice(0, 9))),
        case("nothing assigned", rng, 20, 6, threshold=2),
        case("everything assigned", rng, 20, 6, threshold=-1),
        case("no labels at all", rng, 12, 5, edit=set_block(0)),
        case("scores of exactly 0 and 1", rng, 32, 8, edit=certain),
        case("one document", rng, 1, 10, density=0.4, levels=16),
        case("two labels", rng, 45, 2, density=0.4),
        case("rare labels", rng, 60, 24, density=0.03, noise=0.8),
    ]
    here = pathlib.Path(__file__)
    header = {
        "command": "/usr/bin/python3 src/core/metrics/testing/reference.py, then prettier --write",
        "versions": {
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
    }
    body = ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases)
    text = json.dumps(header, indent=1)[:-2] + ',\n "cases": [\n' + body + "\n]\n}\n"
    here.with_name("reference.json").write_text(text)


if __name__ == "__main__":
    main()
