"""What Keras's ImageDataGenerator and Pillow make of images where the random numbers are given."""

import warnings

import numpy as np
from keras.src.legacy.preprocessing import image as legacy
from PIL import Image, ImageEnhance, ImageOps

from .numbers import flat, write_json

SEED = 29

TOOLS = ["scipy", "pillow"]

FILLS = ("nearest", "constant", "reflect", "wrap")

# Each by itself, and together, near to none and far from it.
GEOMETRY = (
    {"theta": 30},
    {"theta": -100},
    {"tx": 1.5, "ty": -2},
    {"tx": -9.25},
    {"ty": 7.5},
    {"shear": 20},
    {"zx": 0.6, "zy": 1.7},
    {"zx": 2.3},
    {"theta": 200, "tx": 2.25, "ty": 1.5, "shear": -25, "zx": 1.4, "zy": 0.8},
    {"theta": 15, "flip_horizontal": True},
    {"zy": 1.3, "flip_horizontal": True, "flip_vertical": True},
)

COLORS = (
    {"channel_shift_intensity": 40.5},
    {"channel_shift_intensity": -70},
    {"brightness": 0.2},
    {"brightness": 0.73},
    {"brightness": 1},
    {"brightness": 1.9},
    {"flip_vertical": True, "channel_shift_intensity": 20, "brightness": 1.2},
)


def make(folder):
    # Keras calls SciPy by a name that SciPy is about to drop, and warns of statistics before they are there.
    warnings.simplefilter("ignore")
    random = np.random.RandomState(SEED)
    write_json(folder / "transforms.json", transforms(random))
    write_json(folder / "standardize.json", standardize(random))
    write_json(folder / "pillow.json", pillow(random))
    write_json(folder / "equalize.json", equalize(random))
    write_json(folder / "whitened.json", list(whitened(random)))


def pixels(random, *shape):
    return np.round(random.uniform(size=shape) * 255).astype("float32")


def transforms(random):
    """`square` as Keras has it. Of `oblong` Keras turns about another point than the centre, since it takes the one length for
    the other; here they are exchanged."""
    square, oblong, colored = pixels(random, 6, 6, 2), pixels(random, 4, 7, 1), pixels(random, 6, 5, 3)
    wide = np.round(random.normal(size=(6, 5, 3)) * 150, 3).astype("float32")
    result = {"cval": 12.5, "square": geometry(square)}
    offset_center = legacy.transform_matrix_offset_center
    legacy.transform_matrix_offset_center = lambda matrix, x, y: offset_center(matrix, y, x)
    try:
        result["oblong"] = geometry(oblong, (0, 2, 5, 8), (1,))
    finally:
        legacy.transform_matrix_offset_center = offset_center
    generator = legacy.ImageDataGenerator()
    result["colors"] = [
        {
            "shape": x.shape,
            "values": flat(x),
            "cases": [{"transform": each, "output": flat(generator.apply_transform(x, each))} for each in COLORS],
        }
        for x in (colored, wide)
    ]
    return result


def geometry(x, which=range(len(GEOMETRY)), orders=(0, 1)):
    cases = []
    for order in orders:
        for fill in FILLS:
            generator = legacy.ImageDataGenerator(fill_mode=fill, cval=12.5, interpolation_order=order)
            for each in (GEOMETRY[i] for i in which):
                output = flat(generator.apply_transform(x, each))
                cases.append({"fillMode": fill, "interpolationOrder": order, "transform": each, "output": output})
    return {"shape": x.shape, "values": flat(x), "cases": cases}


def standardize(random):
    """The statistics that Keras's `fit` finds, and what it makes of each image with them."""
    x = pixels(random, 4, 3, 2, 3)
    cases = []
    for options in (
        {"rescale": 1 / 255},
        {"samplewise_center": True},
        {"samplewise_std_normalization": True},
        {"featurewise_center": True},
        {"featurewise_std_normalization": True},
        {"rescale": 0.5, "samplewise_center": True, "featurewise_std_normalization": True},
    ):
        generator = legacy.ImageDataGenerator(**options)
        generator.fit(x)
        output = np.stack([generator.standardize(image.copy()) for image in x])
        case = {"options": options, "output": flat(output)}
        if generator.mean is not None:
            case["mean"] = flat(generator.mean)
        if generator.std is not None:
            case["std"] = flat(generator.std)
        cases.append(case)
    return {"shape": x.shape, "values": flat(x), "cases": cases}


def pillow(random):
    """Whole numbers in and out, each op rounding as it goes: results are to be near, not equal."""
    x = np.clip(random.normal(size=(7, 6, 3)) * 40 + [90, 120, 150], 0, 255).astype("uint8")
    image = Image.fromarray(x)
    cases = [
        ({"color": [{"brightness": 1.4}]}, ImageEnhance.Brightness(image).enhance(1.4)),
        ({"color": [{"contrast": 0.4}]}, ImageEnhance.Contrast(image).enhance(0.4)),
        ({"color": [{"contrast": 1.3}]}, ImageEnhance.Contrast(image).enhance(1.3)),
        ({"color": [{"saturation": 0}]}, ImageEnhance.Color(image).enhance(0)),
        ({"color": [{"saturation": 1.6}]}, ImageEnhance.Color(image).enhance(1.6)),
        (
            {"color": [{"saturation": 0.5}, {"brightness": 0.8}, {"contrast": 0.6}]},
            ImageEnhance.Contrast(ImageEnhance.Brightness(ImageEnhance.Color(image).enhance(0.5)).enhance(0.8)).enhance(0.6),
        ),
        ({"sharpness": 0.3}, ImageEnhance.Sharpness(image).enhance(0.3)),
        ({"sharpness": 1.8}, ImageEnhance.Sharpness(image).enhance(1.8)),
        ({"posterize": 5}, ImageOps.posterize(image, 5)),
        ({"solarize": 128}, ImageOps.solarize(image, 128)),
        ({"autoContrast": True}, ImageOps.autocontrast(image)),
    ]
    return {
        "shape": x.shape,
        "values": flat(x),
        "cases": [{"transform": transform, "output": flat(np.asarray(result))} for transform, result in cases],
    }


def equalize(random):
    """Pillow leaves images of less than 256 pixels alone. The last channel is of one value."""
    x = np.clip(random.normal(size=(24, 22, 3)) * 40 + [90, 40, 230], 0, 255).astype("uint8")
    x[..., 2] = 7
    image = Image.fromarray(x)
    outcome = flat(np.asarray(ImageOps.equalize(image)))
    then = flat(np.asarray(ImageOps.solarize(ImageOps.equalize(image), 100)))
    cases = [
        {"transform": {"equalize": True}, "output": outcome},
        {"transform": {"equalize": True, "solarize": 100}, "output": then},
    ]
    return {"shape": x.shape, "values": flat(x), "cases": cases}


def whitened(random):
    """More images than values of one, and fewer. In float64: dividing by small singular values makes much of rounding."""
    for shape, rescale, epsilon in (((40, 2, 3, 3), 1 / 255, 1e-6), ((7, 3, 4, 2), 1.0, 0.1)):
        x = pixels(random, *shape)
        options = {"rescale": rescale, "zca_whitening": True, "zca_epsilon": epsilon, "dtype": "float64"}
        generator = legacy.ImageDataGenerator(featurewise_center=True, **options)
        generator.fit(x)
        output = np.stack([generator.standardize(image.astype("float64")) for image in x])
        yield {"shape": shape, "values": flat(x), "rescale": rescale, "epsilon": epsilon, "output": flat(output)}
