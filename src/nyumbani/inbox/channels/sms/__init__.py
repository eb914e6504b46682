"""SMS, by way of Africa's Talking: short codes and numbers, messages in and out."""
