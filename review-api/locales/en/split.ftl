split-title = This file holds several papers
split-lead = Going by the words of its pages, this file holds several papers. If that is right, one press puts each into its place; the file itself is kept as well.
split-unknown = its kind is not clear; it stays here
split-go = Put each paper into its place
refusal-nothing-to-split = This file is one paper, or cannot be taken apart.
