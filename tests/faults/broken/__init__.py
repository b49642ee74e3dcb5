"""Programs each broken in one place on purpose, so that the runs show that they find such a thing out."""
