"""A form of blocks drawn twice: as PDF by Typst, as Word file. Knows no case and no plan; who fills a form stands above."""
