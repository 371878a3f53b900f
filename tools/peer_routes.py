"""The same functions in this package and in others (`make peers`).

A route takes a case and returns the values of all samples. A library is asked for what its own pages
offer for the purpose; optax and JAX compiled, as people run them.
"""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import scipy.special
import sklearn.metrics
import torch
from peer_errors import OURS

from cebook_utils.numerics import losses

jax.config.update("jax_enable_x64", True)

TORCH, OPTAX, SCIPY, SKLEARN = "PyTorch", "optax", "SciPy", "scikit-learn"


def tensor(array):
    return torch.from_numpy(np.ascontiguousarray(array))


def torch_gradient(loss, z, labels):
    logits = tensor(z).requires_grad_()
    loss(logits, tensor(labels)).sum().backward()
    return logits.grad.numpy()


def torch_softmax_loss(z, y):
    return torch.nn.functional.cross_entropy(z, y, reduction="none")


def torch_binary_loss(z, y):
    return torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="none")


def compiled_gradient(loss):
    return jax.jit(jax.grad(lambda z, y: loss(z, y).sum()))


optax_hard_loss = jax.jit(optax.softmax_cross_entropy_with_integer_labels)
optax_hard_gradient = compiled_gradient(optax.softmax_cross_entropy_with_integer_labels)
optax_soft_loss = jax.jit(optax.softmax_cross_entropy)
optax_soft_gradient = compiled_gradient(optax.softmax_cross_entropy)
optax_binary_loss = jax.jit(optax.sigmoid_binary_cross_entropy)
optax_binary_gradient = compiled_gradient(optax.sigmoid_binary_cross_entropy)
optax_kl = jax.jit(lambda p, q: optax.losses.kl_divergence(jnp.log(q), p))
jax_logsumexp = jax.jit(lambda z: jax.nn.logsumexp(z, axis=-1))
jax_softmax = jax.jit(jax.nn.softmax)
jax_log_softmax = jax.jit(jax.nn.log_softmax)
jax_sigmoid = jax.jit(jax.nn.sigmoid)


def scipy_hard_loss(case):
    return -scipy.special.log_softmax(case.z, axis=-1)[np.arange(len(case.z)), case.c]


def scipy_binary_loss(case):
    log_p, log_not_p = scipy.special.log_expit(case.z), scipy.special.log_expit(-case.z)
    return -case.y * log_p - (1 - case.y) * log_not_p


def sklearn_log_loss(case):
    """Of each sample alone, since it returns the mean."""
    classes = range(case.q.shape[1])
    return np.array(
        [
            sklearn.metrics.log_loss([c], [q], labels=classes)
            for c, q in zip(case.c, case.q, strict=True)
        ]
    )


def one_hot(case):
    return np.eye(case.q.shape[1])[case.c]


ROUTES = {
    "logsumexp": {
        OURS: lambda x: losses.logsumexp(x.z),
        TORCH: lambda x: torch.logsumexp(tensor(x.z), -1),
        OPTAX: lambda x: jax_logsumexp(x.z),
        SCIPY: lambda x: scipy.special.logsumexp(x.z, axis=-1),
    },
    "softmax": {
        OURS: lambda x: losses.softmax(x.z),
        TORCH: lambda x: torch.softmax(tensor(x.z), -1),
        OPTAX: lambda x: jax_softmax(x.z),
        SCIPY: lambda x: scipy.special.softmax(x.z, axis=-1),
    },
    "log_softmax": {
        OURS: lambda x: losses.log_softmax(x.z),
        TORCH: lambda x: torch.log_softmax(tensor(x.z), -1),
        OPTAX: lambda x: jax_log_softmax(x.z),
        SCIPY: lambda x: scipy.special.log_softmax(x.z, axis=-1),
    },
    "hard_loss": {
        OURS: lambda x: losses.softmax_cross_entropy(x.z, x.c),
        TORCH: lambda x: torch_softmax_loss(tensor(x.z), tensor(x.c)),
        OPTAX: lambda x: optax_hard_loss(x.z, x.c),
        SCIPY: scipy_hard_loss,
    },
    "hard_gradient": {
        OURS: lambda x: losses.softmax_cross_entropy_grad(x.z, x.c),
        TORCH: lambda x: torch_gradient(torch_softmax_loss, x.z, x.c),
        OPTAX: lambda x: optax_hard_gradient(x.z, x.c),
    },
    "soft_loss": {
        OURS: lambda x: losses.softmax_cross_entropy(x.z, x.y),
        TORCH: lambda x: torch_softmax_loss(tensor(x.z), tensor(x.y)),
        OPTAX: lambda x: optax_soft_loss(x.z, x.y),
        SCIPY: lambda x: -(x.y * scipy.special.log_softmax(x.z, axis=-1)).sum(axis=-1),
    },
    "soft_gradient": {
        OURS: lambda x: losses.softmax_cross_entropy_grad(x.z, x.y),
        TORCH: lambda x: torch_gradient(torch_softmax_loss, x.z, x.y),
        OPTAX: lambda x: optax_soft_gradient(x.z, x.y),
    },
    "sigmoid": {
        OURS: lambda x: losses.sigmoid(x.z),
        TORCH: lambda x: torch.sigmoid(tensor(x.z)),
        OPTAX: lambda x: jax_sigmoid(x.z),
        SCIPY: lambda x: scipy.special.expit(x.z),
    },
    "binary_loss": {
        OURS: lambda x: losses.sigmoid_binary_cross_entropy(x.z, x.y),
        TORCH: lambda x: torch_binary_loss(tensor(x.z), tensor(x.y)),
        OPTAX: lambda x: optax_binary_loss(x.z, x.y),
        SCIPY: scipy_binary_loss,
    },
    "binary_gradient": {
        OURS: lambda x: losses.sigmoid_binary_cross_entropy_grad(x.z, x.y),
        TORCH: lambda x: torch_gradient(torch_binary_loss, x.z, x.y),
        OPTAX: lambda x: optax_binary_gradient(x.z, x.y),
    },
    "entropy": {
        OURS: lambda x: losses.entropy(x.p),
        SCIPY: lambda x: scipy.special.entr(x.p).sum(axis=-1),
    },
    "cross_entropy": {
        OURS: lambda x: losses.cross_entropy(x.p, x.q),
        SCIPY: lambda x: -scipy.special.xlogy(x.p, x.q).sum(axis=-1),
    },
    "cross_entropy_of_classes": {
        OURS: lambda x: losses.cross_entropy(one_hot(x).astype(x.q.dtype), x.q),
        TORCH: lambda x: torch.nn.functional.nll_loss(
            torch.log(tensor(x.q)), tensor(x.c), reduction="none"
        ),
        SKLEARN: sklearn_log_loss,
    },
    "kl_divergence": {
        OURS: lambda x: losses.kl_divergence(x.p, x.q),
        TORCH: lambda x: torch.nn.functional.kl_div(
            torch.log(tensor(x.q)), tensor(x.p), reduction="none"
        ).sum(-1),
        OPTAX: lambda x: optax_kl(x.p, x.q),
        SCIPY: lambda x: scipy.special.rel_entr(x.p, x.q).sum(axis=-1),
    },
}
# Each value takes finite logits, or a class that −∞ may stand for.
FINITE = ("sigmoid", "binary_loss", "binary_gradient")
# scikit-learn looks long at each sample.
FEW = {SKLEARN: 4}
