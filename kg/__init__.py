"""kg: a knowledge graph of people, sectors, proposals and themes from CPPCC texts (政协文本知识图谱)."""

__version__ = "0.1.0"
