"""What holds the product to its promises, on real parts wherever they can be had."""
