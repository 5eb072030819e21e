"""An evening under fire: phones that drop and re-send while the server is killed with -9.

`house.py` starts and kills the server, `people.py` are the clients, `ledger.py` compares what they
saw and what they were promised with the log.
"""
