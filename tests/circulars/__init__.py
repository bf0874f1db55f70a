"""Tests of the circular format, its resolution, and the circulars that come with giliran."""
