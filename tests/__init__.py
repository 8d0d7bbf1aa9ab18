"""Tests of pgtopo."""
