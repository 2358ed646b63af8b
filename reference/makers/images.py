"""Tiny images: what Pillow decodes, what `load_img` makes of them, how Keras resizes, and what models' inputs go through."""

import base64
import io
import struct
import zlib

import keras
import numpy as np
from keras.applications import imagenet_utils
from PIL import Image, ImageOps

from .numbers import flat, write_json

SEED = 17
TOOLS = ["pillow"]

PILLOW_MODES = {"rgb": "RGB", "grayscale": "L", "rgba": "RGBA"}
PILLOW_FILTERS = ["nearest", "bilinear", "bicubic", "lanczos", "box", "hamming"]
# Height and width: smaller, larger, one of each, one side as it is, and proportions far from the image's.
PILLOW_SIZES = [(5, 6), (23, 31), (7, 40), (13, 9), (13, 17), (1, 1), (19, 3)]
KERAS_FILTERS = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"]
KERAS_SIZES = [(4, 5), (14, 17), (9, 6), (3, 20)]


def make(folder):
    random = np.random.RandomState(SEED)
    write_json(folder / "files.json", {"cases": decoded(random)})
    write_json(folder / "load-img.json", loaded(random))
    write_json(folder / "resize.json", resized(random))
    write_json(folder / "preprocess.json", preprocessed(random))


def decoded(random):
    """Files and what `load_img` reads from them, by colour mode; `upright` is turned by its EXIF orientation."""
    cases = []
    for name, data in files(random).items():
        modes = {mode: described(load(data, color_mode=mode)) for mode in PILLOW_MODES}
        with Image.open(io.BytesIO(data)) as image:
            if image.getexif().get(0x0112, 1) != 1:
                modes["upright"] = described(ImageOps.exif_transpose(image).convert("RGB"))
            if image.mode == "I;16":
                # Pillow makes white of all above 255, and Keras keeps 16 bits of grey: the upper eight are meant.
                grey = Image.fromarray((np.asarray(image) >> 8).astype("uint8"))
                modes = {mode: described(grey.convert(kind)) for mode, kind in PILLOW_MODES.items()}
        cases.append({"name": name, "base64": text(data), **modes})
    return cases


