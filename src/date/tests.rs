use proptest::prelude::*;

use super::*;

/// What a text is read as, in its shortest spelling, and what had to be mended.
fn seen(text: &str) -> String {
    let (date, rescues) = read(text);
    let moment = date.moment.map_or("unread".to_owned(), |moment| moment.written());
    let words: Vec<_> = rescues.iter().map(|rescue| format!("{rescue:?}")).collect();
    [moment, words.join(" ")].join(" ").trim_end().to_owned()
}

fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<_> = rows.iter().filter(|(text, expected)| seen(text) != *expected).collect();
    let wrong: Vec<_> =
        wrong.iter().map(|(text, expected)| format!("{text:?}: {} not {expected}", seen(text))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn standard_spellings_need_no_rescue() {
    check(&[
        ("Wed, 24 Sep 2025 03:17:09 +0200", "2025-09-24T03:17:09+02:00"),
        ("Wed, 24 Sep 2025 03:17 GMT", "2025-09-24T03:17Z"),
        ("24 Sep 2025 03:17:09 EST", "2025-09-24T03:17:09-05:00"),
        ("wed, 24 sep 2025 03:17:09 z", "2025-09-24T03:17:09Z"),
        ("Wed, 24 Sep 2025 03:17:09 +0000 (UTC (really))", "2025-09-24T03:17:09Z"),
        ("  2025-09-24T03:17:09Z\n", "2025-09-24T03:17:09Z"),
        ("2025-09-24T03:17:09.120-05:30", "2025-09-24T03:17:09.12-05:30"),
        ("2025-09-24t03:17:09z", "2025-09-24T03:17:09Z"),
        ("2025", "2025"),
        ("2025-09", "2025-09"),
        ("2025-09-24", "2025-09-24"),
        ("2025-09-24T10:15Z", "2025-09-24T10:15Z"),
        ("2025-09-24T10:15+01:00", "2025-09-24T10:15+01:00"),
    ]);
}

#[test]
fn iso_8601_is_read_in_all_its_forms() {
    check(&[
        ("20250924", "2025-09-24 Spelling"),
        ("20250924T101500Z", "2025-09-24T10:15:00Z Spelling"),
        ("20250924T101500.5+0200", "2025-09-24T10:15:00.5+02:00 Spelling"),
        ("20250924T1015Z", "2025-09-24T10:15Z Spelling"),
        ("2025-W39-3", "2025-09-24 Spelling"),
        ("2025W393T10:15Z", "2025-09-24T10:15Z Spelling"),
        ("2025-W39", "2025-09-22 Spelling"),
        ("2020-W53-7", "2021-01-03 Spelling"),
        ("2025-W53", "unread"),
        ("2025-267", "2025-09-24 Spelling"),
        ("2024-366", "2024-12-31 Spelling"),
        ("2025-366", "unread"),
        ("2025267", "2025-09-24 Spelling"),
        ("2025-09-24T10:15:00", "2025-09-24T10:15:00 NoZone"),
        ("2025-09-24T10:15", "2025-09-24T10:15 NoZone"),
        ("2025-09-24 10:15:00", "2025-09-24T10:15:00 NoZone Spelling"),
        ("2025-09-24T10:15:00,5Z", "2025-09-24T10:15:00.5Z Spelling"),
        ("2025-09-24T10Z", "2025-09-24T10:00Z Spelling"),
        ("2025-09-24Z", "2025-09-24 Spelling"),
        ("2025-09-24+02:00", "2025-09-24 Spelling"),
        ("2025-09-24-05:00", "unread"),
        ("2025-09-24T03:17:09+02:00[Europe/Berlin]", "2025-09-24T03:17:09+02:00 Spelling"),
    ]);
}

#[test]
fn loose_spellings_are_read_and_told() {
    check(&[
        ("2026-1-7", "2026-01-07 Spelling"),
        ("2026-01-07 10:15:00 +0100", "2026-01-07T10:15:00+01:00 Spelling"),
        (
            "2026-01-07 10:15:00.123456 UTC",
            "2026-01-07T10:15:00.123456Z NamedZone { name: \"UTC\", minutes: 0, ambiguous: false }",
        ),
        ("2026/01/07 10:15", "2026-01-07T10:15 NoZone Spelling"),
        ("20260107101500", "2026-01-07T10:15:00 NoZone Spelling"),
        ("20260107101500 +0100", "2026-01-07T10:15:00+01:00 Spelling"),
        ("20260107101500Z", "2026-01-07T10:15:00Z Spelling"),
        ("Wed Sep 24 03:17:09 2025", "2025-09-24T03:17:09 NoZone Spelling"),
        ("Wed Sep 24 03:17:09 GMT 2025", "2025-09-24T03:17:09Z Spelling"),
        ("Wed Sep 24 2025 03:17:09 GMT+0200 (Central European Summer Time)", "2025-09-24T03:17:09+02:00 ZoneSpelling"),
        ("Wednesday, 24-Sep-25 03:17:09 GMT", "2025-09-24T03:17:09Z LongName ShortYear"),
        ("Wed, 24 Sep 25 03:17:09 GMT", "2025-09-24T03:17:09Z ShortYear"),
        ("Wed, 24 Sep 99 03:17:09 GMT", "1999-09-24T03:17:09Z ShortYear WrongWeekday"),
        ("Thu, 24 Sep 2025 03:17:09 GMT", "2025-09-24T03:17:09Z WrongWeekday"),
        ("Wed 24 Sep 2025 03:17:09 GMT", "2025-09-24T03:17:09Z Spelling"),
        ("Wednesday, 24 September 2025 03:17:09 +0200", "2025-09-24T03:17:09+02:00 LongName"),
        ("Foo, 24 Sep 2025 03:17:09 GMT", "2025-09-24T03:17:09Z Spelling"),
        ("September 24th, 2025", "2025-09-24 LongName"),
        ("Sept. 24, 2025, 3:17 p.m. EDT", "2025-09-24T15:17-04:00 LongName TwelveHours"),
        ("24 Sep 2025 12:05 AM GMT", "2025-09-24T00:05Z TwelveHours"),
        ("24 Sep 2025 3pm GMT", "2025-09-24T15:00Z TwelveHours"),
        ("24 Sep 2025 00:05 PM GMT", "unread"),
        ("September 2025", "2025-09 LongName"),
        ("24 Sep 2025", "2025-09-24 Spelling"),
        ("Wed, 24 Sep 2025 3:7:9 GMT", "2025-09-24T03:07:09Z Spelling"),
        ("Wed, 24 Sep 2025 24:00:00 GMT", "2025-09-25T00:00:00Z Hour24"),
        ("Wed, 24 Sep 2025 24:00:01 GMT", "unread"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z LeapSecond"),
        ("24.09.2025", "2025-09-24 Order"),
        ("4.9.2025 10:15 Uhr", "2025-09-04T10:15 Order NoZone"),
        ("24/09/2025", "2025-09-24 Order"),
        ("09/24/2025", "2025-09-24 Order"),
        ("04/09/2025", "unread"),
        ("09/09/2025", "2025-09-09 Order"),
        ("99-12-31", "1999-12-31 ShortYear Order"),
        ("03-12-31", "unread"),
        ("031231", "2003-12-31 ShortYear"),
        ("202509", "unread"),
    ]);
}

#[test]
fn zones_by_name_are_offsets_that_are_told() {
    check(&[
        (
            "Wed, 24 Sep 2025 03:17:09 CET",
            "2025-09-24T03:17:09+01:00 NamedZone { name: \"CET\", minutes: 60, ambiguous: false }",
        ),
        (
            "Wed, 24 Sep 2025 03:17:09 ist",
            "2025-09-24T03:17:09+05:30 NamedZone { name: \"IST\", minutes: 330, ambiguous: true }",
        ),
        ("24 Sep 2025 03:17 PT", "2025-09-24T03:17-08:00 NamedZone { name: \"PT\", minutes: -480, ambiguous: true }"),
        ("Wed, 24 Sep 2025 03:17:09 XYZ", "unread"),
        ("Wed, 24 Sep 2025 03:17:09 A", "2025-09-24T03:17:09Z MilitaryZone"),
        ("Wed, 24 Sep 2025 03:17:09 J", "unread"),
        ("Wed, 24 Sep 2025 03:17:09 +01:00", "2025-09-24T03:17:09+01:00 Spelling"),
        ("Wed, 24 Sep 2025 03:17:09 +1", "2025-09-24T03:17:09+01:00 ZoneSpelling"),
        ("Wed, 24 Sep 2025 03:17:09 GMT+2", "2025-09-24T03:17:09+02:00 ZoneSpelling"),
        ("Wed, 24 Sep 2025 03:17:09 UTC-05:00", "2025-09-24T03:17:09-05:00 ZoneSpelling"),
        ("Wed, 24 Sep 2025 03:17:09 +2400", "unread"),
        ("Wed, 24 Sep 2025 03:17:09 +0160", "unread"),
        ("Wed, 24 Sep 2025 03:17:09", "2025-09-24T03:17:09 NoZone"),
    ]);
}

#[test]
fn names_in_other_languages_are_read() {
    check(&[
        ("2004-05-25 오후 11:23:17", "2004-05-25T23:23:17 TwelveHours NoZone"),
        ("2004년 05월 28일  오후 01:31:15", "2004-05-28T13:31:15 Language TwelveHours NoZone"),
        ("2025年9月24日", "2025-09-24 Language"),
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00 Language"),
        ("2004-július-13T9:15-05:00", "2004-07-13T09:15-05:00 Language"),
        ("Чт, 12 июня 2025 08:53:20 +0300", "2025-06-12T08:53:20+03:00 Language"),
        ("Mittwoch, 24. September 2025 10:15", "2025-09-24T10:15 Language LongName NoZone"),
        ("mer., 24 sept. 2025 10:15:00 +0200", "2025-09-24T10:15:00+02:00 Language LongName"),
        ("mar. 23 sept. 2025", "2025-09-23 Language LongName"),
        ("mié, 24 de septiembre de 2025", "2025-09-24 Language"),
        ("mar, 11 mar 2025 10:15:00 +0100", "2025-03-11T10:15:00+01:00 Language"),
        ("mercoledì 24 settembre 2025", "2025-09-24 Language"),
        ("woensdag 24 september 2025", "2025-09-24 Language LongName"),
        ("środa, 24 września 2025", "2025-09-24 Language"),
        ("quarta-feira, 24 de setembro de 2025", "2025-09-24 Language"),
        ("24 Ağustos 2025 Pazar", "2025-08-24 Language"),
        ("ons, 24 okt 2025", "2025-10-24 Language WrongWeekday"),
        ("24 СЕНТЯБРЯ 2025 г.", "2025-09-24 Language"),
        ("ke, 24 syys 2025", "2025-09-24 Language"),
        ("st, 24 zář 2025", "2025-09-24 Language"),
    ]);
}

#[test]
fn what_is_no_date_stays_unread() {
    check(&[
        ("", "unread"),
        ("yesterday", "unread"),
        ("10:15", "unread"),
        ("Wed", "unread"),
        ("2025-02-30", "unread"),
        ("Sun, 30 Feb 2025 00:00:00 GMT", "unread"),
        ("2025-13-01", "unread"),
        ("0000-01-01", "unread"),
        ("10000-01-01", "unread"),
        ("9999-12-31T24:00:00Z", "unread"),
        ("1758683829", "unread"),
        ("start=2002-10-13T09:00+01:00;scheme=W3C-DTF", "unread"),
        ("Wed, 24 Sep 2025 03:17:09 GMT (", "unread"),
    ]);
    let nested = format!("Wed, 24 Sep 2025 03:17:09 {}{} GMT", "(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(seen(&nested), "unread", "longer than any date");
}

#[test]
fn strict_checks_accept_their_own_format_only() {
    for text in ["Wed, 24 Sep 2025 03:17:09 GMT", "24 Sep 25 03:17 -0500", "Thu, 24 Sep 2025 03:17:09 GMT"] {
        assert!(is_rfc822(text), "{text}");
    }
    for text in ["Wed, 24 September 2025 03:17:09 GMT", "Wed, 24 Sep 2025 03:17:09 CET", "30 Feb 2025 03:17 GMT"] {
        assert!(!is_rfc822(text), "{text}");
    }
    for text in ["2025-09-24T03:17:09Z", "2025-09-24T03:17:09.5+02:00", "2016-12-31T23:59:60Z"] {
        assert!(is_rfc3339(text) && is_w3c(text), "{text}");
    }
    for text in ["2025-09-24", "2025-09-24T03:17Z"] {
        assert!(!is_rfc3339(text) && is_w3c(text), "{text}");
    }
    for text in ["2025-09-24t03:17:09Z", "2025-09-24T03:17:09", "2025-02-30T00:00:00Z", "2025-09-24T03:17:09+0200"] {
        assert!(!is_rfc3339(text) && !is_w3c(text), "{text}");
    }
}

#[test]
fn timestamps_count_from_1970_in_utc() {
    let at = |text: &str| Date::new(text).moment.map(|moment| moment.timestamp());
    assert_eq!(at("1970-01-01T00:00:00Z"), Some(0));
    assert_eq!(at("2025-09-24T03:17:09+02:00"), Some(1_758_676_629));
    assert_eq!(at("0001-01-01"), Some(-62_135_596_800));
    assert_eq!(at("9999-12-31T23:59:59Z"), Some(253_402_300_799));
    let moment = Moment::from_timestamp(1_758_676_629).map(|moment| moment.written());
    assert_eq!(moment.as_deref(), Some("2025-09-24T01:17:09Z"));
    assert_eq!(Moment::from_timestamp(i64::MAX), None);
    assert_eq!(Moment::from_timestamp(-62_135_596_801), None);
}

#[test]
fn rescues_are_half_sentences() {
    let (_, rescues) = read("Thu, 24 Sep 2025 03:17:09 BST");
    let words: Vec<_> = rescues.iter().map(Rescue::words).collect();
    let zone = "the zone `BST` is taken for +01:00, though others have that name too";
    assert_eq!(words, [zone, "the day of the week is wrong"]);
}

fn moments() -> impl Strategy<Value = Moment> {
    let time = (0u8..24, 0u8..60, 0u8..60, 0u32..1_000_000_000);
    (1i16..=9999, 1u8..=12, 1u8..=28, time, proptest::option::of(-1439i32..=1439), 0u8..6).prop_map(
        |(year, month, day, (hour, minute, second, nanosecond), offset, precision)| {
            let all = Moment {
                year,
                month,
                day,
                hour,
                minute,
                second,
                nanosecond,
                offset: offset.map(|minutes| minutes * 60),
                precision: Precision::Fraction,
            };
            let day = Moment { hour: 0, minute: 0, second: 0, nanosecond: 0, offset: None, ..all };
            match precision {
                0 => Moment { month: 1, day: 1, precision: Precision::Year, ..day },
                1 => Moment { day: 1, precision: Precision::Month, ..day },
                2 => Moment { precision: Precision::Day, ..day },
                3 => Moment { second: 0, nanosecond: 0, precision: Precision::Minute, ..all },
                4 => Moment { nanosecond: 0, precision: Precision::Second, ..all },
                _ => all,
            }
        },
    )
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,140}") {
        read(&text);
    }

    #[test]
    fn nothing_that_looks_like_a_date_panics(
        text in "([0-9]{1,15}|[-+:/.,()TWZ年 ]|(Wed|Sep|pm|GMT|CET|mar|июня)){1,14}",
    ) {
        let (date, rescues) = read(&text);
        if let Some(moment) = date.moment {
            prop_assert!(strict::exists(moment) && moment.hour < 24 && moment.second < 60);
            prop_assert_eq!(read(&moment.written()).0.moment.map(|again| again.written()), Some(moment.written()));
        } else {
            prop_assert!(rescues.is_empty());
        }
    }

    #[test]
    fn what_is_written_reads_back(moment in moments()) {
        prop_assert_eq!(Date::new(&moment.written()).moment, Some(moment));
        prop_assert!(is_rfc3339(&moment.rfc3339()), "{}", moment.rfc3339());
        prop_assert!(is_rfc822(&moment.rfc822()), "{}", moment.rfc822());
        let again = |text: &str| read(text).0.moment.map(|moment| (moment.timestamp(), moment.offset.unwrap_or(0)));
        let same = Some((moment.timestamp(), moment.offset.unwrap_or(0)));
        prop_assert_eq!(again(&moment.rfc3339()), same);
        prop_assert_eq!(again(&moment.rfc822()), same);
        prop_assert!(read(&moment.rfc822()).1.is_empty());
    }
}
