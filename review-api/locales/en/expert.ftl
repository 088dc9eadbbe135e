# Queue
queue-lead = In order of rank; the labels say why a claim is ahead.
queue-next = Next claim
queue-empty = The queue is empty
queue-empty-hint = New claims appear here by themselves.
queue-submitted = Submitted
queue-waiting = Papers waiting
queue-papers = { $count } { $count ->
    [one] paper
   *[other] papers
}
queue-why = Why ahead?
queue-lease = With
chip-death = death
chip-disability = disability
chip-minor = child
chip-hospitalised = in hospital
chip-resubmitted = sent again
chip-all-green = all legible
chip-other = priority
chip-turn = in turn
chip-hours = { $hours } hours ahead
lease-mine = with you
lease-free = free
lease-take = Take it
lease-release = Give it back

# Desk
desk = Expert's desk
desk-open = Open on the desk
desk-progress = { $done } of { $all } papers decided
desk-held = This claim is with { $expert } until
desk-not-taken = Take the claim to decide about it.
desk-empty = No paper has been uploaded yet
outcome-not-yet = Decide about every paper first
outcome-approve = Confirm: all approved
outcome-return = Return to the office for correction
view-in = Zoom in
view-out = Zoom out
view-fit = Fit the width
view-turn = Turn
page-previous = Previous page
page-next = Next page
page-of = Page { $page } of { $count }
paper-previous = Previous paper
paper-next = Next paper
repeats = The same file also stands in:
approve = Approve
reject = Reject
reject-why = Reason (one or more)
reject-note = Note to the office
reject-note-hint = Make it clear in a sentence where needed.
reject-go = Record the rejection
decision-approved = Approved
decision-rejected = Not approved
keys = Keyboard
keys-papers = next, previous paper
keys-pages = next, previous page
keys-zoom = larger, smaller, fit

# Report
report-title = Reasons of rejection
report-lead = By reason, office and month. Open any number to see the claims behind it.
report-csv = CSV file
report-all-offices = All offices
report-all-months = All months
report-month = Month
report-by = Rejected by
report-by-any = system and experts
report-by-machine = system
report-by-people = expert
report-show = Show
report-empty = No paper has been rejected yet
report-empty-hint = The first rejection will be counted here.
report-by-reason = By reason
report-total = { $count } in all
report-table = Table
report-table-hint = each number opens its claims
report-reason = Reason
report-count = Count
report-first-pass = Accepted the first time
report-first-pass-hint = A paper whose first version was not refused was accepted the first time.
report-judged = Papers judged
report-first-time = First time
report-share = Share
report-back = Back to the report
report-when = Rejected at
