"""Aurora Solar: projects, designs, proposals and agreements."""
