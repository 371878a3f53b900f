"""Numbers against claims: evaluation at points, the search for counterexamples, what to say of them.

Shares with the kernel only terms and declarations, none of its algebra.
"""
