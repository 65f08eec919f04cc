"""Where articles come from: small connectors, all alike."""
