"""Speed: what a campaign costs, what a sweep adds, and yardsticks that mean the same on any machine."""
