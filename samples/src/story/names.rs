//! Invented names: Persian spelling beside the Latin one of a passport.

/// Given names of men.
pub(crate) const MEN: [(&str, &str); 26] = [
    ("احمد", "AHMAD"),
    ("محمدرضا", "MOHAMMAD REZA"),
    ("غلام‌علی", "GHULAM ALI"),
    ("نجیب‌الله", "NAJIBULLAH"),
    ("ذبیح‌الله", "ZABIHULLAH"),
    ("فرهاد", "FARHAD"),
    ("حمیدالله", "HAMIDULLAH"),
    ("عبدالباری", "ABDUL BARI"),
    ("سید جواد", "SAYED JAWAD"),
    ("خداداد", "KHUDADAD"),
    ("محراب", "MEHRAB"),
    ("کریم", "KARIM"),
    ("یاسر", "YASER"),
    ("حیدر", "HAIDER"),
    ("کاظم", "KADHIM"),
    ("عمران", "IMRAN"),
    ("بلال", "BILAL"),
    ("شهزاد", "SHAHZAD"),
    ("میرویس", "MIRWAIS"),
    ("اسدالله", "ASADULLAH"),
    ("قدرت‌الله", "QUDRATULLAH"),
    ("رحمت", "RAHMAT"),
    ("عصمت‌الله", "ESMATULLAH"),
    ("منصور", "MANSOUR"),
    ("ژوبین", "ZHUBIN"),
    ("پاینده‌محمد", "PAYENDA MOHAMMAD"),
];

/// Given names of women.
pub(crate) const WOMEN: [(&str, &str); 16] = [
    ("زهرا", "ZAHRA"),
    ("گلثوم", "GULSUM"),
    ("شکریه", "SHUKRIA"),
    ("فاطمه", "FATIMA"),
    ("معصومه", "MASOUMA"),
    ("نیلوفر", "NILOFAR"),
    ("حمیده", "HAMIDA"),
    ("رقیه", "RUQAYYA"),
    ("زینب", "ZAINAB"),
    ("سکینه", "SAKINA"),
    ("ثریا", "SORAYA"),
    ("پروین", "PARWIN"),
    ("عایشه", "AISHA"),
    ("مژگان", "MUZHGAN"),
    ("خدیجه", "KHADIJA"),
    ("لیلا", "LAILA"),
];

/// Surnames.
pub(crate) const SURNAMES: [(&str, &str); 30] = [
    ("حسینی", "HOSSAINI"),
    ("رضایی", "REZAIE"),
    ("یوسفی", "YOUSOFI"),
    ("احمدزی", "AHMADZAI"),
    ("نوری", "NOORI"),
    ("قاسمی", "QASEMI"),
    ("جعفری", "JAFARI"),
    ("هزاره‌ای", "HAZARAI"),
    ("کریمی", "KARIMI"),
    ("صدیقی", "SEDIQI"),
    ("الموسوی", "AL MUSAWI"),
    ("الجبوری", "AL JUBOURI"),
    ("خان", "KHAN"),
    ("چودری", "CHAUDHRY"),
    ("بلوچ", "BALOCH"),
    ("توخی", "TOKHI"),
    ("پوپل", "POPAL"),
    ("غفوری", "GHAFOORI"),
    ("ظاهری", "ZAHERI"),
    ("مرادی", "MORADI"),
    ("شیرزاد", "SHIRZAD"),
    ("عزیزی", "AZIZI"),
    ("بهادری", "BAHADORI"),
    ("ضیایی", "ZIAYEE"),
    ("وثوق", "WOSOUQ"),
    ("گل‌محمدی", "GUL MOHAMMADI"),
    ("تاجیک", "TAJIK"),
    ("اخلاقی", "AKHLAQI"),
    ("ثابت", "SABET"),
    ("میرزایی", "MIRZAIE"),
];

/// Surnames of people who sign: doctors, officers, clerks.
pub(crate) const OFFICIALS: [&str; 14] = [
    "شریفی",
    "ملکی",
    "وحیدی",
    "موحد",
    "طاهری",
    "اکبرزاده",
    "فلاح",
    "دهقان",
    "پژوهنده",
    "خسروی",
    "نیک‌نام",
    "عباسپور",
    "گودرزی",
    "صفری",
];

/// A land people come from.
pub(crate) struct Land {
    /// Three letters of the machine-readable zone.
    pub(crate) code: &'static str,
    /// As written on Iranian papers.
    pub(crate) persian: &'static str,
    /// As printed in the passport.
    pub(crate) latin: &'static str,
}

const fn land(code: &'static str, persian: &'static str, latin: &'static str) -> Land {
    Land { code, persian, latin }
}

/// Lands, the commonest repeated so that they come up more often.
pub(crate) const LANDS: [Land; 9] = [
    land("AFG", "افغانستان", "ISLAMIC REPUBLIC OF AFGHANISTAN"),
    land("AFG", "افغانستان", "ISLAMIC REPUBLIC OF AFGHANISTAN"),
    land("AFG", "افغانستان", "ISLAMIC REPUBLIC OF AFGHANISTAN"),
    land("IRQ", "عراق", "REPUBLIC OF IRAQ"),
    land("IRQ", "عراق", "REPUBLIC OF IRAQ"),
    land("PAK", "پاکستان", "ISLAMIC REPUBLIC OF PAKISTAN"),
    land("SYR", "سوریه", "SYRIAN ARAB REPUBLIC"),
    land("BGD", "بنگلادش", "PEOPLE'S REPUBLIC OF BANGLADESH"),
    land("TJK", "تاجیکستان", "REPUBLIC OF TAJIKISTAN"),
];
