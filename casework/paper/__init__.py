"""What is printed. A paper is a layout (words, in Chinese) and a builder (facts); see docs/papers.md."""
