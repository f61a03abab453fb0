"""Real OpenSearch nodes on this machine's loopback, for tests: a process each, that may be killed."""
