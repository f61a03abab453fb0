"""The engine on a cluster: its client against a node that is not one, and against real ones."""
