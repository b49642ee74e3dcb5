"""What people see, and the only place for Qt: screens of panels, drawn from view-models."""
