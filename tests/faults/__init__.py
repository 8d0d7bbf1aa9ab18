"""What goes wrong around the program: each fault is a test that anyone can run.

Nothing is lost, the exit code is that of the table, and the message says what to do.
"""
