"""The small models that cases are made of."""

import keras


def chain(shape, *layers):
    """A case's builder: `layers`, made anew by each function, one after the other."""

    def build():
        x = start = keras.Input(shape, name="x")
        for index, make in enumerate(layers):
            layer = make()
            layer.name = f"layer_{index}"
            x = layer(x)
        return keras.Model(start, x, name="model")

    return build


def joined(shapes, make, **arguments):
    """A case's builder: the layer that `make` gives, on one input of each shape, with further arguments of the call."""

    def build():
        starts = [keras.Input(shape, name=f"x_{index}") for index, shape in enumerate(shapes)]
        return keras.Model(starts, make()(starts, **arguments), name="model")

    return build
