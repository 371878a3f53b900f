"""Right derivations: back-propagation through two hidden layers."""

from __future__ import annotations

from cebook_utils import Derivation, Setting

from .form import SIGMOID, row, rows


def two_hidden_layers(setting: Setting) -> Setting:
    return (
        setting.index("i g k", "C")
        .index("r s", "R")
        .index("m o", "Q")
        .index("d e", "P")
        .let(*SIGMOID)
        .real("x[d] W1[m,d] b1[m] W2[r,m] b2[r] W3[i,r] b3[i]")
        .distribution("y[i]")
        .let("z1[m]", "Σ(d, W1[m,d]*x[d]) + b1[m]")
        .let("a1[m]", "σ(z1[m])")
        .let("z2[r]", "Σ(m, W2[r,m]*a1[m]) + b2[r]")
        .let("a2[r]", "σ(z2[r])")
        .let("z3[i]", "Σ(r, W3[i,r]*a2[r]) + b3[i]")
        .let("p[i]", "exp(z3[i])/Σ(g, exp(z3[g]))")
        .let("L", "-Σ(i, y[i]*log(p[i]))")
    )


@row("backprop", two_hidden_layers, "Error of the last layer")
def error_of_the_last_layer(chain: Derivation) -> Derivation:
    return chain.start("D(L, z3[k])").equals(
        "p[k] - y[k]", because="softmax and cross-entropy", using="y sums to one"
    )


@row("backprop", two_hidden_layers, "Error of the second layer")
def error_of_the_second_layer(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, z2[r])")
        .equals("Σ(i, D(L, z3[i])*D(z3[i], a2[r])*D(a2[r], z2[r]))", because="chain rule")
        .equals(
            "Σ(i, (p[i]-y[i])*W3[i,r])*a2[r]*(1-a2[r])",
            because="error of the last layer",
            using="y sums to one",
        )
    )


@row("backprop", two_hidden_layers, "Error of the first layer")
def error_of_the_first_layer(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, z1[m])")
        .equals("Σ(r, D(L, z2[r])*W2[r,m])*a1[m]*(1-a1[m])", because="chain rule")
        .equals(
            "Σ(r, Σ(i, (p[i]-y[i])*W3[i,r])*a2[r]*(1-a2[r])*W2[r,m])*a1[m]*(1-a1[m])",
            because="error of the second layer",
            using="y sums to one",
        )
    )


@row("backprop", two_hidden_layers, "Weights of the last layer")
def weights_of_the_last_layer(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, W3[k,r])")
        .equals("D(L, z3[k])*a2[r]", because="chain rule")
        .equals("(p[k]-y[k])*a2[r]", because="error of the last layer", using="y sums to one")
    )


@row("backprop", two_hidden_layers, "Weights of the second layer")
def weights_of_the_second_layer(chain: Derivation) -> Derivation:
    return chain.start("D(L, W2[r,m])").equals("D(L, z2[r])*a1[m]", because="chain rule")


@row("backprop", two_hidden_layers, "Weights of the first layer")
def weights_of_the_first_layer(chain: Derivation) -> Derivation:
    return chain.start("D(L, W1[m,d])").equals("D(L, z1[m])*x[d]", because="chain rule")


@row("backprop", two_hidden_layers, "Biases of the first layer")
def biases_of_the_first_layer(chain: Derivation) -> Derivation:
    return chain.start("D(L, b1[m])").equals("D(L, z1[m])", because="chain rule")


ROWS = rows(globals())
