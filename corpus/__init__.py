"""Claims to try the kernel with: attacks that it must refuse, right ones that it must prove."""
