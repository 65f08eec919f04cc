"""What an operator may ask for in a case: the draft said otherwise, and what is known around it. It writes text and never acts."""
