"""WhatsApp over Twilio: the web process imports `webhook`, jobs import `client`."""
