"""Losses with their gradients, metrics over several batches, and a small fit with weights, as Keras computes them."""

import keras
import numpy as np
import tensorflow as tf

from .numbers import flat, inputs, shortest, write_json

SEED = 5
EXAMPLES, OUTPUTS = 6, 4
BATCHES = [7, 7, 4]
FEATURES, CLASSES, FIT_EXAMPLES, BATCH, EPOCHS = 3, 3, 20, 8, 3

# Where the gradient jumps a rounding decides; inputs of three decimals stay this far from it.
KINK = 1e-4


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return (e / e.sum(axis=-1, keepdims=True)).round(3).astype("float32")


def one_hot(indices, depth):
    return np.eye(depth, dtype="float32")[indices]


def losses(random):
    values, targets = inputs(random, EXAMPLES, OUTPUTS), inputs(random, EXAMPLES, OUTPUTS)
    probabilities = softmax(inputs(random, EXAMPLES, OUTPUTS))
    distribution = softmax(inputs(random, EXAMPLES, OUTPUTS))
    indices = random.randint(0, OUTPUTS, EXAMPLES)
    binary = random.randint(0, 2, (EXAMPLES, OUTPUTS)).astype("float32")
    signs = 2 * binary - 1
    functions = keras.losses
    for loss in (values - targets, np.abs(values - targets) - 1, 1 - signs * values):
        assert np.abs(loss).min() > KINK, f"SEED {SEED} comes too near to a kink"
    cases = [
        ("meanSquaredError", {}, functions.mean_squared_error, targets, values),
        ("meanAbsoluteError", {}, functions.mean_absolute_error, targets, values),
        ("huber", {}, functions.huber, targets, values),
        ("huber", {"delta": 0.5}, functions.huber, targets, values),
        ("logCosh", {}, functions.log_cosh, targets, values),
        ("hinge", {}, functions.hinge, signs, values),
        ("hinge", {}, functions.hinge, binary, values),
        ("squaredHinge", {}, functions.squared_hinge, binary, values),
        ("categoricalHinge", {}, functions.categorical_hinge, one_hot(indices, OUTPUTS), values),
        ("klDivergence", {}, functions.kl_divergence, distribution, probabilities),
        ("poisson", {}, functions.poisson, np.abs(targets), probabilities),
        ("categoricalCrossentropy", {}, functions.categorical_crossentropy, distribution, probabilities),
        (
            "categoricalCrossentropy",
            {"label_smoothing": 0.1},
            functions.categorical_crossentropy,
            one_hot(indices, OUTPUTS),
            probabilities,
        ),
        ("sparseCategoricalCrossentropy", {}, functions.sparse_categorical_crossentropy, indices, probabilities),
        ("binaryCrossentropy", {}, functions.binary_crossentropy, binary, probabilities),
        ("binaryCrossentropy", {"label_smoothing": 0.2}, functions.binary_crossentropy, binary, probabilities),
    ]
    return [loss_case(*case) for case in cases]


def loss_case(name, options, function, targets, predictions):
    variable = tf.Variable(predictions)
    with tf.GradientTape() as tape:
        values = function(tf.constant(targets), variable, **options)
    return {
        "name": name,
        "options": options,
        "targets": {"shape": list(targets.shape), "values": flat(targets)},
        "predictions": {"shape": list(predictions.shape), "values": flat(predictions)},
        "values": flat(values.numpy()),
        "gradient": flat(tape.gradient(values, variable).numpy()),
    }


