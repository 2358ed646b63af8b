"""Twenty training steps of a small model under several optimizers, as Keras takes them."""

import keras
import numpy as np

from .numbers import flat, inputs, shortest, write_json

SEED = 22
FEATURES, BATCH, STEPS, EVALUATION, FIT_EXAMPLES = 8, 16, 20, 40, 100

OPTIMIZERS = {
    "sgd": {"class_name": "SGD", "learning_rate": 0.05},
    "momentum": {"class_name": "SGD", "learning_rate": 0.05, "momentum": 0.9},
    "nesterov": {"class_name": "SGD", "learning_rate": 0.05, "momentum": 0.9, "nesterov": True},
    "adam": {"class_name": "Adam", "learning_rate": 0.01},
    "rmsprop": {"class_name": "RMSprop", "learning_rate": 0.003},
    "rmsprop-momentum": {"class_name": "RMSprop", "learning_rate": 0.002, "momentum": 0.7},
    "rmsprop-centered": {"class_name": "RMSprop", "learning_rate": 0.003, "centered": True},
    "rmsprop-centered-momentum": {
        "class_name": "RMSprop",
        "learning_rate": 0.002,
        "rho": 0.8,
        "momentum": 0.5,
        "centered": True,
    },
}
# Freezing and a form of a rule have nothing to do with each other: these train with all layers, to keep the fixture small.
NEVER_FROZEN = [name for name in OPTIMIZERS if name.startswith("rmsprop-")]
PROBLEMS = {
    "classification": {
        "model": "model.h5",
        "loss": "sparse_categorical_crossentropy",
        "classes": 4,
        "head": {"units": 4, "activation": "softmax"},
    },
    "binary": {
        "model": "binary.h5",
        "loss": "binary_crossentropy",
        "classes": 2,
        "head": {"units": 1, "activation": "sigmoid"},
    },
}
FROZEN = "normalization"

# Where the input of a ReLU is this close to 0, rounding decides which side it falls on, and the curves of two correct
# implementations part. SEED is one with which that happens nowhere.
KINK = 1e-5


def build(name, head):
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((FEATURES,), name="features"),
            layers.Dense(12, activation="selu", name="hidden"),
            layers.BatchNormalization(name=FROZEN),
            layers.Dense(
                10,
                activation="relu",
                kernel_regularizer=keras.regularizers.L2(1e-3),
                kernel_constraint=keras.constraints.MaxNorm(0.5, axis=0),
                name="constrained",
            ),
            layers.Dense(**head, name="head"),
        ],
        name=name,
    )


def distance_to_kink(network, x):
    """The smallest |input| of the ReLU when the network trains on x."""
    hidden = network.get_layer("hidden")(x).numpy()
    normalization = network.get_layer(FROZEN)
    gamma, beta, mean, variance = normalization.get_weights()
    if normalization.trainable:
        mean, variance = hidden.mean(axis=0), hidden.var(axis=0)
    normal = (hidden - mean) / np.sqrt(variance + normalization.epsilon) * gamma + beta
    kernel, bias = network.get_layer("constrained").get_weights()
    return np.abs(normal @ kernel + bias).min()


def initialise(model, random):
    """Every weight from NumPy, BatchNormalization's statistics too, so that freezing it shows."""
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            shape = layer.gamma.shape
            gamma, beta, mean = (inputs(random, *shape, scale=0.3) for _ in range(3))
            variance = np.round(random.uniform(0.5, 2.0, shape), 3).astype("float32")
            layer.set_weights([1 + gamma, beta, mean, variance])
        else:
            layer.set_weights([inputs(random, *w.shape, scale=0.4) for w in layer.get_weights()])


def problem(folder, name, model, loss, classes, head):
    random = np.random.RandomState(SEED)
    path = folder / model
    template = build(name, head)
    initialise(template, random)
    template.save(path)

    def data(examples):
        x = inputs(random, examples, FEATURES)
        # Labels that follow from the features, so that there is something to learn.
        y = x[:, :classes].argmax(axis=1).astype("int32")
        return x, y

    train, evaluation = data(BATCH * STEPS), data(EVALUATION)
    target = (lambda y: y.reshape(-1, 1).astype("float32")) if classes == 2 else (lambda y: y)

    def compiled(optimizer, frozen):
        keras.utils.set_random_seed(SEED)
        network = keras.models.load_model(path, compile=False)
        network.get_layer(FROZEN).trainable = not frozen
        settings = dict(optimizer)
        rule = getattr(keras.optimizers, settings.pop("class_name"))(**settings)
        network.compile(optimizer=rule, loss=loss, metrics=["accuracy"], jit_compile=False)
        return network

    def score(network):
        result = network.evaluate(
            evaluation[0], target(evaluation[1]), batch_size=BATCH, return_dict=True, verbose=0
        )
        return {key: shortest(value) for key, value in result.items()}

    def steps(case, optimizer, frozen):
        network = compiled(optimizer, frozen)
        losses, accuracies = [], []
        for start in range(0, BATCH * STEPS, BATCH):
            batch = slice(start, start + BATCH)
            distance = distance_to_kink(network, train[0][batch])
            if distance < KINK:
                raise ValueError(f"SEED {SEED}: {case} comes within {distance:.1e} of the ReLU's kink")
            network.reset_metrics()
            logs = network.train_on_batch(train[0][batch], target(train[1][batch]), return_dict=True)
            losses.append(shortest(logs["loss"]))
            accuracies.append(shortest(logs["accuracy"]))
        weights = {
            f"{layer.name}/{weight.name}": flat(weight.numpy())
            for layer in network.layers
            for weight in layer.weights
        }
        return {
            "name": case,
            "optimizer": optimizer,
            "frozen": [FROZEN] if frozen else [],
            "losses": losses,
            "accuracies": accuracies,
            "weights": weights,
            "evaluation": score(network),
        }

    def fit(optimizer):
        network = compiled(optimizer, frozen=False)
        history = network.fit(
            train[0][:FIT_EXAMPLES],
            target(train[1][:FIT_EXAMPLES]),
            batch_size=BATCH,
            epochs=2,
            shuffle=False,
            validation_data=(evaluation[0], target(evaluation[1])),
            validation_batch_size=BATCH,
            verbose=0,
        ).history
        return {
            "optimizer": optimizer,
            "examples": FIT_EXAMPLES,
            "epochs": 2,
            "history": {key: [shortest(v) for v in values] for key, values in history.items()},
        }

    return {
        "name": name,
        "model": model,
        "loss": loss,
        "batchSize": BATCH,
        "steps": STEPS,
        "features": FEATURES,
        "train": {"examples": BATCH * STEPS, "x": flat(train[0]), "y": flat(train[1])},
        "evaluation": {
            "examples": EVALUATION,
            "x": flat(evaluation[0]),
            "y": flat(evaluation[1]),
            "before": score(compiled(OPTIMIZERS["sgd"], frozen=False)),
        },
        "cases": [
            steps(case + ("-frozen" if frozen else ""), optimizer, frozen)
            for case, optimizer in OPTIMIZERS.items()
            for frozen in ((False,) if case in NEVER_FROZEN else (False, True))
        ],
        "fit": fit(OPTIMIZERS["sgd"]),
    }


def make(folder):
    problems = [problem(folder, name, **settings) for name, settings in PROBLEMS.items()]
    write_json(folder / "cases.json", {"problems": problems})
