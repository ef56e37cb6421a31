"""Files for the tests of the release check, made of raw XML and bytes and never by the libraries that detect."""
