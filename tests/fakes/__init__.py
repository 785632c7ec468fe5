"""Stand-ins for ports; each passes the contract tests of the real one."""
