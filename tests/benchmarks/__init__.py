"""Tests of the benchmarks: they measure nothing."""
