"""An application whose one migration handles rows and fails, in the way the environment names."""
