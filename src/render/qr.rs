//! The address of a page as a QR code (GB/T 18284-2000, ISO/IEC 18004), which leads from paper and from a wide screen to a phone.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::views::QrView;

/// Draws `address`; `None` for one that is too long for a code that phones read from paper.
///
/// Each row is a line of strokes, drawn from where the last one ended, which takes a third of the bytes of squares.
pub(super) fn draw(address: &str) -> Option<QrView> {
    const LONGEST: usize = 300;
    if address.len() > LONGEST {
        return None;
    }
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        let mut pen = None;
        for run in row.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let moved = match pen {
                    None => write!(path, "M{x} {y}h{}", run.len()),
                    Some(pen) => write!(path, "m{} 0h{}", x - pen, run.len()),
                };
                moved.expect("a string takes everything");
                pen = Some(x + run.len());
            }
            x += run.len();
        }
    }
    Some(QrView { size: width, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paints the strokes of a path onto a square of `size` modules, as a browser would.
    fn painted(view: &QrView) -> Vec<bool> {
        let mut dark = vec![false; view.size * view.size];
        let (mut x, mut y) = (0, 0);
        let spaced = view.path.replace('M', " M ").replace('m', " m ").replace('h', " h ");
        let mut words = spaced.split_ascii_whitespace();
        while let Some(command) = words.next() {
            let mut number = || words.next().unwrap().parse::<usize>().unwrap();
            match command {
                "M" => (x, y) = (number(), number()),
                "m" => (x, y) = (x + number(), y + number()),
                _ => {
                    for _ in 0..number() {
                        dark[y * view.size + x] = true;
                        x += 1;
                    }
                }
            }
        }
        dark
    }

    #[test]
    fn strokes_are_the_dark_modules() {
        for address in ["https://www.example.gov.cn/zg/n/index.html", "https://xn--fiqs8s.cn/a.html"] {
            let code = QrCode::with_error_correction_level(address, EcLevel::M).unwrap();
            let expected: Vec<bool> = code.to_colors().iter().map(|color| *color == Color::Dark).collect();
            assert_eq!(painted(&draw(address).unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn what_no_phone_reads_from_paper_is_not_drawn() {
        assert!(draw(&format!("https://www.example.gov.cn/{}", "a".repeat(300))).is_none());
    }
}
