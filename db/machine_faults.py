"""Whether an error is the machine's: a database that is locked, full or away, a disk without room.

What the machine could not do it will do a little later, so whatever met such a fault is tried again for as long
as it takes. Any other error is one of the work itself, and stays the same however often it is tried.
"""

from __future__ import annotations

import errno
import socket
import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

# Result codes: sqlite.org/rescode.html. The low byte is the primary code.
SQLITE = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_PERM,
})  # fmt: skip
# Classes of SQLSTATE (PostgreSQL, appendix A): connection, who may connect, two that met, resources, locks, operator,
# system; and two codes by themselves: a standby that takes no writes, a database that is just being restored.
POSTGRES = frozenset({"08", "28", "40", "53", "55", "57", "58"})
POSTGRES_CODES = frozenset({"25006", "3D000"})
SYSTEM = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EFBIG,
    errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN,
})  # fmt: skip


def machine_fault(error: BaseException) -> bool:
    """Whether the same work can succeed unchanged once the machine is well."""
    if isinstance(error, DBAPIError):
        return _of_database(error)
    if isinstance(error, NoFreeConnection | ConnectionError | TimeoutError | socket.gaierror):
        return True
    return isinstance(error, OSError) and (error.errno in SYSTEM or _no_socket(error))


def _no_socket(error: OSError) -> bool:
    """PostgreSQL's socket on this machine is gone while the server is stopped; a file's error names its file."""
    return error.errno == errno.ENOENT and error.filename is None


def _of_database(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return (code & 0xFF) in SQLITE
    state = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or state[:2] in POSTGRES or state in POSTGRES_CODES
