"""Rules and goals: what they mean, what they compile to, how a schedule is held against them, and how they are said."""
