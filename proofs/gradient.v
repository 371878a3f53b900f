(** * The gradient of the cross-entropy in the logits *)

From Coq Require Import Reals Lra Lia.
From CrossEntropy Require Import definitions.
Open Scope R_scope.

(** log p_i = z_i − log Σ_j exp z_j. *)
Lemma log_softmax (n : nat) (z : nat -> R) (i : nat) :
  ln (softmax n z i) = z i - ln (Σ(j ≤ n), exp (z j)).
Proof.
  unfold softmax. rewrite ln_div, ln_exp; auto using exp_pos, denominator_positive.
Qed.

(** As Σ_i y_i = 1, the loss is ℓ = log Σ_j exp z_j − Σ_i y_i z_i. *)
Lemma loss_from_logits (n : nat) (y z : nat -> R) :
  Σ(i ≤ n), y i = 1 ->
  cross_entropy n y z = ln (Σ(j ≤ n), exp (z j)) - Σ(i ≤ n), (y i * z i).
Proof.
  intros labels. unfold cross_entropy.
  rewrite (sum_same _ (fun i => y i * z i - y i * ln (Σ(j ≤ n), exp (z j)))).
  - rewrite sum_minus, sum_factor, labels. lra.
  - intros i _. rewrite log_softmax. lra.
Qed.

(** A sum of terms, of which the k-th alone moves with t, has the slope of that term. *)
Lemma slope_of_sum (n : nat) (f : nat -> R -> R) (z : nat -> R) (k : nat) (d : R) :
  (k <= n)%nat -> is_derive (f k) (z k) d ->
  is_derive (fun t => Σ(i ≤ n), f i (move z k t i)) (z k) d.
Proof.
  intros class slope.
  replace d with (Σ(i ≤ n), (if Nat.eqb i k then d else 0)).
  - apply (is_derive_sum_n (fun i t => f i (move z k t i))).
    intros i _. unfold move. destruct (Nat.eqb_spec i k) as [->|_].
    + exact slope.
    + exact (is_derive_const (f i (z i)) (z k)).
  - rewrite sum_of_one. now apply Nat.leb_le in class as ->.
Qed.

(** Moving an entry to where it is changes nothing. *)
Lemma move_nowhere (z : nat -> R) (k i : nat) : move z k (z k) i = z i.
Proof. unfold move. now destruct (Nat.eqb_spec i k) as [->|_]. Qed.

(** ∂ℓ/∂z_k = p_k − y_k: the loss, as a function of the k-th logit with all others held
    fast, has this derivative. The labels need not be positive, only sum to one. *)
Theorem gradient_of_cross_entropy : forall (n k : nat) (y z : nat -> R),
  (k <= n)%nat ->
  Σ(i ≤ n), y i = 1 ->
  is_derive (fun t => cross_entropy n y (move z k t)) (z k) (softmax n z k - y k).
Proof.
  intros n k y z class labels.
  apply (is_derive_ext (fun t =>
    ln (Σ(j ≤ n), exp (move z k t j)) - Σ(i ≤ n), (y i * move z k t i))).
  { intros t. symmetry. now apply loss_from_logits. }
  apply (is_derive_minus (fun t => ln (Σ(j ≤ n), exp (move z k t j)))
                         (fun t => Σ(i ≤ n), (y i * move z k t i))).
  - (* The logarithm's slope is 1/Σ_j exp z_j, and that of the sum is exp z_k. *)
    apply (is_derive_comp ln (fun t => Σ(j ≤ n), exp (move z k t j))).
    + replace (Σ(j ≤ n), exp (z j)) with (Σ(j ≤ n), exp (move z k (z k) j)).
      * apply is_derive_ln, denominator_positive.
      * apply sum_same. intros j _. now rewrite move_nowhere.
    + apply (slope_of_sum n (fun _ => exp)); [exact class|]. apply is_derive_exp.
  - apply (slope_of_sum n (fun i x => y i * x)); [exact class|].
    auto_derive; [trivial|lra].
Qed.

Print Assumptions gradient_of_cross_entropy.
