"""Wrong steps made by hand: the errata of the five source notes, known errors elsewhere, slips.

Every step starts from a right line. `hint` is a phrase that the message must hold, where the
slip is one that the core can name.
"""

from dataclasses import dataclass
from typing import Any

from derivations import (
    PROVED_LEMMA,
    SIGMOID,
    bernoulli,
    entropy,
    entropy_of_probabilities_below_one,
    focal_loss,
    frequencies_against_any_model,
    label_smoothing,
    logistic_regression,
    logistic_regression_of_one_sample,
    one_prediction,
    one_probability,
    sigmoid,
    sigmoid_neuron,
    softmax,
    softmax_regression,
    squared_error_over_logit,
    stable_binary_loss,
    temperature,
    two_hidden_layers,
)

SIGN = "differ exactly by a sign"
MEAN = "sum or mean"
CITE = "true if you cite"
ONLY = "only for "


@dataclass(frozen=True)
class WrongStep:
    """A step that does not hold: the line before it, the wrong line, and how they are related."""

    name: str
    declare: Any
    before: str
    after: str
    method: str = "equals"
    using: tuple = ()
    when: str | None = None
    at: str | None = None
    gap: str | None = None
    hint: str | None = None

    def keywords(self):
        """What the method is given besides the wrong line."""
        more = {"when": self.when, "gap": self.gap, "using": self.using}
        return {word: value for word, value in more.items() if value}


def summed_logistic_loss(setting):
    setting.index("m r", "d").index("n", "N")
    setting.let(*SIGMOID).real("y[n] w[m] x[n,m] b")
    setting.let("z[n]", "Σ(m, w[m]*x[n,m]) + b").let("p[n]", "σ(z[n])")
    setting.let("L", "-Σ(n, y[n]*log(p[n]) + (1-y[n])*log(1-p[n]))")
    return setting


def one_bias_for_all_classes(setting):
    setting.index("i j k", "C").index("n", "N").real("s[n,i] b").distribution("y[n,i]")
    setting.let("z[n,i]", "s[n,i] + b")
    setting.let("p[n,i]", "exp(z[n,i])/Σ(j, exp(z[n,j]))")
    setting.let("L", "-Σ(n, Σ(i, y[n,i]*log(p[n,i])))")
    return setting


def a_bias_for_each_class(setting):
    setting.index("i j k", "C").index("n", "N").real("s[n,i] b[i]").distribution("y[n,i]")
    setting.let("z[n,i]", "s[n,i] + b[i]")
    setting.let("p[n,i]", "exp(z[n,i])/Σ(j, exp(z[n,j]))")
    setting.let("L", "-Σ(n, Σ(i, y[n,i]*log(p[n,i])))")
    return setting


def square_layer(setting):
    setting.index("i j k l", "Q").let(*SIGMOID).real("W[i,j] x[j] y[i]")
    setting.let("a[j]", "σ(x[j])").let("z[i]", "Σ(j, W[i,j]*a[j])")
    setting.let("L", "Σ(i, (z[i]-y[i])**2)/2")
    return setting


def prediction_as_its_own_label(setting):
    setting.index("i j k", "C").real("z[i]").let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
    setting.let("L", "-Σ(i, p[i]*log(p[i]))")
    return setting


def several_sigmoids(setting):
    setting.index("i k", "C").let(*SIGMOID).real("z[i] y[i]").let("p[i]", "σ(z[i])")
    setting.let("L", "-Σ(i, y[i]*log(p[i]))")
    return setting


def distillation(setting):
    setting.index("i j k", "C").real("z[i]").positive("T").distribution("y[i]")
    setting.let("p[i]", "exp(z[i]/T)/Σ(j, exp(z[j]/T))")
    setting.let("L", "-T**2*Σ(i, y[i]*log(p[i]))")
    return setting


def numbers(setting):
    return setting.index("i j k", "C").real("a b c u[i] v[i]").positive("s t")


def one_lemma(setting):
    return setting.positive("s").lemma(*PROVED_LEMMA)


JACOBIAN = "D(p[i], z[k])"
GRADIENT = "D(L, z[k])"

