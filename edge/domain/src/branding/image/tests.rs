use proptest::prelude::*;

use super::{Image, ImageError, Kind, MAX_BYTES};

/// CRC-32 bit by bit, so that the table is not checked against itself.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let named = [name, data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [length.as_slice(), &named, &crc(&named).to_be_bytes()].concat()
}

fn header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    let data = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat();
    chunk(b"IHDR", &data)
}

fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n".as_slice(), &chunks.concat()].concat()
}

/// One grey pixel: deflate in a stored block.
fn pixel() -> Vec<u8> {
    chunk(b"IDAT", &[0x78, 0x01, 0x01, 0x02, 0x00, 0xfd, 0xff, 0x00, 0x7f, 0x00, 0x81, 0x00, 0x80])
}

fn end() -> Vec<u8> {
    chunk(b"IEND", b"")
}

fn grey() -> Vec<u8> {
    png(&[header(1, 1, 8, 0), pixel(), end()])
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], length.as_slice(), data].concat()
}

fn frame(marker: u8, width: u16, height: u16) -> Vec<u8> {
    let [h1, h2] = height.to_be_bytes();
    let [w1, w2] = width.to_be_bytes();
    segment(marker, &[8, h1, h2, w1, w2, 1, 1, 0x11, 0])
}

fn scan() -> Vec<u8> {
    // Stuffed bytes and restarts belong to the scan.
    [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]].concat()
}

fn tables() -> Vec<u8> {
    let quantisation = [vec![0], vec![1; 64]].concat();
    let huffman = [vec![0, 1], vec![0; 15], vec![7]].concat();
    [segment(0xdb, &quantisation), segment(0xc4, &huffman)].concat()
}

fn jpeg(segments: &[Vec<u8>]) -> Vec<u8> {
    [vec![0xff, 0xd8], segments.concat(), vec![0xff, 0xd9]].concat()
}

fn photo() -> Vec<u8> {
    jpeg(&[tables(), frame(0xc0, 3, 2), scan()])
}

fn refused(file: &[u8]) -> ImageError {
    Image::parse(file).unwrap_err()
}

fn malformed(file: &[u8]) {
    let error = refused(file);
    assert!(matches!(error, ImageError::Malformed(_)), "{error:?}");
}

#[test]
fn a_plain_png_stays_as_it_is() {
    let image = Image::parse(&grey()).unwrap();
    assert_eq!((image.kind, image.width, image.height), (Kind::Png, 1, 1));
    assert_eq!(image.bytes, grey());
    assert_eq!(image.kind.media_type(), "image/png");
}

#[test]
fn a_plain_jpeg_stays_as_it_is() {
    for marker in 0xc0..=0xc2 {
        let file = jpeg(&[tables(), frame(marker, 3, 2), scan(), tables(), scan()]);
        let image = Image::parse(&file).unwrap();
        assert_eq!((image.kind, image.width, image.height), (Kind::Jpeg, 3, 2));
        assert_eq!(image.bytes, file);
    }
}

#[test]
fn a_png_loses_its_metadata_and_whatever_follows_its_end() {
    let secret = b"<script>alert(1)</script>";
    let file = png(&[
        header(1, 1, 8, 0),
        chunk(b"tEXt", secret),
        chunk(b"iCCP", secret),
        chunk(b"eXIf", secret),
        chunk(b"acTL", secret),
        chunk(b"prIv", secret),
        pixel(),
        chunk(b"zTXt", secret),
        end(),
        secret.to_vec(),
    ]);
    assert_eq!(Image::parse(&file).unwrap().bytes, grey());
}

