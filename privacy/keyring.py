"""What is the key ring: these tables are backed up apart from the data, newest only, and restored as they are.

A dump of the data leaves them out; a restore of old data meets the newest key ring, so that a shredded case stays
shredded. The key-encryption key is in neither (see docs/keys.md).
"""

KEYRING_TABLES = ("privacy_keyversion", "privacy_datakey")
