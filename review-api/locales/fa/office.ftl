# داشبورد
dashboard-hello = امروز چه کاری مانده؟
dashboard-attention = پرونده‌های نیازمند اقدام شما
dashboard-nothing = کاری روی زمین نمانده است
dashboard-nothing-hint = هر مدرکی که کارشناس برگرداند، همین‌جا دیده می‌شود.
dashboard-recent = تازه‌ترین پرونده‌ها
dashboard-all = همه پرونده‌ها

# لیست خسارات
claim-new = ثبت خسارت
claims-search = جستجو
claims-search-hint = نام بیمه‌شده یا شماره پرونده
claims-find = بیاب
claims-any-state = همه وضعیت‌ها
claims-empty = هنوز پرونده‌ای ثبت نشده
claims-empty-hint = با «ثبت خسارت» نخستین پرونده را باز کنید.
claims-none-found = پرونده‌ای پیدا نشد
claims-none-found-hint = املای نام یا شماره را بررسی کنید یا وضعیت دیگری را انتخاب کنید.
claims-show-all = نمایش همه
count-approved = تأییدشده
count-rejected = ردشده
count-of = از { $count }

# بیمه‌شدگان
insured-empty = هنوز بیمه‌شده‌ای ثبت نشده
insured-empty-hint = نخستین بیمه‌شده هنگام ثبت خسارت افزوده می‌شود.
insured-claim = خسارت
insured-acts = عملیات

# ثبت خسارت
claim-new-lead = پس از ثبت، فهرست مدارک لازم همان لحظه نشان داده می‌شود تا پیش از رفتنِ مراجعه‌کننده کامل شود.
claim-new-person = مشخصات تبعه حادثه‌دیده
claim-new-other-person = برای فرد دیگری ثبت می‌کنم
claim-new-accident = حادثه
claim-new-circumstances = شرایط حادثه
claim-new-circumstances-hint = هر کدام که درست است را علامت بزنید؛ فهرست مدارک با همین پاسخ‌ها کوتاه یا بلند می‌شود.
claim-open = ثبت و دیدن فهرست مدارک
form-faults = این موارد را درست کنید؛ بقیه نوشته‌ها سر جایش است:
fault-mark = { $text }
field-name = نام و نام خانوادگی
field-document-number = شماره گذرنامه یا مدرک
field-policy-number = شماره بیمه‌نامه
field-nationality = تابعیت
field-birth = تاریخ تولد
field-place = محل حادثه
field-description = شرح کوتاه حادثه
hint-document-number = همان‌طور که روی مدرک نوشته شده؛ رقم فارسی و لاتین هر دو پذیرفته است.
hint-policy-number = از روی چاپ بیمه‌نامه، با خط کج‌هایش.
hint-day = سال/ماه/روز، شمسی یا میلادی
hint-description = بنویسید چه شد، کجا و چطور؛ یکی دو جمله کافی است.
type-death-hint = بیمه‌شده بر اثر حادثه درگذشته است
type-disability-hint = آسیب ماندگار، نیازمند نظر پزشکی
type-injury-hint = آسیب و هزینه درمان

# برگه پرونده
tray-head = چند فایل را یک‌جا این‌جا رها کنید
tray-hint = برای هر فایل جایش را پیشنهاد می‌کنیم؛ شما تأیید می‌کنید.
tray-choose = انتخاب چند فایل
tray-slot = این فایل کدام مدرک است؟
optional-slots = مدارک اختیاری ({ $count })
upload-file = فایل مدرک
upload-send = بارگذاری
upload-choose = انتخاب فایل
upload-camera = دوربین
upload-replace = جایگزینی
upload-another = افزودن برگه دیگر
paper-judging = رسید. در حال بررسی خوانایی…
paper-clean = خواناست؛ ایرادی دیده نشد.
readability = خوانایی { $share }٪
paper-uncertain = نوشته‌ای که بتوان درباره‌اش داوری کرد کم است؛ کارشناس خودش نگاه می‌کند.
not-run = هنوز بررسی نشده:
paper-not-judged = هنوز بررسی نشده است. فایل شما محفوظ است و نیازی به فرستادن دوباره نیست.
page-number = صفحه { $page }
page-picture = تصویر صفحه { $page }
whole-file = همه فایل
more-pages = و { $count } صفحه دیگر
no-picture = تصویری برای نمایش نیست
receipt = رسید
version-number = نسخه { $number }
sent-anyway = با توضیح دفتر فرستاده شد
send-anyway = همین بهترین نسخه است
send-anyway-why = چرا نسخه بهتری در دست نیست؟
send-anyway-example = مثلاً: اصل برگه نزد بیمارستان است و همین رونوشت را داده‌اند.
send-anyway-go = با همین توضیح بفرست
explained = توضیح دفتر:
explain-missing = این مدرک را ندارم
explain-missing-why = چرا این مدرک در دست نیست؟
explain-missing-go = ثبت توضیح
notes = یادداشت‌ها
notes-with-expert = گفتگو با کارشناس ({ $count })
note-label = متن یادداشت
note-placeholder = یادداشت درباره همین مدرک…
note-send = ثبت یادداشت
back-to-claim = بازگشت به پرونده
history-of = نسخه‌های «{ $slot }»
superseded = جایگزین شده
original = دریافت فایل اصلی
claim-facts = مشخصات پرونده
print-checklist = چاپ فهرست مدارک

# پیشرفت و ارسال
progress-draft = آمادگی پرونده
progress-sent = وضعیت پرونده
progress-count = { $done } مدرک از { $all } مدرک لازم
lack-missing = هنوز بارگذاری نشده
lack-checking = بررسی خوانایی چند مدرک هنوز تمام نشده است.
lack-blocking = باید جایگزین یا توضیح داده شود
submit-ready = همه مدارک لازم آماده است.
submit-first = ارسال برای کارشناس
submit-again = ارسال دوباره برای کارشناس
submit-not-ready = با کامل شدن موارد بالا، دکمه ارسال همین‌جا پیدا می‌شود.
next-in-review = پرونده نزد کارشناس است. هر تصمیم همان لحظه همین‌جا دیده می‌شود.
next-approved = همه مدارک تأیید شد. گام بعد: فرستادن اصل مدارک با پست، به همین ترتیب.
next-draft = مدارک را بارگذاری و پرونده را ارسال کنید.
