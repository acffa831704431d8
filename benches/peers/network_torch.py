"""Times PyTorch on the three networks of set A, one JSON object a line.

The loss is the mean Itakura-Saito divergence; a Hessian-vector product is double backward, with the graph
built anew ("hvp") and with the graph kept ("hvp, graph kept"). Process-CPU time of the best repetition, 64-bit
numbers, one thread. Checks itself against the fixtures first. A training epoch is seven steps of Adam on 435
items in batches of 64, batch norm in train mode.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import torch
import torch.nn.functional as F

from network_common import arguments, emit, fixture, measure, selected

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


def convolved(p, name, x, dilation=1):
    weight = p[name + ".weight"]
    padding = weight.shape[-1] // 2 * dilation
    return F.conv1d(x, weight, p[name + ".bias"], padding=padding, dilation=dilation)


def cnn(p, buffers, x):
    x = F.relu(convolved(p, "conv1", x))
    x = F.relu(convolved(p, "conv2", x))
    return F.softplus(convolved(p, "conv3", x))


def resnet(p, buffers, x):
    def normalized(name, z):
        statistics = buffers[name + ".running_mean"], buffers[name + ".running_var"]
        return F.batch_norm(z, *statistics, p[name + ".weight"], p[name + ".bias"], buffers["train"])

    h = F.relu(convolved(p, "inp", x))
    for block, dilation in (("b1", 1), ("b2", 2), ("b3", 4)):
        z = F.relu(normalized(block + ".bn1", convolved(p, block + ".conv1", h, dilation)))
        h = F.relu(h + normalized(block + ".bn2", convolved(p, block + ".conv2", z, dilation)))
    return F.softplus(convolved(p, "out", h))


def transformer(p, buffers, x, heads=4, reach=4, block=8):
    """Attention in blocks of eight queries and the 24 keys around them; what lies beyond the ends is zero."""
    batch, _, length = x.shape
    h = convolved(p, "inp", x).transpose(1, 2) + buffers["pe"]
    width = h.shape[-1]
    blocks = length // block
    distance = torch.arange(3 * block)[None, :] - block - torch.arange(block)[:, None]
    mask = x.new_zeros(block, 3 * block).masked_fill(distance.abs() > reach, float("-inf"))

    def by_head(z):
        return z.reshape(batch, length, heads, width // heads).transpose(1, 2)

    def around(z):
        z = F.pad(by_head(z), (0, 0, block, block))
        z = z.reshape(batch, heads, blocks + 2, block, width // heads)
        return torch.cat((z[:, :, :-2], z[:, :, 1:-1], z[:, :, 2:]), dim=3)

    for index in range(3):
        at = f"blocks.{index}."

        def linear(name, z):
            return F.linear(z, p[at + name + ".weight"].flatten(1), p[at + name + ".bias"])

        def normalized(name, z):
            return F.layer_norm(z, (width,), p[at + name + ".weight"], p[at + name + ".bias"])

        z = normalized("norm1", h)
        queries = by_head(linear("attn.q", z)).reshape(batch, heads, blocks, block, width // heads)
        scores = queries @ around(linear("attn.k", z)).transpose(-1, -2) / (width // heads) ** 0.5
        mixed = torch.softmax(scores + mask, -1) @ around(linear("attn.v", z))
        mixed = mixed.reshape(batch, heads, length, width // heads).transpose(1, 2)
        h = h + linear("attn.o", mixed.reshape(batch, length, width))
        h = h + linear("mlp.2", F.gelu(linear("mlp.0", normalized("norm2", h))))
    return F.softplus(convolved(p, "out", h.transpose(1, 2)))


def main():
    options = arguments()
    for name in options.networks:
        network = {"cnn": cnn, "resnet": resnet, "transformer": transformer}[name]
        summary, arrays, direction = fixture(name)
        buffers = {key[7:]: torch.tensor(value).double() for key, value in arrays.items() if key.startswith("buffer.")}
        buffers["train"] = False
        theta = torch.tensor(arrays["theta"]).double().requires_grad_()
        v = torch.tensor(direction)

        def loss(x, y, theta=theta, buffers=buffers):
            parts = theta.split([torch.Size(summary["shapes"][n]).numel() for n in summary["param_order"]])
            p = {n: part.view(summary["shapes"][n]) for n, part in zip(summary["param_order"], parts)}
            ratio = y / network(p, buffers, x)
            return (ratio - ratio.log() - 1).mean()

        def epoch(dtype):
            own = {key: value.to(dtype) for key, value in buffers.items() if key != "train"} | {"train": True}
            weights = theta.detach().to(dtype).requires_grad_()
            x, y = (torch.tensor(selected(arrays[key], 435)).to(dtype) for key in ("x", "y"))
            adam = torch.optim.Adam([weights], lr=1e-3, weight_decay=1e-4)
            for indices in torch.randperm(len(x)).split(64):
                adam.zero_grad()
                loss(x[indices], y[indices], weights, own).backward()
                adam.step()

        def gradient(x, y, graph=False):
            return torch.autograd.grad(loss(x, y), theta, create_graph=graph)[0]

        def product(x, y):
            return torch.autograd.grad(gradient(x, y, True), theta, v)[0]

        expected = torch.tensor(arrays["eval.is.Hv"])
        x, y = (torch.tensor(arrays[key]).double() for key in ("x", "y"))
        error = (product(x, y) - expected).norm() / expected.norm()
        assert error < 1e-10, f"{name}: {error}"
        for batch in options.batches:
            x, y = (torch.tensor(selected(arrays[key], batch)) for key in ("x", "y"))
            emit(name, batch, "gradient", measure(lambda: gradient(x, y)))
            emit(name, batch, "hvp", measure(lambda: product(x, y)))
            kept = gradient(x, y, True)

            def again(vector):
                return torch.autograd.grad(kept, theta, vector, retain_graph=True)[0]

            emit(name, batch, "hvp, graph kept", measure(lambda: again(v)))
            if name == "cnn" and batch == 24:
                emit(name, batch, "dense hessian", measure(lambda: [again(e) for e in torch.eye(len(v))]))
        emit(name, 64, "training epoch", measure(lambda: epoch(torch.float64)))
        emit(name, 64, "training epoch, 32 bits", measure(lambda: epoch(torch.float32)))


main()
