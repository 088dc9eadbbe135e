# فهرست مدارک، پیش از ثبت پرونده
checklist-title = فهرست مدارک لازم
checklist-lead = پیش از رفتن مراجعه‌کننده، نوع حادثه و شرایط آن را بپرسید و فهرست را چاپ کنید و به او بدهید.
checklist-questions = کدام‌یک درست است؟
checklist-show = نمایش فهرست
checklist-print = برای چاپ این فهرست، کلیدهای Ctrl و P را با هم بزنید.
checklist-number = ردیف
checklist-mind = توجه کنید
checklist-original = اصل برگه، نه کپی
checklist-certified = اگر کپی است، مرجع صادرکننده آن را برابر اصل کرده باشد
checklist-stamp = مهر داشته باشد
checklist-optional = اگر دارید، این‌ها را هم بیاورید:
