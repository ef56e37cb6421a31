"""The release check: what a file that is to leave would tell beyond what it shows (REL-01 to REL-27).

`inspection.inspect` is pure; `confinement` runs it in a child process with limits; `cleaning` rebuilds a file from what
is visible.
"""
