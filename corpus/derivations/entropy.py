"""Right derivations: entropy and likelihood."""

from __future__ import annotations

from cebook_utils import Derivation, Setting

from .form import PROVED_LEMMA, row, rows


def entropy(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .distribution("p[i]", positive=True)
        .distribution("q[i]", positive=True)
        .let("H", "-Σ(i, p[i]*log(p[i]))")
        .let("CE", "-Σ(i, p[i]*log(q[i]))", latex=r"H_{P, Q}")
        .let("KL", "Σ(i, p[i]*log(p[i]/q[i]))", latex=r"\mathrm{KL}(P \| Q)")
        .lemma(*PROVED_LEMMA)
    )


def entropy_of_probabilities_below_one(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .unit("p[i]")
        .let("H", "-Σ(i, p[i]*log(p[i]))")
        .lemma(*PROVED_LEMMA)
    )


def entropy_with_a_multiplier(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .positive("p[i]")
        .real("λ")
        .let("Λ", "-Σ(i, p[i]*log(p[i])) + λ*(Σ(i, p[i]) - 1)")
    )


def uniform_distribution(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .let("p[i]", "1/C")
        .let("λ", "1 - log(C)")
        .let("Λ", "-Σ(i, p[i]*log(p[i])) + λ*(Σ(i, p[i]) - 1)")
    )


def stationary_distribution(setting: Setting) -> Setting:
    return setting.index("i j", "C").real("λ").let("p[i]", "exp(λ-1)")


def one_probability(setting: Setting) -> Setting:
    return setting.positive("p t")


@row("entropy", entropy, "Cross-entropy is entropy plus divergence")
def cross_entropy_splits(chain: Derivation) -> Derivation:
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
def divergence_is_not_negative(chain: Derivation) -> Derivation:
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
def entropy_is_at_most_log_c(chain: Derivation) -> Derivation:
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
def entropy_is_not_negative(chain: Derivation) -> Derivation:
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
def lagrangian_of_the_entropy(chain: Derivation) -> Derivation:
    return (
        chain.start("D(Λ, p[k])")
        .equals("-log(p[k]) - p[k]/p[k] + λ", because="product rule")
        .equals("-log(p[k]) - 1 + λ", because="cancel")
    )


@row("entropy", uniform_distribution, "The uniform distribution is stationary")
def uniform_is_stationary(chain: Derivation) -> Derivation:
    return (
        chain.start("D(Λ, p[k])")
        .equals("-log(p[k]) - 1 + λ", because="stationarity")
        .equals("0", because="$p_k = 1/C$")
    )


@row("entropy", stationary_distribution, "Probabilities of the stationary point")
def stationary_probabilities_are_equal(chain: Derivation) -> Derivation:
    return chain.start("Σ(i, p[i])").equals("C*exp(λ-1)", because="all terms are equal")


@row("entropy", entropy_with_a_multiplier, "Second derivatives of the entropy")
def curvature_of_the_entropy(chain: Derivation) -> Derivation:
    return chain.start("D(D(Λ, p[k]), p[j])").equals("-δ(j,k)/p[k]", because="differentiate twice")


@row("entropy", one_probability, "An impossible event adds nothing to the entropy")
def zero_log_zero(chain: Derivation) -> Derivation:
    return chain.start("p*log(p)").tends_to("0", when="p -> 0+", because="log grows slowly")


@row("entropy", one_probability, "Slope of the logarithm at one")
def logarithm_near_one(chain: Derivation) -> Derivation:
    return chain.start("log(1+t)/t").tends_to("1", when="t -> 0+", because="slope of log at 1")


def bernoulli(setting: Setting) -> Setting:
    return (
        setting.index("n", "N")
        .unit("p[n]")
        .real("y[n]")
        .let("CE", "-1/N*Σ(n, y[n]*log(p[n]) + (1-y[n])*log(1-p[n]))")
    )


def categorical(setting: Setting) -> Setting:
    return (
        setting.index("n", "N")
        .index("i k", "C")
        .positive("p[n,i]")
        .real("y[n,i]")
        .let("CE", "-1/N*Σ(n, Σ(i, y[n,i]*log(p[n,i])))")
    )


def class_frequencies(setting: Setting) -> Setting:
    return (
        setting.index("i k", "C")
        .positive("c[i] M")
        .let("π[i]", "c[i]/M")
        .let("λ", "M")
        .let("Λ", "Σ(i, c[i]*log(π[i])) + λ*(1 - Σ(i, π[i]))")
    )


def counted_classes(setting: Setting) -> Setting:
    return (
        setting.index("i k", "C")
        .positive("c[i] M")
        .fact("counts sum to M", "M == Σ(i, c[i])")
        .let("π[i]", "c[i]/M")
    )


def frequencies_against_any_model(setting: Setting) -> Setting:
    return (
        setting.index("i k", "C")
        .positive("c[i] M")
        .distribution("q[i]", positive=True)
        .fact("counts sum to M", "M == Σ(i, c[i])")
        .lemma(*PROVED_LEMMA)
        .let("ll", "Σ(i, c[i]*log(q[i]))")
    )


@row("likelihood", bernoulli, "Bernoulli likelihood and binary cross-entropy")
def bernoulli_likelihood(chain: Derivation) -> Derivation:
    return (
        chain.start("log(Π(n, p[n]**y[n]*(1-p[n])**(1-y[n])))")
        .equals("Σ(n, log(p[n]**y[n]*(1-p[n])**(1-y[n])))", because="logarithm of a product")
        .equals("Σ(n, y[n]*log(p[n]) + (1-y[n])*log(1-p[n]))", because="logarithm of a power")
        .equals("-N*CE", because="definition")
    )


@row("likelihood", categorical, "Categorical likelihood and cross-entropy")
def categorical_likelihood(chain: Derivation) -> Derivation:
    return (
        chain.start("log(Π(n, Π(i, p[n,i]**y[n,i])))")
        .equals("Σ(n, log(Π(i, p[n,i]**y[n,i])))", because="logarithm of a product")
        .equals("Σ(n, Σ(i, y[n,i]*log(p[n,i])))", because="again, and of a power")
        .equals("-N*CE", because="definition")
    )


@row("likelihood", class_frequencies, "Class frequencies are stationary")
def frequencies_are_stationary(chain: Derivation) -> Derivation:
    return (
        chain.start("D(Λ, π[k])")
        .equals("c[k]/π[k] - λ", because="differentiate")
        .equals("0", because=r"$\pi_k = c_k / M$")
    )


@row("likelihood", counted_classes, "Class frequencies sum to one")
def frequencies_sum_to_one(chain: Derivation) -> Derivation:
    return (
        chain.start("Σ(i, π[i])")
        .equals("Σ(i, c[i])/M", because="a constant factor")
        .equals("1", because="every sample has a class", using="counts sum to M")
    )


@row("likelihood", frequencies_against_any_model, "No model is more likely than the frequencies")
def frequencies_are_most_likely(chain: Derivation) -> Derivation:
    return (
        chain.start("Σ(i, c[i]*log(c[i]/M)) - ll")
        .equals(
            "Σ(i, c[i]*g(M*q[i]/c[i]))",
            because="definition of $g$",
            using=("counts sum to M", "q sums to one"),
        )
        .at_least("0", because=r"$g \ge 0$", gap="Σ(i, c[i]*g(M*q[i]/c[i]))")
    )


ROWS = rows(globals())
