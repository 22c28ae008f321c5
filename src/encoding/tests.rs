use super::*;

fn decoded(bytes: &[u8]) -> (String, &'static str, Vec<String>) {
    let decoded = decode(bytes, None, &Limits::default()).unwrap_or_else(|error| panic!("{error}"));
    let findings = decoded.findings.iter().map(|f| format!("{} {:?} {}", f.code, f.range, f.message)).collect();
    (decoded.text, decoded.encoding, findings)
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn marks_and_zeros_tell_wide_encodings() {
    let xml = "<?xml version='1.0'?><é日😀/>";
    let utf32 = |big: bool, text: &str| -> Vec<u8> {
        let unit = |c: char| if big { u32::from(c).to_be_bytes() } else { u32::from(c).to_le_bytes() };
        text.chars().flat_map(unit).collect()
    };
    let marked = format!("\u{feff}{xml}");
    for (bytes, name, bom) in [
        (xml.as_bytes().to_vec(), "UTF-8", 0),
        (marked.as_bytes().to_vec(), "UTF-8", 3),
        (wide(&marked, u16::to_le_bytes), "UTF-16LE", 2),
        (wide(&marked, u16::to_be_bytes), "UTF-16BE", 2),
        (wide(xml, u16::to_le_bytes), "UTF-16LE", 0),
        (wide(xml, u16::to_be_bytes), "UTF-16BE", 0),
        (utf32(true, &marked), "UTF-32BE", 4),
        (utf32(false, &marked), "UTF-32LE", 4),
        (utf32(true, xml), "UTF-32BE", 0),
        (utf32(false, xml), "UTF-32LE", 0),
    ] {
        let decoded = decode(&bytes, None, &Limits::default()).expect("decoded");
        assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.bom), (xml, name, bom));
        assert!(decoded.findings.is_empty(), "{name}: {:?}", decoded.findings);
        assert_eq!(decoded.utf8, name == "UTF-8");
        assert_eq!(probe(&bytes, None).0, xml);
    }
}

