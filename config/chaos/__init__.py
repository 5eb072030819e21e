"""An evening under fire: phones that drop and re-send while the server is killed with -9.

`house.py` starts and kills the server; `people.py` and `desk.py` are who takes part, `storm.py`
when it strikes; `log.py` reads what the database has, and `ledger.py` compares it with what
everybody was told and saw.
"""
