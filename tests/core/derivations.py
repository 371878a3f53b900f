"""Right derivations, one row each: the core has to prove every step of every row.

A row names its subject, declares its setting and takes the steps of its chain. Both are plain
functions of whatever they are given, so that a row can be proved by the core (`derive`) or
taken down call by call (`transcript`), to be changed and judged by other means.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from cebook_utils import Derivation, Setting


@dataclass(frozen=True)
class Row:
    """A right derivation: its setting, its steps, and the earlier rows that it cites."""

    subject: str
    name: str
    title: str
    declare: Any
    steps: Any
    cites: tuple = ()

    def declared(self):
        """The row's setting, in which the derivations that it cites are proved."""
        setting = self.declare(Setting())
        for earlier in self.cites:
            earlier.steps(Derivation(earlier.title, setting))
        return setting

    def derive(self):
        """The finished derivation, every step checked by the core."""
        return self.steps(Derivation(self.title, self.declared()))

    def transcript(self):
        """The calls that make up the chain, without running any of them."""
        return self.steps(Transcript()).calls


class Call(NamedTuple):
    """One call of a chain: the method, its positional arguments and its keywords."""

    method: str
    given: tuple
    keywords: dict


class Transcript:
    """Takes down the calls made on it instead of carrying them out."""

    def __init__(self):
        self.calls = []

    def __getattr__(self, method):
        def take_down(*given, **keywords):
            self.calls.append(Call(method, given, keywords))
            return self

        return take_down


ROWS = []


def row(subject, declare, title, cites=()):
    """Make a row of a function that takes the steps of its chain."""

    def keep(steps):
        ROWS.append(Row(subject, steps.__name__, title, declare, steps, cites))
        return ROWS[-1]

    return keep


SIGMOID = ("σ(t)", "1/(1+exp(-t))")
BINARY_LOSS = "-(y*log(p) + (1-y)*log(1-p))"
PROVED_LEMMA = ("g(t)", "t - 1 - log(t)")


# --- entropy --------------------------------------------------------------------------------


def entropy(setting):
    setting.index("i j k", "C")
    setting.distribution("p[i]").distribution("q[i]")
    setting.let("H", "-Σ(i, p[i]*log(p[i]))")
    setting.let("CE", "-Σ(i, p[i]*log(q[i]))", latex="H(P, Q)")
    setting.let("KL", "Σ(i, p[i]*log(p[i]/q[i]))", latex=r"\mathrm{KL}(P \| Q)")
    setting.lemma(*PROVED_LEMMA)
    return setting


def entropy_of_probabilities_below_one(setting):
    setting.index("i j k", "C").unit("p[i]")
    setting.let("H", "-Σ(i, p[i]*log(p[i]))")
    setting.lemma(*PROVED_LEMMA)
    return setting


def entropy_with_a_multiplier(setting):
    setting.index("i j k", "C").positive("p[i]").real("λ")
    setting.let("Λ", "-Σ(i, p[i]*log(p[i])) + λ*(Σ(i, p[i]) - 1)")
    return setting


def uniform_distribution(setting):
    setting.index("i j k", "C")
    setting.let("p[i]", "1/C").let("λ", "1 - log(C)")
    setting.let("Λ", "-Σ(i, p[i]*log(p[i])) + λ*(Σ(i, p[i]) - 1)")
    return setting


def stationary_distribution(setting):
    return setting.index("i j", "C").real("λ").let("p[i]", "exp(λ-1)")


def one_probability(setting):
    return setting.positive("p t")


@row("entropy", entropy, "Cross-entropy is entropy plus divergence")
def cross_entropy_splits(chain):
    return (
        chain.start("CE")
        .equals(
            "-Σ(i, p[i]*log(p[i])) + Σ(i, p[i]*log(p[i]) - p[i]*log(q[i]))",
            because="add and subtract the entropy",
        )
        .equals(
            "-Σ(i, p[i]*log(p[i])) + Σ(i, p[i]*log(p[i]/q[i]))",
            because="logarithm of a quotient",
        )
        .equals("H + KL", because="definitions")
    )


@row("entropy", entropy, "Gibbs' inequality")
def divergence_is_not_negative(chain):
    return (
        chain.start("KL")
        .equals("-Σ(i, p[i]*log(q[i]/p[i]))", because=r"$\log 1/t = -\log t$")
        .at_least(
            "-Σ(i, p[i]*(q[i]/p[i] - 1))",
            because=r"$\log t \le t - 1$",
            gap="Σ(i, p[i]*g(q[i]/p[i]))",
        )
        .equals("Σ(i, p[i]) - Σ(i, q[i])", because="multiply out")
        .equals("0", because="both sum to one", using=("p sums to one", "q sums to one"))
    )


@row("entropy", entropy, "Entropy is at most the logarithm of the number of classes")
def entropy_is_at_most_log_c(chain):
    return (
        chain.start("H")
        .at_most(
            "H + Σ(i, p[i]*g(1/(C*p[i])))",
            because=r"$g \ge 0$",
            gap="Σ(i, p[i]*g(1/(C*p[i])))",
        )
        .equals("H + Σ(i, 1/C - p[i] + p[i]*log(C*p[i]))", because="definition of $g$")
        .equals("log(C)", because="the probabilities sum to one", using="p sums to one")
    )


@row("entropy", entropy_of_probabilities_below_one, "Entropy is not negative")
def entropy_is_not_negative(chain):
    return (
        chain.start("H")
        .equals("Σ(i, p[i]*(g(p[i]) + 1 - p[i])) + 0", because="definition of $g$")
        .at_least(
            "0",
            because=r"$g \ge 0$ and $p_i \le 1$",
            gap="Σ(i, p[i]*(g(p[i]) + (1 - p[i])))",
        )
    )


@row("entropy", entropy_with_a_multiplier, "Stationarity of the entropy under its constraint")
def lagrangian_of_the_entropy(chain):
    return (
        chain.start("D(Λ, p[k])")
        .equals("-log(p[k]) - p[k]/p[k] + λ", because="product rule")
        .equals("-log(p[k]) - 1 + λ", because="cancel")
    )


@row("entropy", uniform_distribution, "The uniform distribution is stationary")
def uniform_is_stationary(chain):
    return (
        chain.start("D(Λ, p[k])")
        .equals("-log(p[k]) - 1 + λ", because="stationarity")
        .equals("0", because="$p_k = 1/C$")
    )


@row("entropy", stationary_distribution, "Probabilities of the stationary point")
def stationary_probabilities_are_equal(chain):
    return chain.start("Σ(i, p[i])").equals("C*exp(λ-1)", because="all terms are equal")


@row("entropy", entropy_with_a_multiplier, "Second derivatives of the entropy")
def curvature_of_the_entropy(chain):
    return chain.start("D(D(Λ, p[k]), p[j])").equals("-δ(j,k)/p[k]", because="differentiate twice")


@row("entropy", one_probability, "An impossible event adds nothing to the entropy")
def zero_log_zero(chain):
    return chain.start("p*log(p)").tends_to("0", when="p -> 0+", because="log grows slowly")


@row("entropy", one_probability, "Slope of the logarithm at one")
def logarithm_near_one(chain):
    return chain.start("log(t)/(t-1)").tends_to("1", when="t -> 1", because="slope of log at 1")


# --- binary ---------------------------------------------------------------------------------


def one_prediction(setting):
    return setting.unit("p").real("y").let("L", BINARY_LOSS)


def one_binary_label(setting):
    return setting.unit("p").binary("y")


def sigmoid(setting):
    return setting.let(*SIGMOID).real("z")


def logistic_regression_of_one_sample(setting):
    setting.index("m", "d")
    setting.let(*SIGMOID).real("y w[m] x[m] b")
    setting.let("z", "Σ(m, w[m]*x[m]) + b").let("p", "σ(z)").let("L", BINARY_LOSS)
    return setting


def logistic_regression(setting):
    setting.index("m r", "d").index("n", "N")
    setting.let(*SIGMOID).real("y[n] w[m] x[n,m] b")
    setting.let("z[n]", "Σ(m, w[m]*x[n,m]) + b").let("p[n]", "σ(z[n])")
    setting.let("L", "-1/N*Σ(n, y[n]*log(p[n]) + (1-y[n])*log(1-p[n]))")
    return setting


def stable_binary_loss(setting):
    setting.let(*SIGMOID).real("z y")
    setting.let("L", "-(y*log(σ(z)) + (1-y)*log(1-σ(z)))")
    return setting


@row("binary", one_prediction, "Slope of the binary loss in the prediction")
def binary_loss_by_prediction(chain):
    return (
        chain.start("D(L, p)")
        .equals("-(y*D(log(p), p) + (1-y)*D(log(1-p), p))", because="linearity")
        .equals("-(y/p - (1-y)/(1-p))", because="derivative of the logarithm")
        .equals("(p-y)/(p*(1-p))", because="common denominator")
    )


@row("binary", one_binary_label, "Probability of a binary label")
def probability_of_a_binary_label(chain):
    return chain.start("p**y*(1-p)**(1-y)").equals("y*p + (1-y)*(1-p)", because="y is 0 or 1")


@row("binary", sigmoid, "Derivative of the sigmoid")
def derivative_of_the_sigmoid(chain):
    return (
        chain.start("D(σ(z), z)")
        .equals("exp(-z)/(1+exp(-z))**2", because="quotient rule")
        .equals("1/(1+exp(-z))*(exp(-z)/(1+exp(-z)))", because="two factors")
        .equals("σ(z)*(1-σ(z))", because="definition of the sigmoid")
    )


@row("binary", sigmoid, "Symmetry of the sigmoid")
def symmetry_of_the_sigmoid(chain):
    return chain.start("1 - σ(z)").equals("σ(-z)", because="multiply by $e^z / e^z$")


@row("binary", sigmoid, "The sigmoid at large logits")
def sigmoid_at_plus_infinity(chain):
    return chain.start("σ(z)").tends_to("1", when="z -> oo", because="$e^{-z}$ vanishes")


@row("binary", sigmoid, "The sigmoid at very negative logits")
def sigmoid_at_minus_infinity(chain):
    return chain.start("σ(z)").tends_to("0", when="z -> -oo", because="$e^{-z}$ grows")


@row("binary", sigmoid, "Saturation of the sigmoid", cites=(derivative_of_the_sigmoid,))
def sigmoid_saturates(chain):
    return (
        chain.start("D(σ(z), z)")
        .equals("σ(z)*(1-σ(z))", because="its derivative", using="Derivative of the sigmoid")
        .tends_to("0", when="z -> oo", because="the second factor vanishes")
    )


@row("binary", sigmoid, "Largest slope of the sigmoid")
def largest_slope_of_the_sigmoid(chain):
    return (
        chain.start("D(σ(z), z)")
        .equals("1/4 - (σ(z) - 1/2)**2", because="complete the square")
        .at_most("1/4", because="a square is not negative", gap="(σ(z) - 1/2)**2")
    )


@row("binary", logistic_regression_of_one_sample, "Slope of the binary loss in the logit")
def binary_loss_by_logit(chain):
    return (
        chain.start("D(L, z)")
        .equals("D(L, p)*D(σ(z), z)", because="chain rule")
        .equals("-(y/p - (1-y)/(1-p))*p*(1-p)", because="both factors")
        .equals("-(y*(1-p) - (1-y)*p)", because="cancel")
        .equals("p - y", because="multiply out")
    )


@row("binary", logistic_regression_of_one_sample, "Slope of the binary loss in a weight")
def binary_loss_by_weight(chain):
    return (
        chain.start("D(L, w[m])")
        .equals("D(L, z)*D(z, w[m])", because="chain rule")
        .equals("(p-y)*x[m]", because="the logit is linear")
    )


@row("binary", logistic_regression_of_one_sample, "Slope of the binary loss in the bias")
def binary_loss_by_bias(chain):
    return (
        chain.start("D(L, b)")
        .equals("D(L, z)*D(z, b)", because="chain rule")
        .equals("p - y", because="the logit is linear")
    )


@row("binary", logistic_regression, "Gradient of the mean binary loss in the weights")
def mean_binary_loss_by_weight(chain):
    return (
        chain.start("D(L, w[r])")
        .equals("1/N*Σ(n, (p[n]-y[n])*D(z[n], w[r]))", because="chain rule")
        .equals("1/N*Σ(n, (p[n]-y[n])*x[n,r])", because="the logit is linear")
    )


@row("binary", logistic_regression, "Slope of the mean binary loss in the bias")
def mean_binary_loss_by_bias(chain):
    return chain.start("D(L, b)").equals("1/N*Σ(n, p[n]-y[n])", because="chain rule")


@row("binary", logistic_regression, "Slope of the mean binary loss in one logit")
def mean_binary_loss_by_logit(chain):
    return chain.start("D(L, z[n])").equals("(p[n]-y[n])/N", because="one sample of N")


@row("binary", logistic_regression, "Hessian of the mean binary loss")
def hessian_of_the_mean_binary_loss(chain):
    return chain.start("D(D(L, w[m]), w[r])").equals(
        "1/N*Σ(n, p[n]*(1-p[n])*x[n,m]*x[n,r])", because="chain rule, twice"
    )


@row("binary", stable_binary_loss, "Binary loss from the logit, without overflow")
def stable_form_of_the_binary_loss(chain):
    return (
        chain.start("L")
        .equals("log(1+exp(z)) - y*z", because="logarithms of the sigmoid")
        .equals("max(z,0) - z*y + log(1+exp(-abs(z)))", because="both signs of $z$")
    )


@row("binary", stable_binary_loss, "Softplus without overflow")
def stable_form_of_softplus(chain):
    return chain.start("log(1+exp(z))").equals(
        "max(z,0) + log(1+exp(-abs(z)))", because="both signs of $z$"
    )


# --- likelihood -----------------------------------------------------------------------------


def bernoulli(setting):
    setting.index("n", "N").unit("p[n]").real("y[n]")
    setting.let("CE", "-1/N*Σ(n, y[n]*log(p[n]) + (1-y[n])*log(1-p[n]))")
    return setting


def categorical(setting):
    setting.index("n", "N").index("i k", "C").positive("p[n,i]").real("y[n,i]")
    setting.let("CE", "-1/N*Σ(n, Σ(i, y[n,i]*log(p[n,i])))")
    return setting


def class_frequencies(setting):
    setting.index("i k", "C").positive("c[i] M")
    setting.let("π[i]", "c[i]/M").let("λ", "M")
    setting.let("Λ", "Σ(i, c[i]*log(π[i])) + λ*(1 - Σ(i, π[i]))")
    return setting


def counted_classes(setting):
    setting.index("i k", "C").positive("c[i] M")
    setting.fact("counts sum to M", "M == Σ(i, c[i])")
    setting.let("π[i]", "c[i]/M")
    return setting


def frequencies_against_any_model(setting):
    setting.index("i k", "C").positive("c[i] M").distribution("q[i]")
    setting.fact("counts sum to M", "M == Σ(i, c[i])")
    setting.lemma(*PROVED_LEMMA)
    setting.let("ll", "Σ(i, c[i]*log(q[i]))")
    return setting


@row("likelihood", bernoulli, "Bernoulli likelihood and binary cross-entropy")
def bernoulli_likelihood(chain):
    return (
        chain.start("log(Π(n, p[n]**y[n]*(1-p[n])**(1-y[n])))")
        .equals("Σ(n, log(p[n]**y[n]*(1-p[n])**(1-y[n])))", because="logarithm of a product")
        .equals("Σ(n, y[n]*log(p[n]) + (1-y[n])*log(1-p[n]))", because="logarithm of a power")
        .equals("-N*CE", because="definition")
    )


@row("likelihood", categorical, "Categorical likelihood and cross-entropy")
def categorical_likelihood(chain):
    return (
        chain.start("log(Π(n, Π(i, p[n,i]**y[n,i])))")
        .equals("Σ(n, log(Π(i, p[n,i]**y[n,i])))", because="logarithm of a product")
        .equals("Σ(n, Σ(i, y[n,i]*log(p[n,i])))", because="again, and of a power")
        .equals("-N*CE", because="definition")
    )


@row("likelihood", class_frequencies, "Class frequencies are stationary")
def frequencies_are_stationary(chain):
    return (
        chain.start("D(Λ, π[k])")
        .equals("c[k]/π[k] - λ", because="differentiate")
        .equals("0", because=r"$\pi_k = c_k / M$")
    )


@row("likelihood", counted_classes, "Class frequencies sum to one")
def frequencies_sum_to_one(chain):
    return (
        chain.start("Σ(i, π[i])")
        .equals("Σ(i, c[i])/M", because="a constant factor")
        .equals("1", because="every sample has a class", using="counts sum to M")
    )


@row("likelihood", frequencies_against_any_model, "No model is more likely than the frequencies")
def frequencies_are_most_likely(chain):
    return (
        chain.start("Σ(i, c[i]*log(c[i]/M)) - ll")
        .equals(
            "Σ(i, c[i]*g(M*q[i]/c[i]))",
            because="definition of $g$",
            using=("counts sum to M", "q sums to one"),
        )
        .at_least("0", because=r"$g \ge 0$", gap="Σ(i, c[i]*g(M*q[i]/c[i]))")
    )


# --- squared error --------------------------------------------------------------------------


def sigmoid_neuron(setting):
    setting.let(*SIGMOID).real("y w x b")
    setting.let("z", "w*x + b").let("p", "σ(z)")
    setting.let("L", "(p-y)**2/2").let("CE", BINARY_LOSS)
    return setting


