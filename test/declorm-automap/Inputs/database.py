"""database.py FILE: makes an SQLite database of the SQL on standard input."""
import os
import sqlite3
import sys

if os.path.exists(sys.argv[1]):
    os.remove(sys.argv[1])
with sqlite3.connect(sys.argv[1]) as connection:
    connection.executescript(sys.stdin.read())
connection.close()
