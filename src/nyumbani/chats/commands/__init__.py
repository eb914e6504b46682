"""`nyumbani inbox import-export`: an exported chat, read or brought into the house."""
