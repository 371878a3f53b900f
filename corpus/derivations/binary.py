"""Right derivations: the binary loss, and the squared error of a sigmoid."""

from __future__ import annotations

from cebook_utils import Derivation, Setting

from .form import BINARY_LOSS, SIGMOID, row, rows


def one_prediction(setting: Setting) -> Setting:
    return setting.unit("p").real("y").let("L", BINARY_LOSS)


def one_binary_label(setting: Setting) -> Setting:
    return setting.unit("p").binary("y")


def sigmoid(setting: Setting) -> Setting:
    return setting.let(*SIGMOID).real("z")


def logistic_regression_of_one_sample(setting: Setting) -> Setting:
    return (
        setting.index("m", "d")
        .let(*SIGMOID)
        .real("y w[m] x[m] b")
        .let("z", "Σ(m, w[m]*x[m]) + b")
        .let("p", "σ(z)")
        .let("L", BINARY_LOSS)
    )


def logistic_regression(setting: Setting) -> Setting:
    return (
        setting.index("m r", "d")
        .index("n", "N")
        .let(*SIGMOID)
        .real("y[n] w[m] x[n,m] b")
        .let("z[n]", "Σ(m, w[m]*x[n,m]) + b")
        .let("p[n]", "σ(z[n])")
        .let("L", "-1/N*Σ(n, y[n]*log(p[n]) + (1-y[n])*log(1-p[n]))")
    )


def stable_binary_loss(setting: Setting) -> Setting:
    return setting.let(*SIGMOID).real("z y").let("L", "-(y*log(σ(z)) + (1-y)*log(1-σ(z)))")


@row("binary", one_prediction, "Slope of the binary loss in the prediction")
def binary_loss_by_prediction(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, p)")
        .equals("-(y*D(log(p), p) + (1-y)*D(log(1-p), p))", because="linearity")
        .equals("-(y/p - (1-y)/(1-p))", because="derivative of the logarithm")
        .equals("(p-y)/(p*(1-p))", because="common denominator")
    )


@row("binary", one_binary_label, "Probability of a binary label")
def probability_of_a_binary_label(chain: Derivation) -> Derivation:
    return chain.start("p**y*(1-p)**(1-y)").equals("y*p + (1-y)*(1-p)", because="y is 0 or 1")


@row("binary", sigmoid, "Derivative of the sigmoid")
def derivative_of_the_sigmoid(chain: Derivation) -> Derivation:
    return (
        chain.start("D(σ(z), z)")
        .equals("exp(-z)/(1+exp(-z))**2", because="quotient rule")
        .equals("1/(1+exp(-z))*(exp(-z)/(1+exp(-z)))", because="two factors")
        .equals("σ(z)*(1-σ(z))", because="definition of the sigmoid")
    )


@row("binary", sigmoid, "Symmetry of the sigmoid")
def symmetry_of_the_sigmoid(chain: Derivation) -> Derivation:
    return chain.start("1 - σ(z)").equals("σ(-z)", because="multiply by $e^z / e^z$")


@row("binary", sigmoid, "The sigmoid at large logits")
def sigmoid_at_plus_infinity(chain: Derivation) -> Derivation:
    return chain.start("σ(z)").tends_to("1", when="z -> oo", because="$e^{-z}$ vanishes")


@row("binary", sigmoid, "The sigmoid at very negative logits")
def sigmoid_at_minus_infinity(chain: Derivation) -> Derivation:
    return chain.start("σ(z)").tends_to("0", when="z -> -oo", because="$e^{-z}$ grows")


@row("binary", sigmoid, "Saturation of the sigmoid", derivative_of_the_sigmoid)
def sigmoid_saturates(chain: Derivation, slope: Derivation) -> Derivation:
    return (
        chain.start("D(σ(z), z)")
        .equals("σ(z)*(1-σ(z))", because="its derivative", using=slope)
        .tends_to("0", when="z -> oo", because="the second factor vanishes")
    )


@row("binary", sigmoid, "Largest slope of the sigmoid")
def largest_slope_of_the_sigmoid(chain: Derivation) -> Derivation:
    return (
        chain.start("D(σ(z), z)")
        .equals("1/4 - (σ(z) - 1/2)**2", because="complete the square")
        .at_most("1/4", because="a square is not negative", gap="(σ(z) - 1/2)**2")
    )


@row("binary", logistic_regression_of_one_sample, "Slope of the binary loss in the logit")
def binary_loss_by_logit(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, z)")
        .equals("D(L, p)*D(σ(z), z)", because="chain rule")
        .equals("-(y/p - (1-y)/(1-p))*p*(1-p)", because="both factors")
        .equals("-(y*(1-p) - (1-y)*p)", because="cancel")
        .equals("p - y", because="multiply out")
    )


@row("binary", logistic_regression_of_one_sample, "Slope of the binary loss in a weight")
def binary_loss_by_weight(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, w[m])")
        .equals("D(L, z)*D(z, w[m])", because="chain rule")
        .equals("(p-y)*x[m]", because="the logit is linear")
    )


@row("binary", logistic_regression_of_one_sample, "Slope of the binary loss in the bias")
def binary_loss_by_bias(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, b)")
        .equals("D(L, z)*D(z, b)", because="chain rule")
        .equals("p - y", because="the logit is linear")
    )


