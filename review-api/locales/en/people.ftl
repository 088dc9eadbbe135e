# People: roles, accounts, self-registration.

role-individual = Insured person
role-office-manager = Office manager
role-senior-expert = Senior expert
role-post-desk = Post desk
role-finance = Finance
role-admin = Administrator

menu-users = Users
menu-audit = Record of acts
back = Back
print = Print

# Second factor
code-title = Confirm your login
code-ask = Type the six digits that the authenticator on your phone shows. No phone at hand? Type one of your recovery codes.
code-enrol = Your role needs a second step at login. Scan this picture with an authenticator app, then type the code that it shows.
code-secret = If it cannot be scanned, type this key into the app:
code-field = Code
code-hint = Persian and Latin digits both work.
code-go = Confirm and log in
recovery-title = Recovery codes
recovery-lead = These codes are shown this once. Print them and keep them safe; if the phone is lost, each lets you in once.
recovery-go = I have kept them; go on
refusal-code-wrong = This code is wrong or its time is over. Type the new one.

# Self-registration
login-register = Register online
login-forgotten = Forgot your password? People of an office ask their office manager, others the insurer, for a new one.
register-title = Register online
register-lead = For people who bought their policy on the internet; once only.
register-check = Check
register-go = Register
register-valid = Your policy number is valid. Now choose a password.
register-again = You have registered before. Log in with your policy number and password.
register-user-hint = This policy number is your user name. Keep it and the password in a safe place.
register-document-hint = The number that is printed on the policy.
refusal-not-eligible = No policy sold online was found with these two numbers. Copy both from the printed policy again. If you got the policy from an office, that office files the claim.

# Password and profile
password-show = Show the password
password-current = Current password
password-new = New password
password-again = New password again
password-hint = At least 8 characters. A few words together are good, such as “three apples in a garden”.
password-ends = A new password ends your other sessions.
refusal-password-short = This password is short. Use at least 8 characters; a few words together are good and easy to remember.
refusal-password-long = A password has at most 200 characters.
refusal-password-sequence = Numbers in a row or repeated, such as 123456, are what others try first. Use a few unrelated words.
refusal-password-common = Many people use this password and it is soon guessed. Choose another.
refusal-password-own = This password is made from your name or the number of your policy or passport; whoever sees the policy will guess it. Choose another.
refusal-password-again = The two passwords differ.
refusal-password-current = The current password is wrong.
refusal-password-same = The new password is the current one; choose another.
refusal-field-missing = Fill this in.
refusal-field-long = This text is longer than allowed.
profile-own = Your particulars and password
profile-save = Save changes
profile-must-change = The password you were given works once. Choose your own before anything else.
profile-factor = Second step at login
factor-on = On; { $count } recovery codes left.
factor-off = Off. For experts, managers and admins it is set up at login.
session-device = Device
session-address = Address
session-since = From
session-until = Until
session-this = This session
session-other = Another session
session-end = End
profile-tokens = Tokens of programs
tokens-hint = A program that works with the system sends a token instead of a password and acts in your name. A token lasts 90 days.
token-label = What is it for?
token-label-hint = Such as “the office's archive”
token-make = Make a token
token-made = This token is shown this once:
token-end = Revoke

# Users
users-lead = A first password is shown once, and must be changed at the first login.
users-handed = This is the first password of { $name }. Tell it in person or by telephone:
users-new = New user
users-add = Add the user
users-no-office = No office
user-name-hint = Small Latin letters and digits, such as daftar4
user-open = Open
user-first = Waits for the first login
user-closed = Closed
user-reset = New password
user-disable = Close
user-enable = Open again
refusal-user-name = A user name has 3 to 60 characters: small Latin letters, digits, dots, dashes.
refusal-user-name-taken = Somebody has this user name; choose another.
refusal-role = Choose one of the roles.
refusal-office = Choose the office.
error-must-change = Change your password
error-must-change-detail = The password you were given works once. First choose your own in the profile.
error-throttled = Please wait
error-throttled-detail = Too many attempts failed. Try again after { $until }.

# Record
audit-lead = Every act is a line, and every line is chained to the one before; none is removed or changed.
audit-head = Hash of the newest line:
audit-what = Act
audit-number = Number
audit-when = When
audit-who = Who
audit-detail = References
audit-system = the system itself
