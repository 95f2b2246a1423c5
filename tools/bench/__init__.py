"""`make bench`: how fast the product is, beside the bare minimum on the same machine in the same minute."""
