"""How much memory processes take together: the proportional set size, in which shared pages count once."""

from pathlib import Path


def processes_of(ancestor: int) -> list[int]:
    """The process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it has just ended
            children.setdefault(int(status[1]), []).append(int(folder.name))
    found, waiting = [], [ancestor]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def command_of(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "cmdline").read_text(errors="replace").replace("\0", " ").strip()
    except OSError:
        return ""


def pss(pid: int) -> float:
    """In megabytes; 0 for a process that is gone."""
    try:
        lines = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1_024
