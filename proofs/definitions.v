(** * The words of the theorems

    The classes are 0, 1, ..., n, so their number is C = n + 1: any C ≥ 1. A vector
    of C numbers is a function on the natural numbers, of which only the entries
    0, ..., n are ever read. Sums and derivatives are those of the Coquelicot library:
    [sum_n f n] is f 0 + ... + f n, and [is_derive f x d] says that f has a derivative
    at x, and that it is d. Logarithms are natural. *)

From Coq Require Import Reals Lra Lia.
From Coquelicot Require Export Coquelicot.
Open Scope R_scope.

(** A sum reaches over products, not over + and −: Σ(i ≤ n), a i * b i - c is
    (Σ(i ≤ n), (a i * b i)) - c. *)
Notation "'Σ' ( i ≤ n ) , f" := (sum_n (fun i : nat => f) n)
  (at level 45, i name, n at level 69, f at level 45).

(** The softmax of the logits z, p_i = exp z_i / Σ_j exp z_j. *)
Definition softmax (n : nat) (z : nat -> R) (i : nat) : R :=
  exp (z i) / Σ(j ≤ n), exp (z j).

(** The cross-entropy ℓ = −Σ_i y_i log p_i of the labels y and the softmax of z. (In
    Coq every function has a value everywhere, if need be an arbitrary one. Here the
    denominator and each p_i are positive, as is proved below, so nothing depends on it.) *)
Definition cross_entropy (n : nat) (y z : nat -> R) : R :=
  - Σ(i ≤ n), (y i * ln (softmax n z i)).

(** The vector z with its entry k moved to t. *)
Definition move (z : nat -> R) (k : nat) (t : R) (i : nat) : R :=
  if Nat.eqb i k then t else z i.

(** ** What the proofs need of sums *)

(** The sums are sums of real numbers: the library's [plus] is +. *)
Lemma sum_first (f : nat -> R) : Σ(i ≤ 0), f i = f 0%nat.
Proof. exact (sum_O f). Qed.

Lemma sum_next (f : nat -> R) (n : nat) : Σ(i ≤ S n), f i = Σ(i ≤ n), f i + f (S n).
Proof. exact (sum_Sn f n). Qed.

Lemma sum_same (f g : nat -> R) (n : nat) :
  (forall i, (i <= n)%nat -> f i = g i) -> Σ(i ≤ n), f i = Σ(i ≤ n), g i.
Proof. exact (sum_n_ext_loc f g n). Qed.

Lemma sum_factor (f : nat -> R) (n : nat) (c : R) : Σ(i ≤ n), (f i * c) = (Σ(i ≤ n), f i) * c.
Proof. exact (sum_n_mult_r c f n). Qed.

Lemma sum_minus (f g : nat -> R) (n : nat) :
  Σ(i ≤ n), (f i - g i) = Σ(i ≤ n), f i - Σ(i ≤ n), g i.
Proof. induction n; rewrite ?sum_first, ?sum_next; lra. Qed.

Lemma sum_at_most (f g : nat -> R) (n : nat) :
  (forall i, (i <= n)%nat -> f i <= g i) -> Σ(i ≤ n), f i <= Σ(i ≤ n), g i.
Proof. intros below. rewrite !sum_n_Reals. now apply sum_Rle. Qed.

(** Of a vector that is c at k and 0 elsewhere, the sum is c. *)
Lemma sum_of_one (c : R) (k n : nat) :
  Σ(i ≤ n), (if Nat.eqb i k then c else 0) = if Nat.leb k n then c else 0.
Proof.
  induction n as [|n IH]; rewrite ?sum_first, ?sum_next, ?IH.
  - now destruct k.
  - destruct (Nat.leb_spec k n), (Nat.leb_spec k (S n)), (Nat.eqb_spec (S n) k);
      try lia; lra.
Qed.

(** The denominator of the softmax is positive. *)
Lemma denominator_positive (n : nat) (z : nat -> R) : 0 < Σ(j ≤ n), exp (z j).
Proof.
  induction n as [|n IH]; rewrite ?sum_first, ?sum_next.
  - apply exp_pos.
  - pose proof (exp_pos (z (S n))). lra.
Qed.

Lemma softmax_positive (n : nat) (z : nat -> R) (i : nat) : 0 < softmax n z i.
Proof. apply Rdiv_lt_0_compat; auto using exp_pos, denominator_positive. Qed.
