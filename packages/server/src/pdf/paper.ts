/**
 * A document on A4 that a screen reader reads as well as an eye (PDF/UA): its language, its title, and what each part is.
 * It flows: what does not fit goes on on the next page, and nothing is cut off.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, type Font } from 'fontkit';
import PDFDocument from 'pdfkit';
import { drawable, MISSING, oneLine } from './drawable.ts';

/** In sRGB hexadecimal notation. */
export interface PaperColours {
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly raised: string;
  readonly accent: string;
  /** Of bars beside the one that is spoken of. */
  readonly bar: string;
}

export interface PaperOptions {
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  /** Who issues it; at the head of the first page. */
  readonly author: string;
  /** Epoch milliseconds. */
  readonly madeAt: number;
  readonly colours: PaperColours;
  /** At the foot of each page. */
  readonly foot: string;
  readonly pageOf: (page: number, pages: number) => string;
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly about: string;
}

export interface Column {
  readonly label: string;
  /** In points; one column without takes what is left. */
  readonly width?: number;
  /** Figures stand under each other. */
  readonly isFigure?: boolean;
}

export interface Cell {
  readonly text: string;
  /** Smaller, below it. */
  readonly details?: readonly string[];
  /** Drawn beside the text, as parts of the column's width; said by the text of others. */
  readonly bar?: { readonly share: number; readonly outline?: number; readonly isSelected?: boolean };
}

export interface Row {
  /** One for each column; the first names the row. */
  readonly cells: readonly (string | Cell)[];
  readonly isStrong?: boolean;
}

/** Texts under each other, under a heading of their own. */
export interface Block {
  readonly heading?: string;
  readonly lines: readonly BlockLine[];
}

export interface BlockLine {
  readonly text: string;
  /** Small, above it. */
  readonly label?: string;
  readonly isStrong?: boolean;
  readonly isSmall?: boolean;
  /** What follows is about something else. */
  readonly endsGroup?: boolean;
}

/** In points; type sizes on a scale of 1.2, distances on a grid of 4. */
const SIDE = 64;
const TOP = 60;
const BOTTOM = 64;
const STRIP = 8;
const SIZES = { small: 9, text: 11, lead: 13.2, h2: 13.2, name: 15.8, h1: 26, figure: 31 } as const;
const LINE_GAP = 1.5;
/** About 70 letters: longer lines are hard to follow. */
const COLUMN = 408;
const LABELS = 148;
/** Above and below what stands in a row of a table. */
const ROW = 4;
const LONGEST_FOOT = 200;
/** Between the columns of a table, and between two blocks. */
const GAP = 12;
const BAR = 7;

/** Taken apart once: documents that do it each for themselves take half as long again. */
const FONTS = {
  regular: readFont('400Regular/SourceSans3_400Regular.ttf'),
  bold: readFont('600SemiBold/SourceSans3_600SemiBold.ttf'),
};

interface Style {
  readonly size: number;
  readonly font?: keyof typeof FONTS;
  readonly colour?: string;
}

interface Box {
  readonly x?: number;
  readonly width?: number;
  /** Of the text, where it may not be that of the document. */
  readonly language?: string | undefined;
  readonly align?: 'left' | 'right';
  /** Of a head: whether it names a column or a row. */
  readonly scope?: 'Column' | 'Row';
}

export class Paper {
  readonly #doc: Document;
  readonly #root: PDFKit.PDFStructureElement;
  readonly #colours: PaperColours;
  readonly #options: PaperOptions;
  readonly #chunks: Buffer[] = [];
  readonly #drawn = new Map<string, string>();
  #isMissing = false;

  constructor(options: PaperOptions) {
    const { title, language, author, madeAt, colours } = options;
    this.#options = options;
    this.#colours = colours;
    const margins = { top: TOP, bottom: BOTTOM, left: SIDE, right: SIDE };
    // Its types do not know of PDF/UA, which it writes.
    const universal: object = { subset: 'PDF/UA' };
    this.#doc = new Document({ size: 'A4', margins, pdfVersion: '1.7', ...universal, tagged: true, displayTitle: true, lang: language, bufferPages: true, autoFirstPage: false });
    for (const [name, font] of Object.entries(FONTS)) this.#doc.registerFont(name, sourceOf(font));
    this.#doc.font('regular');
    this.#doc.info = { Title: oneLine(this.#drawable(title)), Author: oneLine(this.#drawable(author)), Creator: 'OYA Elements', Producer: 'OYA Elements', CreationDate: new Date(madeAt) };
    this.#doc.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#doc.addPage();
    this.#root = this.#doc.struct('Document');
    this.#doc.addStructure(this.#root);
    this.#head(author);
  }

