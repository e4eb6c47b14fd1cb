"""Two lists of names of the sizes that hr.toml draws from; what they say does not matter for time."""

FIRST = [f"{'Name' if i % 2 else 'Prenom'}{i}" for i in range(20_000)]
LAST = [f"Surname{i}" for i in range(30_000)]
