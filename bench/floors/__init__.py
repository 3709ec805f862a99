"""The least that anybody would write for the same task: what our times are divided by."""
