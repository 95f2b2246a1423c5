"""A simulated Twilio: Messages, Content, media, typing, webhooks."""
