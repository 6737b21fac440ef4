"""The program's first line: no collector for a run of milliseconds, and no pile to clear at its end."""

import gc

gc.disable()


def main() -> None:
    """Run one command."""
    import atexit

    atexit.register(gc.freeze)  # what is left at the end goes with the process
    from salesctl.app import main as run

    run()


if __name__ == "__main__":
    main()
