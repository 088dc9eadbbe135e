# People: roles, accounts, self-registration.

role-individual = بیمه‌شده
role-office-manager = مدیر دفتر
role-senior-expert = کارشناس ارشد
role-post-desk = دبیرخانهٔ پستی
role-finance = امور مالی
role-admin = مدیر سامانه
