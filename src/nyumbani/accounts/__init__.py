"""Staff, roles, sign-in: who works here, who looks, who acts."""
