"""Staff: who they are, and their grade, department, superior and regulation as dated intervals."""
