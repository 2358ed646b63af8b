"""What Keras makes of images: by given affine maps, and by its random layers where the random numbers are given."""

import keras
import numpy as np
from keras import layers

from .numbers import flat, inputs, write_json

SEED = 23

FILLS = ("reflect", "wrap", "constant", "nearest")
WAYS = ("bilinear", "nearest")


def make(folder):
    random = np.random.RandomState(SEED)
    write_json(folder / "affine.json", affine(random))
    write_json(folder / "layers.json", {"cases": list(cases(random))})


def affine(random):
    """`maps` near to none and far from it, for images of several heights and widths; 0 to the power of nothing ends them."""
    images = []
    for shape in ((3, 4, 5, 2), (2, 1, 4, 1)):
        x = inputs(random, *shape)
        maps = np.round(random.normal(size=(shape[0], 6)) * [0.6, 0.6, 4, 0.6, 0.6, 4] + [1, 0, 0, 0, 1, 0], 3)
        maps = maps.astype("float32")
        transform = np.concatenate([maps, np.zeros((shape[0], 2), "float32")], axis=1)
        results = [
            {
                "fillMode": fill,
                "interpolation": way,
                "values": flat(keras.ops.image.affine_transform(x, transform, way, fill, fill_value=0.5)),
            }
            for fill in FILLS
            for way in WAYS
        ]
        images.append({"shape": shape, "values": flat(x), "maps": flat(maps), "results": results})
    return {"fillValue": 0.5, "images": images}


def cases(random):
    """A layer, its images, what was `drawn` for each of them, and the outcome."""
    shape = (2, 4, 5, 3)
    x = np.round(random.uniform(size=shape) * 255).astype("float32")

    def case(layer, drawn, transformation, values=x):
        y = layer.transform_images(keras.ops.convert_to_tensor(values), transformation, training=True)
        config = layer.get_config()
        return {
            "class_name": type(layer).__name__,
            "config": {name: value for name, value in config.items() if name not in ("name", "trainable", "dtype")},
            "shape": values.shape,
            "values": flat(values),
            "drawn": {"shape": np.shape(drawn), "values": flat(np.asarray(drawn, "float32"))},
            "outputShape": list(y.shape),
            "output": flat(y),
        }

    flips = np.array([True, False])
    for mode in ("horizontal", "vertical", "horizontal_and_vertical"):
        yield case(layers.RandomFlip(mode), flips, {"flips": flips[:, None, None, None]})
    angle = np.array([31.5, -75], "float32")
    rotation = layers.RandomRotation(0.3)
    zeros, ones = np.zeros(2, "float32"), np.ones(2, "float32")
    matrix = rotation._compute_affine_matrix(0.5, 0.5, angle, zeros, zeros, ones, zeros, zeros, shape[1], shape[2])
    yield case(rotation, angle, {"rotation_matrix": matrix})
    zooms = np.array([[0.8, 1.3], [1.1, 0.6]], "float32")
    transformation = {"width_zoom": zooms[:, :1], "height_zoom": zooms[:, 1:]}
    yield case(layers.RandomZoom(0.5, 0.3, "wrap"), zooms, transformation)
    moves = np.array([[1.25, -0.5], [-2, 1.75]], "float32")
    layer = layers.RandomTranslation(0.5, 0.3, "constant", fill_value=7.0)
    yield case(layer, moves, {"translations": moves})
    shears = np.array([[0.3, -0.2], [-0.1, 0.25]], "float32")
    yield case(layers.RandomShear(0.5, 0.3, fill_mode="nearest"), shears, {"shear_factor": shears})
    yield case(layers.RandomCrop(2, 3, seed=1), [1, 2], (1, 2))
    yield case(layers.RandomCrop(6, 3, seed=1), [0, 1], (0, 1))
    deltas = np.array([40.5, -60], "float32")
    yield case(layers.RandomBrightness(0.3), deltas, {"rgb_delta": deltas[:, None, None, None]})
    contrasts = np.array([1.5, 0.25], "float32")
    yield case(layers.RandomContrast(0.9), contrasts, {"contrast_factor": contrasts[:, None, None, None]})
    yield case(layers.RandomGrayscale(0.5), flips, flips[:, None, None, None])
    yield case(layers.RandomInvert(0.5), flips, {"apply_inversion": flips})
    solar = np.array([[20, 100], [0, 180.5]], "float32")
    transformation = {"additions": solar[:, :1, None, None], "thresholds": solar[:, 1:, None, None]}
    yield case(layers.Solarization(0.2, 0.5), solar, transformation)
    unit = np.round(x / 255, 3).astype("float32")
    yield case(layers.Solarization(0.2, 0.5, value_range=(0, 1)), solar, transformation, unit)
