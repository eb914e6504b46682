"""The women's own group chats, brought in as they were exported."""
