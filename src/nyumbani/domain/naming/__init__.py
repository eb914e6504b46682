"""Names as people write them: by ear, in three scripts, short, in any order, with a slip."""
