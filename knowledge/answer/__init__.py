"""From a question to an answer, cited or refused."""
