import mpmath
import numpy as np
import pytest

from cebook_utils.numerics.gradients import (
    central_difference,
    check_gradient,
    complex_step,
    relative_error,
)
from cebook_utils.numerics.losses import (
    sigmoid_binary_cross_entropy,
    sigmoid_binary_cross_entropy_grad,
    softmax,
    softmax_cross_entropy,
    softmax_cross_entropy_grad,
)


def batch(seed, samples=4, classes=10):
    """Logits with |z| ≤ 3, for which the accuracy is promised, and labels."""
    rng = np.random.default_rng(seed)
    z = rng.uniform(-3, 3, size=(samples, classes))
    return z, rng.dirichlet(np.ones(classes), samples)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("loss", "gradient"),
    [
        (softmax_cross_entropy, softmax_cross_entropy_grad),
        (sigmoid_binary_cross_entropy, sigmoid_binary_cross_entropy_grad),
    ],
)
def test_both_routes_keep_their_promise(loss, gradient, seed):
    z, y = batch(seed)

    def f(z):
        return loss(z, y).sum()

    assert relative_error(complex_step(f, z), gradient(z, y)) < 1e-13
    assert relative_error(central_difference(f, z), gradient(z, y)) < 1e-8


@pytest.mark.parametrize("seed", range(3))
def test_both_routes_agree_with_mpmath(seed):
    # The derivative of −log softmax(z)_0 by mpmath's own differences at 40 digits.
    z = np.random.default_rng(seed).uniform(-3, 3, size=3)

    def f(*z):
        return mpmath.log(mpmath.fsum(mpmath.exp(t) for t in z)) - z[0]

    with mpmath.workdps(40):
        orders = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
        expected = np.array([mpmath.diff(f, tuple(z.tolist()), n) for n in orders], dtype=float)

    def loss(z):
        return softmax_cross_entropy(z, 0)

    assert relative_error(complex_step(loss, z), expected) < 1e-13
    assert relative_error(central_difference(loss, z), expected) < 1e-8


@pytest.mark.parametrize("route", [central_difference, complex_step])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (1, 2, 2), (0,)])
def test_the_gradient_has_the_shape_of_x_in_float64(route, shape):
    x = np.random.default_rng(1).normal(size=shape).astype(np.float32)
    before = x.copy()
    gradient = route(lambda x: (x**3).sum(), x)
    assert gradient.shape == shape
    assert gradient.dtype == np.float64
    np.testing.assert_allclose(gradient, 3 * x.astype(float) ** 2, rtol=1e-8, atol=1e-9)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("route", [central_difference, complex_step])
def test_a_function_that_writes_into_its_argument_does_no_harm(route):
    def f(x):
        x *= 2
        return (x**2).sum()

    x = np.array([1.0, 2.0])
    np.testing.assert_allclose(route(f, x), 8 * x, rtol=1e-9)
    assert x.tolist() == [1, 2]


def test_the_default_step_grows_with_x():
    # The slope of log at 1e6 is 1e−6. A step of 6e-6 would leave three digits of it.
    np.testing.assert_allclose(central_difference(np.log, 1e6), 1e-6, rtol=1e-8)


def test_the_step_can_be_chosen():
    def f(x):
        return (x**3).sum()

    # (x + h)³ − (x − h)³ = 6x²h + 2h³, so the central difference is 3x² + h² ...
    np.testing.assert_allclose(central_difference(f, [2.0], h=0.1), [12.01], rtol=1e-12)
    # ... and Im (x + ih)³ = 3x²h − h³, so the complex step is 3x² − h².
    np.testing.assert_allclose(complex_step(f, [2.0], h=0.1), [11.99], rtol=1e-12)


def test_relative_error_is_that_of_the_norms():
    # By hand: |(0, 1)| / max(|(3, 4)|, |(3, 5)|) = 1/√34.
    np.testing.assert_allclose(relative_error([3.0, 4.0], [3.0, 5.0]), 34**-0.5, rtol=1e-15)
    assert relative_error([1.0, -1.0], [-1.0, 1.0]) == 2
    assert relative_error([0.0], [0.0]) == 0
    assert relative_error([], []) == 0
    assert relative_error([0.0], [1e-300]) == 1
    assert relative_error(3.0, 3.0) == 0
    assert relative_error([[1.0, 0.0]], [[1.0, 1e-9]]) == 1e-9  # though one entry is all wrong


@pytest.mark.parametrize("size", [1e-300, 1e-160, 1.0, 1e160, 1e300])
def test_relative_error_does_not_depend_on_the_size(size):
    a, b = np.array([1.0, 2.0]), np.array([1.0, 2.5])
    np.testing.assert_allclose(relative_error(a * size, b * size), relative_error(a, b), rtol=1e-12)


# check_gradient: what is right passes, what is wrong does not.


