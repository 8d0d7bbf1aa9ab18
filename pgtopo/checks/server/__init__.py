"""The state of servers, high availability and replicas."""
