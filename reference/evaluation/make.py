"""ROC curves, areas and Brier scores by scikit-learn, calibration by NumPy; see README.md."""

import json
import platform
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import brier_score_loss, roc_auc_score, roc_curve

SEED = 8
FIXTURES = Path(__file__).parent / "fixtures"
BINS = 10


def curve(truth, scores):
    false_rate, true_rate, thresholds = roc_curve(truth, scores)
    return {
        "falsePositiveRate": false_rate.tolist(),
        "truePositiveRate": true_rate.tolist(),
        # JSON has no infinity: the first threshold is always that.
        "thresholds": thresholds[1:].tolist(),
        "auc": roc_auc_score(truth, scores),
    }


def calibration(truth, probabilities):
    """By the definition of Guo et al. 2017, over bins that are open on the left."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    edges = np.arange(BINS + 1) / BINS
    place = np.clip(np.digitize(confidence, edges, right=True) - 1, 0, BINS - 1)
    bins = []
    for i in range(BINS):
        inside = place == i
        count = int(inside.sum())
        bins.append(
            {
                "count": count,
                "confidence": confidence[inside].mean() if count else None,
                "accuracy": right[inside].mean() if count else None,
            }
        )
    gaps = [(b["count"], abs(b["accuracy"] - b["confidence"])) for b in bins if b["count"]]
    return {
        "bins": bins,
        "ece": sum(count * gap for count, gap in gaps) / len(truth),
        "maxError": max(gap for _, gap in gaps),
    }


def case(name, rng, examples, classes, sharpness, decimals):
    truth = rng.integers(0, classes, examples)
    truth[:classes] = np.arange(classes)
    logits = rng.normal(size=(examples, classes)) * sharpness + np.eye(classes)[truth]
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    # Few decimals make ties, and values on the edges of bins.
    probabilities = np.round(odds / odds.sum(axis=1, keepdims=True), decimals)
    one_hot = np.eye(classes)[truth]
    if classes == 2:
        brier = brier_score_loss(truth, probabilities[:, 1])
    else:
        # Rows must add up to 1 for scikit-learn; rounded ones do so nearly.
        brier = float(((probabilities - one_hot) ** 2).sum(axis=1).mean())
        exact = probabilities / probabilities.sum(axis=1, keepdims=True)
        mine = ((exact - one_hot) ** 2).sum(axis=1).mean()
        assert np.isclose(brier_score_loss(truth, exact), mine)
    losses = -np.log(probabilities[np.arange(examples), truth])
    return {
        "name": name,
        "classes": classes,
        "truth": truth.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "curves": [curve(truth == k, probabilities[:, k]) for k in range(classes)],
        "calibration": calibration(truth, probabilities),
        "brier": brier,
        "losses": sorted(losses.tolist(), reverse=True)[:8],
    }


def main():
    rng = np.random.default_rng(SEED)
    cases = [
        case("two classes", rng, 60, 2, 1.0, 6),
        case("two classes, with ties", rng, 80, 2, 0.7, 1),
        case("four classes", rng, 90, 4, 1.5, 6),
        case("three classes, with ties", rng, 70, 3, 0.5, 1),
    ]
    for each in cases[1::2]:
        # A class of probability 0: its loss is infinite, and JSON has no such number.
        each["losses"] = [value if np.isfinite(value) else None for value in each["losses"]]
    FIXTURES.mkdir(exist_ok=True)
    (FIXTURES / "cases.json").write_text(json.dumps(cases, separators=(",", ":"), allow_nan=False) + "\n")
    tools = {
        "python": platform.python_version(),
        "scikit-learn": sklearn.__version__,
        "numpy": np.__version__,
    }
    manifest = {"script": "make.py", "seed": SEED, "tools": tools, "files": ["cases.json"]}
    (FIXTURES / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


main()
