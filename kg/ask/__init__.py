"""A question in words → a saved question with its parameters, its answer and the words that this rests on.

    forms       the lexicon's rows → forms, one or more a saved question
    reading     a question → its words and names, from left to right, nothing left out
    apposition  what of these is said twice, or out of courtesy
    matching    which form holds all of these, and is alone in that
    names       what a graph calls things, years and meetings
    understand  these together: one question, or why none
    suggest     what could be asked instead
    evidence    the sentences behind an answer's rows

The first four, with `templates` and `checks` for the lexicon's examples, know no graph: `kg lint` runs them.
docs/ask.md specifies them.
"""
