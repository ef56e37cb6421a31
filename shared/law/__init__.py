"""The Freedom of Information Act 2000 as data and pure functions.

What belongs here is what the statute, its regulations and the Code of Practice say, the same for every police force
in England, Wales and Northern Ireland: the working-day calendar, the clock, the exemptions, how they are cited, what
a lawful decision on a part holds, and the particulars that a letter must give. What one force chooses to do belongs
to the service that does it.

Nothing here reads a database, the network, the time of day or the environment; what changes with time is dated data
in the TOML files beside the modules. The Scottish Act (FOISA) has another calendar and other exemptions and is not
covered.
"""
