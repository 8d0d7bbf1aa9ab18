"""The triage screen: symptom, ends, ranked causes, the failover drill."""