#[test]
fn a_jpeg_loses_its_metadata_and_whatever_follows_its_end() {
    let secret = b"Exif\0\0<script>alert(1)</script>";
    let jfif = b"JFIF\0\x01\x02\x01\0\x48\0\x48";
    let adobe = b"Adobe\0\x64\0\0\0\0\x01";
    let file = [
        jpeg(&[
            segment(0xe0, &[jfif.as_slice(), &[1, 1, 9, 9, 9]].concat()),
            segment(0xe0, b"JFXX\0\x10thumbnail"),
            segment(0xe1, secret),
            segment(0xe2, secret),
            segment(0xed, secret),
            segment(0xee, &[adobe.as_slice(), secret].concat()),
            segment(0xee, secret),
            segment(0xfe, secret),
            vec![0xff, 0xff, 0xff],
            tables(),
            frame(0xc0, 3, 2),
            segment(0xe1, secret),
            scan(),
            segment(0xfe, secret),
        ]),
        secret.to_vec(),
    ]
    .concat();
    let kept = jpeg(&[
        segment(0xe0, &[jfif.as_slice(), &[0, 0]].concat()),
        segment(0xee, adobe),
        tables(),
        frame(0xc0, 3, 2),
        scan(),
    ]);
    assert_eq!(Image::parse(&file).unwrap().bytes, kept);
}

#[test]
fn palette_and_transparency_are_kept() {
    let file = png(&[
        header(1, 1, 1, 3),
        chunk(b"PLTE", &[1, 2, 3, 4, 5, 6]),
        chunk(b"tRNS", &[0, 9]),
        pixel(),
        chunk(b"IDAT", b"more"),
        end(),
    ]);
    assert_eq!(Image::parse(&file).unwrap().bytes, file);
}

#[test]
fn other_kinds_of_file_are_refused_whatever_they_are_called() {
    for file in [
        b"".as_slice(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html>",
        b"GIF89a\x01\0\x01\0\x80\0\0",
        b"RIFF\x04\0\0\0WEBP",
        b"BM",
        b"\0\0\x01\0\x01\0",
        b"%PDF-1.7",
        b" \x89PNG\r\n\x1a\n",
        b"\x89PNG\n\x1a\n",
        b"\xff\xd9",
    ] {
        assert_eq!(refused(file), ImageError::UnknownKind, "{file:?}");
    }
}

#[test]
fn a_picture_too_large_to_draw_is_refused_before_anybody_decodes_it() {
    for (width, height) in [(0, 1), (1, 0), (4_097, 1), (1, 4_097), (u32::MAX, u32::MAX)] {
        let file = png(&[header(width, height, 8, 0), pixel(), end()]);
        assert_eq!(refused(&file), ImageError::Dimensions, "{width}×{height}");
    }
    for (width, height) in [(0, 1), (1, 0), (4_097, 1), (1, u16::MAX)] {
        let file = jpeg(&[tables(), frame(0xc0, width, height), scan()]);
        assert_eq!(refused(&file), ImageError::Dimensions, "{width}×{height}");
    }
    let largest = Image::parse(&png(&[header(4_096, 4_096, 8, 0), pixel(), end()])).unwrap();
    assert_eq!((largest.width, largest.height), (4_096, 4_096));
}

#[test]
fn the_length_of_the_model_is_the_last_that_is_read() {
    let filler = MAX_BYTES - grey().len() - 12;
    let file = |filler| png(&[header(1, 1, 8, 0), chunk(b"tEXt", &vec![b'x'; filler]), pixel(), end()]);
    assert!(Image::parse(&file(filler)).is_ok());
    assert_eq!(refused(&file(filler + 1)), ImageError::TooLong);
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    for whole in [grey(), photo()] {
        for length in 0..whole.len() {
            let error = refused(&whole[..length]);
            assert!(
                matches!(error, ImageError::Truncated | ImageError::UnknownKind | ImageError::Malformed(_)),
                "{length}: {error:?}"
            );
        }
    }
}

#[test]
fn a_png_out_of_order_is_refused() {
    let data = |name| chunk(name, &[1, 2, 3]);
    malformed(&png(&[pixel(), header(1, 1, 8, 0), end()]));
    malformed(&png(&[header(1, 1, 8, 0), header(1, 1, 8, 0), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 0), end()]));
    malformed(&png(&[header(1, 1, 8, 0), pixel(), chunk(b"IEND", b"x")]));
    malformed(&png(&[header(1, 1, 8, 3), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 0), data(b"PLTE"), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 2), pixel(), data(b"PLTE"), end()]));
    malformed(&png(&[header(1, 1, 8, 2), data(b"PLTE"), data(b"PLTE"), pixel(), end()]));
    malformed(&png(&[header(1, 1, 1, 3), chunk(b"PLTE", &[0; 9]), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 3), data(b"tRNS"), data(b"PLTE"), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 3), data(b"PLTE"), data(b"tRNS"), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 6), chunk(b"tRNS", &[0; 6]), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 0), pixel(), chunk(b"tRNS", &[0; 2]), end()]));
    malformed(&png(&[header(1, 1, 8, 0), pixel(), data(b"tEXt"), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 0), data(b"HTML"), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 0), data(b"<b> "), pixel(), end()]));
    malformed(&png(&[header(1, 1, 8, 0), chunk(b"IDAT", b"PK\x03\x04"), end()]));
}

