"""Instances: facts, circulars, own rules and goals, read from plain data and cross-checked. Knows no file format."""

from giliran.instance.instance import Instance
from giliran.instance.records import SCHEMA, DocumentRecord, InstanceRecord

__all__ = ["SCHEMA", "DocumentRecord", "Instance", "InstanceRecord"]
