"""Public access, firewall rules, encryption and sign-in."""
