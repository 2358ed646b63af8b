"""Attention."""

import keras
from keras import layers

from .models import joined

STEPS = [(4, 3), (5, 3)]
KEYED = [(4, 3), (5, 3), (5, 2)]


def called(shapes, make, *masked, **arguments):
    """A case's builder: the layer that `make` gives, called with one input of each shape as an argument of its own.

    Inputs by the names in `masked` are cut off at 0 first: a mask wants zeros.
    """

    def build():
        starts = [keras.Input(shape, name=f"x_{index}") for index, shape in enumerate(shapes)]
        count = len(starts) - len(masked)
        named = {name: layers.ReLU()(x) for name, x in zip(masked, starts[count:])}
        return keras.Model(starts, make()(*starts[:count], **named, **arguments), name="model")

    return build


def masked(make, *masked_inputs, **arguments):
    """A case's builder: query and value, of which those named have a mask, and the mean over what comes out of it."""

    def build():
        starts = [keras.Input((4,), name="x_0"), keras.Input((5,), name="x_1")]
        steps = [
            layers.Embedding(6, 3, mask_zero=name in masked_inputs)(layers.ReLU()(x))
            for name, x in zip(("query", "value"), starts)
        ]
        layer = make()
        alone = isinstance(layer, (layers.MultiHeadAttention, layers.GroupQueryAttention))
        y = layer(*steps, **arguments) if alone else layer(steps, **arguments)
        return keras.Model(starts, [y, layers.GlobalAveragePooling1D()(y)], name="model")

    return build


def heads(**settings):
    return lambda: layers.MultiHeadAttention(2, 3, **settings)


def groups(**settings):
    return lambda: layers.GroupQueryAttention(2, 4, 2, **settings)


def dot(**settings):
    return lambda: layers.Attention(**settings)


def additive(**settings):
    return lambda: layers.AdditiveAttention(**settings)


def itself():
    x = keras.Input((4, 3), name="x")
    return keras.Model(x, layers.MultiHeadAttention(2, 3)(x, x), name="model")


def in_a_model():
    """Whose weights are in one list with those of the other layers, and whose masks come from outside."""
    x = keras.Input((4, 3), name="inner_x")
    attended = layers.MultiHeadAttention(2, 3, name="mha")(x, x)
    inner = keras.Model(x, layers.Dense(2, name="query")(attended), name="inner")
    start = keras.Input((4,), name="x")
    steps = layers.Embedding(6, 3, mask_zero=True)(layers.ReLU()(start))
    y = inner(steps)
    return keras.Model(start, [y, layers.GlobalAveragePooling1D()(y)], name="model")


IMAGES = [(2, 3, 4), (2, 3, 4)]

CASES = [
    ("MultiHeadAttention", called(STEPS, heads())),
    ("MultiHeadAttention: on itself", itself),
    ("MultiHeadAttention: key, value_dim", called(KEYED, heads(value_dim=2))),
    ("MultiHeadAttention: output_shape, no bias", called(STEPS, heads(output_shape=(2, 5), use_bias=False))),
    ("MultiHeadAttention: on images", called(IMAGES, heads())),
    ("MultiHeadAttention: attention_axes", called(IMAGES, heads(attention_axes=2))),
    ("MultiHeadAttention: causal", called(STEPS, heads(), use_causal_mask=True)),
    ("MultiHeadAttention: window, gate", called(STEPS, heads(sliding_window=2, use_gate=True))),
    ("MultiHeadAttention: attention_mask", called([*STEPS, (4, 5)], heads(), "attention_mask")),
    ("MultiHeadAttention: scores", called(STEPS, heads(), use_causal_mask=True, return_attention_scores=True)),
    ("MultiHeadAttention: masks", masked(heads(), "query", "value")),
    ("MultiHeadAttention: masks, causal, dropout", masked(heads(dropout=0.2), "query", use_causal_mask=True)),
    ("MultiHeadAttention: in a model", in_a_model),
    ("GroupQueryAttention", called(STEPS, groups())),
    ("GroupQueryAttention: gate, masks", masked(groups(use_gate=True, use_bias=False), "query", "value")),
    ("Attention", joined(STEPS, dot())),
    ("Attention: key, scale, causal", joined([(4, 3), (5, 2), (5, 3)], dot(use_scale=True), use_causal_mask=True)),
    ("Attention: concat", joined(STEPS, dot(score_mode="concat", use_scale=True))),
    ("Attention: scores", joined(STEPS, dot(), return_attention_scores=True)),
    ("Attention: masks", masked(dot(), "query", "value", use_causal_mask=True)),
    ("AdditiveAttention", joined(STEPS, additive())),
    ("AdditiveAttention: no scale, mask", masked(additive(use_scale=False), "value")),
]

# Whose dropout draws random numbers.
RANDOM = {"MultiHeadAttention: masks, causal, dropout"}
