"""The lesson in Keras: test accuracies of A, B and B on A for each seed, printed as JSON."""

import json
import os
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), "..", "lib"))

import keras
import tensorflow as tf
from fashion_mnist import load, task_a, task_b


def network(head):
    hidden = [keras.layers.Dense(units, activation="selu") for units in (300, 100, 50, 50, 50)]
    return keras.Sequential([keras.Input((784,)), *hidden, head])


def shirt():
    return keras.layers.Dense(1, activation="sigmoid")


def train(model, loss, data, rate, epochs):
    model.compile(optimizer=keras.optimizers.SGD(rate), loss=loss, metrics=["accuracy"])
    model.fit(*data, batch_size=32, epochs=epochs, verbose=0)


def accuracy(model, data):
    return float(model.evaluate(*data, batch_size=500, verbose=0)[1])


x, y = load("train")
train_a = task_a(x[5000:], y[5000:])
train_b = [part[:200] for part in task_b(x[5000:], y[5000:])]
test_a, test_b = task_a(*load("t10k")), task_b(*load("t10k"))
binary = "binary_crossentropy"

trials = []
for seed in range(int(sys.argv[1])):
    keras.utils.set_random_seed(seed)
    a = network(keras.layers.Dense(8, activation="softmax"))
    train(a, "sparse_categorical_crossentropy", train_a, 1e-3, 20)
    b = network(shirt())
    train(b, binary, train_b, 1e-3, 20)
    copy = keras.models.clone_model(a)
    copy.set_weights(a.get_weights())
    b_on_a = keras.Sequential([*copy.layers[:-1], shirt()])
    for layer in b_on_a.layers[:-1]:
        layer.trainable = False
    train(b_on_a, binary, train_b, 1e-2, 4)
    for layer in b_on_a.layers[:-1]:
        layer.trainable = True
    train(b_on_a, binary, train_b, 1e-3, 16)
    trials.append([accuracy(a, test_a), accuracy(b, test_b), accuracy(b_on_a, test_b)])
    print(seed, trials[-1], file=sys.stderr, flush=True)

print(json.dumps({"trials": trials, "versions": {"keras": keras.__version__, "tensorflow": tf.__version__}}))
