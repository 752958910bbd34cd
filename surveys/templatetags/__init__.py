"""What templates of surveys may use."""
