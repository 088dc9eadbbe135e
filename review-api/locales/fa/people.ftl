# People: roles, accounts, self-registration.

role-individual = بیمه‌شده
role-office-manager = مدیر دفتر
role-senior-expert = کارشناس ارشد
role-post-desk = دبیرخانهٔ پستی
role-finance = امور مالی
role-admin = مدیر سامانه

menu-users = کاربران
menu-audit = سابقه کارها
back = بازگشت
print = چاپ

# ورود دومرحله‌ای
code-title = تأیید ورود
code-ask = کد شش‌رقمیِ برنامه تأیید را از روی گوشی خود بنویسید. گوشی همراهتان نیست؟ یکی از کدهای پشتیبان را بنویسید.
code-enrol = نقش شما به تأیید دومرحله‌ای نیاز دارد. این تصویر را با برنامه تأیید (Authenticator) گوشی بخوانید و سپس کدی را که نشان می‌دهد این‌جا بنویسید.
code-secret = اگر تصویر خوانده نشد، این کلید را در برنامه وارد کنید:
code-field = کد تأیید
code-hint = رقم فارسی و لاتین هر دو پذیرفته است.
code-go = تأیید و ورود
recovery-title = کدهای پشتیبان
recovery-lead = این کدها فقط همین یک بار نشان داده می‌شوند. چاپ کنید و جای امنی نگه دارید؛ اگر گوشی گم شد، با هر کد یک بار می‌توانید وارد شوید.
recovery-go = نگه داشتم؛ ادامه
refusal-code-wrong = این کد درست نیست یا زمانش گذشته است. کد تازه را بنویسید.

# ثبت‌نام اینترنتی
login-register = ثبت‌نام اینترنتی افراد
login-forgotten = رمز را فراموش کرده‌اید؟ کاربران دفتر به مدیر دفتر خود و دیگران به شرکت بیمه خبر دهند تا رمز تازه بگیرند.
register-title = ثبت‌نام اینترنتی
register-lead = ویژه کسانی که بیمه‌نامه را اینترنتی خریده‌اند؛ فقط یک بار.
register-check = بررسی
register-go = ثبت نام
register-valid = شماره بیمه شما معتبر می‌باشد. اکنون رمز خود را انتخاب کنید.
register-again = شما قبلاً ثبت‌نام کرده‌اید. با شماره بیمه‌نامه و رمز خود وارد شوید.
register-user-hint = نام کاربری شما همین شماره بیمه‌نامه است. نام کاربری و رمز را جای امنی نگه دارید.
register-document-hint = همان شماره‌ای که روی بیمه‌نامه چاپ شده است.
refusal-not-eligible = با این دو شماره بیمه‌نامه اینترنتی پیدا نشد. هر دو را از روی چاپ بیمه‌نامه دوباره بنویسید. اگر بیمه‌نامه را از دفتر گرفته‌اید، همان دفتر خسارت را ثبت می‌کند.

# رمز و پروفایل
password-show = نمایش رمز
password-current = رمز کنونی
password-new = رمز تازه
password-again = تکرار رمز تازه
password-hint = دست‌کم ۸ نویسه. چند واژه کنار هم خوب است؛ مانند «سه سیب در باغ».
password-ends = با عوض شدن رمز، نشست‌های دیگر بسته می‌شوند.
refusal-password-short = این رمز کوتاه است. دست‌کم ۸ نویسه بنویسید؛ چند واژه کنار هم هم خوب است و هم به یاد می‌ماند.
refusal-password-long = رمز حداکثر ۲۰۰ نویسه باشد.
refusal-password-sequence = عددهای پشت سر هم یا تکراری، مانند ۱۲۳۴۵۶، نخستین چیزی است که دیگران امتحان می‌کنند. چند واژه نامربوط کنار هم بنویسید.
refusal-password-common = این رمز را خیلی‌ها به کار می‌برند و زود حدس زده می‌شود. رمز دیگری انتخاب کنید.
refusal-password-own = این رمز از نام یا شماره بیمه‌نامه یا گذرنامه شما ساخته شده و هر کس بیمه‌نامه را ببیند آن را حدس می‌زند. رمز دیگری انتخاب کنید.
refusal-password-again = تکرار رمز با خود رمز یکی نیست.
refusal-password-current = رمز کنونی درست نیست.
refusal-password-same = رمز تازه همان رمز کنونی است؛ رمز دیگری انتخاب کنید.
refusal-field-missing = این مورد را بنویسید.
refusal-field-long = این نوشته بلندتر از حد مجاز است.
profile-own = مشخصات و رمز
profile-save = ذخیره تغییرات
profile-must-change = رمزی که گرفته‌اید یک‌بارمصرف است. پیش از هر کار دیگر رمز خودتان را انتخاب کنید.
profile-factor = ورود دومرحله‌ای
factor-on = روشن است؛ { $count } کد پشتیبان مانده.
factor-off = روشن نیست. برای کارشناسان، مدیران و مدیر سامانه هنگام ورود روشن می‌شود.
session-device = دستگاه
session-address = نشانی
session-since = از
session-until = تا
session-this = همین نشست
session-other = نشست دیگر
session-end = بستن
profile-tokens = توکن برنامه‌ها
tokens-hint = برنامه‌ای که با سامانه کار می‌کند به جای رمز، توکن می‌فرستد و به نام شما کار می‌کند. هر توکن ۹۰ روز اعتبار دارد.
token-label = برای چیست؟
token-label-hint = مانند «برنامه بایگانی دفتر»
token-make = ساختن توکن
token-made = این توکن فقط همین یک بار نشان داده می‌شود:
token-end = باطل کردن

# کاربران
users-lead = رمز نخست فقط یک بار نشان داده می‌شود و کاربر باید هنگام ورود آن را عوض کند.
users-handed = رمز نخستِ { $name } این است. آن را حضوری یا تلفنی به خودش بگویید:
users-new = کاربر تازه
users-add = افزودن کاربر
users-no-office = بدون دفتر
user-name-hint = حرف‌های لاتین کوچک و رقم، مانند daftar4
user-open = فعال
user-first = منتظر نخستین ورود
user-closed = بسته
user-reset = رمز تازه
user-disable = بستن
user-enable = باز کردن
refusal-user-name = نام کاربری ۳ تا ۶۰ نویسه باشد: حرف‌های لاتین کوچک، رقم، نقطه، خط تیره.
refusal-user-name-taken = این نام کاربری از پیش هست؛ نام دیگری بنویسید.
refusal-role = یکی از نقش‌ها را انتخاب کنید.
refusal-office = دفتر را انتخاب کنید.
error-must-change = رمز را عوض کنید
error-must-change-detail = رمزی که گرفته‌اید یک‌بارمصرف است. نخست در پروفایل رمز خودتان را انتخاب کنید.
error-throttled = کمی صبر کنید
error-throttled-detail = تلاش‌های ناموفق زیاد بود. پس از { $until } دوباره امتحان کنید.

# سابقه
audit-lead = هر کار یک سطر است و هر سطر به سطر پیش از خود زنجیر شده؛ چیزی از آن پاک یا عوض نمی‌شود.
audit-head = اثر آخرین سطر:
audit-what = کار
audit-number = شماره
audit-when = زمان
audit-who = چه کسی
audit-detail = نشانی‌ها
audit-system = خود سامانه
