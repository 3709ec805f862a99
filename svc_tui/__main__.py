"""`python -m svc_tui` is `svc-tui`."""

from svc_tui.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
