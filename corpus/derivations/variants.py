"""Right derivations: several labels, variants of the loss, and its parts on several machines."""

from __future__ import annotations

from cebook_utils import Derivation, Setting

from .form import SIGMOID, row, rows


def several_labels(setting: Setting) -> Setting:
    return (
        setting.index("i k", "C")
        .let(*SIGMOID)
        .real("z[i] y[i]")
        .let("p[i]", "σ(z[i])")
        .let("L", "-Σ(i, y[i]*log(p[i]) + (1-y[i])*log(1-p[i]))")
    )


def temperature(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .real("z[i]")
        .positive("T")
        .distribution("y[i]")
        .let("p[i]", "exp(z[i]/T)/Σ(j, exp(z[j]/T))")
        .let("L", "-Σ(i, y[i]*log(p[i]))")
    )


def label_smoothing(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .real("z[i] ε")
        .distribution("y[i]")
        .let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
        .let("t[i]", "(1-ε)*y[i] + ε/C")
        .let("L", "-Σ(i, t[i]*log(p[i]))")
    )


def focal_loss(setting: Setting) -> Setting:
    return setting.real("γ z").let(*SIGMOID).let("p", "σ(z)").let("L", "-(1-p)**γ*log(p)")


def focal_loss_of_a_class(setting: Setting) -> Setting:
    return (
        setting.index("i j k c", "C", least=2)
        .real("γ z[i]")
        .let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
        .let("L", "-(1-p[c])**γ*log(p[c])")
    )


@row("variants", several_labels, "Several labels at once")
def gradient_of_several_labels(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, z[k])")
        .equals("D(L, p[k])*D(p[k], z[k])", because="chain rule")
        .equals("(p[k]-y[k])/(p[k]*(1-p[k]))*p[k]*(1-p[k])", because="both factors")
        .equals("p[k] - y[k]", because="cancel")
    )


@row("variants", temperature, "Gradient with a temperature")
def gradient_with_a_temperature(chain: Derivation) -> Derivation:
    return chain.start("D(L, z[k])").equals(
        "(p[k]-y[k])/T", because="chain rule", using="y sums to one"
    )


@row("variants", temperature, "Slope in the temperature")
def slope_in_the_temperature(chain: Derivation) -> Derivation:
    return chain.start("D(L, T)").equals(
        "Σ(i, (y[i]-p[i])*z[i])/T**2", because="chain rule", using="y sums to one"
    )


@row("variants", label_smoothing, "Gradient under label smoothing")
def gradient_under_label_smoothing(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, z[k])")
        .equals("p[k]*Σ(i, t[i]) - t[k]", because="gradient for any labels")
        .equals("p[k] - t[k]", because="smoothed labels sum to one", using="y sums to one")
        .equals("p[k] - (1-ε)*y[k] - ε/C", because="definition")
    )


@row("variants", label_smoothing, "Label smoothing as two losses")
def label_smoothing_splits(chain: Derivation) -> Derivation:
    return chain.start("L").equals(
        "(1-ε)*(-Σ(i, y[i]*log(p[i]))) + ε*(-1/C*Σ(i, log(p[i])))", because="linearity"
    )


@row("variants", focal_loss, "Slope of the focal loss of a positive sample")
def slope_of_the_focal_loss(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, z)")
        .equals("D(L, p)*p*(1-p)", because="chain rule")
        .equals("(γ*(1-p)**(γ-1)*log(p) - (1-p)**γ/p)*p*(1-p)", because="product rule")
        .equals("(1-p)**γ*(γ*p*log(p) + p - 1)", because="collect")
    )


@row("variants", focal_loss_of_a_class, "Gradient of the focal loss")
def gradient_of_the_focal_loss(chain: Derivation) -> Derivation:
    return (
        chain.start("D(L, z[k])")
        .equals("D(L, p[c])*p[c]*(δ(c,k) - p[k])", because="chain rule")
        .equals(
            "(γ*(1-p[c])**(γ-1)*log(p[c])*p[c] - (1-p[c])**γ)*(δ(c,k) - p[k])",
            because="product rule",
        )
    )


def shards(setting: Setting) -> Setting:
    return (
        setting.index("s r", "S")
        .index("v u", "V")
        .real("z[s,v] m[s] M")
        .let("l[s]", "log(Σ(v, exp(z[s,v])))")
    )


@row("sharding", shards, "Log-sum-exp of shards")
def log_sum_exp_of_shards(chain: Derivation) -> Derivation:
    return (
        chain.start("log(Σ(s, Σ(v, exp(z[s,v]))))")
        .equals("log(Σ(s, exp(l[s])))", because="definition of the shard's part")
        .equals("M + log(Σ(s, exp(l[s]-M)))", because="shift")
    )


@row("sharding", shards, "Log-sum-exp of shards, each with its own shift")
def log_sum_exp_of_shifted_shards(chain: Derivation) -> Derivation:
    return chain.start("log(Σ(s, Σ(v, exp(z[s,v]))))").equals(
        "M + log(Σ(s, exp(m[s]-M)*Σ(v, exp(z[s,v]-m[s]))))", because="shift each shard"
    )


@row("sharding", shards, "Softmax of shards")
def softmax_of_shards(chain: Derivation) -> Derivation:
    return chain.start("exp(z[r,u])/Σ(s, Σ(v, exp(z[s,v])))").equals(
        "exp(z[r,u]-m[r])*exp(m[r]-M)/Σ(s, exp(m[s]-M)*Σ(v, exp(z[s,v]-m[s])))",
        because="shift each shard",
    )


ROWS = rows(globals())
