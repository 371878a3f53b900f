"""The form of a wrong step, and the settings that only wrong steps need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cebook_utils import Derivation, Setting

from ..derivations.form import PROVED_LEMMA, SIGMOID

_SIGN_OF = {"equals": "=", "at_most": "≤", "at_least": "≥"}


@dataclass(frozen=True)
class WrongStep:
    """A step that does not hold: the line before it, the wrong line, and how they are related.

    `hint` is a phrase that the message holds, where the slip is one that can be named.
    """

    name: str
    declare: Callable[[Setting], Setting]
    before: str
    after: str
    method: str = "equals"
    using: tuple[str, ...] = ()
    when: str | None = None
    at: str | None = None
    gap: str | None = None
    hint: str | None = None

    @property
    def sign(self) -> str:
        return _SIGN_OF[self.method]

    def begun(self, title: str = "A wrong step") -> Derivation:
        """The derivation before its wrong step."""
        chain = Derivation(title, self.declare(Setting())).start(self.before)
        return chain.at(self.at) if self.at else chain

    def take(self, chain: Derivation, because: str = "") -> Derivation:
        """Take the wrong step."""
        more = {"when": self.when, "gap": self.gap, "using": self.using}
        given = {word: value for word, value in more.items() if value}
        made: Derivation = getattr(chain, self.method)(self.after, because=because, **given)
        return made


def summed_logistic_loss(setting: Setting) -> Setting:
    return (
        setting.index("m r", "d")
        .index("n", "N")
        .let(*SIGMOID)
        .real("y[n] w[m] x[n,m] b")
        .let("z[n]", "Σ(m, w[m]*x[n,m]) + b")
        .let("p[n]", "σ(z[n])")
        .let("L", "-Σ(n, y[n]*log(p[n]) + (1-y[n])*log(1-p[n]))")
    )


def one_bias_for_all_classes(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .index("n", "N")
        .real("s[n,i] b")
        .distribution("y[n,i]")
        .let("z[n,i]", "s[n,i] + b")
        .let("p[n,i]", "exp(z[n,i])/Σ(j, exp(z[n,j]))")
        .let("L", "-Σ(n, Σ(i, y[n,i]*log(p[n,i])))")
    )


def a_bias_for_each_class(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .index("n", "N")
        .real("s[n,i] b[i]")
        .distribution("y[n,i]")
        .let("z[n,i]", "s[n,i] + b[i]")
        .let("p[n,i]", "exp(z[n,i])/Σ(j, exp(z[n,j]))")
        .let("L", "-Σ(n, Σ(i, y[n,i]*log(p[n,i])))")
    )


def square_layer(setting: Setting) -> Setting:
    return (
        setting.index("i j k l", "Q")
        .let(*SIGMOID)
        .real("W[i,j] x[j] y[i]")
        .let("a[j]", "σ(x[j])")
        .let("z[i]", "Σ(j, W[i,j]*a[j])")
        .let("L", "Σ(i, (z[i]-y[i])**2)/2")
    )


def prediction_as_its_own_label(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .real("z[i]")
        .let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
        .let("L", "-Σ(i, p[i]*log(p[i]))")
    )


def several_sigmoids(setting: Setting) -> Setting:
    return (
        setting.index("i k", "C")
        .let(*SIGMOID)
        .real("z[i] y[i]")
        .let("p[i]", "σ(z[i])")
        .let("L", "-Σ(i, y[i]*log(p[i]))")
    )


def distillation(setting: Setting) -> Setting:
    return (
        setting.index("i j k", "C")
        .real("z[i]")
        .positive("T")
        .distribution("y[i]")
        .let("p[i]", "exp(z[i]/T)/Σ(j, exp(z[j]/T))")
        .let("L", "-T**2*Σ(i, y[i]*log(p[i]))")
    )


def numbers(setting: Setting) -> Setting:
    return setting.index("i j k", "C").real("a b c u[i] v[i]").positive("s t")


def one_lemma(setting: Setting) -> Setting:
    return setting.positive("s").lemma(*PROVED_LEMMA)
