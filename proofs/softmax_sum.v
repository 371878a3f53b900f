(** * The softmax sums to one *)

From Coq Require Import Reals Lra.
From CrossEntropy Require Import definitions.
Open Scope R_scope.

(** Each term is exp z_i over the same denominator, which is positive: take it out of
    the sum, and the sum cancels with it. *)
Theorem softmax_sums_to_one : forall (n : nat) (z : nat -> R),
  Σ(i ≤ n), softmax n z i = 1.
Proof.
  intros n z. unfold softmax, Rdiv. rewrite sum_factor.
  apply Rinv_r. pose proof (denominator_positive n z). lra.
Qed.

Print Assumptions softmax_sums_to_one.