@row("binary", logistic_regression, "Gradient of the mean binary loss in the weights")
def mean_binary_loss_by_weight(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, w[r])")
        .equals("1/N*Σ(n, (p[n]-y[n])*D(z[n], w[r]))", because="chain rule")
        .equals("1/N*Σ(n, (p[n]-y[n])*x[n,r])", because="the logit is linear")
    )


@row("binary", logistic_regression, "Slope of the mean binary loss in the bias")
def mean_binary_loss_by_bias(chain: Derivation) -> Derivation:
    return chain.start("D(L, b)").equals("1/N*Σ(n, p[n]-y[n])", because="chain rule")


@row("binary", logistic_regression, "Slope of the mean binary loss in one logit")
def mean_binary_loss_by_logit(chain: Derivation) -> Derivation:
    return chain.start("D(L, z[n])").equals("(p[n]-y[n])/N", because="one sample of N")


@row("binary", logistic_regression, "Hessian of the mean binary loss")
def hessian_of_the_mean_binary_loss(chain: Derivation) -> Derivation:
    return chain.start("D(D(L, w[m]), w[r])").equals(
        "1/N*Σ(n, p[n]*(1-p[n])*x[n,m]*x[n,r])", because="chain rule, twice"
    )


@row("binary", stable_binary_loss, "Binary loss from the logit, without overflow")
def stable_form_of_the_binary_loss(chain: Derivation) -> Derivation:
    return (
        chain.start("L")
        .equals("log(1+exp(z)) - y*z", because="logarithms of the sigmoid")
        .equals("max(z,0) - z*y + log(1+exp(-abs(z)))", because="both signs of $z$")
    )


@row("binary", stable_binary_loss, "Softplus without overflow")
def stable_form_of_softplus(chain: Derivation) -> Derivation:
    return chain.start("log(1+exp(z))").equals(
        "max(z,0) + log(1+exp(-abs(z)))", because="both signs of $z$"
    )


def sigmoid_neuron(setting: Setting) -> Setting:
    return (
        setting.let(*SIGMOID)
        .real("y w x b")
        .let("z", "w*x + b")
        .let("p", "σ(z)")
        .let("L", "(p-y)**2/2")
        .let("CE", BINARY_LOSS)
    )


def squared_error_over_logit(setting: Setting) -> Setting:
    return (
        setting.let(*SIGMOID)
        .real("z x y")
        .let("p", "σ(z)")
        .let("L", "(p-y)**2/2")
        .let("CE", BINARY_LOSS)
    )


@row("mse", sigmoid_neuron, "Slope of the squared error in the weight")
def squared_error_by_weight(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, w)")
        .equals("D(L, p)*D(p, z)*D(z, w)", because="chain rule")
        .equals("(p-y)*D(p, z)*x", because="outer and inner factor")
        .equals("(p-y)*p*(1-p)*x", because="derivative of the sigmoid")
    )


@row("mse", sigmoid_neuron, "Slope of the squared error in the bias")
def squared_error_by_bias(chain: Derivation) -> Derivation:
    return chain.start("D(L, b)").equals("(p-y)*D(p, z)", because="chain rule")


@row("mse", sigmoid_neuron, "Squared error against cross-entropy")
def ratio_of_the_slopes(chain: Derivation) -> Derivation:
    return chain.start("D(L, w)").equals("D(CE, w)*D(p, z)", because="one factor more")


@row("mse", sigmoid_neuron, "Curvature of the squared error")
def curvature_of_the_squared_error(chain: Derivation) -> Derivation:
    return chain.start("D(D(L, z), z)").equals(
        "p*(1-p)*(p*(1-p) + (p-y)*(1-2*p))", because="product rule"
    )


@row("mse", sigmoid_neuron, "Curvature of the cross-entropy")
def curvature_of_the_cross_entropy(chain: Derivation) -> Derivation:
    return (
        chain.start("D(D(CE, z), z)")
        .equals("D(p-y, z)", because="the gradient")
        .equals("p*(1-p)", because="derivative of the sigmoid")
        .at_least("0", because="a product of probabilities", gap="p*(1-p)")
    )


@row("mse", squared_error_over_logit, "A saturated neuron learns nothing from the squared error")
def squared_error_stalls(chain: Derivation) -> Derivation:
    return (
        chain.start("x*D(L, z)")
        .equals("(p-y)*p*(1-p)*x", because="chain rule")
        .tends_to("0", when="z -> -oo", because="the derivative of the sigmoid vanishes")
    )


@row("mse", squared_error_over_logit, "A saturated neuron learns from the cross-entropy")
def cross_entropy_does_not_stall(chain: Derivation) -> Derivation:
    return (
        chain.start("x*D(CE, z)")
        .equals("(p-y)*x", because="chain rule")
        .tends_to("-y*x", when="z -> -oo", because="$p$ vanishes")
        .at("y = 1")
        .equals("-x", because="a positive sample")
    )


@row("mse", squared_error_over_logit, "The squared error of a sigmoid is not convex")
def squared_error_is_not_convex(chain: Derivation) -> Derivation:
    return (
        chain.start("D(D(L, z), z)")
        .equals("p*(1-p)*(p*(1-p) + (p-y)*(1-2*p))", because="product rule")
        .at("z = -3, y = 1")
        .at_most("0", because="a negative second derivative")
    )


@row("mse", squared_error_over_logit, "How far from convex the squared error is")
def squared_error_bends_down(chain: Derivation) -> Derivation:
    return (
        chain.start("D(D(L, z), z)").at("z = -3, y = 1").at_most("-1/30", because="its value there")
    )


ROWS = rows(globals())
