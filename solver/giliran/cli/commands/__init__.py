"""One module per command. Each parses, calls one public function and renders; what is heavy is imported when it runs."""
