(** * One logit: the logistic function and the binary cross-entropy *)

From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

(** σ(z) = 1/(1 + exp(−z)). *)
Definition sigmoid (z : R) : R := 1 / (1 + exp (- z)).

(** ℓ = −(y log σ(z) + (1 − y) log(1 − σ(z))), for the label y. *)
Definition binary_cross_entropy (y z : R) : R :=
  - (y * ln (sigmoid z) + (1 - y) * ln (1 - sigmoid z)).

(** σ lies strictly between 0 and 1, so both logarithms have a value. *)
Lemma sigmoid_in_unit (z : R) : 0 < sigmoid z < 1.
Proof.
  unfold sigmoid. pose proof (exp_pos (- z)). split.
  - apply Rdiv_lt_0_compat; lra.
  - apply (Rmult_lt_reg_r (1 + exp (- z))); [lra|]. field_simplify; lra.
Qed.

(** σ' = σ (1 − σ). *)
Theorem slope_of_sigmoid : forall z : R,
  is_derive sigmoid z (sigmoid z * (1 - sigmoid z)).
Proof.
  intros z. unfold sigmoid. pose proof (exp_pos (- z)).
  auto_derive; [lra|]. field. lra.
Qed.

(** ∂ℓ/∂z = σ(z) − y: by the chain rule the slope is −y (1 − σ) + (1 − y) σ. *)
Theorem slope_of_binary_cross_entropy : forall y z : R,
  is_derive (binary_cross_entropy y) z (sigmoid z - y).
Proof.
  intros y z. unfold binary_cross_entropy.
  pose proof (sigmoid_in_unit z). pose proof (slope_of_sigmoid z) as slope.
  assert (Derive sigmoid z = sigmoid z * (1 - sigmoid z)) as value
    by now apply is_derive_unique.
  auto_derive.
  - repeat split; try lra; now exists (sigmoid z * (1 - sigmoid z)).
  - change (Derive (fun x => sigmoid x) z) with (Derive sigmoid z).
    rewrite value. field. lra.
Qed.

Print Assumptions slope_of_sigmoid.
Print Assumptions slope_of_binary_cross_entropy.
