"""The pages behind the rail's entries, each made of panels."""
