"""Lists that leave the house: asked for, approved where they hold much, made in the background, fetched once."""
