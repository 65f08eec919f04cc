"""Right replies, made wrong in one place: how many of them does the last check catch?"""
