"""What the supervision screen is made of: queues, the day, the last hour, who came back, the seats."""