def test_check_gradient_returns_the_error():
    z, y = batch(7)
    error = check_gradient(
        lambda z: softmax_cross_entropy(z, y).sum(),
        lambda z: softmax_cross_entropy_grad(z, y),
        z,
    )
    assert error < 1e-13
    rough = check_gradient(
        lambda z: softmax_cross_entropy(z, y).sum(),
        softmax_cross_entropy_grad(z, y),
        z,
        rtol=1e-8,
        numeric=central_difference,
    )
    assert error < rough < 1e-8


WRONG = {
    "sign": lambda p, y: y - p,
    "factor": lambda p, y: 2 * (p - y),
    "mean for sum": lambda p, y: (p - y) / len(p),
    "transposed": lambda p, y: (p - y).T,
    "no label": lambda p, y: p,
    "swapped samples": lambda p, y: (p - y)[::-1],
    "one entry": lambda p, y: p - y + 1e-12 * np.eye(len(p)),
    "zero": lambda p, y: 0 * p,
    "nan": lambda p, y: p / 0 * 0,
}


@pytest.mark.parametrize("mistake", WRONG)
@pytest.mark.parametrize("rtol, numeric", [(1e-13, complex_step), (1e-8, central_difference)])
@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_check_gradient_refuses(mistake, rtol, numeric):
    z, y = batch(8, samples=3, classes=3)
    wrong = WRONG[mistake](softmax(z), y)
    if mistake == "one entry":
        wrong = wrong + rtol * np.eye(3)
    with pytest.raises(AssertionError, match="the gradient is wrong"):
        check_gradient(lambda z: softmax_cross_entropy(z, y).sum(), wrong, z, rtol, numeric)


def test_check_gradient_shows_both_values_and_the_worst_entry():
    with pytest.raises(AssertionError) as error:
        check_gradient(lambda x: (x**2).sum(), [[2.0, 4.0], [6.0, -8.0]], [[1, 2], [3, 4]])
    # By hand: the gradient is 2x, |(0, 0, 0, 16)| = 16 and |(2, 4, 6, 8)| = √120; 16/√120 = 1.4606.
    assert str(error.value) == (
        "the gradient is wrong: relative error 1.46 is above rtol = 1e-13\n"
        "  analytic: [[ 2.  4.]\n [ 6. -8.]]\n"
        "  numeric:  [[2. 4.]\n [6. 8.]]\n"
        "  worst at [1, 1]: analytic -8.0, numeric 8.0"
    )


def test_check_gradient_shows_both_shapes():
    with pytest.raises(AssertionError, match=r"its shape is \(3, 2\), that of x is \(2, 3\)"):
        check_gradient(lambda x: (x**2).sum(), np.ones((3, 2)), np.ones((2, 3)))


def test_check_gradient_says_that_a_gradient_is_not_finite():
    with pytest.raises(AssertionError, match="not finite\n  analytic: .*nan"):
        check_gradient(lambda x: (x**2).sum(), [np.nan, 2.0], [1.0, 1.0])


# What is refused, and in which words.


@pytest.mark.parametrize(
    "f",
    [
        lambda z: abs(z).sum(),
        lambda z: np.linalg.norm(z),
        lambda z: z.real.sum(),
        lambda z: 1.0,
    ],
    ids=["abs", "norm", "real", "constant"],
)
def test_complex_step_says_that_the_imaginary_part_was_lost(f):
    with pytest.raises(ValueError, match="f lost the imaginary part: it returned the real"):
        complex_step(f, [1.0, 2.0])


def test_complex_step_is_silently_wrong_where_only_some_terms_lose_it():
    """The limit its docstring tells of, and that the other route does not have it."""

    def f(x):
        return (x + abs(x)).sum()

    assert complex_step(f, [1.0]) == 1
    np.testing.assert_allclose(central_difference(f, [1.0]), 2, rtol=1e-9)


BOTH = [central_difference, complex_step]
X_REFUSED = [
    ([1.0, np.nan], "x must be finite, but x[1] is nan"),
    (np.inf, "x must be finite, but x is inf"),
    ([1j], "x must be real, but its dtype is complex128"),
    (["a"], "x must be an array of numbers, but its dtype is <U1"),
]


@pytest.mark.parametrize("route", BOTH)
@pytest.mark.parametrize(("x", "message"), X_REFUSED)
def test_a_bad_point_is_named(route, x, message):
    with pytest.raises(ValueError) as error:
        route(lambda x: x.sum(), x)
    assert str(error.value) == message


@pytest.mark.parametrize("route", BOTH)
@pytest.mark.parametrize("h", [0.0, -1e-6])
def test_a_bad_step_is_named(route, h):
    with pytest.raises(ValueError, match=f"^h must be positive, but h is {h}$"):
        route(lambda x: x.sum(), [1.0], h=h)


