"""Packets on their way: hop by hop, over peerings and through appliances, there and back."""
