"""The one door to the Azure SDK: logins, queries, plain reads."""
