"""What is found, measured against goals and against simpler ways of finding."""
