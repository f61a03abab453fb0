"""The index on an OpenSearch cluster."""
