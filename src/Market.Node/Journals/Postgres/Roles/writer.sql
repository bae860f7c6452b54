-- What the role of a running node may do: add turns and read them, never change or remove one.
REVOKE ALL ON turns, snapshots, probes, migrations FROM {writer};
GRANT USAGE ON SCHEMA {schema} TO {writer};
GRANT SELECT ON migrations TO {writer};
GRANT SELECT, INSERT ON turns TO {writer};
GRANT SELECT, INSERT, UPDATE, DELETE ON snapshots TO {writer};
GRANT SELECT, INSERT, UPDATE ON probes TO {writer};
