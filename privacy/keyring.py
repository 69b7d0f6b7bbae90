"""What is the key ring: these tables are backed up apart from the data, newest only, and restored as they are.

A dump of the data leaves them out; a restore of old data meets the newest key ring, so that a shredded case stays
shredded. Whatever must never grow old with the data belongs here too. The key-encryption key is in neither (docs/keys.md).
"""

from privacy.keyrows import DataKey, KeyVersion
from privacy.tombstonerows import Ruling, Tombstone

KEYRING_TABLES: tuple[str, ...] = (
    KeyVersion._meta.db_table,
    DataKey._meta.db_table,
    Tombstone._meta.db_table,
    Ruling._meta.db_table,
)
