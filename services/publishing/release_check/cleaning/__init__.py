"""Clean copies: a new file rebuilt from what is visible, for when an original hides something (REL-13, REL-19).

`copying.clean` is pure and runs in a sealed child; `confinement.Examiners.clean` has each copy checked again.
"""
