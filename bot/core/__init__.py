"""What Heard decides, without Slack, without a store and without a clock."""