def metrics(random):
    classes = 8
    sparse = [random.randint(0, classes, size) for size in BATCHES]
    scores = [softmax(inputs(random, size, classes)) for size in BATCHES]
    # Two classes of one score: both are among the k best, or neither.
    scores[0][0, :2] = scores[0][0].max()
    binary = [random.randint(0, 2, (size, 1)) for size in BATCHES]
    probabilities = [random.uniform(size=(size, 1)).round(2).astype("float32") for size in BATCHES]
    # Values on thresholds.
    probabilities[0][:3, 0] = [0.0, 0.5, 1.0]
    weights = [random.uniform(0, 2, size).round(2).astype("float32") for size in BATCHES]
    hot = [one_hot(indices, classes) for indices in sparse]
    of = keras.metrics
    cases = [
        ("binaryAccuracy", {}, of.BinaryAccuracy(), binary, probabilities),
        ("binaryAccuracy", {"threshold": 0.3}, of.BinaryAccuracy(threshold=0.3), binary, probabilities),
        ("binaryAccuracy", {}, of.BinaryAccuracy(), hot, scores),
        ("categoricalAccuracy", {}, of.CategoricalAccuracy(), hot, scores),
        ("sparseCategoricalAccuracy", {}, of.SparseCategoricalAccuracy(), sparse, scores),
        ("topKCategoricalAccuracy", {}, of.TopKCategoricalAccuracy(), hot, scores),
        ("topKCategoricalAccuracy", {"k": 1}, of.TopKCategoricalAccuracy(k=1), hot, scores),
        ("sparseTopKCategoricalAccuracy", {"k": 3}, of.SparseTopKCategoricalAccuracy(k=3), sparse, scores),
        ("auc", {}, of.AUC(), binary, probabilities),
        ("auc", {"curve": "PR"}, of.AUC(curve="PR"), binary, probabilities),
        ("auc", {"numThresholds": 11}, of.AUC(num_thresholds=11), binary, probabilities),
        ("auc", {}, of.AUC(), hot, scores),
        ("precision", {}, of.Precision(), binary, probabilities),
        ("precision", {"threshold": 0.3}, of.Precision(thresholds=0.3), binary, probabilities),
        ("precision", {"threshold": 0.1, "classIndex": 2}, of.Precision(0.1, class_id=2), hot, scores),
        ("recall", {}, of.Recall(), binary, probabilities),
        ("recall", {"threshold": 0.1}, of.Recall(0.1), hot, scores),
        # Nothing is above this.
        ("precision", {"threshold": 1}, of.Precision(1.0), binary, probabilities),
    ]
    return [metric_case(*case, weights) for case in cases]


def metric_case(name, options, metric, targets, predictions, weights):
    def result(weighted):
        metric.reset_state()
        for y, p, w in zip(targets, predictions, weights):
            metric.update_state(y, p, sample_weight=w if weighted else None)
        return shortest(metric.result())

    batches = [
        {
            "targets": {"shape": list(y.shape), "values": flat(y)},
            "predictions": {"shape": list(p.shape), "values": flat(p)},
            "weights": flat(w),
        }
        for y, p, w in zip(targets, predictions, weights)
    ]
    return {
        "name": name,
        "options": options,
        "batches": batches,
        "result": result(False),
        "weighted": result(True),
    }


def training(random):
    """One dense layer with softmax; the loss has label smoothing, and examples or classes have weights."""
    x = inputs(random, FIT_EXAMPLES, FEATURES)
    classes = x.argmax(axis=1)
    weights = random.uniform(0, 2, FIT_EXAMPLES).round(2).astype("float32")
    kernel, bias = inputs(random, FEATURES, CLASSES), inputs(random, CLASSES)
    y = one_hot(classes, CLASSES)

    def compiled():
        model = keras.Sequential([keras.Input((FEATURES,)), keras.layers.Dense(CLASSES, activation="softmax")])
        model.set_weights([kernel, bias])
        model.compile(
            optimizer=keras.optimizers.SGD(0.5),
            loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
            metrics=["accuracy"],
            weighted_metrics=[keras.metrics.CategoricalAccuracy(name="weighted"), keras.metrics.AUC(name="auc")],
            jit_compile=False,
        )
        return model

    def fit(**options):
        model = compiled()
        history = model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0, **options).history
        return {
            "history": {key: [shortest(value) for value in values] for key, values in history.items()},
            "kernel": flat(model.get_weights()[0]),
        }

    class_weight = {0: 0.25, 2: 3.0}
    evaluation = compiled().evaluate(x, y, sample_weight=weights, batch_size=BATCH, return_dict=True, verbose=0)
    return {
        "x": flat(x),
        "y": flat(y),
        "weights": flat(weights),
        "kernel": flat(kernel),
        "bias": flat(bias),
        "batchSize": BATCH,
        "epochs": EPOCHS,
        "learningRate": 0.5,
        "labelSmoothing": 0.1,
        "evaluation": {key: shortest(value) for key, value in evaluation.items()},
        "sampleWeights": fit(sample_weight=weights, validation_data=(x, y, weights), validation_batch_size=BATCH),
        "classWeight": {
            "weights": class_weight,
            **fit(class_weight=class_weight, validation_data=(x, y), validation_batch_size=BATCH),
        },
    }


def make(folder):
    keras.utils.set_random_seed(SEED)
    random = np.random.RandomState(SEED)
    cases = {"losses": losses(random), "metrics": metrics(random), "training": training(random)}
    write_json(folder / "cases.json", cases)
