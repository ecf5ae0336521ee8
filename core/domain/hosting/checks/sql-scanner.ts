/** What the text is read as: where MySQL and PostgreSQL end a quotation, a comment or a name differently, so do we. */
export type Dialect = "mysql" | "postgresql";

/** What is made of SQL text while it is read. All may be undefined where nobody asks. */
export type SqlListener = {
  /** A statement without comments, texts in it emptied unless they are one short word. One that is too long comes in pieces. */
  statement: (text: string, line: number) => void;
  /** A text in quotation marks that is short enough to be a password or its hash. @param statement how its statement begins */
  literal: (text: string, line: number, statement: string) => void;
  comment: (text: string, line: number) => void;
  /** A row of the data that follows COPY … FROM stdin. */
  row: (text: string, line: number, statement: string) => void;
  /**
   * A comment that one server runs and another skips ends within a text, a delimiter has a quotation mark, or rows may follow or not: what
   * follows cannot be told.
   */
  ambiguous: (line: number) => void;
};

/** A password or a hash is no longer. */
const longestLiteral = 128;
/** Of a statement so much is looked at in one piece; what is longer overlaps with its next piece. */
const longestPiece = 65_536;
const overlap = 256;
/** Bodies between dollar signs within one another. */
const mostBodies = 5;

type State = "code" | "quoted" | "line-comment" | "comment" | "delimiter" | "body" | "rows";

/**
 * Tells the statements, texts and comments of a dump apart, in pieces as they come. It knows no grammar. Bodies of functions are
 * read as statements, and so is what MySQL runs out of a comment.
 *
 * source: MySQL 8.4, 11.1.1 and 11.7; MariaDB, "Comment Syntax"; PostgreSQL 18, 4.1
 */
export class SqlScanner {
  readonly #dialect: Dialect;
  readonly #listener: SqlListener;
  readonly #bodies: number;
  #state: State = "code";
  #rest = "";
  #line: number;
  #statement = "";
  #beganAt = 1;
  #content = "";
  #contentAt = 1;
  #isCut = false;
  /** The mark that ends the present text or name; of a body, its tag. */
  #quote = "";
  #hasEscapes = false;
  #isRun = false;
  #commentsDeep = 0;
  #body: SqlScanner | undefined;
  #copying = "";

  constructor(dialect: Dialect, listener: SqlListener, line = 1, bodies = 0) {
    this.#dialect = dialect;
    this.#listener = listener;
    this.#line = line;
    this.#bodies = bodies;
  }

  push(text: string): void {
    this.#rest = this.#consume(this.#rest + text, false);
  }

  /** @returns whether the text ended between two statements */
  end(): boolean {
    this.#rest = this.#consume(this.#rest, true);
    const isBetween =
      ["code", "line-comment", "delimiter"].includes(this.#state) &&
      withoutClientLines(this.#statement + this.#rest) === "";
    if (this.#state === "line-comment") this.#listener.comment(this.#content, this.#contentAt);
    this.#flush();
    return isBetween;
  }

  #consume(text: string, isLast: boolean): string {
    let at = 0;
    while (at < text.length) {
      const before = this.#state;
      const done = this.#step(text, at, isLast);
      if (done === 0 && this.#state === before) break;
      for (let end = text.indexOf("\n", at); end >= 0 && end < at + done; end = text.indexOf("\n", end + 1))
        this.#line += 1;
      at += done;
    }
    return text.slice(at);
  }

  /** @returns how many characters from there on are done with; 0 in the same state: more are needed */
  #step(text: string, at: number, isLast: boolean): number {
    switch (this.#state) {
      case "code":
        return this.#code(text, at, isLast);
      case "quoted":
        return this.#quoted(text, at, isLast);
      case "line-comment":
        return this.#lineComment(text, at);
      case "comment":
        return this.#comment(text, at, isLast);
      case "delimiter":
        return this.#delimiter(text, at);
      case "body":
        return this.#inBody(text, at, isLast);
      case "rows":
        return this.#rows(text, at, isLast);
    }
  }

  #code(text: string, at: number, isLast: boolean): number {
    plain.lastIndex = at;
    const run = plain.exec(text)?.[0] ?? "";
    if (run !== "") return this.#add(run);
    // The longest mark of a beginning is that of a comment that MySQL runs, or the tag of a body.
    if (text.length - at < longestMark && !isLast) return 0;
    const ahead = text.slice(at, at + longestMark);
    const mark = ahead[0] ?? "";
    if (this.#isQuote(mark)) return this.#beginQuoted(mark);
    if (mark === ";") return this.#endStatement(text, at);
    if (mark === "$") return this.#beginBody(ahead);
    if (this.#isLineComment(ahead)) return this.#begin("line-comment", 1);
    if (ahead.startsWith("/*")) return this.#beginComment(ahead);
    if (ahead.startsWith("*/")) this.#isRun = false;
    return this.#add(ahead.startsWith("*/") ? "  " : mark);
  }

  #add(text: string, line = this.#line): number {
    if (this.#statement.trim() === "" && text.trim() !== "") {
      this.#statement = "";
      const before = text.slice(0, text.length - text.trimStart().length);
      this.#beganAt = line + before.split("\n").length - 1;
    }
    this.#statement += text;
    if (this.#statement.length > longestPiece) {
      this.#listener.statement(this.#statement.trim(), this.#beganAt);
      // How it begins says what it is.
      this.#statement = `${this.#statement.slice(0, overlap)} ${this.#statement.slice(-overlap)}`;
    }
    return text.length;
  }

  #flush(): void {
    const text = this.#statement.trim();
    this.#statement = "";
    if (text !== "") this.#listener.statement(text, this.#beganAt);
  }

  #endStatement(text: string, at: number): number {
    const statement = this.#statement.trim();
    const isDelimiter = this.#isInDelimiter();
    this.#flush();
    if (isDelimiter) return this.#begin("delimiter", 1);
    const sent = this.#dialect === "postgresql" ? withoutClientLines(statement) : "";
    if (!copiesRows.test(sent)) {
      if (mayCopyRows.test(sent)) this.#listener.ambiguous(this.#line);
      return 1;
    }
    this.#state = "rows";
    this.#copying = sent.slice(0, overlap);
    // The rows begin with the next line, and end before what is left of this one.
    const ending = /^[ \t\r]*\n/.exec(text.slice(at + 1, at + longestMark))?.[0];
    if (ending === undefined) this.#listener.ambiguous(this.#line);
    return 1 + (ending ?? "").length;
  }

