"""Sign-in by way of a government identity provider (OpenID Connect); off unless the settings name one. docs/adr/0020."""
