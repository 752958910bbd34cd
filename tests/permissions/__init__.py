"""Every address, and what each kind of visitor gets there."""
