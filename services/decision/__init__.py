"""Decision: decides every part of a case, writes the reply from the decisions, and has a second person sign it."""
