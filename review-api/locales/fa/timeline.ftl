error-busy = خواننده‌ها مشغول‌اند
error-busy-detail = بُرش برگه هنوز آماده نشد. چند لحظه بعد دوباره باز کنید.

refusal-role-unknown = معنای این تاریخ شناخته نشد.
refusal-place-unknown = در این جای برگه تاریخی نیست. صفحه را تازه کنید.

story = داستان تاریخ‌ها
story-line = تاریخ‌ها به ترتیب روز
story-open = دیدن داستان تاریخ‌ها
story-back = بازگشت به پرونده
story-see-page = دیدن برگه
story-crop = بُرشی از برگه که تاریخ در آن نوشته شده است
story-conflict = ناسازگار
story-sure = { $percent }٪ اطمینان
finding-perhaps = شاید؛ نیاز به نگاه شما
story-unsure = آنچه با اطمینان خوانده نشد
story-unsure-hint = این‌ها شاید درست خوانده نشده باشند؛ هیچ ایرادی بر پایه آن‌ها گرفته نمی‌شود.
story-more = { $count } تاریخ دیگر در این روز
story-check = تأیید یا اصلاح
story-wrong = درست خوانده نشده؟
story-confirm = همین درست است
story-remarks = { $count } ناسازگاری
story-asked = { $count } تاریخ را باید بنویسید
story-fine = در آنچه تا کنون خوانده شده، ناسازگاری دیده نشد

reading-head = خواندن برگه‌ها
reading-count = { $read } برگه از { $papers } برگه خوانده شد.
reading-waiting = { $count } برگه در نوبت خواندن است؛ لازم نیست منتظر بمانید.
reading-not-read = سامانه نتوانست این برگه‌ها را بخواند؛ اشکال از برگه شما نیست:

asks-head = این تاریخ‌ها را شما بنویسید
asks-hint = سامانه این تاریخ‌ها را با اطمینان نخواند. آنچه روی برگه است بنویسید؛ شمسی یا میلادی. کارشناس آن را با برگه می‌سنجد.

findings-head = آنچه با هم نمی‌خواند
findings-none = در تاریخ‌ها، هویت و مبلغ‌های خوانده‌شده ناسازگاری دیده نشد.
findings-not-yet = هنوز برگه‌ای خوانده نشده است.
findings-not-run = { $count } مورد هنوز بررسی نشده است؛ نبودِ ایراد به معنای تأیید نیست.

date-type = تاریخِ روی برگه
date-correct = تاریخ درست
date-save = ثبت
date-placeholder = ۱۴۰۲/۰۵/۱۷

date-accident = حادثه
date-report = گزارش
date-admission = پذیرش
date-discharge = ترخیص
date-service = خدمت درمانی
date-issue = صدور
date-death = فوت
date-burial = دفن
date-birth = تولد
date-expiry = پایان اعتبار
date-cover-from = شروع بیمه
date-cover-to = پایان بیمه
date-other = تاریخ دیگر

source-read = خوانده از برگه
source-unsure = خوانده، نامطمئن
source-typed = نوشته دفتر
source-declared = اعلام پرونده
source-expert = تأیید کارشناس

calendar-jalali = شمسی
calendar-gregorian = میلادی
calendar-lunar = قمری

gap-days = { $count } روز بعد
gap-months = حدود { $count } ماه بعد
gap-years = حدود { $count } سال بعد

read-head = آنچه از این برگه خوانده شد
read-waiting = خواندن این برگه در نوبت است.
read-not = سامانه نتوانست این برگه را بخواند؛ خودتان بخوانید.
read-nothing = از این برگه نوشته‌ای خوانده نشد.
read-kind = نوع برگه
read-zone = ناحیه ماشین‌خوان
read-zone-fails = رقم کنترل نمی‌خواند
read-iban = شبا
read-iban-fails = شبای نادرست
read-stamps = مهر
read-stamps-seen = { $count } مهر رنگی دیده شد
kind-other = ناشناخته

sum-total = جمع کل
sum-payable = قابل پرداخت
sum-insured-share = سهم بیمار
sum-paid = پرداخت‌شده
sum-other = مبلغ
sum-rials = { $sum } ریال