def squared_error_over_logit(setting):
    setting.let(*SIGMOID).real("z x y").let("p", "σ(z)")
    setting.let("L", "(p-y)**2/2").let("CE", BINARY_LOSS)
    return setting


@row("mse", sigmoid_neuron, "Slope of the squared error in the weight")
def squared_error_by_weight(chain):
    return (
        chain.start("D(L, w)")
        .equals("D(L, p)*D(p, z)*D(z, w)", because="chain rule")
        .equals("(p-y)*D(p, z)*x", because="outer and inner factor")
        .equals("(p-y)*p*(1-p)*x", because="derivative of the sigmoid")
    )


@row("mse", sigmoid_neuron, "Slope of the squared error in the bias")
def squared_error_by_bias(chain):
    return chain.start("D(L, b)").equals("(p-y)*D(p, z)", because="chain rule")


@row("mse", sigmoid_neuron, "Squared error against cross-entropy")
def ratio_of_the_slopes(chain):
    return chain.start("D(L, w)").equals("D(CE, w)*D(p, z)", because="one factor more")


@row("mse", sigmoid_neuron, "Curvature of the squared error")
def curvature_of_the_squared_error(chain):
    return chain.start("D(D(L, z), z)").equals(
        "p*(1-p)*(p*(1-p) + (p-y)*(1-2*p))", because="product rule"
    )


@row("mse", sigmoid_neuron, "Curvature of the cross-entropy")
def curvature_of_the_cross_entropy(chain):
    return (
        chain.start("D(D(CE, z), z)")
        .equals("D(p-y, z)", because="the gradient")
        .equals("p*(1-p)", because="derivative of the sigmoid")
        .at_least("0", because="a product of probabilities", gap="p*(1-p)")
    )


@row("mse", squared_error_over_logit, "A saturated neuron learns nothing from the squared error")
def squared_error_stalls(chain):
    return (
        chain.start("x*D(L, z)")
        .equals("(p-y)*p*(1-p)*x", because="chain rule")
        .tends_to("0", when="z -> -oo", because="the derivative of the sigmoid vanishes")
    )


@row("mse", squared_error_over_logit, "A saturated neuron learns from the cross-entropy")
def cross_entropy_does_not_stall(chain):
    return (
        chain.start("x*D(CE, z)")
        .equals("(p-y)*x", because="chain rule")
        .tends_to("-y*x", when="z -> -oo", because="$p$ vanishes")
        .at("y = 1")
        .equals("-x", because="a positive sample")
    )


@row("mse", squared_error_over_logit, "The squared error of a sigmoid is not convex")
def squared_error_is_not_convex(chain):
    return (
        chain.start("D(D(L, z), z)")
        .equals("p*(1-p)*(p*(1-p) + (p-y)*(1-2*p))", because="product rule")
        .at("z = -3, y = 1")
        .at_most("0", because="a negative second derivative")
    )


@row("mse", squared_error_over_logit, "How far from convex the squared error is")
def squared_error_bends_down(chain):
    return (
        chain.start("D(D(L, z), z)").at("z = -3, y = 1").at_most("-1/30", because="its value there")
    )


# --- softmax --------------------------------------------------------------------------------


def softmax(setting):
    setting.index("i j k l c", "C")
    setting.real("z[i] v[i] s").distribution("y[i]").one_hot("y[i]", at="c")
    setting.let(*SIGMOID)
    setting.let("Z", "Σ(j, exp(z[j]))")
    setting.let("p[i]", "exp(z[i])/Z")
    setting.let("L", "-Σ(i, y[i]*log(p[i]))")
    setting.let("LSE", "log(Σ(j, exp(z[j])))")
    return setting


def softmax_regression_of_one_sample(setting):
    setting.index("i j k", "C").index("m r", "d")
    setting.real("θ[k,m] x[m]").distribution("y[i]")
    setting.let("z[i]", "Σ(m, θ[i,m]*x[m])")
    setting.let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
    setting.let("L", "-Σ(i, y[i]*log(p[i]))")
    return setting


def softmax_regression(setting):
    setting.index("i j k", "C").index("m r", "d").index("n", "N")
    setting.real("θ[k,m] x[n,m]").distribution("y[n,i]")
    setting.let("z[n,i]", "Σ(m, θ[i,m]*x[n,m])")
    setting.let("p[n,i]", "exp(z[n,i])/Σ(j, exp(z[n,j]))")
    setting.let("L", "-1/N*Σ(n, Σ(i, y[n,i]*log(p[n,i])))")
    return setting