#[test]
fn declarations_and_options_name_the_others() {
    let latin = b"<?xml version='1.0' encoding=\"ISO-8859-1\"?><a>caf\xe9 \x93x\x94</a>";
    assert_eq!(decoded(latin).0, "<?xml version='1.0' encoding=\"ISO-8859-1\"?><a>café “x”</a>");
    assert_eq!(decoded(latin).1, "windows-1252");
    let japanese = b"<?xml version='1.0' encoding='Shift_JIS' ?><a>\x93\xfa\x96\x7b</a>";
    assert!(decoded(japanese).0.ends_with("<a>日本</a>"));
    let cyrillic = decode(b"\xcf\xf0\xe8", Some("windows-1251"), &Limits::default()).expect("decoded");
    assert_eq!((cyrillic.text.as_str(), cyrillic.single_byte), ("При", true));
    let error = decode(b"x", Some("klingon"), &Limits::default()).expect_err("unknown");
    assert_eq!(
        (error.kind, error.message.as_str()),
        (ErrorKind::Usage, "`klingon` is no encoding that slugline reads")
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    for (bytes, word) in [
        (&b"<?xml version='1.0' encoding='x-klingon'?><a>\xe9</a>"[..], "x-klingon"),
        (b"<?xml version='1.0' encoding='UTF-7'?><a>\xe9</a>", "UTF-7"),
        (b"+/v8APA", "UTF-7"),
        (b"\x4c\x6f\xa7\x94\x93", "EBCDIC"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\xff<rss/>", "gzip"),
    ] {
        let error = decode(bytes, None, &Limits::default()).expect_err(word);
        assert!(error.message.contains(word) && error.kind == ErrorKind::Unreadable, "{error}");
        assert!(error.help.is_some());
    }
}

#[test]
fn bytes_that_are_not_what_was_declared_are_told_with_their_place() {
    let mixed = b"<?xml version='1.0' encoding='utf-8'?><a>\xc3\xa9 \xe9 \x93\x94 \xe6\x97\xa5</a>";
    let (text, name, findings) = decoded(mixed);
    assert_eq!((text.split_once("?>").map(|(_, a)| a), name), (Some("<a>é é “” 日</a>"), "UTF-8"));
    assert_eq!(findings, ["invalid-encoding Some(44..46) byte 44 (0xE9) is not UTF-8, nor are 2 more places"]);
    let ascii = b"<?xml version='1.0' encoding='us-ascii'?><a>\xe9</a>";
    assert_eq!(decoded(ascii).2, ["invalid-encoding Some(44..45) byte 44 (0xE9) is not ASCII"]);
    let wide = b"<?xml version='1.0' encoding='utf-16'?><a>\xc3\xa9</a>";
    assert_eq!(
        decoded(wide).2,
        ["wrong-encoding Some(30..36) the declared encoding `utf-16` is not that of the file: it is read as UTF-8"]
    );
    let unknown = "<?xml version='1.0' encoding='utf8mb4'?><a>é</a>".as_bytes();
    assert_eq!(decoded(unknown).2.len(), 1);
    let marked = "\u{feff}<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>".as_bytes();
    assert_eq!(
        decoded(marked).2,
        [
            "wrong-encoding Some(30..40) the declared encoding `iso-8859-1` is not that of the file: its byte order mark says UTF-8"
        ]
    );
    let false_latin = "<?xml version='1.0' encoding='iso-8859-1'?><a>éàü</a>".as_bytes();
    assert_eq!(decoded(false_latin).2.len(), 1);
    assert!(decoded(false_latin).0.ends_with("<a>éàü</a>"), "what it is counts, not what it says");
    let chinese = encoding_rs::GB18030
        .encode("<?xml version='1.0' encoding='utf-8'?><a>这是一个关于中国新闻的网站，提供最新的消息。</a>")
        .0
        .into_owned();
    let (text, _, findings) = decoded(&chinese);
    assert!(text.contains("新闻的网站") && findings.len() == 1, "{text} {findings:?}");
    let few = encoding_rs::GB18030.encode("<?xml version='1.0' encoding='gbk'?><a>联通</a>").0.into_owned();
    assert!(decoded(&few).0.contains("联通"), "UTF-8 by chance");
    let seven = b"<?xml version='1.0' encoding='utf-7'?><a>Caf+AOk-</a>";
    assert!(decode(seven, None, &Limits::default()).is_err());
    let bad = b"<?xml version='1.0' encoding='euc-jp'?><a>\xa4</a>";
    assert!(decoded(bad).0.ends_with("<a>\u{fffd}</a>") && decoded(bad).2.len() == 1, "{:?}", decoded(bad));
    let lone = [wide_start(), vec![0, 0xd8, b'x', 0]].concat();
    assert_eq!(decoded(&lone).0, "<\u{fffd}x");
}

fn wide_start() -> Vec<u8> {
    vec![0xff, 0xfe, b'<', 0]
}

#[test]
fn text_that_says_nothing_is_guessed() {
    let russian = encoding_rs::WINDOWS_1251.encode("<a>Съешь же ещё этих мягких французских булок</a>").0.into_owned();
    let (text, name, findings) = decoded(&russian);
    assert_eq!(name, "windows-1251");
    assert!(text.contains("булок") && findings.len() == 1, "{findings:?}");
}

#[test]
fn nothing_depends_on_how_much_is_read_at_once() {
    use crate::drip::Drip;

    let long = "<a>é日😀 text</a>\n".repeat(20_000);
    let mut broken = long.clone().into_bytes();
    for at in (100_000..broken.len()).step_by(9_001) {
        broken[at] = 0xff;
    }
    for bytes in [long.clone().into_bytes(), broken, wide(&format!("\u{feff}{long}"), u16::to_le_bytes)] {
        let whole = decode(&bytes, None, &Limits::default()).expect("decoded");
        for (step, buffer) in [(1_000_000, 100), (777, 70_000), (1 << 16, 1 << 16), (3, 4_096)] {
            let mut decoder = Decoder::new(Drip(&bytes, step), None);
            let (mut out, mut space) = (Vec::new(), vec![0; buffer]);
            loop {
                let count = decoder.read(&mut space).expect("read");
                if count == 0 {
                    break;
                }
                out.extend_from_slice(&space[..count]);
            }
            assert!(out == whole.text.as_bytes(), "{step} {buffer}");
            assert_eq!(decoder.notes().take_findings(), whole.findings);
        }
    }
}

#[test]
fn a_probe_may_end_within_a_character() {
    assert_eq!(probe("<é>日".as_bytes().split_last().expect("bytes").1, None).0, "<é>");
    assert_eq!(probe(b"<?xml encoding='x-klingon'?>\xff", None).0, "<?xml encoding='x-klingon'?>\u{fffd}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, bytes).expect("packed");
    packed.finish().expect("packed")
}

#[test]
fn what_is_compressed_with_gzip_is_unpacked_whatever_it_is_called() {
    let xml = "<?xml version='1.0' encoding='iso-8859-1'?><a>caf\u{e9}</a>";
    let latin: Vec<u8> = xml.chars().map(|c| c as u8).collect();
    let unpacked = decode(&gzip(&latin), None, &Limits::default()).expect("decoded");
    assert_eq!((unpacked.text.as_str(), unpacked.encoding), (xml, "windows-1252"));
    assert!(!unpacked.utf8 && !unpacked.single_byte, "a fix cannot be put into what is compressed");
    let plain = decode(&gzip(b"<a/>"), None, &Limits::default()).expect("decoded");
    assert!(!plain.utf8 && plain.findings.is_empty());
    let members = [gzip(b"<a>"), gzip(b"</a>")].concat();
    assert_eq!(decode(&members, None, &Limits::default()).expect("decoded").text, "<a></a>");
    // The first bytes of a long one tell the format.
    let mut state = 1u64;
    let mut letter = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + (state >> 59) as u8 % 26)
    };
    let noise: String = (0..200_000).map(&mut letter).collect();
    let long = gzip(format!("<rss>{noise}").as_bytes());
    assert!(probe(&long[..8_192], None).0.starts_with("<rss>"));
    let error = decode(&long[..8_192], None, &Limits::default()).expect_err("cut off");
    assert_eq!((error.kind, error.message.as_str()), (ErrorKind::Unreadable, "the gzip data ends too early"));
    let mut cut = Decoder::new(&long[..8_192], None);
    let mut before = Vec::new();
    assert!(cut.read_to_end(&mut before).is_err());
    assert!(before.len() > 8_192 && format!("<rss>{noise}").into_bytes().starts_with(&before));
    let twice = decode(&gzip(&gzip(b"<a/>")), None, &Limits::default()).expect_err("twice");
    assert!(twice.message.contains("twice"), "{twice}");
}

#[test]
fn a_bomb_is_refused_and_much_text_is_not() {
    let bomb = gzip(&vec![b' '; 3 << 20]);
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    let error = decode(&bomb, None, &limits).expect_err("a bomb");
    assert!(error.kind == ErrorKind::Limit && error.message.contains("`unpacked`"), "{error}");
    assert!(decode(&bomb, None, &Limits::default()).is_ok());
    let text: String = (0..200_000u32).map(|n| format!("<item>{}</item>", n.wrapping_mul(2_654_435_761))).collect();
    let limits = Limits { unpacked: 1 << 10, ..Limits::default() };
    assert_eq!(decode(&gzip(text.as_bytes()), None, &limits).expect("text").text.len(), text.len());
}