@pytest.mark.parametrize("route", BOTH)
def test_a_function_with_a_bad_value_is_named(route):
    with pytest.raises(ValueError, match=r"f must return one number, but returned shape \(2,\)"):
        route(lambda x: x, [1.0, 2.0])
    with pytest.raises(ValueError, match="f must return a finite number, but returned nan"):
        route(lambda x: np.nan, [1.0, 2.0])
    with pytest.raises(ValueError, match="the value of f must be an array of numbers"):
        route(lambda x: None, [1.0, 2.0])


def test_a_complex_value_at_a_real_point_is_named():
    with pytest.raises(ValueError, match="f must return a real number for real x, but returned"):
        central_difference(lambda x: x.sum() + 0j, [1.0])


@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        ([np.nan], [1.0], "a must be finite, but a[0] is nan"),
        ([1.0], [np.inf], "b must be finite, but b[0] is inf"),
        ([1.0], [[1.0]], "a and b must have one shape, but have (1,) and (1, 1)"),
    ],
)
def test_relative_error_names_what_it_refuses(a, b, message):
    with pytest.raises(ValueError) as error:
        relative_error(a, b)
    assert str(error.value) == message


# No silently wrong verdict.


@pytest.mark.parametrize("rtol", [np.nan, np.inf, -1e-9, 1.0, "1e-8", None, [1e-8, 1e-8], 1j])
def test_check_gradient_refuses_a_tolerance_that_accepts_anything_or_nothing(rtol):
    with pytest.raises(ValueError, match="^rtol must be "):
        check_gradient(lambda x: (x**2).sum(), [5.0], [1.0], rtol=rtol)


def not_analytic(x):
    return (x**2).sum() + abs(x).sum()


def test_check_gradient_passes_no_gradient_through_a_function_that_is_not_analytic():
    """Σx² + Σ|x| at [1, 2], whose gradient is [3, 5]; the complex step says [2, 4]."""
    message = r"complex_step is wrong for f: along x\[0\] it gives 2, but values .* give 3"
    for gradient in ([2.0, 4.0], [3.0, 5.0]):
        with pytest.raises(ValueError, match=message):
            check_gradient(not_analytic, gradient, [1.0, 2.0])
    differences = {"rtol": 1e-8, "numeric": central_difference}
    assert check_gradient(not_analytic, [3.0, 5.0], [1.0, 2.0], **differences) < 1e-8
    with pytest.raises(AssertionError, match="the gradient is wrong"):
        check_gradient(not_analytic, [2.0, 4.0], [1.0, 2.0], **differences)


def relu(x):
    return np.where(x.real > 0, x, 0)


@pytest.mark.parametrize("rtol, numeric", [(1e-13, complex_step), (1e-8, central_difference)])
@pytest.mark.parametrize("size", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize("slope", [0.0, 0.5, 1.0])
def test_check_gradient_passes_no_gradient_at_a_kink(rtol, numeric, size, slope):
    def f(x):
        return size * (relu(x[0]) + x[1] ** 2)

    with pytest.raises(
        ValueError, match=r"no gradient at x: along x\[0\] .* on the left .* on the r"
    ):
        check_gradient(f, [size * slope, 2 * size], [0.0, 1.0], rtol, numeric)
    assert check_gradient(f, [size, 2 * size], [0.1, 1.0], rtol, numeric) < rtol


def test_check_gradient_passes_no_gradient_at_a_jump():
    with pytest.raises(ValueError, match="f has no gradient at x: along x its slope is"):
        check_gradient(lambda x: x + (x.real >= 1), 1.0, 1.0)


@pytest.mark.parametrize("x", [1e-12, 1e-7, 1.0, 1e6, 1e12])
def test_check_gradient_finds_values_beside_a_point_close_to_the_edge_of_the_domain(x):
    assert check_gradient(np.log, 1 / x, x) < 1e-13


def test_check_gradient_says_that_there_are_no_values_beside_the_point():
    def alone(x):
        if x.real != 1:
            raise ValueError("outside")
        return x

    with pytest.raises(ValueError, match="f has no values beside x along x,"):
        check_gradient(alone, 1.0, 1.0)


def test_a_step_that_is_lost_beside_x_is_refused():
    message = r"^h must be large enough to move x, but h\[1\] is 1e-06$"
    with pytest.raises(ValueError, match=message):
        central_difference(lambda x: (x**2).sum(), [1.0, 1e20], h=1e-6)
    with pytest.raises(ValueError, match="h must have the shape of x"):
        central_difference(lambda x: (x**2).sum(), [1.0, 2.0, 3.0], h=[1e-6, 1e-6])
    for h in ([1e-30, 1e-30], "small", np.nan):
        with pytest.raises(ValueError, match="^h must be one finite number, but is "):
            complex_step(lambda x: (x**2).sum(), [1.0, 2.0], h=h)


def test_relative_error_of_many_half_precision_numbers():
    """The squares of 100,000 ones overflow float16, and their sum stands still at 2,048."""
    ones = np.ones(100_000, np.float16)
    assert relative_error(ones, 2 * ones) == 0.5
