# Name and frame of the pages
app-name = Sanad
app-lead = Claim documents, legible and complete the first time
foot = Sanad · accident claim documents
skip = Skip to the content
demo-strip = Demonstration: every name and paper is invented.
other-language = فارسی
switch-language = Show in Persian
log-out = Log out
cancel = Cancel

menu = Main menu
menu-dashboard = Dashboard
menu-insured = Insured persons
menu-claims = Claims
menu-profile = Profile
menu-queue = Review queue
menu-reports = Reports

role-office = Office
role-expert = Expert
role-manager = Manager
role-nobody = Guest

login-title = Log in
login-user = User name
login-password = Password
login-remember = Remember me
login-remember-hint = Leave this off on a shared computer.
login-go = Log in
login-demo = Demonstration accounts
login-demo-hint = See every role with one press.
login-wrong = User name or password is not right.
login-throttled = Too many failed attempts. Try again after { $until }.

profile-name = Name
profile-role = Role
profile-language = Language of the pages
profile-sessions = Open sessions
profile-sessions-hint = If you logged in on another computer, close all sessions from here.
profile-sessions-end = Log out everywhere

pager = Pages
pager-previous = Previous
pager-next = Next
pager-range = { $from } to { $to } of { $total }

# Words of the scripts
script-cancel = Cancel
script-close = Close
script-remove = Remove
script-sending = Sending
script-percent = { $share }% sent
script-judging = Received; checking…
script-line-down = The line is down; trying again in { $seconds } seconds.
script-gave-up = The line did not come back. Choose the file again.
script-failed = Sending failed. Try again.
script-too-large = The file is too large. Save it in medium quality and send it again.
script-empty-file = This file is empty. Choose the right one.
script-send-all = Send { $count } { $count ->
    [one] file
   *[other] files
}
