"""Keras's side: keras_job.py MODEL FOLDER EPOCHS RECIPE, a head on a frozen MobileNetV2, from photos to accuracy.

As its guides do it: photos from folders, preprocessing and the frozen base in the model, `fit` with validation data. RECIPE
is `plain`, or the options of ImageDataGenerator as JSON.
"""

import json
import re
import sys
import time
from pathlib import Path

import keras
import tensorflow as tf

SIZE, BATCH_SIZE = (224, 224), 64

file, folder, epochs, recipe = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
base = keras.models.load_model(file)
base.trainable = False
inputs = keras.Input((*SIZE, 3))
x = keras.layers.Rescaling(1 / 127.5, offset=-1)(inputs)
x = keras.layers.GlobalAveragePooling2D()(base(x, training=False))
x = keras.layers.Dense(64, activation="relu")(x)
x = keras.layers.Dropout(0.5)(x)
model = keras.Model(inputs, keras.layers.Dense(2, activation="softmax")(x))
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])

if recipe == "plain":
    options = {"image_size": SIZE, "batch_size": BATCH_SIZE, "verbose": False}
    load = keras.utils.image_dataset_from_directory
    train = load(folder / "train", seed=1, **options).prefetch(tf.data.AUTOTUNE)
    validation = load(folder / "val", shuffle=False, **options).prefetch(tf.data.AUTOTUNE)
else:
    from keras.src.legacy.preprocessing.image import ImageDataGenerator

    options = {"target_size": SIZE, "batch_size": BATCH_SIZE, "class_mode": "sparse", "interpolation": "bilinear"}
    generator = ImageDataGenerator(**json.loads(recipe))
    train = generator.flow_from_directory(folder / "train", seed=1, **options)
    validation = ImageDataGenerator().flow_from_directory(folder / "val", shuffle=False, **options)

ends = []
tick = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: ends.append(time.time()))
history = model.fit(train, validation_data=validation, epochs=epochs, verbose=0, callbacks=[tick]).history
finished = time.time()
peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
print(
    json.dumps(
        {
            "finished": finished,
            "epochSeconds": [after - before for before, after in zip(ends, ends[1:])],
            "accuracy": history["val_accuracy"][-1],
            "peakMegabytes": int(peak[1]) / 1024,
            "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        }
    )
)