@row("softmax", softmax, "Shift invariance of the softmax")
def softmax_ignores_a_shift(chain):
    return (
        chain.start("exp(z[i]+s)/Σ(j, exp(z[j]+s))")
        .equals("exp(z[i])*exp(s)/Σ(j, exp(z[j])*exp(s))", because="exponential of a sum")
        .equals("exp(s)*exp(z[i])/(exp(s)*Σ(j, exp(z[j])))", because="a constant factor")
        .equals("p[i]", because="cancel")
    )


@row("softmax", softmax, "Gradient of the log-sum-exp")
def gradient_of_log_sum_exp(chain):
    return (
        chain.start("D(LSE, z[k])")
        .equals("D(Z, z[k])/Z", because="chain rule")
        .equals("exp(z[k])/Z", because="one term depends on $z_k$")
        .equals("p[k]", because="definition of the softmax")
    )


@row("softmax", softmax, "Shift of the log-sum-exp")
def log_sum_exp_moves_with_a_shift(chain):
    return (
        chain.start("log(Σ(j, exp(z[j])))")
        .equals("log(Σ(j, exp(s)*exp(z[j]-s)))", because="insert $e^s e^{-s}$")
        .equals("s + log(Σ(j, exp(z[j]-s)))", because="logarithm of a product")
    )


@row("softmax", softmax, "Two classes")
def two_classes_are_a_sigmoid(chain):
    return (
        chain.start("exp(z[1])/(exp(z[1])+exp(z[2]))")
        .equals("1/(1+exp(z[2]-z[1]))", because="divide by $e^{z_1}$")
        .equals("σ(z[1]-z[2])", because="definition of the sigmoid")
    )


@row("softmax", softmax, "The softmax sums to one")
def softmax_sums_to_one(chain):
    return chain.start("Σ(i, p[i])").equals("1", because="definition of the softmax")


@row("softmax", softmax, "Cross-entropy from the logits")
def cross_entropy_from_logits(chain):
    return (
        chain.start("L")
        .equals("LSE*Σ(i, y[i]) - Σ(i, y[i]*z[i])", because="logarithm of a quotient")
        .equals("LSE - Σ(i, y[i]*z[i])", because="labels sum to one", using="y sums to one")
    )


@row("softmax", softmax, "Cross-entropy of a one-hot label")
def cross_entropy_of_one_class(chain):
    return chain.start("L").equals("-log(p[c])", because="one label", using="y is one-hot")


@row("softmax", softmax, "Jacobian of the softmax")
def jacobian_of_the_softmax(chain):
    return chain.start("D(p[i], z[k])").equals("p[i]*(δ(i,k) - p[k])", because="quotient rule")


@row("softmax", softmax, "Gradient of the cross-entropy", cites=(jacobian_of_the_softmax,))
def gradient_of_the_cross_entropy(chain):
    return (
        chain.start("D(L, z[k])")
        .equals("-Σ(i, y[i]/p[i]*D(p[i], z[k]))", because="chain rule")
        .equals(
            "-Σ(i, y[i]/p[i]*p[i]*(δ(i,k) - p[k]))",
            because="Jacobian of the softmax",
            using="Jacobian of the softmax",
        )
        .equals("-y[k] + p[k]*Σ(i, y[i])", because="the delta keeps only $i = k$")
        .equals("p[k] - y[k]", because="the labels sum to one", using="y sums to one")
    )


@row("softmax", softmax, "Gradient of the cross-entropy by cases")
def gradient_by_cases(chain):
    return (
        chain.start("D(L, z[k])")
        .equals(
            "-(y[k]/p[k]*p[k]*(1-p[k]) + Σ(i, y[i]/p[i]*(-p[i]*p[k]), i != k))",
            because="$i = k$ apart from $i \\ne k$",
        )
        .equals("-y[k]*(1-p[k]) + p[k]*Σ(i, y[i], i != k)", because="cancel")
        .equals("-y[k]*(1-p[k]) + p[k]*(1-y[k])", because="labels", using="y sums to one")
        .equals("p[k] - y[k]", because="multiply out")
    )


