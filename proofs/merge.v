(** * The merge of log-sum-exp *)

From Coq Require Import Reals Lra List.
Open Scope R_scope.

(** A pair (m, s) stands for m + log s. The merge of two takes the larger shift:
    (a, s) ⊕ (b, t) = (m, s exp(a − m) + t exp(b − m)) with m = max(a, b). *)
Definition merge (u v : R * R) : R * R :=
  let (a, s) := u in
  let (b, t) := v in
  let m := Rmax a b in
  (m, s * exp (a - m) + t * exp (b - m)).

(** A part is a list of logits that is not empty: the first, x, and the others, l. *)
Fixpoint largest (x : R) (l : list R) : R :=
  match l with
  | nil => x
  | y :: l' => Rmax x (largest y l')
  end.

(** Σ exp(z − m) over the z of a list. *)
Fixpoint sum_exp (m : R) (l : list R) : R :=
  match l with
  | nil => 0
  | z :: l' => exp (z - m) + sum_exp m l'
  end.

(** The pair of a part: its largest logit m, and its Σ exp(z − m). *)
Definition pair_of (x : R) (l : list R) : R * R :=
  (largest x l, sum_exp (largest x l) (x :: l)).

(** Two changes of the shift are one. *)
Lemma shift_twice (a m n : R) : exp (a - m) * exp (m - n) = exp (a - n).
Proof. rewrite <- exp_plus. f_equal. lra. Qed.

(** The merge is associative, for all pairs of real numbers: parts may be grouped in
    any way. *)
Theorem merge_is_associative : forall u v w : R * R,
  merge (merge u v) w = merge u (merge v w).
Proof.
  intros [a s] [b t] [c r]. unfold merge. rewrite <- Rmax_assoc.
  f_equal. rewrite !Rmult_plus_distr_r, !Rmult_assoc, !shift_twice. lra.
Qed.

Lemma largest_of_both (x : R) (l : list R) (y : R) (l' : list R) :
  largest x (l ++ y :: l') = Rmax (largest x l) (largest y l').
Proof.
  revert x. induction l as [|z l IH]; intros x; simpl; [reflexivity|].
  now rewrite IH, Rmax_assoc.
Qed.

Lemma sum_exp_of_both (m : R) (l l' : list R) :
  sum_exp m (l ++ l') = sum_exp m l + sum_exp m l'.
Proof. induction l as [|z l IH]; simpl; [|rewrite IH]; lra. Qed.

Lemma shift_sum_exp (m n : R) (l : list R) :
  sum_exp m l * exp (m - n) = sum_exp n l.
Proof.
  induction l as [|z l IH]; cbn [sum_exp]; [lra|].
  now rewrite Rmult_plus_distr_r, shift_twice, IH.
Qed.

(** The merge of the pairs of two parts is the pair of both together, exactly. *)
Theorem merge_of_parts : forall (x : R) (l : list R) (y : R) (l' : list R),
  merge (pair_of x l) (pair_of y l') = pair_of x (l ++ y :: l').
Proof.
  intros x l y l'. unfold merge, pair_of.
  rewrite largest_of_both, !shift_sum_exp, <- sum_exp_of_both. reflexivity.
Qed.

Lemma sum_exp_positive (m x : R) (l : list R) : 0 < sum_exp m (x :: l).
Proof.
  revert x. induction l as [|y l IH]; intros x; cbn [sum_exp] in *.
  - pose proof (exp_pos (x - m)). lra.
  - pose proof (exp_pos (x - m)). pose proof (IH y). lra.
Qed.

(** And the pair of a part stands for its log-sum-exp: m + log s = log Σ exp z, where
    both sums are positive. *)
Theorem pair_is_log_sum_exp : forall (x : R) (l : list R),
  let (m, s) := pair_of x l in m + ln s = ln (sum_exp 0 (x :: l)).
Proof.
  intros x l. unfold pair_of. set (m := largest x l).
  rewrite <- (shift_sum_exp m 0 (x :: l)), ln_mult, ln_exp;
    auto using exp_pos, sum_exp_positive. lra.
Qed.

Print Assumptions merge_is_associative.
Print Assumptions merge_of_parts.
Print Assumptions pair_is_log_sum_exp.
