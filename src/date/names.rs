//! Months, days of the week and zones by name.
//!
//! A word that means different months in different languages (`listopad`, `srpen` and its Croatian sisters) is left
//! to the language with more speakers among feeds, or left out.

/// As RFC 822 has them, from Monday.
pub(super) const DAYS_SHORT: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// As RFC 822 has them.
pub(super) const MONTHS_SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const MONTHS_ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september sept",
    "october",
    "november",
    "december",
];

const DAYS_ENGLISH: [&str; 7] =
    ["monday", "tuesday tues", "wednesday wednes", "thursday thurs thur", "friday", "saturday satur", "sunday"];

/// German, French, Spanish, Italian, Portuguese, Catalan, Romanian; Dutch; Swedish, Danish, Norwegian, Finnish;
/// Polish, Czech; Hungarian; Turkish; Russian, Ukrainian; Greek; Indonesian. Abbreviations and declined forms.
const MONTHS_OTHER: [&str; 12] = [
    "januar jänner janvier janv enero ene gennaio gen janeiro gener ianuarie ian januari tammi tammikuu tammikuuta styczeń \
     stycznia sty leden ledna január ocak oca январь января янв січень січня січ ιανουάριος ιανουαρίου ιαν gener",
    "februar feber février févr fév fevr febrero febbraio fevereiro fev febrer februarie februari helmi helmikuu helmikuuta \
     luty lutego lut únor února úno február febr şubat şub февраль февраля фев февр лютий лютого лют φεβρουάριος \
     φεβρουαρίου φεβ",
    "märz mär mrz mars marzo março març martie maart mrt maalis maaliskuu maaliskuuta marzec marca březen března bře \
     március márc mart март марта мар мрт березень березня бер μάρτιος μαρτίου μαρ μάρ maret",
    "avril avr abril abr aprile aprilie huhti huhtikuu huhtikuuta kwiecień kwietnia kwi duben dubna dub április ápr nisan \
     nis апрель апреля апр квітень квітня кві απρίλιος απριλίου απρ",
    "mai mayo maggio mag maio maig mei maj touko toukokuu toukokuuta maja květen května kvě május máj mayıs май мая \
     травень травня тра μάιος μαΐου μαϊ μαι μάι μάιου",
    "juni juin junio giugno giu junho juny iunie iun kesä kesäkuu kesäkuuta czerwiec czerwca cze červen června čvn június \
     jún haziran haz июнь июня июн червень червня чер ιούνιος ιουνίου ιουν ιούν ιον",
    "juli juillet juil julio luglio lug julho juliol iulie iul heinä heinäkuu heinäkuuta lipiec lipca lip červenec \
     července čvc július júl temmuz tem июль июля июл липень липня ιούλιος ιουλίου ιουλ ιούλ ιολ",
    "août aout agosto ago agost augusti augustus elo elokuu elokuuta sierpień sierpnia sie srpen srpna srp augusztus \
     ağustos ağu agustus август августа авг серпень серпня сер αύγουστος αυγούστου αυγ αύγ",
    "septembre septiembre settembre set setembro septembrie syys syyskuu syyskuuta wrzesień września wrz září zář szeptember \
     szept eylül eyl сентябрь сентября сен сент вересень вересня вер σεπτέμβριος σεπτεμβρίου σεπ σεπτ",
    "oktober okt octobre octubre ottobre ott outubro out octombrie loka lokakuu lokakuuta październik października paź \
     říjen října říj október ekim eki октябрь октября окт жовтень жовтня жов οκτώβριος οκτωβρίου οκτ",
    "novembre noviembre novembro noiembrie noi marras marraskuu marraskuuta listopad listopada lis kasım kas ноябрь ноября \
     ноя нояб листопад листопада лис νοέμβριος νοεμβρίου νοε νοέ",
    "dezember dez décembre déc decembre diciembre dic dicembre dezembro desembre decembrie joulu joulukuu joulukuuta \
     grudzień grudnia gru prosinec prosince pro aralık aralik ara декабрь декабря дек грудень грудня гру desember \
     des δεκέμβριος δεκεμβρίου δεκ",
];

