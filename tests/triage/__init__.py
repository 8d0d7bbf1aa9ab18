"""Tests of guided triage."""
