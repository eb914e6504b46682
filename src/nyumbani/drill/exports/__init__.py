"""Group chats as telephones export them, written by us together with what is really in them."""
