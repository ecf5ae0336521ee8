import { badRequest } from "./refusal.ts";
import type { MessageEntity } from "./types.ts";

const simpleTags: Record<string, string> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  strike: "strikethrough",
  del: "strikethrough",
  "tg-spoiler": "spoiler",
  span: "spoiler",
};
const otherTags = ["a", "pre", "code", "blockquote", "tg-emoji"];
const namedCharacters: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };

type OpenTag = { name: string; argument: string; offset: number };

/**
 * Text and entities of a text with `parse_mode` HTML, by the rules and with the errors of tdlib's `parse_html`.
 *
 * @throws Refusal 400 "can't parse entities: …"; its offsets count bytes of UTF-8
 */
export function parseHtml(source: string): { text: string; entities: MessageEntity[] } {
  const open: OpenTag[] = [];
  const entities: MessageEntity[] = [];
  let text = "";
  let position = 0;

  while (position < source.length) {
    const character = source.charAt(position);
    if (character === "&") {
      const decoded = decodeCharacter(source, position);
      text += decoded?.text ?? "&";
      position = decoded?.end ?? position + 1;
    } else if (character !== "<") {
      text += character;
      position += 1;
    } else if (source.charAt(position + 1) === "/") {
      position = closeTag(source, position, open, entities, text);
    } else {
      const tag = readStartTag(source, position);
      open.push({ name: tag.name, argument: tag.argument, offset: text.length });
      position = tag.end;
    }
  }

  const unclosed = open.at(-1);
  if (unclosed !== undefined) throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.name}"`);
  if (!text.isWellFormed()) {
    throw cannotParse(
      "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units",
    );
  }
  for (const entity of entities) if (entity.type === "code") delete entity.language;
  return { text, entities };
}

/** @returns the position behind the tag */
function closeTag(source: string, begin: number, open: OpenTag[], entities: MessageEntity[], text: string): number {
  const tag = open.pop();
  if (tag === undefined) throw cannotParse(`Unexpected end tag at byte offset ${bytesTo(source, begin)}`);
  let position = skipUntil(source, begin + 2, (character) => isSpace(character) || character === ">");
  const name = source.slice(begin + 2, position).toLowerCase();
  position = skipSpaces(source, position);
  if (source.charAt(position) !== ">") throw cannotParse(`Unclosed end tag at byte offset ${bytesTo(source, begin)}`);
  if (name !== "" && name !== tag.name) {
    throw cannotParse(
      `Unmatched end tag at byte offset ${bytesTo(source, begin)}, expected "</${tag.name}>", found "</${name}>"`,
    );
  }
  const length = text.length - tag.offset;
  if (length > 0) addEntity(tag, length, text, entities);
  return position + 1;
}

function addEntity({ name, argument, offset }: OpenTag, length: number, text: string, entities: MessageEntity[]): void {
  const simple = simpleTags[name];
  if (simple !== undefined) {
    entities.push({ type: simple, offset, length });
    return;
  }
  const last = entities.at(-1);
  const isAroundLast = last !== undefined && last.offset === offset && last.length === length;
  switch (name) {
    case "a":
      addLink(argument === "" ? text.slice(offset) : argument, offset, length, entities);
      return;
    case "blockquote":
      entities.push({ type: argument === "" ? "blockquote" : "expandable_blockquote", offset, length });
      return;
    case "tg-emoji":
      if (!/^-?\d+$/.test(argument) || BigInt(argument) === 0n) {
        throw cannotParse("Invalid custom emoji identifier specified");
      }
      entities.push({ type: "custom_emoji", offset, length, custom_emoji_id: argument });
      return;
    case "pre":
      if (isAroundLast && last.type === "code" && last.language !== undefined) last.type = "pre";
      else entities.push({ type: "pre", offset, length });
      return;
    case "code":
      if (isAroundLast && last.type === "pre" && argument !== "") last.language = argument;
      else entities.push({ type: "code", offset, length, ...(argument === "" ? {} : { language: argument }) });
      return;
  }
}

/** A link that is none is left out without an error; tg://user links name no user here, and stay links. */
function addLink(target: string, offset: number, length: number, entities: MessageEntity[]): void {
  const url = checkedUrl(target);
  if (url !== undefined) entities.push({ type: "text_link", offset, length, url });
}

/** The link as Telegram writes it ("http://" where no scheme is given); `undefined` where it is not a link. */
export function checkedUrl(link: string): string | undefined {
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(link) && !/^[^/]*:\d/.test(link) ? link : `http://${link}`;
  if (!URL.canParse(withScheme)) return undefined;
  const url = new URL(withScheme);
  if (["tg:", "ton:", "tonsite:"].includes(url.protocol)) return withScheme;
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  if (!url.hostname.includes(".") && !url.hostname.startsWith("[")) return undefined;
  return url.href;
}

type StartTag = { name: string; argument: string; end: number };

