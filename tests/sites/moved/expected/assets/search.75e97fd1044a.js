// The cases are not about scripts.