/// The same languages, and Korean, Japanese, Chinese. One word may stand for several days: only then is nothing said
/// of a wrong one.
const DAYS_OTHER: [&str; 7] = [
    "montag mo lundi lun lunes lunedì segunda seg dilluns luni maandag ma måndag mån mandag man maanantai \
     poniedziałek pon pondělí po hétfő pazartesi pzt понедельник пн пон понеділок δευτέρα δευ 월요일 月曜日 星期一 월 月",
    "dienstag di mardi mar martes martedì terça ter dimarts marți dinsdag tisdag tis tirsdag tir tiistai ti wtorek \
     wt úterý út kedd salı вторник вт втр вівторок τρίτη τρι 화요일 火曜日 星期二 화 火",
    "mittwoch mi mercredi mer miércoles mié mie mercoledì quarta qua dimecres miercuri woensdag wo onsdag ons \
     keskiviikko ke środa śr středa st szerda çarşamba çar среда ср срд середа τετάρτη τετ 수요일 水曜日 星期三 수 水",
    "donnerstag do jeudi jeu jueves jue giovedì gio quinta qui dijous joi donderdag torsdag tor torstai to czwartek \
     czw čtvrtek čt csütörtök perşembe per четверг чт чтв четвер πέμπτη πεμ πέμ 목요일 木曜日 星期四 목 木",
    "freitag fr vendredi ven viernes vie venerdì sexta sex divendres vineri vrijdag vr fredag fre perjantai pe \
     piątek pt pią pátek pá péntek cuma cum пятница пт птн п'ятниця παρασκευή παρ 금요일 金曜日 星期五 금 金",
    "samstag sonnabend sa samedi sam sábado sáb sab sabato dissabte sâmbătă zaterdag za lördag lör lørdag lør \
     lauantai la sobota sob so szombat cumartesi cmt суббота сб суб субота σάββατο σαβ σάβ 토요일 土曜日 星期六 토 土",
    "sonntag so dimanche dim domingo dom domenica diumenge duminică zondag zo söndag sön søndag søn sunnuntai su \
     niedziela nie ndz neděle ne vasárnap pazar paz воскресенье вс вск неділя κυριακή κυρ 일요일 日曜日 星期日 일 日",
];

/// Which kind of name a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Three English letters.
    Short,
    /// English, longer.
    Long,
    /// Another language.
    Other,
}

/// Bit i for row i, of all rows that hold the word, in the first table that knows it.
fn rows(word: &str, short: &[&str], tables: [(&[&str], How); 2]) -> Option<(u16, How)> {
    if let Some(at) = short.iter().position(|name| name.eq_ignore_ascii_case(word)) {
        return Some((1 << at, How::Short));
    }
    for (table, how) in tables {
        let has = |row: &str| row.split_ascii_whitespace().any(|name| name == word);
        let mask = table.iter().enumerate().fold(0, |mask, (at, row)| mask | u16::from(has(row)) << at);
        if mask != 0 {
            return Some((mask, how));
        }
    }
    None
}

/// The month of that name in lower case, 1 to 12.
pub(super) fn month(word: &str) -> Option<(u8, How)> {
    let (mask, how) = rows(word, &MONTHS_SHORT, [(&MONTHS_ENGLISH, How::Long), (&MONTHS_OTHER, How::Other)])?;
    (mask.count_ones() == 1).then(|| (mask.trailing_zeros() as u8 + 1, how))
}

/// The days of the week of that name in lower case: bit 0 is Monday.
pub(super) fn weekday(word: &str) -> Option<(u8, How)> {
    let (mask, how) = rows(word, &DAYS_SHORT, [(&DAYS_ENGLISH, How::Long), (&DAYS_OTHER, How::Other)])?;
    Some((mask as u8, how))
}