function readStartTag(source: string, begin: number): StartTag {
  const at = () => bytesTo(source, begin);
  let position = skipUntil(source, begin + 1, (character) => isSpace(character) || character === ">");
  if (position >= source.length) throw cannotParse(`Unclosed start tag at byte offset ${at()}`);
  const name = source.slice(begin + 1, position).toLowerCase();
  if (!Object.hasOwn(simpleTags, name) && !otherTags.includes(name)) {
    throw cannotParse(`Unsupported start tag "${name}" at byte offset ${at()}`);
  }

  let argument = "";
  for (;;) {
    position = skipSpaces(source, position);
    if (source.charAt(position) === ">") break;
    const attributeEnd = skipUntil(source, position, (character) => isSpace(character) || "=>/\"'".includes(character));
    const attribute = source.slice(position, attributeEnd);
    if (attribute === "") {
      if (position >= source.length) throw cannotParse(`Unclosed start tag "${name}" at byte offset ${at()}`);
      throw cannotParse(`Empty attribute name in the tag "${name}" at byte offset ${at()}`);
    }
    position = skipSpaces(source, attributeEnd);
    if (position >= source.length) throw cannotParse(`Unclosed start tag "${name}" at byte offset ${at()}`);
    if (source.charAt(position) !== "=") {
      if (name === "blockquote" && attribute === "expandable") argument = "1";
      continue;
    }
    position = skipSpaces(source, position + 1);
    if (position >= source.length) throw cannotParse(`Unclosed start tag "${name}" at byte offset ${at()}`);
    const value = readAttributeValue(source, position);
    position = value.end;
    if (position >= source.length) throw cannotParse(`Unclosed start tag at byte offset ${at()}`);
    argument = argumentFrom(name, attribute, value.text) ?? argument;
  }
  if (name === "span" && argument !== "spoiler") {
    throw cannotParse(`Tag "span" must have class "tg-spoiler" at byte offset ${at()}`);
  }
  return { name, argument, end: position + 1 };
}

function argumentFrom(tag: string, attribute: string, value: string): string | undefined {
  if (tag === "a" && attribute === "href") return value;
  if (tag === "code" && attribute === "class" && value.startsWith("language-")) return value.slice(9);
  if (tag === "span" && attribute === "class" && value.startsWith("tg-")) return value.slice(3);
  if (tag === "tg-emoji" && attribute === "emoji-id") return value;
  if (tag === "blockquote" && attribute === "expandable") return "1";
  return undefined;
}

function readAttributeValue(source: string, begin: number): { text: string; end: number } {
  const quote = source.charAt(begin);
  if (quote !== '"' && quote !== "'") {
    const end = skipUntil(source, begin, (character) => !/[A-Za-z0-9.-]/.test(character));
    if (end < source.length && !isSpace(source.charAt(end)) && source.charAt(end) !== ">") {
      throw cannotParse(`Unexpected end of name token at byte offset ${bytesTo(source, begin)}`);
    }
    return { text: source.slice(begin, end).toLowerCase(), end };
  }
  let text = "";
  let position = begin + 1;
  while (position < source.length && source.charAt(position) !== quote) {
    const decoded = source.charAt(position) === "&" ? decodeCharacter(source, position) : undefined;
    text += decoded?.text ?? source.charAt(position);
    position = decoded?.end ?? position + 1;
  }
  return { text, end: position + 1 };
}

/** `undefined` where "&" begins no character reference that Telegram knows: it then stands for itself. */
function decodeCharacter(source: string, begin: number): { text: string; end: number } | undefined {
  const match = /^&(?:#(?:x([0-9a-f]*)|(\d*))|([a-z]*));?/i.exec(source.slice(begin, begin + 40));
  if (match === null) return undefined;
  const [whole, hexadecimal, decimal, name] = match;
  const end = begin + whole.length;
  if (name !== undefined) {
    const text = Object.hasOwn(namedCharacters, name) ? namedCharacters[name] : undefined;
    return text === undefined ? undefined : { text, end };
  }
  const code = hexadecimal === undefined ? Number.parseInt(decimal ?? "", 10) : Number.parseInt(hexadecimal, 16);
  const digitsLength = whole.endsWith(";") ? whole.length - 1 : whole.length;
  if (!(code > 0) || code >= 0x10ffff || digitsLength >= 10) return undefined;
  return { text: String.fromCodePoint(code), end };
}

function skipUntil(source: string, begin: number, isEnd: (character: string) => boolean): number {
  let position = begin;
  while (position < source.length && !isEnd(source.charAt(position))) position += 1;
  return position;
}

function skipSpaces(source: string, begin: number): number {
  return skipUntil(source, begin, (character) => !isSpace(character));
}

function isSpace(character: string): boolean {
  return " \t\r\n\0\v".includes(character);
}

function bytesTo(source: string, position: number): number {
  return Buffer.byteLength(source.slice(0, position));
}

function cannotParse(reason: string) {
  return badRequest(`can't parse entities: ${reason}`);
}