  /** Whether something could not be drawn, and `MISSING` stands for it. */
  get isMissing(): boolean {
    return this.#isMissing;
  }

  /** @param options.room in points: what follows that is not torn from it */
  heading(level: 1 | 2, text: string, { language, room = 0 }: { language?: string; room?: number } = {}): void {
    this.#doc.y += level === 1 ? 4 : 16;
    // A heading stays with the first lines of what it is about.
    this.#keepTogether(Math.max(80, room));
    this.#text(`H${level}`, text, { size: level === 1 ? SIZES.h1 : SIZES.h2, font: 'bold' }, { width: COLUMN, language });
    this.#doc.y += level === 1 ? 8 : 6;
  }

  /** What kind of document it is, above its first heading. */
  overline(text: string): void {
    this.#text('P', text, { size: SIZES.text, font: 'bold', colour: this.#colours.accent });
  }

  paragraph(text: string, { kind = 'text', language }: { kind?: 'lead' | 'text' | 'small'; language?: string } = {}): void {
    this.#text('P', text, { size: SIZES[kind], ...(kind === 'small' && { colour: this.#colours.inkSoft }) }, { width: kind === 'small' ? this.#width : COLUMN, language });
    this.#doc.y += { lead: 12, text: 8, small: 4 }[kind];
  }