/// The zones of RFC 822, section 5.1, in minutes east of UTC. Letters other than `Z` count as UTC, by RFC 2822,
/// section 4.3.
pub(super) fn rfc822_zone(word: &str) -> Option<i16> {
    let letter = word.len() == 1 && !word.eq_ignore_ascii_case("j") && word.as_bytes()[0].is_ascii_alphabetic();
    let hours = match word.to_ascii_uppercase().as_str() {
        "UT" | "GMT" => 0,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ if letter => 0,
        _ => return None,
    };
    Some(hours * 60)
}

/// A zone that RFC 822 does not know.
#[derive(Debug, Clone, Copy)]
pub(super) struct Zone {
    pub(super) name: &'static str,
    /// East of UTC.
    pub(super) minutes: i16,
    /// Whether zones elsewhere have that name too, or the name leaves open whether it is summer.
    pub(super) ambiguous: bool,
}

/// What a zone's name is taken for. Where several have it, the one that feeds mean most often.
const ZONES: &str = "UTC 0, WET 0, WEST 60, CET 60, CEST 120, MET 60, MEST 120, MEZ 60, MESZ 120, EET 120, EEST 180, \
     BST 60 ?, IST 330 ?, MSK 180, MSD 240, SAMT 240, YEKT 300, OMST 360, NOVT 420, KRAT 420, IRKT 480, YAKT 540, \
     VLAT 600, MAGT 660, PETT 720, TRT 180, IDT 180, AZT 240, GET 240, UZT 300, PKT 300, NPT 345, WIB 420, WITA 480, \
     WIT 540, ICT 420, MYT 480, SGT 480, HKT 480, PHT 480, JST 540, KST 540, AWST 480, ACST 570, ACDT 630, AEST 600, \
     AEDT 660, NZST 720, NZDT 780, CAT 120, SAST 120, WAT 60, EAT 180, IRST 210, IRDT 270, AFT 270, GST 240 ?, \
     BRT -180, BRST -120, ART -180, UYT -180, CLT -240, CLST -180, BOT -240, VET -240, COT -300, PET -300, ECT -300 ?, \
     AST -240 ?, ADT -180 ?, NST -210, NDT -150, AKST -540, AKDT -480, HST -600, HAST -600, HADT -540, CHST 600, \
     SST -660 ?, AT -240 ?, ET -300 ?, CT -360 ?, MT -420 ?, PT -480 ?";

/// The zone of that name in capitals.
pub(super) fn zone(name: &str) -> Option<Zone> {
    ZONES.split(',').find_map(|row| {
        let mut words = row.split_ascii_whitespace();
        let known = words.next().filter(|known| *known == name)?;
        Some(Zone { name: known, minutes: words.next()?.parse().ok()?, ambiguous: words.next().is_some() })
    })
}

/// Whether a word says the first half of the day (`Some(false)`) or the second.
pub(super) fn afternoon(word: &str) -> Option<bool> {
    match word {
        "am" | "오전" | "午前" | "上午" | "πμ" => Some(false),
        "pm" | "오후" | "午後" | "下午" | "μμ" => Some(true),
        _ => None,
    }
}

/// What a number before such a word is: a Chinese, Japanese or Korean unit. `y`, `m`, `d`, `h`, `n` (minute), `s`.
pub(super) fn unit(word: &str) -> Option<char> {
    Some(match word {
        "년" | "年" => 'y',
        "월" | "月" => 'm',
        "일" | "日" => 'd',
        "시" | "時" | "时" => 'h',
        "분" | "分" => 'n',
        "초" | "秒" => 's',
        _ => return None,
    })
}

/// Words between the parts of a date that say nothing.
pub(super) fn is_filler(word: &str) -> bool {
    const FILLERS: &[&str] = &[
        "of", "the", "at", "on", "de", "del", "di", "du", "le", "el", "la", "den", "der", "um", "uhr", "à", "a", "às",
        "kl", "o", "om", "op", "na", "v", "г", "года", "р", "року", "feira", "st", "nd", "rd", "th", "er", "º", "ª",
    ];
    FILLERS.contains(&word)
}
