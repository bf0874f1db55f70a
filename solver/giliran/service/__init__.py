"""The local page: a plan that is looked at and changed in a browser, every change kept in a file before it is answered.

Serving it needs the extra `giliran[service]`.
"""
