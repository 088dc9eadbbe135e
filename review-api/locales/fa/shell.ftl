# نام و چارچوب صفحه‌ها
app-name = سند
app-lead = مدارک خسارت، خوانا و کامل، در همان بارِ اول
foot = سند · سامانه مدارک خسارت حوادث اتباع
skip = رفتن به متن اصلی
demo-strip = نسخه نمایشی: همه نام‌ها و مدارک ساختگی‌اند.
other-language = English
switch-language = نمایش به انگلیسی
log-out = خروج
cancel = انصراف

menu = فهرست اصلی
menu-dashboard = داشبورد
menu-insured = بیمه‌شدگان
menu-claims = لیست خسارات
menu-profile = پروفایل
menu-queue = صف کارشناسی
menu-reports = گزارش‌ها

role-office = دفتر کفالت
role-expert = کارشناس
role-manager = مدیر
role-nobody = مهمان

login-title = ورود
login-user = نام کاربری
login-password = رمز عبور
login-remember = مرا به خاطر بسپار
login-remember-hint = روی رایانه مشترک این گزینه را نزنید.
login-go = ورود به سامانه
login-demo = ورود نمایشی
login-demo-hint = با یک کلیک، هر نقش را ببینید.
login-wrong = نام کاربری یا رمز عبور درست نیست.
login-throttled = ورودهای ناموفق زیاد بود. پس از { $until } دوباره امتحان کنید.

profile-name = نام
profile-role = نقش
profile-language = زبان صفحه‌ها
profile-sessions = نشست‌های باز
profile-sessions-hint = اگر روی رایانه دیگری وارد شده‌اید، از این‌جا همه نشست‌ها را ببندید.
profile-sessions-end = خروج از همه دستگاه‌ها

pager = صفحه‌بندی
pager-previous = قبلی
pager-next = بعدی
pager-range = نمایش { $from } تا { $to } از { $total }

# واژه‌های اسکریپت
script-cancel = لغو
script-close = بستن
script-remove = حذف
script-sending = در حال فرستادن
script-percent = { $share }٪ فرستاده شد
script-judging = رسید؛ در حال بررسی…
script-line-down = اینترنت قطع شد؛ { $seconds } ثانیه دیگر دوباره می‌فرستیم.
script-gave-up = اینترنت برقرار نشد. فایل را دوباره انتخاب کنید.
script-failed = فرستادن انجام نشد. دوباره امتحان کنید.
script-too-large = حجم فایل بیش از حد مجاز است. با کیفیت متوسط ذخیره کنید و دوباره بفرستید.
script-empty-file = این فایل خالی است. فایل درست را انتخاب کنید.
script-send-all = فرستادن { $count } فایل