def files(random):
    photo = scene(random, 19, 26)
    grey = photo.convert("L")
    alpha = Image.fromarray(random.randint(0, 256, (19, 26)).astype("uint8"))
    rgba = photo.copy()
    rgba.putalpha(alpha)
    palette = photo.quantize(16)
    made = {
        "rgb.jpg": saved(photo, "JPEG", quality=90),
        "444.jpg": saved(photo, "JPEG", quality=75, subsampling=0),
        "progressive.jpg": saved(photo, "JPEG", progressive=True),
        "grey.jpg": saved(grey, "JPEG"),
        "cmyk.jpg": saved(photo.convert("CMYK"), "JPEG", quality=95),
        "rgb.png": saved(photo, "PNG"),
        "rgba.png": saved(rgba, "PNG"),
        "grey.png": saved(grey, "PNG"),
        "grey-alpha.png": saved(Image.merge("LA", [grey, alpha]), "PNG"),
        "palette.png": saved(palette, "PNG"),
        "palette-transparent.png": saved(palette, "PNG", transparency=3),
        "one-bit.png": saved(photo.convert("1"), "PNG"),
        "grey-16.png": png16(random.randint(0, 65536, (6, 5, 1))),
        "rgb-16.png": png16(random.randint(0, 65536, (6, 5, 3))),
        "rgba-16.png": png16(random.randint(0, 65536, (6, 5, 4))),
        "lossless.webp": saved(photo, "WEBP", lossless=True),
        "lossy.webp": saved(photo, "WEBP", quality=80),
        "alpha.webp": saved(rgba, "WEBP", lossless=True, exact=True),
        "still.gif": saved(palette, "GIF"),
        "moving.gif": saved(palette, "GIF", save_all=True, append_images=[palette.rotate(180)]),
    }
    for orientation in range(2, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        made[f"orientation-{orientation}.jpg"] = saved(scene(random, 8, 16), "JPEG", exif=exif)
    return made


def loaded(random):
    """Images, and what `load_img` makes of them at other sizes."""
    rgba = scene(random, 13, 17)
    rgba.putalpha(Image.fromarray(random.randint(0, 256, (13, 17)).astype("uint8")))
    data = saved(rgba, "PNG")
    cases = []
    for mode in PILLOW_MODES:
        for interpolation in PILLOW_FILTERS:
            for size in PILLOW_SIZES if mode == "rgb" else PILLOW_SIZES[:2]:
                for keep in (False, True):
                    image = load(
                        data,
                        color_mode=mode,
                        target_size=size,
                        interpolation=interpolation,
                        keep_aspect_ratio=keep,
                    )
                    case = {"colorMode": mode, "interpolation": interpolation, "keepAspectRatio": keep}
                    cases.append(case | described(image))
    sources = {mode: described(load(data, color_mode=mode)) for mode in PILLOW_MODES}
    return {"file": text(data), "sources": sources, "cases": cases}


def resized(random):
    """Two images resized by Keras's Resizing."""
    images = random.randint(0, 256, (2, 9, 13, 2)).astype("float32")
    cases = []
    for interpolation in KERAS_FILTERS:
        for antialias in (False, True):
            for size in KERAS_SIZES:
                cases.append(resizing(images, size, interpolation, antialias=antialias))
    for size in KERAS_SIZES:
        cases.append(resizing(images, size, "bilinear", crop_to_aspect_ratio=True))
        cases.append(resizing(images, size, "bicubic", pad_to_aspect_ratio=True, fill_value=7.0))
    return {"shape": images.shape, "images": flat(images.astype("uint8")), "cases": cases}


def resizing(images, size, interpolation, antialias=False, **aspect):
    layer = keras.layers.Resizing(*size, interpolation=interpolation, antialias=antialias, **aspect)
    output = np.asarray(layer(images))
    return {
        "size": size,
        "interpolation": interpolation,
        "antialias": antialias,
        "cropToAspectRatio": aspect.get("crop_to_aspect_ratio", False),
        "padToAspectRatio": aspect.get("pad_to_aspect_ratio", False),
        "fillValue": aspect.get("fill_value", 0.0),
        "output": flat(output),
    }


def preprocessed(random):
    images = random.randint(0, 256, (2, 3, 4, 3)).astype("uint8")
    cases = [
        {"mode": mode, "output": flat(imagenet_utils.preprocess_input(images.astype("float32"), mode=mode))}
        for mode in ("caffe", "tf", "torch")
    ]
    return {"shape": images.shape, "input": flat(images), "cases": cases}


def scene(random, height, width):
    """Smooth colours with some noise: neither flat, nor so wild that a JPEG of it is large."""
    y, x = np.mgrid[:height, :width]
    waves = [np.sin(x / a + y / b) for a, b in ((4.0, 9.0), (-7.0, 3.0), (5.0, -6.0))]
    pixels = 128 + 90 * np.stack(waves, axis=-1) + random.normal(size=(height, width, 3)) * 12
    return Image.fromarray(np.clip(pixels, 0, 255).astype("uint8"))


def png16(values):
    """Pillow writes no PNG of 16 bits and several channels."""
    height, width, channels = values.shape
    colour = {1: 0, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    header = struct.pack(">IIBBBBB", width, height, 16, colour, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def saved(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def load(data, **options):
    return keras.utils.load_img(io.BytesIO(data), **options)


def described(image):
    """Shape [height, width, channels], and the bytes."""
    pixels = np.asarray(image, dtype="uint8")
    pixels = pixels.reshape(*pixels.shape[:2], -1)
    return {"shape": pixels.shape, "pixels": text(pixels.tobytes())}


def text(data):
    return base64.b64encode(data).decode()