@row("softmax", softmax, "The Hessian of the cross-entropy is positive semi-definite")
def hessian_is_a_variance(chain):
    return (
        chain.start("Σ(k, Σ(l, v[k]*p[k]*(δ(k,l) - p[l])*v[l]))")
        .equals("Σ(k, p[k]*v[k]**2) - Σ(k, p[k]*v[k])**2", because="contract the delta")
        .equals("Σ(k, p[k]*(v[k] - Σ(l, p[l]*v[l]))**2)", because="a variance")
        .at_least("0", because="squares", gap="Σ(k, p[k]*(v[k] - Σ(l, p[l]*v[l]))**2)")
    )


@row("softmax", softmax_regression_of_one_sample, "Softmax regression, one sample")
def gradient_in_the_weights(chain):
    return (
        chain.start("D(L, θ[k,r])")
        .equals("Σ(i, D(L, z[i])*D(z[i], θ[k,r]))", because="chain rule")
        .equals(
            "Σ(i, (p[i]-y[i])*δ(i,k)*x[r])", because="each logit is linear", using="y sums to one"
        )
        .equals("(p[k]-y[k])*x[r]", because="the delta keeps only $i = k$")
    )


@row("softmax", softmax_regression, "Softmax regression, mean over samples")
def mean_gradient_in_the_weights(chain):
    return chain.start("D(L, θ[k,r])").equals(
        "1/N*Σ(n, (p[n,k]-y[n,k])*x[n,r])", because="chain rule", using="y sums to one"
    )


# --- several labels, and variants of the loss -----------------------------------------------


def several_labels(setting):
    setting.index("i k", "C").let(*SIGMOID).real("z[i] y[i]")
    setting.let("p[i]", "σ(z[i])")
    setting.let("L", "-Σ(i, y[i]*log(p[i]) + (1-y[i])*log(1-p[i]))")
    return setting


def temperature(setting):
    setting.index("i j k", "C").real("z[i]").positive("T").distribution("y[i]")
    setting.let("p[i]", "exp(z[i]/T)/Σ(j, exp(z[j]/T))")
    setting.let("L", "-Σ(i, y[i]*log(p[i]))")
    return setting


def label_smoothing(setting):
    setting.index("i j k", "C").real("z[i] ε").distribution("y[i]")
    setting.let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
    setting.let("t[i]", "(1-ε)*y[i] + ε/C")
    setting.let("L", "-Σ(i, t[i]*log(p[i]))")
    return setting


def focal_loss(setting):
    setting.real("γ z").let(*SIGMOID).let("p", "σ(z)").let("L", "-(1-p)**γ*log(p)")
    return setting


def focal_loss_of_a_class(setting):
    setting.index("i j k c", "C").real("γ z[i]")
    setting.let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))").let("L", "-(1-p[c])**γ*log(p[c])")
    return setting


@row("variants", several_labels, "Several labels at once")
def gradient_of_several_labels(chain):
    return (
        chain.start("D(L, z[k])")
        .equals("D(L, p[k])*D(p[k], z[k])", because="chain rule")
        .equals("(p[k]-y[k])/(p[k]*(1-p[k]))*p[k]*(1-p[k])", because="both factors")
        .equals("p[k] - y[k]", because="cancel")
    )


@row("variants", temperature, "Gradient with a temperature")
def gradient_with_a_temperature(chain):
    return chain.start("D(L, z[k])").equals(
        "(p[k]-y[k])/T", because="chain rule", using="y sums to one"
    )


@row("variants", temperature, "Slope in the temperature")
def slope_in_the_temperature(chain):
    return chain.start("D(L, T)").equals(
        "Σ(i, (y[i]-p[i])*z[i])/T**2", because="chain rule", using="y sums to one"
    )


@row("variants", label_smoothing, "Gradient under label smoothing")
def gradient_under_label_smoothing(chain):
    return (
        chain.start("D(L, z[k])")
        .equals("p[k]*Σ(i, t[i]) - t[k]", because="gradient for any labels")
        .equals("p[k] - t[k]", because="smoothed labels sum to one", using="y sums to one")
        .equals("p[k] - (1-ε)*y[k] - ε/C", because="definition")
    )


@row("variants", label_smoothing, "Label smoothing as two losses")
def label_smoothing_splits(chain):
    return chain.start("L").equals(
        "(1-ε)*(-Σ(i, y[i]*log(p[i]))) + ε*(-1/C*Σ(i, log(p[i])))", because="linearity"
    )


