"""The mathematics of the lesson: numpy alone, no files, no clock, no global random state.

The way of a number: a `scenario` describes a run; it makes a `network` and data; `trace` computes every z, a,
δ, dW and db; `ledger` says which factor of a gradient is zero; `training` makes the steps.
"""
