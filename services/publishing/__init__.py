"""Publishing: runs the disclosure log of every site, from the entry made ready to its release and withdrawal."""
