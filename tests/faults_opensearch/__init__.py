"""What the cluster and the processes that talk to it may suffer, on real nodes."""
