"""Times JAX on the three networks of set A, one JSON object a line.

Everything is jitted; a Hessian-vector product is jvp of grad, the dense Hessian its vmap over the identity.
Process-CPU time of the best repetition, 64-bit numbers, one thread. Checks itself against the fixtures first.
"""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import jax
import jax.numpy as jnp
import numpy as np

from network_common import arguments, emit, fixture, measure, selected

jax.config.update("jax_enable_x64", True)


def convolved(p, name, x, dilation=1):
    weight = p[name + ".weight"]
    padding = weight.shape[-1] // 2 * dilation
    out = jax.lax.conv_general_dilated(
        x, weight, (1,), [(padding, padding)], rhs_dilation=(dilation,), dimension_numbers=("NCH", "OIH", "NCH")
    )
    return out + p[name + ".bias"][None, :, None]


def cnn(p, buffers, x):
    x = jax.nn.relu(convolved(p, "conv1", x))
    x = jax.nn.relu(convolved(p, "conv2", x))
    return jax.nn.softplus(convolved(p, "conv3", x))


def resnet(p, buffers, x):
    def normalized(name, z):
        mean, variance = (buffers[name + which][None, :, None] for which in (".running_mean", ".running_var"))
        scale, shift = (p[name + which][None, :, None] for which in (".weight", ".bias"))
        return (z - mean) / jnp.sqrt(variance + 1e-5) * scale + shift

    h = jax.nn.relu(convolved(p, "inp", x))
    for block, dilation in (("b1", 1), ("b2", 2), ("b3", 4)):
        z = jax.nn.relu(normalized(block + ".bn1", convolved(p, block + ".conv1", h, dilation)))
        h = jax.nn.relu(h + normalized(block + ".bn2", convolved(p, block + ".conv2", z, dilation)))
    return jax.nn.softplus(convolved(p, "out", h))


def transformer(p, buffers, x, heads=4, window=9):
    batch, _, length = x.shape
    h = convolved(p, "inp", x).transpose(0, 2, 1) + buffers["pe"]
    width = h.shape[-1]
    neighbours = np.arange(length)[:, None] + np.arange(window)[None, :]
    for index in range(3):
        at = f"blocks.{index}."

        def linear(name, z):
            weight = p[at + name + ".weight"]
            return z @ weight.reshape(weight.shape[0], -1).T + p[at + name + ".bias"]

        def normalized(name, z):
            z = z - z.mean(-1, keepdims=True)
            z = z / jnp.sqrt((z**2).mean(-1, keepdims=True) + 1e-5)
            return z * p[at + name + ".weight"] + p[at + name + ".bias"]

        def around(z):
            z = z.reshape(batch, length, heads, width // heads)
            return jnp.pad(z, ((0, 0), (window // 2, window // 2), (0, 0), (0, 0)))[:, neighbours]

        z = normalized("norm1", h)
        queries = linear("attn.q", z).reshape(batch, length, heads, width // heads)
        scores = jnp.einsum("blhd,blwhd->blhw", queries, around(linear("attn.k", z)))
        weights = jax.nn.softmax(scores / (width // heads) ** 0.5, -1)
        mixed = jnp.einsum("blhw,blwhd->blhd", weights, around(linear("attn.v", z)))
        h = h + linear("attn.o", mixed.reshape(batch, length, width))
        h = h + linear("mlp.2", jax.nn.gelu(linear("mlp.0", normalized("norm2", h)), approximate=False))
    return jax.nn.softplus(convolved(p, "out", h.transpose(0, 2, 1)))


def main():
    options = arguments()
    for name in options.networks:
        network = {"cnn": cnn, "resnet": resnet, "transformer": transformer}[name]
        summary, arrays, direction = fixture(name)
        buffers = {
            key[7:]: jnp.asarray(value, jnp.float64) for key, value in arrays.items() if key.startswith("buffer.")
        }
        theta, v = jnp.asarray(arrays["theta"], jnp.float64), jnp.asarray(direction)

        def loss(theta, x, y):
            p, at = {}, 0
            for n in summary["param_order"]:
                size = int(np.prod(summary["shapes"][n]))
                p[n] = theta[at : at + size].reshape(summary["shapes"][n])
                at += size
            ratio = y / network(p, buffers, x)
            return (ratio - jnp.log(ratio) - 1).mean()

        gradient = jax.grad(loss)

        def product(theta, v, x, y):
            return jax.jvp(lambda theta: gradient(theta, x, y), (theta,), (v,))[1]

        fast_gradient, fast_product = jax.jit(gradient), jax.jit(product)
        expected = arrays["eval.is.Hv"]
        x, y = (jnp.asarray(arrays[key], jnp.float64) for key in ("x", "y"))
        error = np.linalg.norm(fast_product(theta, v, x, y) - expected) / np.linalg.norm(expected)
        assert error < 1e-10, f"{name}: {error}"
        for batch in options.batches:
            x, y = (jnp.asarray(selected(arrays[key], batch)) for key in ("x", "y"))
            emit(name, batch, "gradient", measure(lambda: fast_gradient(theta, x, y).block_until_ready()))
            emit(name, batch, "hvp", measure(lambda: fast_product(theta, v, x, y).block_until_ready()))
            if name == "cnn" and batch == 24:
                dense = jax.jit(lambda theta, x, y: jax.vmap(lambda e: product(theta, e, x, y))(jnp.eye(theta.size)))
                emit(name, batch, "dense hessian", measure(lambda: dense(theta, x, y).block_until_ready()))


main()
