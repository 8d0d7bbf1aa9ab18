"""Paths from many clients to many private addresses at once, from what they share.

`Network` says what the stages of all paths say; ways to DNS servers and to databases alike.
"""
