"""What each panel shows, as one frozen state and one signal, without a widget."""
