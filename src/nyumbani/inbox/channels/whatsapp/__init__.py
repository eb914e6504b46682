"""WhatsApp Cloud API: the organisation's number, messages in and out."""