  /** Words of somebody, as they stood: set off by a bar. */
  quote(text: string, language?: string): void {
    const [padX, padY, bar] = [16, 12, 3];
    const width = COLUMN - 2 * padX;
    const height = this.#heightOf(text, { size: SIZES.text }, width) + 2 * padY;
    this.#keepTogether(height);
    const { x, y } = { x: SIDE, y: this.#doc.y };
    // What is longer than a page goes on without.
    if (y + height <= this.#end) {
      this.#decorate(() => {
        this.#doc.rect(x, y, COLUMN, height).fill(this.#colours.raised);
        this.#doc.rect(x, y, bar, height).fill(this.#colours.accent);
      });
    }
    this.#doc.y += padY;
    this.#text('BlockQuote', text, { size: SIZES.text }, { x: x + padX, width, language });
    this.#doc.y += padY + 8;
  }

  /** A table of two columns without a head: what, and how it stands. */
  facts(facts: readonly { readonly label: string; readonly value: string }[]): void {
    const table = this.#branch(this.#root, 'Table');
    for (const { label, value } of facts) {
      const width = this.#width - LABELS;
      const height = Math.max(this.#heightOf(label, { size: SIZES.text }, LABELS - 12), this.#heightOf(value, { size: SIZES.text, font: 'bold' }, width)) + 2 * ROW;
      this.#keepTogether(height);
      const top = this.#doc.y;
      this.#decorate(() => this.#rule(top));
      const row = this.#branch(table, 'TR');
      this.#doc.y = top + ROW;
      this.#text('TH', label, { size: SIZES.text, colour: this.#colours.inkSoft }, { width: LABELS - 12 }, row);
      const labelEnd = this.#doc.y;
      this.#doc.y = top + ROW;
      const page = this.#doc.page;
      this.#text('TD', value, { size: SIZES.text, font: 'bold' }, { x: SIDE + LABELS, width }, row);
      this.#doc.y = (page === this.#doc.page ? Math.max(this.#doc.y, labelEnd) : this.#doc.y) + ROW;
    }
    this.#decorate(() => this.#rule(this.#doc.y));
    this.#doc.y += 4;
  }

  /** The one thing that whoever reads no further should know: an amount, and what there is to do. */
  highlight({ label, figure, texts }: { readonly label: string; readonly figure: string; readonly texts: readonly string[] }): void {
    const [padX, padY, bar] = [20, 16, 4];
    const left = (this.#width - 2 * padX) / 2 - GAP;
    const right = this.#width - 2 * padX - left - 2 * GAP;
    const heights = [this.#heightOf(label, { size: SIZES.text }, left) + this.#heightOf(figure, { size: SIZES.figure, font: 'bold' }, left), texts.reduce((height, text) => height + this.#heightOf(text, { size: SIZES.text }, right) + 4, 0)];
    const height = Math.max(...heights) + 2 * padY;
    this.#keepTogether(height);
    const { y } = this.#doc;
    this.#decorate(() => {
      this.#doc.rect(SIDE, y, this.#width, height).fill(this.#colours.raised);
      this.#doc.rect(SIDE, y, bar, height).fill(this.#colours.accent);
    });
    this.#doc.y = y + padY;
    this.#text('P', label, { size: SIZES.text, colour: this.#colours.inkSoft }, { x: SIDE + padX, width: left });
    this.#text('P', figure, { size: SIZES.figure, font: 'bold', colour: this.#colours.accent }, { x: SIDE + padX, width: left });
    this.#doc.y = y + padY + 2;
    for (const text of texts) {
      this.#text('P', text, { size: SIZES.text }, { x: SIDE + padX + left + 2 * GAP, width: right });
      this.#doc.y += 4;
    }
    this.#doc.y = y + height + 8;
  }

  /** Two blocks beside each other; the left one is read first. */
  sideBySide(left: Block, right: Block): void {
    const width = (this.#width - 2 * GAP) / 2;
    this.#keepTogether(Math.max(this.#heightOfBlock(left, width), this.#heightOfBlock(right, width)));
    const { y } = this.#doc;
    this.#block(left, SIDE, width);
    const end = this.#doc.y;
    this.#doc.y = y;
    this.#block(right, SIDE + width + 2 * GAP, width);
    this.#doc.y = Math.max(end, this.#doc.y) + 16;
  }

  /** A table with a head, which stands again where another page begins. */
  table(columns: readonly Column[], rows: readonly Row[]): void {
    const places = this.#placesOf(columns);
    const table = this.#branch(this.#root, 'Table');
    const headHeight = this.#heightOfHead(columns, places);
    const [first] = rows;
    this.#keepTogether(headHeight + (first ? this.#heightOfRow(first, places) : 0));
    const head = (cell: (label: string, box: Box) => void) => {
      const top = this.#doc.y;
      for (const [at, { label }] of columns.entries()) {
        this.#doc.y = top + ROW;
        cell(label, places[at] ?? {});
      }
      this.#doc.y = top + headHeight;
    };
    const style: Style = { size: SIZES.small, colour: this.#colours.inkSoft };
    const headRow = this.#branch(table, 'TR');
    head((label, box) => this.#text('TH', label, style, { ...box, scope: 'Column' }, headRow));
    for (const row of rows) {
      const { page } = this.#doc;
      this.#keepTogether(this.#heightOfRow(row, places));
      if (page !== this.#doc.page) {
        const { y } = this.#doc;
        this.#decorate(() => head((label, box) => this.#draw(label, style, box)));
        this.#doc.y = y + headHeight;
      }
      this.#row(row, places, table);
    }
    this.#decorate(() => this.#rule(this.#doc.y));
    this.#doc.y += 12;
  }

  /** How much room a table takes, in points. */
  heightOfTable(columns: readonly Column[], rows: readonly Row[]): number {
    const places = this.#placesOf(columns);
    return rows.reduce((height, row) => height + this.#heightOfRow(row, places), this.#heightOfHead(columns, places));
  }

  /** A picture of amounts beside each other, said by its words; what is `null` leaves a gap. Below it, its first and last label. */
  bars(values: readonly (number | null)[], { says, most, first, last }: { readonly says: string; readonly most: string; readonly first: string; readonly last: string }): void {
    const height = 120;
    const line = this.#heightOf(most, { size: SIZES.small }, this.#width) + 2;
    this.#keepTogether(height + 2 * line + 12);
    const top = this.#doc.y + line;
    const greatest = Math.max(1, ...values.map((value) => value ?? 0));
    const step = this.#width / Math.max(1, values.length);
    const gap = step > 4 ? 1.5 : step > 1.5 ? 0.4 : 0;
    const figure = this.#doc.struct('Figure', { alt: this.#drawable(says) }, () => {
      this.#style({ size: SIZES.small, colour: this.#colours.inkSoft });
      this.#doc.text(this.#drawable(most), SIDE, top - line, { lineBreak: false });
      this.#doc.moveTo(SIDE, top).lineTo(SIDE + this.#width, top).lineWidth(0.5).stroke(this.#colours.line);
      for (const [at, value] of values.entries()) {
        if (value === null || value <= 0) continue;
        const bar = (value / greatest) * height;
        this.#doc.rect(SIDE + at * step, top + height - bar, step - gap, bar).fill(this.#colours.bar);
      }
      this.#doc.moveTo(SIDE, top + height).lineTo(SIDE + this.#width, top + height).lineWidth(0.75).stroke(this.#colours.inkSoft);
      this.#style({ size: SIZES.small, colour: this.#colours.inkSoft });
      this.#doc.text(this.#drawable(first), SIDE, top + height + 4, { lineBreak: false });
      const end = this.#drawable(last);
      this.#doc.text(end, SIDE + this.#width - this.#doc.widthOfString(end), top + height + 4, { lineBreak: false });
    });
    this.#root.add(figure);
    this.#doc.x = SIDE;
    this.#doc.y = top + height + line + 12;
  }

  /** A photo on a page of its own, under its heading. @param jpeg upright, as big as it may be */
  photo(heading: string, jpeg: Buffer, says: string): void {
    this.#doc.addPage();
    this.heading(2, heading);
    const top = this.#doc.y;
    this.#root.add(
      this.#doc.struct('Figure', { alt: this.#drawable(says) }, () => {
        this.#doc.image(jpeg, SIDE, top, { fit: [this.#width, this.#end - top] });
      }),
    );
    // Whatever follows begins on another page.
    this.#doc.y = this.#end;
  }

  /** What happened, one after the other, along a line. */
  steps(steps: readonly { readonly title: string; readonly text: string }[]): void {
    const list = this.#branch(this.#root, 'L');
    const [indent, dot] = [20, 3.5];
    const width = COLUMN - indent;
    for (const [index, { title, text }] of steps.entries()) {
      const height = this.#heightOf(title, { size: SIZES.text, font: 'bold' }, width) + this.#heightOf(text, { size: SIZES.text }, width) + 10;
      this.#keepTogether(height);
      const { page, y } = this.#doc;
      const item = this.#branch(this.#branch(list, 'LI'), 'LBody');
      this.#text('P', title, { size: SIZES.text, font: 'bold' }, { x: SIDE + indent, width }, item);
      this.#text('P', text, { size: SIZES.text, colour: this.#colours.inkSoft }, { x: SIDE + indent, width }, item);
      this.#doc.y += 10;
      if (page !== this.#doc.page) continue;
      const [x, middle, last] = [SIDE + dot, y + 7, index === steps.length - 1];
      this.#decorate(() => {
        if (!last && this.#doc.y + 24 <= this.#end) this.#doc.moveTo(x, middle + dot + 2).lineTo(x, this.#doc.y + 7 - dot - 2).lineWidth(1).stroke(this.#colours.line);
        this.#doc.circle(x, middle, dot);
        if (last) this.#doc.fill(this.#colours.accent);
        else this.#doc.lineWidth(1.5).stroke(this.#colours.accent);
      });
    }
  }

  attach({ name, mediaType, bytes, about }: Attachment): void {
    const madeAt = new Date(this.#options.madeAt);
    const options = { name, type: mediaType, description: about, creationDate: madeAt, modifiedDate: madeAt, relationship: 'Source' };
    this.#doc.file(bytes, options);
  }

  async end(): Promise<Buffer> {
    this.#root.end();
    const { start, count } = this.#doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.#doc.switchToPage(page);
      this.#foot(page + 1, count);
    }
    const ended = new Promise<void>((resolve, reject) => this.#doc.on('end', resolve).on('error', reject));
    this.#doc.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  #placesOf(columns: readonly Column[]): Required<Pick<Box, 'x' | 'width' | 'align'>>[] {
    const rest = this.#width - GAP * (columns.length - 1) - columns.reduce((taken, { width = 0 }) => taken + width, 0);
    let x = SIDE;
    return columns.map(({ width = rest, isFigure }) => {
      const place = { x, width, align: isFigure ? 'right' : 'left' } as const;
      x += width + GAP;
      return place;
    });
  }

  #heightOfHead(columns: readonly Column[], places: readonly { readonly width: number }[]): number {
    return Math.max(...columns.map(({ label }, at) => this.#heightOf(label, { size: SIZES.small }, places[at]?.width ?? 0))) + 2 * ROW;
  }

  #heightOfRow({ cells, isStrong }: Row, places: readonly { readonly width: number }[]): number {
    const heights = cells.map((cell, at) => {
      const { text, details = [] } = typeof cell === 'string' ? { text: cell } : cell;
      const width = places[at]?.width ?? 0;
      return this.#heightOf(text, { size: SIZES.text, font: isStrong ? 'bold' : 'regular' }, width) + details.reduce((height, detail) => height + this.#heightOf(detail, { size: SIZES.small }, width), 0);
    });
    return Math.max(...heights) + 2 * ROW;
  }

  #row({ cells, isStrong = false }: Row, places: readonly Required<Pick<Box, 'x' | 'width' | 'align'>>[], table: PDFKit.PDFStructureElement): void {
    const top = this.#doc.y;
    const height = this.#heightOfRow({ cells, isStrong }, places);
    this.#decorate(() => this.#rule(top));
    const row = this.#branch(table, 'TR');
    for (const [at, given] of cells.entries()) {
      const { text, details = [], bar }: Cell = typeof given === 'string' ? { text: given } : given;
      const place = places[at];
      if (!place) continue;
      this.#doc.y = top + ROW;
      const style: Style = { size: SIZES.text, font: isStrong ? 'bold' : 'regular' };
      const tag = at === 0 ? 'TH' : 'TD';
      if (details.length === 0) {
        this.#text(tag, text, style, { ...place, scope: 'Row' }, row);
      } else {
        const cell = this.#branch(row, tag, tag === 'TH' ? { scope: 'Row' } : {});
        this.#text('P', text, style, place, cell);
        for (const detail of details) this.#text('P', detail, { size: SIZES.small, colour: this.#colours.inkSoft }, place, cell);
      }
      if (bar) this.#decorate(() => this.#bar(bar, place, top + height / 2));
    }
    this.#doc.y = top + height;
  }

  #bar({ share, outline, isSelected }: NonNullable<Cell['bar']>, { x, width }: { readonly x: number; readonly width: number }, middle: number): void {
    const top = middle - BAR / 2;
    if (share > 0) this.#doc.rect(x, top, width * share, BAR).fill(isSelected ? this.#colours.accent : this.#colours.bar);
    if (outline !== undefined && outline > 0) this.#doc.rect(x, top - 1.5, width * outline, BAR + 3).lineWidth(0.75).stroke(this.#colours.inkSoft);
  }

  #block({ heading, lines }: Block, x: number, width: number): void {
    if (heading !== undefined) {
      this.#text('H2', heading, { size: SIZES.h2, font: 'bold' }, { x, width });
      this.#doc.y += 6;
    }
    for (const line of lines) {
      if (line.label !== undefined) this.#text('P', line.label, { size: SIZES.small, colour: this.#colours.inkSoft }, { x, width });
      this.#text('P', line.text, this.#styleOf(line), { x, width });
      this.#doc.y += spaceAfter(line);
    }
  }

  #styleOf({ isStrong, isSmall }: BlockLine): Style {
    return { size: isSmall ? SIZES.small : SIZES.text, font: isStrong ? 'bold' : 'regular', colour: isSmall ? this.#colours.inkSoft : this.#colours.ink };
  }

  #heightOfBlock({ heading, lines }: Block, width: number): number {
    const ofHeading = heading === undefined ? 0 : this.#heightOf(heading, { size: SIZES.h2, font: 'bold' }, width) + 6;
    return lines.reduce((height, line) => height + this.#heightOf(line.text, this.#styleOf(line), width) + (line.label === undefined ? 0 : this.#heightOf(line.label, { size: SIZES.small }, width)) + spaceAfter(line), ofHeading);
  }

  get #width(): number {
    return this.#doc.page.width - 2 * SIDE;
  }

  /** Where a page is full. */
  get #end(): number {
    return this.#doc.page.height - BOTTOM;
  }

  #head(author: string): void {
    this.#decorate(() => this.#doc.rect(0, 0, this.#doc.page.width, STRIP).fill(this.#colours.accent));
    this.#doc.y = 36;
    this.#text('P', author, { size: SIZES.name, font: 'bold' });
    this.#doc.y += 20;
  }

  /** Beside what is read: what it says is said elsewhere, too. */
  #foot(page: number, pages: number): void {
    const y = this.#doc.page.height - BOTTOM + 24;
    // Below the margin, a text would begin a page of its own.
    this.#doc.page.margins.bottom = 0;
    const size = SIZES.small;
    const count = this.#options.pageOf(page, pages);
    this.#style({ size, colour: this.#colours.inkSoft });
    const countWidth = this.#doc.widthOfString(count) + 1;
    this.#decorate(() => {
      this.#rule(y - 10);
      this.#style({ size, colour: this.#colours.inkSoft });
      this.#doc.text(oneLine(this.#drawable(this.#options.foot.slice(0, LONGEST_FOOT))), SIDE, y, { width: this.#width - countWidth - 24, height: size * 1.3, ellipsis: true });
      this.#doc.text(count, SIDE + this.#width - countWidth, y, { lineBreak: false });
    }, 'Pagination');
    this.#doc.page.margins.bottom = BOTTOM;
  }

  #rule(y: number): void {
    this.#doc.moveTo(SIDE, y).lineTo(SIDE + this.#width, y).lineWidth(0.75).stroke(this.#colours.line);
  }

  /** What only the eye meets. */
  #decorate(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    const { x, y } = this.#doc;
    this.#doc.markContent('Artifact', { type });
    draw();
    this.#doc.endMarkedContent();
    [this.#doc.x, this.#doc.y] = [x, y];
  }

  /** @param options its types do not know of `scope`, which it writes */
  #branch(parent: PDFKit.PDFStructureElement, tag: string, options: object = {}): PDFKit.PDFStructureElement {
    const branch = this.#doc.struct(tag, options);
    parent.add(branch);
    return branch;
  }

  #text(tag: string, text: string, style: Style, box: Box = {}, parent = this.#root): void {
    const { language, scope = 'Row' } = box;
    const shown = this.#shown(tag, text);
    const { y } = this.#doc;
    const draw = () => this.#draw(shown, style, { ...box, y });
    const options = { ...(language !== undefined && !this.#options.language.startsWith(language) && { lang: language }), ...(tag === 'TH' && { scope }) };
    parent.add(this.#doc.struct(tag, options, draw));
  }

  #draw(text: string, style: Style, { x = SIDE, width = this.#width, align = 'left', y = this.#doc.y }: Box & { readonly y?: number }): void {
    this.#style(style);
    this.#doc.text(text, x, y, { width, align, lineGap: LINE_GAP });
  }

  /** Only what is a text of its own has lines of its own. */
  #shown(tag: string, text: string): string {
    const shown = this.#drawable(text);
    return (tag === 'BlockQuote' ? shown : oneLine(shown)) || ' ';
  }

  #heightOf(text: string, style: Style, width: number): number {
    this.#style(style);
    return this.#doc.heightOfString(this.#drawable(text) || ' ', { width, lineGap: LINE_GAP });
  }

  #style({ size, font = 'regular', colour = this.#colours.ink }: Style): void {
    this.#doc.font(font).fontSize(size).fillColor(colour);
  }

  /** What fits on a page is not torn apart. */
  #keepTogether(height: number): void {
    if (this.#doc.y + height > this.#end && height <= this.#end - TOP) this.#doc.addPage();
    else if (this.#doc.y + 2 * SIZES.text > this.#end) this.#doc.addPage();
  }

  /** Both weights of the font draw the same letters. */
  #drawable(text: string): string {
    // What is measured before it is drawn is the same text two or three times.
    const known = this.#drawn.get(text);
    if (known !== undefined) return known;
    const drawn = drawable(text, (codePoint) => this.#doc.has(codePoint));
    if (drawn.includes(MISSING) && !text.includes(MISSING)) this.#isMissing = true;
    this.#drawn.set(text, drawn);
    return drawn;
  }
}

/** pdfkit, where it tells too little or writes what was not asked for. */
class Document extends PDFDocument {
  /** Whether the current font draws it. */
  has(codePoint: number): boolean {
    const { _font } = this as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } };
    return _font.font.hasGlyphForCodePoint(codePoint);
  }

  /** What is known of the document is written twice, and the second time as XML, which pdfkit does not escape. */
  override endMetadata(): void {
    const { info } = this;
    this.info = Object.fromEntries(Object.entries(info).map(([key, value]) => [key, typeof value === 'string' ? escaped(value) : value]));
    super.endMetadata();
    this.info = info;
  }
}

function spaceAfter({ label, isStrong, endsGroup }: BlockLine): number {
  if (endsGroup) return 8;
  return label !== undefined && !isStrong ? 2 : 0;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function readFont(file: string): Font {
  const font = create(readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${file}`))));
  if (!('layout' in font)) throw new Error(`${file} holds several fonts`);
  return font;
}

/** pdfkit takes a font that is taken apart already; its types know of bytes alone. */
function sourceOf(font: Font): Buffer {
  return font as unknown as Buffer;
}
