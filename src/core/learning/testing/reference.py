"""Writes reference.json: logistic regressions and TF-IDF vectors as scikit-learn computes them.

Run from the repository root:

    /usr/bin/python3 src/core/learning/testing/reference.py
    npx prettier --write src/core/learning/testing/reference.json

Deterministic: the same versions of scikit-learn and numpy write the same bytes.

scikit-learn has no fixed offset and no ridge on the intercept. An offset is left out; a ridge on the intercept is
written as a column of ones among the features of a model without an intercept. Feature scales multiply the columns.
"""

import json
import pathlib
import platform

import numpy as np
import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

DOCUMENTS = 40
BLOCKS = [4, 3]
LABELS = 3

TEXTS = [
    "A wheelchair with two wheels, and a brake on each of the wheels.",
    "Wheelchair comprising a frame, a seat and wheels; wheels, wheels, wheels.",
    "Verfahren zur Überwachung der Atmung: das Gerät misst die Atmung.",
    "Gerät und Verfahren: ÜBERWACHUNG eines Patienten mit Sensoren",
    "A sensor (12a) senses a patient's breathing; see FIG. 3 and H2O.",
    "The sensor_array of H2O sensors: 3D, 5G, x1, x1 and the x1-sensor.",
    "Συσκευή παρακολούθησης ασθενούς με αισθητήρα",
    "Αισθητήρα και συσκευή για παρακολούθηση, ΣΥΣΚΕΥΉ",
    "装置 及び 方法 装置",
    "装置 を 備える 方法",
    "naïve café résumé of a patient and a naïve frame",
    "",
    "12 34 5,6 7",
]


def objective(x, y, weights, bias, ridge, bias_ridge, importance):
    z = x @ weights + bias
    cells = np.logaddexp(0, z) - y * z
    return float(importance @ cells + ridge / 2 * weights @ weights + bias_ridge / 2 * bias**2)


def problem(x, y, importance, label, scales, ridge, bias_ridge):
    columns = np.repeat(scales, BLOCKS)
    scaled = x * columns
    settings = {"C": 1 / ridge, "solver": "lbfgs", "tol": 1e-8, "max_iter": 100_000}
    if bias_ridge == 0:
        model = LogisticRegression(**settings).fit(scaled, y[:, label], sample_weight=importance)
        weights, bias = model.coef_[0], model.intercept_[0]
    else:
        # ridge/2 * (bias/height)^2 = bias_ridge/2 * bias^2
        height = np.sqrt(ridge / bias_ridge)
        with_ones = np.hstack([scaled, np.full((DOCUMENTS, 1), height)])
        model = LogisticRegression(**settings, fit_intercept=False)
        model.fit(with_ones, y[:, label], sample_weight=importance)
        weights, bias = model.coef_[0, :-1], model.coef_[0, -1] * height
    return {
        "label": label,
        "scales": list(scales),
        "l2": ridge,
        "weights": weights.tolist(),
        "intercept": float(bias),
        "objective": objective(scaled, y[:, label], weights, bias, ridge, bias_ridge, importance),
    }


def logistic():
    rng = np.random.default_rng(20240612)
    # Multiples of 1/64 are exact in single precision.
    x = np.round(64 * rng.normal(0, 1, (DOCUMENTS, sum(BLOCKS)))) / 64
    truth = rng.normal(0, 1.5, (sum(BLOCKS), LABELS))
    y = (x @ truth + rng.logistic(0, 1, (DOCUMENTS, LABELS)) > 0.5).astype(int)
    importance = np.where(np.arange(DOCUMENTS) % 5 == 0, 0, 1).astype(float)
    everyone = np.ones(DOCUMENTS)
    grid = [
        (label, scales, ridge)
        for label in range(LABELS)
        for scales, ridge in [((1, 1), 1), ((1, 0.5), 0.125), ((2, 0.25), 8), ((1, 0), 0.5)]
    ]
    return {
        "documents": DOCUMENTS,
        "blocks": BLOCKS,
        "labels": LABELS,
        "features": x.ravel().tolist(),
        "targets": ["".join(map(str, row)) for row in y],
        "cases": [
            {
                "name": name,
                "interceptRidge": bias_ridge,
                "documentWeights": weights.tolist(),
                "problems": [problem(x, y, weights, *one, bias_ridge) for one in grid],
            }
            for name, weights, bias_ridge in [
                ("all documents, free intercept", everyone, 0),
                ("one fold held out, free intercept", importance, 0),
                ("one fold held out, ridge on the intercept", importance, 2),
            ]
        ],
    }


def tfidf():
    vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2, token_pattern=r"(?u)[^\W\d_][^\W_]+")
    matrix = vectorizer.fit_transform(TEXTS).toarray()
    words = vectorizer.get_feature_names_out().tolist()
    return {
        "texts": TEXTS,
        "idf": dict(zip(words, vectorizer.idf_.tolist())),
        "vectors": [
            {word: float(value) for word, value in zip(words, row) if value != 0} for row in matrix
        ],
    }


def main():
    here = pathlib.Path(__file__)
    content = {
        "command": "/usr/bin/python3 src/core/learning/testing/reference.py, then prettier --write",
        "versions": {
            "scikit-learn": sklearn.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "logistic": logistic(),
        "tfidf": tfidf(),
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    here.with_suffix(".json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
