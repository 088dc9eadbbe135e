# People: roles, accounts, self-registration.

role-individual = Insured person
role-office-manager = Office manager
role-senior-expert = Senior expert
role-post-desk = Post desk
role-finance = Finance
role-admin = Administrator
