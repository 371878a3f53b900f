"""Right derivations: the softmax and its cross-entropy."""

from __future__ import annotations

from cebook_utils import Derivation, Setting

from .form import SIGMOID, row, rows


def softmax(setting: Setting) -> Setting:
    return (
        setting.index("i j k l c", "C")
        .real("z[i] v[i] s")
        .distribution("y[i]")
        .one_hot("y[i]", at="c")
        .let(*SIGMOID)
        .let("Z", "Σ(j, exp(z[j]))")
        .let("p[i]", "exp(z[i])/Z")
        .let("L", "-Σ(i, y[i]*log(p[i]))")
        .let("LSE", "log(Σ(j, exp(z[j])))")
    )


def two_classes_or_more(setting: Setting) -> Setting:
    return setting.index("i j", "C", least=2).real("z[i]").let(*SIGMOID)


def softmax_regression_of_one_sample(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .index("m r", "d")
        .real("θ[k,m] x[m]")
        .distribution("y[i]")
        .let("z[i]", "Σ(m, θ[i,m]*x[m])")
        .let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
        .let("L", "-Σ(i, y[i]*log(p[i]))")
    )


def softmax_regression(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .index("m r", "d")
        .index("n", "N")
        .real("θ[k,m] x[n,m]")
        .distribution("y[n,i]")
        .let("z[n,i]", "Σ(m, θ[i,m]*x[n,m])")
        .let("p[n,i]", "exp(z[n,i])/Σ(j, exp(z[n,j]))")
        .let("L", "-1/N*Σ(n, Σ(i, y[n,i]*log(p[n,i])))")
    )


@row("softmax", softmax, "Shift invariance of the softmax")
def softmax_ignores_a_shift(chain: Derivation) -> Derivation:
    return (
        chain.start("exp(z[i]+s)/Σ(j, exp(z[j]+s))")
        .equals("exp(z[i])*exp(s)/Σ(j, exp(z[j])*exp(s))", because="exponential of a sum")
        .equals("exp(s)*exp(z[i])/(exp(s)*Σ(j, exp(z[j])))", because="a constant factor")
        .equals("p[i]", because="cancel")
    )


@row("softmax", softmax, "Gradient of the log-sum-exp")
def gradient_of_log_sum_exp(chain: Derivation) -> Derivation:
    return (
        chain.start("D(LSE, z[k])")
        .equals("D(Z, z[k])/Z", because="chain rule")
        .equals("exp(z[k])/Z", because="one term depends on $z_k$")
        .equals("p[k]", because="definition of the softmax")
    )


@row("softmax", softmax, "Shift of the log-sum-exp")
def log_sum_exp_moves_with_a_shift(chain: Derivation) -> Derivation:
    return (
        chain.start("log(Σ(j, exp(z[j])))")
        .equals("log(Σ(j, exp(s)*exp(z[j]-s)))", because="insert $e^s e^{-s}$")
        .equals("s + log(Σ(j, exp(z[j]-s)))", because="logarithm of a product")
    )


@row("softmax", two_classes_or_more, "Two classes")
def two_classes_are_a_sigmoid(chain: Derivation) -> Derivation:
    return (
        chain.start("exp(z[1])/(exp(z[1])+exp(z[2]))")
        .equals("1/(1+exp(z[2]-z[1]))", because="divide by $e^{z_1}$")
        .equals("σ(z[1]-z[2])", because="definition of the sigmoid")
    )


@row("softmax", softmax, "The softmax sums to one")
def softmax_sums_to_one(chain: Derivation) -> Derivation:
    return chain.start("Σ(i, p[i])").equals("1", because="definition of the softmax")


@row("softmax", softmax, "Cross-entropy from the logits")
def cross_entropy_from_logits(chain: Derivation) -> Derivation:
    return (
        chain.start("L")
        .equals("LSE*Σ(i, y[i]) - Σ(i, y[i]*z[i])", because="logarithm of a quotient")
        .equals("LSE - Σ(i, y[i]*z[i])", because="labels sum to one", using="y sums to one")
    )


@row("softmax", softmax, "Cross-entropy of a one-hot label")
def cross_entropy_of_one_class(chain: Derivation) -> Derivation:
    return chain.start("L").equals("-log(p[c])", because="one label", using="y is one-hot")


@row("softmax", softmax, "Jacobian of the softmax")
def jacobian_of_the_softmax(chain: Derivation) -> Derivation:
    return chain.start("D(p[i], z[k])").equals("p[i]*(δ(i,k) - p[k])", because="quotient rule")


@row("softmax", softmax, "Gradient of the cross-entropy", jacobian_of_the_softmax)
def gradient_of_the_cross_entropy(chain: Derivation, jacobian: Derivation) -> Derivation:
    return (
        chain.start("D(L, z[k])")
        .equals("-Σ(i, y[i]/p[i]*D(p[i], z[k]))", because="chain rule")
        .equals(
            "-Σ(i, y[i]/p[i]*p[i]*(δ(i,k) - p[k]))",
            because="Jacobian of the softmax",
            using=jacobian,
        )
        .equals("-y[k] + p[k]*Σ(i, y[i])", because="the delta keeps only $i = k$")
        .equals("p[k] - y[k]", because="the labels sum to one", using="y sums to one")
    )


@row("softmax", softmax, "Gradient of the cross-entropy by cases")
def gradient_by_cases(chain: Derivation) -> Derivation:
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
def hessian_is_a_variance(chain: Derivation) -> Derivation:
    return (
        chain.start("Σ(k, Σ(l, v[k]*p[k]*(δ(k,l) - p[l])*v[l]))")
        .equals("Σ(k, p[k]*v[k]**2) - Σ(k, p[k]*v[k])**2", because="contract the delta")
        .equals("Σ(k, p[k]*(v[k] - Σ(l, p[l]*v[l]))**2)", because="a variance")
        .at_least("0", because="squares", gap="Σ(k, p[k]*(v[k] - Σ(l, p[l]*v[l]))**2)")
    )


@row("softmax", softmax_regression_of_one_sample, "Softmax regression, one sample")
def gradient_in_the_weights(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, θ[k,r])")
        .equals("Σ(i, D(L, z[i])*D(z[i], θ[k,r]))", because="chain rule")
        .equals(
            "Σ(i, (p[i]-y[i])*δ(i,k)*x[r])", because="each logit is linear", using="y sums to one"
        )
        .equals("(p[k]-y[k])*x[r]", because="the delta keeps only $i = k$")
    )


@row("softmax", softmax_regression, "Softmax regression, mean over samples")
def mean_gradient_in_the_weights(chain: Derivation) -> Derivation:
    return chain.start("D(L, θ[k,r])").equals(
        "1/N*Σ(n, (p[n,k]-y[n,k])*x[n,r])", because="chain rule", using="y sums to one"
    )


ROWS = rows(globals())
