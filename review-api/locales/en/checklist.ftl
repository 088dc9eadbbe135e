# The list of papers, before there is a claim
checklist-title = Papers needed
checklist-lead = Before the visitor leaves, ask what happened and how, print the list and hand it over.
checklist-questions = Which of these are true?
checklist-show = Show the list
checklist-print = Press Ctrl and P together to print this list.
checklist-number = No.
checklist-mind = Mind
checklist-original = The original, not a copy
checklist-certified = A copy must be certified by its issuer
checklist-stamp = Must bear a stamp
checklist-optional = Bring these too, if you have them:
