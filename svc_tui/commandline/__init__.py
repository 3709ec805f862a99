"""What the subcommands of `svc-tui` do; `svc_tui/cli.py` reads the arguments and calls these.

Nothing here is imported before its command is asked for, so that `svc-tui show` starts without the screens.
"""
