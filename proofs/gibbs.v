(** * Gibbs' inequality *)

From Coq Require Import Reals Lra Lia.
From CrossEntropy Require Import definitions.
Open Scope R_scope.

(** The tangent at 1 lies above the logarithm. *)
Lemma log_below_tangent (x : R) : 0 < x -> ln x <= x - 1.
Proof. intros positive. pose proof (exp_ineq1_le (ln x)). rewrite exp_ln in *; lra. Qed.

(** A term p log(p/q) of the divergence, with the convention 0 log(0/q) = 0. *)
Definition divergence_term (p q : R) : R :=
  if Req_EM_T p 0 then 0 else p * ln (p / q).

(** p log(p/q) = −p log(q/p) ≥ −p (q/p − 1) = p − q. *)
Lemma term_at_least (p q : R) :
  0 <= p -> 0 <= q -> (0 < p -> 0 < q) -> p - q <= divergence_term p q.
Proof.
  intros p_sign q_sign support. unfold divergence_term.
  destruct (Req_EM_T p 0) as [->|nonzero]; [lra|].
  assert (0 < p) as p_positive by lra. specialize (support p_positive).
  pose proof (log_below_tangent (q / p) (Rdiv_lt_0_compat q p support p_positive)) as tangent.
  apply (Rmult_le_compat_l p) in tangent; [|exact p_sign].
  replace (p * (q / p - 1)) with (q - p) in tangent by (field; lra).
  rewrite ln_div in *; lra.
Qed.

(** Σ_i p_i log(p_i/q_i) ≥ 0 for two distributions p and q, where q_i > 0 wherever
    p_i > 0 (else the divergence is infinite). Entries may be 0. *)
Theorem gibbs_inequality : forall (n : nat) (p q : nat -> R),
  (forall i, (i <= n)%nat -> 0 <= p i) ->
  (forall i, (i <= n)%nat -> 0 <= q i) ->
  (forall i, (i <= n)%nat -> 0 < p i -> 0 < q i) ->
  Σ(i ≤ n), p i = 1 ->
  Σ(i ≤ n), q i = 1 ->
  0 <= Σ(i ≤ n), divergence_term (p i) (q i).
Proof.
  intros n p q p_sign q_sign support p_total q_total.
  replace 0 with (Σ(i ≤ n), (p i - q i)) by (rewrite sum_minus; lra).
  apply sum_at_most. intros i class. apply term_at_least; auto.
Qed.

Print Assumptions gibbs_inequality.
