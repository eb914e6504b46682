"""What crosses rooms, told as prose: intake, rescue, homecoming, prosecution."""