#[test]
fn a_png_with_an_odd_header_or_checksum_is_refused() {
    for (depth, colour) in [(0, 0), (3, 0), (4, 2), (16, 3), (2, 4), (8, 1), (8, 5), (8, 7)] {
        malformed(&png(&[header(1, 1, depth, colour), pixel(), end()]));
    }
    malformed(&png(&[chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 2]), pixel(), end()]));
    malformed(&png(&[chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0]), pixel(), end()]));
    let mut file = grey();
    file[30] ^= 1;
    malformed(&file);
}

#[test]
fn a_jpeg_that_browsers_do_not_draw_is_refused() {
    for marker in [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xdc, 0xde, 0xdf, 0x01] {
        malformed(&jpeg(&[tables(), frame(marker, 3, 2), scan()]));
    }
    malformed(&jpeg(&[]));
    malformed(&jpeg(&[tables(), frame(0xc0, 3, 2)]));
    malformed(&jpeg(&[tables(), scan(), frame(0xc0, 3, 2)]));
    malformed(&jpeg(&[tables(), frame(0xc0, 3, 2), frame(0xc0, 3, 2), scan()]));
    malformed(&jpeg(&[frame(0xc0, 3, 2), segment(0xda, &[1, 9, 0, 0, 63, 0])]));
    malformed(&jpeg(&[frame(0xc0, 3, 2), segment(0xda, &[2, 1, 0, 0, 63, 0]), scan()]));
    malformed(&jpeg(&[segment(0xc0, &[12, 0, 2, 0, 3, 1, 1, 0x11, 0]), scan()]));
    malformed(&jpeg(&[segment(0xc0, &[8, 0, 2, 0, 3, 2, 1, 0x11, 0, 2, 0x11, 0]), scan()]));
    malformed(&jpeg(&[segment(0xc0, &[8, 0, 2, 0, 3, 1, 1, 0x01, 0]), scan()]));
    malformed(&jpeg(&[segment(0xdb, &[0x20; 65]), frame(0xc0, 3, 2), scan()]));
    malformed(&jpeg(&[segment(0xdb, &[0; 64]), frame(0xc0, 3, 2), scan()]));
    malformed(&jpeg(&[segment(0xc4, &[0xff; 400]), frame(0xc0, 3, 2), scan()]));
    malformed(&jpeg(&[vec![0xff, 0xdb, 0, 1], frame(0xc0, 3, 2), scan()]));
    malformed(&jpeg(&[b"<html>".to_vec()]));
    malformed(&jpeg(&[frame(0xc0, 3, 2), scan().repeat(65)]));
    assert!(Image::parse(&jpeg(&[frame(0xc0, 3, 2), scan().repeat(64)])).is_ok());
}

/// A sound file with a few bytes changed.
fn nearly() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>());
    (prop::sample::select(vec![grey(), photo()]), prop::collection::vec(change, 0..4)).prop_map(
        |(mut file, changes)| {
            for (index, byte) in changes {
                *index.get_mut(&mut file) = byte;
            }
            file
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_rebuilt_is_no_longer_and_reads_as_itself(file in nearly()) {
        if let Ok(image) = Image::parse(&file) {
            prop_assert!(image.bytes.len() <= file.len());
            prop_assert_eq!(Image::parse(&image.bytes), Ok(image));
        }
    }

    #[test]
    fn any_bytes_behind_a_signature_get_an_answer(tail in prop::collection::vec(any::<u8>(), 0..300), png in any::<bool>()) {
        let signature: &[u8] = if png { b"\x89PNG\r\n\x1a\n" } else { b"\xff\xd8\xff" };
        let _ = Image::parse(&[signature, &tail].concat());
    }
}
