"""Tests of workbooks of instances."""
