"""The embedding model: read its weights, build the int8 runtime model, serve it."""
