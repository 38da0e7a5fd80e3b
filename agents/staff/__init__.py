"""Staff work that tactics share: estimates, targets, assaults, reserves, marches. Nothing here gives an order by itself."""