@row("variants", focal_loss, "Slope of the focal loss of a positive sample")
def slope_of_the_focal_loss(chain):
    return (
        chain.start("D(L, z)")
        .equals("D(L, p)*p*(1-p)", because="chain rule")
        .equals("(γ*(1-p)**(γ-1)*log(p) - (1-p)**γ/p)*p*(1-p)", because="product rule")
        .equals("(1-p)**γ*(γ*p*log(p) + p - 1)", because="collect")
    )


@row("variants", focal_loss_of_a_class, "Gradient of the focal loss")
def gradient_of_the_focal_loss(chain):
    return (
        chain.start("D(L, z[k])")
        .equals("D(L, p[c])*p[c]*(δ(c,k) - p[k])", because="chain rule")
        .equals(
            "(γ*(1-p[c])**(γ-1)*log(p[c])*p[c] - (1-p[c])**γ)*(δ(c,k) - p[k])",
            because="product rule",
        )
    )


# --- sharding -------------------------------------------------------------------------------


def shards(setting):
    setting.index("s r", "S").index("v u", "V").real("z[s,v] m[s] M")
    setting.let("l[s]", "log(Σ(v, exp(z[s,v])))")
    return setting


@row("sharding", shards, "Log-sum-exp of shards")
def log_sum_exp_of_shards(chain):
    return (
        chain.start("log(Σ(s, Σ(v, exp(z[s,v]))))")
        .equals("log(Σ(s, exp(l[s])))", because="definition of the shard's part")
        .equals("M + log(Σ(s, exp(l[s]-M)))", because="shift")
    )


@row("sharding", shards, "Log-sum-exp of shards, each with its own shift")
def log_sum_exp_of_shifted_shards(chain):
    return chain.start("log(Σ(s, Σ(v, exp(z[s,v]))))").equals(
        "M + log(Σ(s, exp(m[s]-M)*Σ(v, exp(z[s,v]-m[s]))))", because="shift each shard"
    )


@row("sharding", shards, "Softmax of shards")
def softmax_of_shards(chain):
    return chain.start("exp(z[r,u])/Σ(s, Σ(v, exp(z[s,v])))").equals(
        "exp(z[r,u]-m[r])*exp(m[r]-M)/Σ(s, exp(m[s]-M)*Σ(v, exp(z[s,v]-m[s])))",
        because="shift each shard",
    )


# --- back-propagation -----------------------------------------------------------------------


def two_hidden_layers(setting):
    setting.index("i g k", "C").index("r s", "R").index("m o", "Q").index("d e", "P")
    setting.let(*SIGMOID)
    setting.real("x[d] W1[m,d] b1[m] W2[r,m] b2[r] W3[i,r] b3[i]").distribution("y[i]")
    setting.let("z1[m]", "Σ(d, W1[m,d]*x[d]) + b1[m]").let("a1[m]", "σ(z1[m])")
    setting.let("z2[r]", "Σ(m, W2[r,m]*a1[m]) + b2[r]").let("a2[r]", "σ(z2[r])")
    setting.let("z3[i]", "Σ(r, W3[i,r]*a2[r]) + b3[i]")
    setting.let("p[i]", "exp(z3[i])/Σ(g, exp(z3[g]))")
    setting.let("L", "-Σ(i, y[i]*log(p[i]))")
    return setting


@row("backprop", two_hidden_layers, "Error of the last layer")
def error_of_the_last_layer(chain):
    return chain.start("D(L, z3[k])").equals(
        "p[k] - y[k]", because="softmax and cross-entropy", using="y sums to one"
    )


@row("backprop", two_hidden_layers, "Error of the second layer")
def error_of_the_second_layer(chain):
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
def error_of_the_first_layer(chain):
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
def weights_of_the_last_layer(chain):
    return (
        chain.start("D(L, W3[k,r])")
        .equals("D(L, z3[k])*a2[r]", because="chain rule")
        .equals("(p[k]-y[k])*a2[r]", because="error of the last layer", using="y sums to one")
    )


@row("backprop", two_hidden_layers, "Weights of the second layer")
def weights_of_the_second_layer(chain):
    return chain.start("D(L, W2[r,m])").equals("D(L, z2[r])*a1[m]", because="chain rule")


@row("backprop", two_hidden_layers, "Weights of the first layer")
def weights_of_the_first_layer(chain):
    return chain.start("D(L, W1[m,d])").equals("D(L, z1[m])*x[d]", because="chain rule")


@row("backprop", two_hidden_layers, "Biases of the first layer")
def biases_of_the_first_layer(chain):
    return chain.start("D(L, b1[m])").equals("D(L, z1[m])", because="chain rule")
