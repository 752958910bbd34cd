"""What every part of the API speaks with: values, pages, repeats, refusals."""
