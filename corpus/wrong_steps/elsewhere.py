"""Known errors elsewhere, and lines that cannot even be read."""

from __future__ import annotations

from ..derivations.backprop import two_hidden_layers
from ..derivations.binary import sigmoid, sigmoid_neuron, stable_binary_loss
from ..derivations.softmax import softmax, softmax_regression
from ..derivations.variants import focal_loss, label_smoothing, temperature
from .form import WrongStep, a_bias_for_each_class, distillation

SIGN = "differ exactly by a sign"
GRADIENT = "D(L, z[k])"

ROWS = [
    WrongStep(
        "log_sum_exp_is_not_invariant", softmax, "log(Σ(j, exp(z[j]+s)))", "log(Σ(j, exp(z[j])))"
    ),
    WrongStep("hessian_with_a_factor_two", sigmoid_neuron, "D(D(CE, z), z)", "2*p*(1-p)"),
    WrongStep(
        "bias_gradient_summed_over_classes",
        a_bias_for_each_class,
        "D(L, b[k])",
        "Σ(n, Σ(i, p[n,i]-y[n,i]))",
        using=("y sums to one",),
    ),
    WrongStep(
        "temperature_left_out",
        temperature,
        GRADIENT,
        "p[k]-y[k]",
        using=("y sums to one",),
    ),
    WrongStep(
        "temperature_squared",
        distillation,
        GRADIENT,
        "(p[k]-y[k])/T",
        using=("y sums to one",),
    ),
    WrongStep("derivative_of_the_sigmoid", sigmoid, "D(σ(z), z)", "σ(z)*(1+σ(z))"),
    WrongStep("derivative_of_the_sigmoid_sign", sigmoid, "D(σ(z), z)", "σ(z)*(σ(z)-1)", hint=SIGN),
    WrongStep(
        "focal_loss_without_its_first_term",
        focal_loss,
        "D(L, z)",
        "-(1-p)**γ*(1-p)",
    ),
    WrongStep(
        "label_smoothing_without_the_share_of_each_class",
        label_smoothing,
        GRADIENT,
        "p[k] - (1-ε)*y[k]",
        using=("y sums to one",),
    ),
    WrongStep(
        "stable_form_without_the_absolute_value",
        stable_binary_loss,
        "L",
        "max(z,0) - z*y + log(1+exp(-z))",
    ),
]

UNREADABLE = [
    # A wrong range is no wrong value: the string itself is refused.
    WrongStep(
        "gradients_3_class_index_on_a_feature",
        softmax_regression,
        "D(L, θ[k,r])",
        "1/N*Σ(n, (p[n,k]-y[n,k])*x[n,k])",
    ),
    WrongStep(
        "backprop_3_transposed_weights_of_a_layer",
        two_hidden_layers,
        "D(L, z2[r])",
        "Σ(i, D(L, z3[i])*W3[r,i])*a2[r]*(1-a2[r])",
    ),
    WrongStep("backprop_bias_without_index", two_hidden_layers, "D(L, b1[m])", "D(L, z1)"),
    WrongStep("unknown_class", two_hidden_layers, "D(L, z3[k])", "p[k] - y[c]"),
]
