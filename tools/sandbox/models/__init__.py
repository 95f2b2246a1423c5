"""A language model that answers what it was told to, in OpenAI's and Anthropic's dialect."""