FROM_THE_NOTES = [
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

FROM_ELSEWHERE = [
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

SLIPS = [
    WrongStep("jacobian_without_delta", softmax, JACOBIAN, "p[i]*(1-p[k])", hint=ONLY),
    WrongStep("jacobian_off_the_diagonal_only", softmax, JACOBIAN, "-p[i]*p[k]"),
    WrongStep("jacobian_sign", softmax, JACOBIAN, "p[i]*(p[k]-δ(i,k))", hint=SIGN),
    WrongStep("jacobian_other_index", softmax, JACOBIAN, "p[i]*(δ(i,k)-p[i])", hint=ONLY),
    WrongStep("sum_captured_by_its_index", softmax, "p[i]", "exp(z[i])/Σ(j, exp(z[i]))"),
    WrongStep("missing_inner_factor", logistic_regression_of_one_sample, "D(L, w[m])", "p-y"),
    WrongStep(
        "missing_mean",
        logistic_regression,
        "D(L, w[r])",
        "Σ(n, (p[n]-y[n])*x[n,r])",
        hint=MEAN,
    ),
    WrongStep("mean_taken_twice", logistic_regression, "D(L, z[n])", "(p[n]-y[n])/N**2", hint=MEAN),
    WrongStep("features_summed_over", logistic_regression, "D(z[n], w[r])", "Σ(m, x[n,m])"),
    WrongStep("one_hot_not_cited", softmax, "L", "-log(p[c])", hint=CITE),
    WrongStep("counts_not_cited", frequencies_against_any_model, "Σ(i, c[i])/M", "1", hint=CITE),
    WrongStep(
        "second_fact_not_cited",
        entropy,
        "Σ(i, p[i]) - Σ(i, q[i])",
        "0",
        using=("p sums to one",),
        hint=CITE,
    ),
    WrongStep("logarithm_of_a_sum", numbers, "log(s+t)", "log(s) + log(t)"),
    WrongStep("exponential_of_a_sum", numbers, "exp(a+b)", "exp(a) + exp(b)"),
    WrongStep("product_of_sums", numbers, "Σ(i, u[i])*Σ(i, v[i])", "Σ(i, u[i]*v[i])"),
    WrongStep("square_of_a_sum", numbers, "Σ(i, u[i])**2", "Σ(i, u[i]**2)"),
    WrongStep("constant_pulled_out_of_a_sum", numbers, "Σ(i, a + u[i])", "a + Σ(i, u[i])"),
    WrongStep("factor_two", numbers, "a*b", "2*a*b", hint="2"),
    WrongStep("root_of_a_square", numbers, "sqrt(a**2)", "a"),
    WrongStep("product_rule", numbers, "D(a*exp(a), a)", "exp(a)"),
    WrongStep("quotient_rule", numbers, "D(a/(1+a**2), a)", "(1+a**2-2*a)/(1+a**2)**2"),
    WrongStep("chain_rule", numbers, "D(exp(-2*a), a)", "exp(-2*a)"),
    WrongStep("entropy_bound_upside_down", entropy, "H", "log(C)", method="at_least"),
    WrongStep(
        "entropy_of_a_distribution_below_a_half",
        entropy_of_probabilities_below_one,
        "H",
        "1/2",
        method="at_most",
    ),
    WrongStep("larger_than_itself", one_lemma, "s - 1", "log(s)", method="at_most"),
    WrongStep("wrong_end", sigmoid, "σ(z)", "0", method="tends_to", when="z -> oo"),
    WrongStep("wrong_sign_of_infinity", sigmoid, "σ(z)", "1", method="tends_to", when="z -> -oo"),
    WrongStep(
        "zero_log_zero_is_not_one", one_probability, "p*log(p)", "1", method="tends_to",
        when="p -> 0+",
    ),
    WrongStep(
        "cross_entropy_does_not_vanish",
        squared_error_over_logit,
        "(p-y)*x",
        "0",
        method="tends_to",
        when="z -> -oo",
    ),
    WrongStep(
        "wrong_value_at_a_point",
        squared_error_over_logit,
        "D(D(L, z), z)",
        "0",
        method="at_least",
        at="z = -3, y = 1",
    ),
    WrongStep(
        "backprop_without_the_activation",
        two_hidden_layers,
        "D(L, z2[r])",
        "Σ(i, (p[i]-y[i])*W3[i,r])",
        using=("y sums to one",),
    ),
]  # fmt: skip

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

REFUTED = FROM_THE_NOTES + FROM_ELSEWHERE + SLIPS
