"""Coverage-guided fuzzing of everything that reads bytes or words from outside.

python -m tests.fuzz.guided files --seconds 60      one target; needs the extra `fuzz`

What has led somewhere new is kept under `corpus/`, and is tried again by the tests.
"""
