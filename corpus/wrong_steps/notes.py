"""Wrong steps of the five source notes, as their errata tell them."""

from __future__ import annotations

from ..derivations.binary import (
    logistic_regression_of_one_sample,
    one_prediction,
    sigmoid_neuron,
    squared_error_over_logit,
)
from ..derivations.entropy import bernoulli, entropy
from ..derivations.softmax import softmax, softmax_regression
from .form import (
    WrongStep,
    one_bias_for_all_classes,
    prediction_as_its_own_label,
    several_sigmoids,
    square_layer,
    summed_logistic_loss,
)

SIGN = "differ exactly by a sign"
MEAN = "sum or mean"
CITE = "true if you cite"
ONLY = "only for "
GRADIENT = "D(L, z[k])"

ROWS = [
    WrongStep("gradients_1_prediction_as_label", prediction_as_its_own_label, GRADIENT, "0"),
    WrongStep(
        "gradients_2_missing_sum", summed_logistic_loss, "D(L, w[m])", "(p[n]-y[n])*x[n,m]"
    ),
    WrongStep("gradients_2_missing_sum_bias", summed_logistic_loss, "D(L, b)", "p[n]-y[n]"),
    WrongStep(
        "gradients_4_one_bias_for_all_classes",
        one_bias_for_all_classes,
        "D(L, b)",
        "Σ(n, p[n,i]-y[n,i])",
        using=("y sums to one",),
    ),
    WrongStep("gradients_5_with_respect_to_what", one_prediction, "D(L, p)", "p-y"),
    WrongStep("gradients_6_labels_sum_to_one", softmax, GRADIENT, "p[k]-y[k]", hint=CITE),
    WrongStep("forms_1_swapped_label_and_prediction", softmax, "L", "-Σ(i, p[i]*log(y[i]))"),
    WrongStep("forms_2_missing_brackets", one_prediction, "L", "-y*log(p) + (1-y)*log(1-p)"),
    WrongStep(
        "forms_3_likelihood_has_the_other_sign",
        bernoulli,
        "log(Π(n, p[n]**y[n]*(1-p[n])**(1-y[n])))",
        "N*CE",
        hint=SIGN,
    ),
    WrongStep(
        "forms_3_likelihood_is_no_mean",
        bernoulli,
        "log(Π(n, p[n]**y[n]*(1-p[n])**(1-y[n])))",
        "-CE",
        hint=MEAN,
    ),
    WrongStep("forms_4_derivative_at_x", sigmoid_neuron, "D(L, b)", "(p-y)*σ(x)*(1-σ(x))"),
    WrongStep("forms_5_sigmoid_of_the_feature", sigmoid_neuron, "p", "σ(x)"),
    WrongStep(
        "forms_7_squared_error_is_not_convex",
        squared_error_over_logit,
        "D(D(L, z), z)",
        "0",
        method="at_least",
    ),
    WrongStep("forms_8_cross_entropy_is_no_distance", entropy, "CE", "-Σ(i, q[i]*log(p[i]))"),
    WrongStep("forms_8_entropy_is_not_zero", entropy, "-Σ(i, p[i]*log(p[i]))", "0"),
    WrongStep("forms_8_cross_entropy_is_not_the_divergence", entropy, "CE", "KL"),
    WrongStep(
        "primer_1_missing_quotients",
        logistic_regression_of_one_sample,
        "D(L, w[m])",
        "-y*D(p, w[m]) + (1-y)*D(p, w[m])",
    ),
    WrongStep(
        "primer_2_softmax_gradient",
        softmax,
        GRADIENT,
        "-y[k]*p[k] + (1-y[k])*δ(k,c)*p[k]",
        using=("y is one-hot",),
    ),
    WrongStep("primer_5_least_value", entropy, "CE", "H", method="at_most"),
    WrongStep(
        "primer_8_the_other_direction",
        softmax_regression,
        "D(L, θ[k,r])",
        "1/N*Σ(n, (y[n,k]-p[n,k])*x[n,r])",
        using=("y sums to one",),
        hint=SIGN,
    ),
    WrongStep("multiclass_1_truth_and_prediction", softmax, "L", "-Σ(i, y[i]*log(y[i]))"),
    WrongStep(
        "multiclass_2_minus_for_plus",
        softmax,
        "-(y[k]/p[k]*p[k]*(1-p[k]) + Σ(i, y[i]/p[i]*(-p[i]*p[k]), i != k))",
        "-y[k]*(1-p[k]) - p[k]*Σ(i, y[i], i != k)",
    ),
    WrongStep(
        "multiclass_3_loss_and_likelihood", softmax, "L", "p[c]", using=("y is one-hot",)
    ),
    WrongStep(
        "multiclass_4_true_class_and_index",
        softmax,
        GRADIENT,
        "p[k] - 1",
        using=("y is one-hot",),
        hint=ONLY,
    ),
    WrongStep(
        "multiclass_5_one_sample_for_the_mean",
        softmax_regression,
        "D(L, θ[k,r])",
        "(p[n,k]-y[n,k])*x[n,r]",
        using=("y sums to one",),
    ),
    WrongStep(
        "multiclass_5_missing_mean",
        softmax_regression,
        "D(L, θ[k,r])",
        "Σ(n, (p[n,k]-y[n,k])*x[n,r])",
        using=("y sums to one",),
        hint=MEAN,
    ),
    WrongStep(
        "multiclass_8_bits_for_nats", entropy, "H", "-Σ(i, p[i]*log(p[i]))/log(2)"
    ),
    WrongStep(
        "multiclass_9_lost_inequality_sign",
        softmax,
        "p[k]*Σ(i, y[i], i != k)",
        "p[k]*Σ(i, y[i])",
    ),
    WrongStep(
        "backprop_3_transposed_weights",
        square_layer,
        "D(L, a[j])",
        "Σ(i, (z[i]-y[i])*W[j,i])",
    ),
    WrongStep(
        "backprop_13_other_activation",
        softmax,
        "-Σ(i, y[i]/p[i]*(-p[i]*p[k]), i != k)",
        "Σ(i, y[i]*p[i], i != k)",
    ),
    WrongStep("backprop_20_half_of_the_loss", several_sigmoids, GRADIENT, "p[k]-y[k]"),
    WrongStep("backprop_25_sign", one_prediction, "D(L, p)", "-(y/p + (1-y)/(1-p))"),
]  # fmt: skip
