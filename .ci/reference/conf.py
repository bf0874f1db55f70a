"""How the reference of the public names is built out of their docstrings: `sphinx-build -W .ci/reference FOLDER`."""

from importlib import metadata

project = "giliran"
release = metadata.version("giliran")
default_role = "code"
extensions = ["sphinx.ext.autodoc", "sphinx.ext.napoleon"]
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
autodoc_default_options = {"members": True, "undoc-members": False, "show-inheritance": True}
autodoc_typehints = "description"
autodoc_typehints_format = "short"
html_theme = "alabaster"
suppress_warnings = ["ref.python"]  # several classes have a field of the name of a word in a type, such as "days"
