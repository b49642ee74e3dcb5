"""What people see and what ships with the product: themes, icons, fonts, words and seeds."""
