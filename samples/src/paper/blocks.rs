//! The blocks papers are built of: headings, labelled values, running text, tables.
//!
//! Each block looks different in each layout: 0 boxed, 1 letterhead with rules, 2 a form of cells.

use std::fmt::Write as _;

use crate::chance::Draw;
use crate::paper::sheet::{Anchor, Field, GREY, INK, Note, Sheet, Type};

/// Where a heading's issuer, title and two numbers go.
pub(crate) struct Heading<'a> {
    pub(crate) issuer: &'a [String],
    pub(crate) title: &'a str,
    /// Number and date of the letter, beside a letterhead; drawn as fields by other layouts.
    pub(crate) refs: Vec<Field>,
}

const LOGO_COLOURS: [&str; 5] = ["#1d4e89", "#8a1c2b", "#2f6b3c", "#333333", "#5b3a86"];

impl Sheet<'_> {
    /// Moves down by `lines` lines of running text.
    pub(crate) fn down(&mut self, lines: f32) {
        self.y += lines * self.size * self.leading;
    }

    /// A simple emblem of `r` points around a centre.
    fn logo(&mut self, cx: f32, cy: f32, r: f32) {
        let colour = *self.rng.pick(&LOGO_COLOURS);
        let inner = r * 0.55;
        let shape = match self.rng.whole(0, 2) {
            0 => format!(
                r#"<path d="M{cx} {}L{} {cy}L{cx} {}L{} {cy}Z" fill="{colour}"/>"#,
                cy - inner,
                cx + inner,
                cy + inner,
                cx - inner
            ),
            1 => format!(
                r#"<path d="M{0} {cy}H{1}M{cx} {2}V{3}" stroke="{colour}" stroke-width="{4}"/>"#,
                cx - inner,
                cx + inner,
                cy - inner,
                cy + inner,
                r * 0.3
            ),
            _ => format!(
                r#"<path d="M{} {}Q{cx} {} {} {}Q{cx} {} {} {}" fill="{colour}"/>"#,
                cx - inner,
                cy,
                cy - r,
                cx + inner,
                cy,
                cy + inner,
                cx - inner,
                cy
            ),
        };
        let _ = write!(
            self.svg,
            r#"<circle cx="{cx}" cy="{cy}" r="{r}" fill="none" stroke="{colour}" stroke-width="{}"/>{shape}"#,
            r * 0.12
        );
    }

    /// The head of the paper.
    pub(crate) fn heading(&mut self, heading: Heading<'_>) {
        match self.variant {
            1 => self.letterhead(&heading),
            2 => self.banner(&heading),
            _ => self.boxed_head(&heading),
        }
        self.down(1.0);
        if self.variant != 1 && !heading.refs.is_empty() {
            self.fields(heading.refs);
        }
    }

    fn centred(&mut self, style: Type, text: &str) {
        self.line();
        self.y += style.size * 1.5;
        let (x, room) = (self.width / 2.0, self.measure() * 0.9);
        self.text(x, self.y, Anchor::Middle, style, room, text, Note::Plain);
    }

    fn boxed_head(&mut self, heading: &Heading<'_>) {
        let top = self.y;
        for line in heading.issuer {
            self.centred(self.plain(), line);
        }
        let title = Type { size: self.size * 1.35, ..self.bold() };
        self.centred(title, heading.title);
        self.y += self.size * 0.9;
        let (x, w) = (self.margin, self.measure());
        let _ = write!(
            self.svg,
            r#"<rect x="{x:.2}" y="{top:.2}" width="{w:.2}" height="{:.2}" rx="6" stroke="{INK}" fill="none"/>"#,
            self.y - top
        );
    }

    fn letterhead(&mut self, heading: &Heading<'_>) {
        let right = self.right();
        let r = 19.0;
        let top = self.y;
        self.logo(right - r, top + r, r);
        let room = self.measure() * 0.52;
        for (at, line) in heading.issuer.iter().enumerate() {
            self.line();
            let style = Type { bold: at == 0, size: self.size * if at == 0 { 1.1 } else { 0.95 }, ..self.plain() };
            let y = top + self.size * 1.1 + at as f32 * self.size * 1.7;
            self.text(right - 2.0 * r - 10.0, y, Anchor::Right, style, room - 2.0 * r, line, Note::Plain);
        }
        for (at, field) in heading.refs.iter().enumerate() {
            let y = top + self.size * 1.1 + at as f32 * self.size * 1.7;
            self.line();
            let x = self.margin + self.measure() * 0.34;
            self.pair(x, y, self.measure() * 0.34, field);
        }
        let rows = heading.issuer.len().max(heading.refs.len()) as f32;
        self.y = top + (rows * self.size * 1.7 + self.size * 0.6).max(2.0 * r + 6.0);
        self.rule((self.margin, self.y), (right, self.y), 1.4, INK);
        self.rule((self.margin, self.y + 2.5), (right, self.y + 2.5), 0.5, INK);
        self.y += self.size * 0.7;
        let title = Type { size: self.size * 1.3, ..self.bold() };
        self.centred(title, heading.title);
    }

    fn banner(&mut self, heading: &Heading<'_>) {
        let r = 16.0;
        let top = self.y;
        self.logo(self.margin + r, top + r + 2.0, r);
        for line in heading.issuer {
            self.centred(Type { bold: true, ..self.plain() }, line);
        }
        self.y = self.y.max(top + 2.0 * r) + self.size * 0.6;
        let band = self.size * 2.2;
        let (x, y, w) = (self.margin, self.y, self.measure());
        self.frame(x, y, w, band, 0.8, INK, "#dcdcdc");
        let title = Type { size: self.size * 1.25, ..self.bold() };
        self.line();
        self.text(self.width / 2.0, y + band * 0.68, Anchor::Middle, title, w * 0.9, heading.title, Note::Plain);
        self.y += band;
    }

    /// `label: value` ending at the right edge `x`, within `room`.
    pub(crate) fn pair(&mut self, x: f32, y: f32, room: f32, field: &Field) {
        let label = format!("{}:", field.label);
        let style = Type { bold: self.bold_labels, ..self.plain() };
        let width = self.text(x, y, Anchor::Right, style, room * 0.6, &label, Note::Plain);
        let gap = self.size * 0.4;
        self.text(
            x - width - gap,
            y,
            Anchor::Right,
            self.plain(),
            room - width - gap,
            &field.value,
            field.note.clone(),
        );
    }

    /// Labelled values, in the manner of the layout.
    pub(crate) fn fields(&mut self, fields: Vec<Field>) {
        match self.variant {
            1 => self.dotted_fields(&fields),
            2 => self.cell_fields(fields),
            _ => self.column_fields(&fields),
        }
    }

    fn column_fields(&mut self, fields: &[Field]) {
        let half = self.measure() / 2.0;
        for row in fields.chunks(2) {
            self.down(1.0);
            self.line();
            for (at, field) in row.iter().enumerate() {
                let x = self.right() - at as f32 * half;
                self.pair(x, self.y, half - self.size, field);
            }
            let y = self.y + self.size * self.leading * 0.3;
            self.rule((self.margin, y), (self.right(), y), 0.3, "#9a9a9a");
        }
        self.down(0.4);
    }

    fn dotted_fields(&mut self, fields: &[Field]) {
        // Long values take a line of their own; short ones share it three by three.
        let mut row: Vec<&Field> = Vec::new();
        let mut rows = Vec::new();
        let mut used = 0;
        for field in fields {
            let cost = if field.label.chars().count() + field.value.chars().count() > 26 { 2 } else { 1 };
            if used + cost > 3 {
                rows.push(std::mem::take(&mut row));
                used = 0;
            }
            used += cost;
            row.push(field);
        }
        rows.push(row);
        for row in rows {
            self.down(1.05);
            self.line();
            let cell = self.measure() / row.len().max(1) as f32;
            for (at, field) in row.iter().enumerate() {
                let x = self.right() - at as f32 * cell;
                self.pair(x, self.y, cell - self.size, field);
                let y = self.y + self.size * 0.42;
                let _ = write!(
                    self.svg,
                    r##"<path d="M{:.2} {y:.2}H{:.2}" stroke="#777" stroke-width="0.6" stroke-dasharray="0.8 2.2"/>"##,
                    x - cell + self.size,
                    x
                );
            }
        }
        self.down(0.5);
    }

    fn cell_fields(&mut self, mut fields: Vec<Field>) {
        fields.reverse();
        let columns = if self.measure() > 420.0 { 3 } else { 2 };
        let cell = self.measure() / columns as f32;
        let tall = self.size * 2.9;
        self.y += self.size * 0.9;
        for row in fields.chunks(columns) {
            self.line();
            for (at, field) in row.iter().enumerate() {
                let right = self.right() - at as f32 * cell;
                let top = self.y;
                self.frame(right - cell, top, cell, tall, 0.6, INK, "none");
                let label = Type { size: self.size * 0.75, colour: GREY, ..self.plain() };
                let pad = self.size * 0.45;
                self.text(
                    right - pad,
                    top + self.size * 1.0,
                    Anchor::Right,
                    label,
                    cell - 2.0 * pad,
                    field.label,
                    Note::Plain,
                );
                let value = Type { bold: self.bold_labels, ..self.plain() };
                self.text(
                    right - pad,
                    top + self.size * 2.35,
                    Anchor::Right,
                    value,
                    cell - 2.0 * pad,
                    &field.value,
                    field.note.clone(),
                );
            }
            self.y += tall;
        }
        self.y += self.size * 0.4;
    }

    /// A bold heading within the page.
    pub(crate) fn section(&mut self, title: &str) {
        self.down(1.3);
        self.line();
        let (x, y, room) = (self.right(), self.y, self.measure());
        self.text(x, y, Anchor::Right, self.bold(), room, title, Note::Plain);
        if self.variant == 0 {
            let y = y + self.size * 0.5;
            self.rule((self.margin, y), (x, y), 0.8, INK);
        }
        self.down(0.2);
    }

    /// Running text, broken into lines.
    pub(crate) fn paragraph(&mut self, text: &str) {
        let style = self.plain();
        let room = self.measure();
        let space = self.width_of(style, "ه ه") - 2.0 * self.width_of(style, "ه");
        let mut line = String::new();
        let mut used = 0.0;
        for word in text.split(' ') {
            let width = self.width_of(style, word);
            if used + space + width > room && !line.is_empty() {
                self.set_line(&line);
                line.clear();
                used = 0.0;
            }
            if !line.is_empty() {
                line.push(' ');
                used += space;
            }
            line.push_str(word);
            used += width;
        }
        self.set_line(&line);
    }

    fn set_line(&mut self, line: &str) {
        self.down(1.0);
        self.line();
        let (x, y, room) = (self.right(), self.y, self.measure());
        self.text(x, y, Anchor::Right, self.plain(), room, line, Note::Plain);
    }

    /// A table. `columns` are title and share of the width, right to left; cells are fields without labels.
    pub(crate) fn table(&mut self, columns: &[(&str, f32)], rows: &[Vec<Field>]) {
        let tall = self.size * self.leading.max(1.7);
        let (head, grid, zebra) = match self.variant {
            1 => ("none", false, false),
            2 => ("#c9c9c9", true, true),
            _ => ("#e9ecf6", true, false),
        };
        self.down(0.5);
        let (left, w, top) = (self.margin, self.measure(), self.y);
        self.frame(left, top, w, tall, if grid { 0.7 } else { 0.0 }, INK, head);
        let mut at = 0.0;
        self.line();
        let mut edges = Vec::new();
        for (title, share) in columns {
            let (cell_right, cell) = (self.right() - at * w, share * w);
            self.text(
                cell_right - cell / 2.0,
                top + tall * 0.68,
                Anchor::Middle,
                self.bold(),
                cell * 0.92,
                title,
                Note::Plain,
            );
            at += share;
            edges.push(self.right() - at * w);
        }
        for (number, row) in rows.iter().enumerate() {
            let y = top + tall * (number + 1) as f32;
            if zebra && number % 2 == 1 {
                self.frame(left, y, w, tall, 0.0, "none", "#efefef");
            }
            self.line();
            let mut at = 0.0;
            for (field, (_, share)) in row.iter().zip(columns) {
                let (cell_right, cell) = (self.right() - at * w, share * w);
                let wide = *share > 0.3;
                let (x, anchor) = if wide {
                    (cell_right - self.size * 0.5, Anchor::Right)
                } else {
                    (cell_right - cell / 2.0, Anchor::Middle)
                };
                self.text(x, y + tall * 0.68, anchor, self.plain(), cell * 0.92, &field.value, field.note.clone());
                at += share;
            }
            self.rule((left, y), (left + w, y), if grid { 0.5 } else { 0.35 }, INK);
        }
        let bottom = top + tall * (rows.len() + 1) as f32;
        self.rule((left, bottom), (left + w, bottom), if grid { 0.7 } else { 1.2 }, INK);
        if grid {
            for x in std::iter::once(self.right()).chain(edges) {
                self.rule((x, top), (x, bottom), 0.5, INK);
            }
        } else {
            self.rule((left, top), (left + w, top), 1.2, INK);
        }
        self.y = bottom;
        self.down(0.3);
    }
}
