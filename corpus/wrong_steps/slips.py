"""Slips that people make."""

from __future__ import annotations

from ..derivations.backprop import two_hidden_layers
from ..derivations.binary import (
    logistic_regression,
    logistic_regression_of_one_sample,
    sigmoid,
    squared_error_over_logit,
)
from ..derivations.entropy import (
    entropy,
    entropy_of_probabilities_below_one,
    frequencies_against_any_model,
    one_probability,
)
from ..derivations.softmax import softmax
from .form import WrongStep, numbers, one_lemma

SIGN = "differ exactly by a sign"
MEAN = "sum or mean"
CITE = "true if you cite"
ONLY = "only for "
JACOBIAN = "D(p[i], z[k])"

ROWS = [
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
