# Dashboard
dashboard-hello = What is left to do today?
dashboard-attention = Claims that need you
dashboard-nothing = Nothing is waiting for you
dashboard-nothing-hint = Every paper the expert sends back shows up here.
dashboard-recent = Latest claims
dashboard-all = All claims

# List of claims
claim-new = New claim
claims-search = Search
claims-search-hint = Name of the insured or claim number
claims-find = Find
claims-any-state = Every state
claims-empty = No claim yet
claims-empty-hint = Open the first one with "New claim".
claims-none-found = No claim found
claims-none-found-hint = Check the spelling or the number, or choose another state.
claims-show-all = Show all
count-approved = approved
count-rejected = rejected
count-of = of { $count }

# Insured persons
insured-empty = No insured person yet
insured-empty-hint = The first one is added when a claim is opened.
insured-claim = Claim
insured-acts = Acts

# New claim
claim-new-lead = The list of required papers appears at once, so that it can be completed before the person leaves.
claim-new-person = The injured person
claim-new-other-person = It is for another person
claim-new-accident = The accident
claim-new-circumstances = Circumstances
claim-new-circumstances-hint = Tick what is true; the list of papers follows from these answers.
claim-open = Open and see the list of papers
form-faults = Please mend these; everything else you typed is kept:
fault-mark = { $text }
field-name = Full name
field-document-number = Passport or document number
field-policy-number = Policy number
field-nationality = Nationality
field-birth = Date of birth
field-place = Place of the accident
field-description = What happened, in short
hint-document-number = As printed on the document; Persian and Latin digits both work.
hint-policy-number = From the printed policy, with its slashes.
hint-day = year/month/day, solar or Gregorian
hint-description = What happened, where and how; a sentence or two.
type-death-hint = The insured died in the accident
type-disability-hint = Lasting harm, needs a medical opinion
type-injury-hint = Injury and cost of treatment

# A claim's page
tray-head = Drop several files here at once
tray-hint = We suggest a place for each; you confirm.
tray-choose = Choose several files
tray-slot = Which paper is this?
optional-slots = Optional papers ({ $count })
upload-file = File of the paper
upload-send = Upload
upload-choose = Choose a file
upload-camera = Camera
upload-replace = Replace
upload-another = Add another sheet
paper-judging = Received. Checking legibility…
paper-clean = Legible; nothing found.
readability = readability { $share }%
paper-uncertain = There is too little writing to judge; the expert will look.
not-run = Not checked yet:
paper-not-judged = Not checked yet. Your file is safe and need not be sent again.
page-number = Page { $page }
page-picture = Picture of page { $page }
whole-file = The whole file
more-pages = and { $count } more pages
no-picture = There is no picture to show
receipt = Receipt
version-number = Version { $number }
sent-anyway = Sent with the office's explanation
send-anyway = This is the best copy
send-anyway-why = Why is there no better copy?
send-anyway-example = For example: the hospital keeps the original and gave only this copy.
send-anyway-go = Send with this explanation
explained = Explanation of the office:
explain-missing = I do not have this paper
explain-missing-why = Why is this paper not at hand?
explain-missing-go = Record the explanation
notes = Notes
notes-with-expert = Talk with the expert ({ $count })
note-label = Text of the note
note-placeholder = A note about this paper…
note-send = Add the note
back-to-claim = Back to the claim
history-of = Versions of "{ $slot }"
superseded = superseded
original = Download the original file
claim-facts = Facts of the claim
print-checklist = Print the list of papers

# Progress and sending
progress-draft = Readiness
progress-sent = State of the claim
progress-count = { $done } of { $all } required papers
lack-missing = Still missing
lack-checking = The legibility of some papers is still being checked.
lack-blocking = To be replaced or explained
submit-ready = Every required paper is ready.
submit-first = Send to the expert
submit-again = Send to the expert again
submit-not-ready = The button to send appears here once the above is complete.
next-in-review = The claim is with an expert. Every decision shows up here at once.
next-approved = Every paper is approved. Next: post the originals, in this order.
next-draft = Upload the papers and send the claim.