  #begin(state: State, length: number): number {
    if (this.#isInDelimiter()) this.#listener.ambiguous(this.#line);
    this.#state = state;
    this.#content = "";
    this.#contentAt = this.#line;
    this.#isCut = false;
    return length;
  }

  #keep(text: string): void {
    if (this.#isCut) return;
    this.#content += text;
    this.#isCut = this.#content.length > overlap;
  }

  #isQuote(mark: string): boolean {
    return mark === "'" || mark === '"' || (mark === "`" && this.#dialect === "mysql");
  }

  #beginQuoted(mark: string): number {
    this.#quote = mark;
    const isText = mark === "'" || (mark === '"' && this.#dialect === "mysql");
    this.#hasEscapes = isText && (this.#dialect === "mysql" || /(?:^|[^\w$\x80-\xff])e$/i.test(this.#statement));
    return this.#begin("quoted", 1);
  }

  #quoted(text: string, at: number, isLast: boolean): number {
    for (let index = at; ; index += 1) {
      endOfRun.lastIndex = index;
      index = endOfRun.exec(text)?.index ?? text.length;
      const mark = text[index];
      if (mark === undefined) {
        this.#keep(text.slice(at));
        return text.length - at;
      }
      const after = text[index + 1];
      if (mark === "*" && this.#isRun && after === "/") this.#listener.ambiguous(this.#contentAt);
      const isEscape = mark === "\\" && this.#hasEscapes;
      const counts = isEscape || mark === this.#quote || (mark === "*" && this.#isRun);
      if (counts && after === undefined && !isLast) {
        this.#keep(text.slice(at, index));
        return index - at;
      }
      if (!isEscape && mark !== this.#quote) continue;
      this.#keep(text.slice(at, index));
      if (isEscape || after === this.#quote) {
        this.#keep(after ?? "");
        return index + 2 - at;
      }
      this.#endQuoted();
      return index + 1 - at;
    }
  }

  #endQuoted(): void {
    const isText = this.#quote === "'" || (this.#quote === '"' && this.#dialect === "mysql");
    this.#state = "code";
    if (!isText) return void this.#add(this.#content, this.#contentAt);
    const isWhole = !this.#isCut && this.#content.length <= longestLiteral;
    if (isWhole) this.#listener.literal(this.#content, this.#contentAt, this.#statement.slice(0, overlap));
    this.#add(/^\w{1,20}$/.test(this.#content) ? `'${this.#content}'` : "''", this.#contentAt);
  }

  /** MySQL asks for a space behind the two hyphens, since 5--3 is a difference. */
  #isLineComment(ahead: string): boolean {
    if (this.#dialect === "postgresql") return ahead.startsWith("--");
    return ahead.startsWith("#") || /^--(?:[\s\p{Cc}]|$)/u.test(ahead);
  }

  #lineComment(text: string, at: number): number {
    return this.#restOfLine(text, at, () => {
      if (this.#isRun && this.#content.includes("*/")) this.#listener.ambiguous(this.#line);
      this.#listener.comment(this.#content, this.#contentAt);
    });
  }

  /** MySQL's client takes the rest of such a line as it stands, and knows no quotation marks there. */
  #isInDelimiter(): boolean {
    return this.#dialect === "mysql" && /(?:^|\n)[ \t]*DELIMITER\b[^\n]*$/i.test(this.#statement);
  }

  #delimiter(text: string, at: number): number {
    return this.#restOfLine(text, at, () => {
      if (/['"`#]|--|\/\*/.test(this.#content)) this.#listener.ambiguous(this.#line);
    });
  }

  #restOfLine(text: string, at: number, onEnd: () => void): number {
    const endOfLine = this.#dialect === "postgresql" ? anyLineEnd : lineFeed;
    endOfLine.lastIndex = at;
    const end = endOfLine.exec(text)?.index ?? text.length;
    this.#keep(text.slice(at, end));
    if (end === text.length) return text.length - at;
    onEnd();
    this.#state = "code";
    return end - at;
  }

  #beginComment(ahead: string): number {
    const run = this.#dialect === "mysql" ? /^\/\*(M?)!(\d{0,6})/.exec(ahead) : null;
    if (run === null) {
      this.#commentsDeep = 1;
      return this.#begin("comment", 2);
    }
    this.#isRun = true;
    this.#add(" ");
    return run[0].length;
  }

  #comment(text: string, at: number, isLast: boolean): number {
    commentMark.lastIndex = at;
    const found = commentMark.exec(text);
    if (found === null) {
      const until = isLast ? text.length : text.length - 1;
      this.#keep(text.slice(at, until));
      return until - at;
    }
    this.#keep(text.slice(at, found.index));
    if (found[0] === "*/") this.#commentsDeep -= 1;
    else if (this.#dialect === "postgresql") this.#commentsDeep += 1;
    if (this.#commentsDeep === 0) {
      this.#listener.comment(this.#content, this.#contentAt);
      this.#state = "code";
      this.#add(" ");
    }
    return found.index + 2 - at;
  }

  #beginBody(ahead: string): number {
    const tag =
      this.#dialect === "postgresql" && !/[\w$\x80-\xff]$/.test(this.#statement)
        ? /^\$(?:[a-z_]\w*)?\$/i.exec(ahead)
        : null;
    if (tag === null) return this.#add("$");
    this.#quote = tag[0];
    const isRead = this.#bodies < mostBodies;
    this.#body = isRead ? new SqlScanner(this.#dialect, this.#listener, this.#line, this.#bodies + 1) : undefined;
    this.#add(" ");
    return this.#begin("body", tag[0].length);
  }

  #inBody(text: string, at: number, isLast: boolean): number {
    const end = text.indexOf(this.#quote, at);
    if (end < 0) {
      const until = isLast ? text.length : Math.max(at, text.length - this.#quote.length);
      this.#body?.push(text.slice(at, until));
      return until - at;
    }
    this.#body?.push(text.slice(at, end));
    this.#body?.end();
    this.#body = undefined;
    this.#state = "code";
    return end + this.#quote.length - at;
  }

  #rows(text: string, at: number, isLast: boolean): number {
    const end = text.indexOf("\n", at);
    if (end < 0 && !isLast && text.length - at < longestPiece) return 0;
    const until = end < 0 ? text.length : end;
    const row = text.slice(at, until).replace(/\r$/, "");
    if (row === "\\.") this.#state = "code";
    else this.#listener.row(row, this.#line, this.#copying);
    return (end < 0 ? until : until + 1) - at;
  }
}

/** Lines of psql that begin with a backslash have no semicolon behind them, and neither has the first line of a dump of MariaDB. */
export function withoutClientLines(statement: string): string {
  return statement.replaceAll(/^[ \t]*\\[^\n]*$/gm, "").trim();
}

/** What begins nothing in statements. */
const plain = /[^'"`#;/*$-]+/y;
const endOfRun = /[\\'"`*]/g;
/** psql ends a line by either of them. */
const anyLineEnd = /[\r\n]/g;
const lineFeed = /\n/g;
/** As pg_dump writes it, so that psql reads rows after it; in other forms what is a table's name may be more. */
const copiesRows = /^COPY\s+(?:(?!\b(?:TO|FROM|STDIN)\b)[^()])+(?:\([^()]*\)\s*)?FROM\s+STDIN\b/i;
const mayCopyRows = /^COPY.*STDIN/is;
const commentMark = /\/\*|\*\//g;
/** Of a name in PostgreSQL, 63, and its two dollar signs. */
const longestMark = 65;
