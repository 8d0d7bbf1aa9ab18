"""Live data: Azure Resource Graph, and Azure Resource Manager for what it lacks.

Only the modules in `sdk` know the Azure SDK, and nothing imports them before Azure is asked.
"""
