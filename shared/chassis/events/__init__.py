"""Events: what they may hold, the log that keeps them, the relay that sends them and the consumer that acts on them."""
