"""The worked examples of the reachability rules, asked through the command line."""
