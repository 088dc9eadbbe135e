error-busy = The readers are busy
error-busy-detail = The cut-out is not ready yet. Open it again in a moment.

refusal-role-unknown = What this date means is not known.
refusal-place-unknown = No date stands at this place of the paper. Refresh the page.

story = Date story
story-line = Dates in the order of their days
story-open = See the date story
story-back = Back to the claim
story-see-page = See the paper
story-crop = Part of the paper with the date
story-conflict = Does not fit
story-sure = { $percent }% sure
finding-perhaps = Perhaps; worth a look
story-unsure = What was not read for sure
story-unsure-hint = These may have been misread; nothing is held against anybody because of them.
story-more = { $count ->
    [one] { $count } more date on this day
   *[other] { $count } more dates on this day
}
story-check = Confirm or correct
story-wrong = Not read right?
story-confirm = This is right
story-remarks = { $count ->
    [one] { $count } thing does not fit
   *[other] { $count } things do not fit
}
story-asked = { $count ->
    [one] { $count } date to type
   *[other] { $count } dates to type
}
story-fine = Nothing that does not fit in what was read so far

reading-head = Reading the papers
reading-count = { $read } of { $papers } papers read.
reading-waiting = { $count ->
    [one] { $count } paper waits to be read; there is no need to stay.
   *[other] { $count } papers wait to be read; there is no need to stay.
}
reading-not-read = These papers could not be read; the fault is not with your paper:

asks-head = Please type these dates
asks-hint = These dates were not read for sure. Type what stands on the paper, Jalali or Gregorian. An expert compares it with the paper.

findings-head = What does not fit
findings-none = Nothing was seen that does not fit in the dates, identity and sums that were read.
findings-not-yet = No paper was read yet.
findings-not-run = { $count ->
    [one] { $count } check has not run; no remark does not mean approval.
   *[other] { $count } checks have not run; no remark does not mean approval.
}

date-type = Date on the paper
date-correct = The right date
date-save = Save
date-placeholder = 1402/05/17

date-accident = Accident
date-report = Report
date-admission = Admission
date-discharge = Discharge
date-service = Treatment
date-issue = Issue
date-death = Death
date-burial = Burial
date-birth = Birth
date-expiry = End of validity
date-cover-from = Start of cover
date-cover-to = End of cover
date-other = Other date

source-read = read from the paper
source-unsure = read, not sure
source-typed = typed by the office
source-declared = declared in the claim
source-expert = confirmed by an expert

calendar-jalali = Jalali
calendar-gregorian = Gregorian
calendar-lunar = lunar

gap-days = { $count ->
    [one] { $count } day later
   *[other] { $count } days later
}
gap-months = about { $count } months later
gap-years = { $count ->
    [one] about { $count } year later
   *[other] about { $count } years later
}

read-head = What was read on this paper
read-waiting = This paper waits to be read.
read-not = This paper could not be read by the system; please read it yourself.
read-nothing = No words were read on this paper.
read-kind = Kind of paper
read-zone = Machine-readable zone
read-zone-fails = a check digit fails
read-iban = IBAN
read-iban-fails = not a valid IBAN
read-stamps = Stamp
read-stamps-seen = { $count ->
    [one] { $count } coloured stamp seen
   *[other] { $count } coloured stamps seen
}
kind-other = not known

sum-total = Total
sum-payable = Payable
sum-insured-share = Patient's share
sum-paid = Paid
sum-other = Sum
sum-rials = { $sum } rials
