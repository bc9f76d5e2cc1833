"""What stands behind ./btp. Standard library only: it runs before the virtual environment exists."""
