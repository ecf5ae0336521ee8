import { parseHtml } from "./html.ts";
import { badRequest } from "./refusal.ts";
import type { MessageEntity } from "./types.ts";

export type FormattedText = { text: string; entities: MessageEntity[] };

export const longestText = 4096;
export const longestCaption = 1024;

/** Set by who writes; the others (bot_command, url …) Telegram finds by itself and ignores when they are sent. */
const writtenTypes = [
  "bold",
  "italic",
  "underline",
  "strikethrough",
  "spoiler",
  "code",
  "pre",
  "text_link",
  "blockquote",
  "expandable_blockquote",
  "custom_emoji",
];
const foundTypes = ["mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"];
/** May be cut in two by a code block, which nothing may overlap. */
const splittableTypes = ["bold", "italic", "underline", "strikethrough", "spoiler"];

/**
 * Text and entities of a call's `text` or `caption`.
 *
 * @param given entities as the call gave them (parsed JSON), used without a parse mode
 * @throws Refusal 400 "text is too long", "unsupported parse_mode", "can't parse entities: …", "can't parse MessageEntity: …"
 */
export function formattedText(source: string, parseMode: string, given: unknown): FormattedText {
  if (Buffer.byteLength(source) > 1 << 15) throw badRequest("text is too long");
  const mode = parseMode.toLowerCase();
  if (source === "" || mode === "" || mode === "none") {
    return finished({ text: source, entities: givenEntities(given) });
  }
  if (mode !== "html") throw badRequest("unsupported parse_mode");
  return finished(parseHtml(source));
}

/** What a person types: no formatting, but the commands, links and names in it are found. */
export function typedText(source: string): FormattedText {
  return finished({ text: source, entities: [] });
}

export function countCharacters(text: string): number {
  return [...text].length;
}

function givenEntities(given: unknown): MessageEntity[] {
  if (!Array.isArray(given)) return [];
  const entities: MessageEntity[] = [];
  for (const value of given) {
    if (typeof value !== "object" || value === null) throw cannotParse("expected an Object");
    const entity = value as MessageEntity;
    for (const field of ["offset", "length"] as const) {
      if (entity[field] === undefined) throw cannotParse(`Can't find field "${field}"`);
      if (!Number.isInteger(entity[field])) throw cannotParse(`Field "${field}" must be a Number`);
    }
    if (foundTypes.includes(entity.type)) continue;
    if (!writtenTypes.includes(entity.type)) throw cannotParse("Unsupported type specified");
    if (entity.length > 0) entities.push({ ...entity });
  }
  return entities;
}

function cannotParse(reason: string) {
  return badRequest(`can't parse MessageEntity: ${reason}`);
}

/** As tdlib's `fix_formatted_text`: control characters become spaces, the text is trimmed, entities are cut to it and sorted. */
function finished(raw: FormattedText): FormattedText {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  const text = raw.text.replace(/[\0-\x09\x0b\x0c\x0e-\x1f]/g, " ");
  const withoutReturns = removeReturns({ text, entities: raw.entities });
  const written = withoutOverlap(trimmed(withoutReturns));
  const found = foundIn(written.text).filter((entity) => !written.entities.some((other) => excludes(other, entity)));
  const entities = [...written.entities, ...found].sort(inOrder);
  return { text: written.text, entities };
}

function removeReturns({ text, entities }: FormattedText): FormattedText {
  if (!text.includes("\r")) return { text, entities };
  const moved = (position: number) => text.slice(0, position).replaceAll("\r", "").length;
  return {
    text: text.replaceAll("\r", ""),
    entities: entities.map((entity) => {
      const offset = moved(entity.offset);
      return { ...entity, offset, length: moved(entity.offset + entity.length) - offset };
    }),
  };
}

function trimmed({ text, entities }: FormattedText): FormattedText {
  const ending = text.trimEnd();
  const firstEntity = Math.min(ending.length, ...entities.map(({ offset }) => offset));
  const leading = /^[ \n]*/.exec(ending.slice(0, firstEntity))?.[0].length ?? 0;
  const kept: MessageEntity[] = [];
  for (const entity of entities) {
    const length = Math.min(entity.offset + entity.length, ending.length) - entity.offset;
    if (length > 0 && entity.offset >= 0) kept.push({ ...entity, offset: entity.offset - leading, length });
  }
  return { text: ending.slice(leading), entities: kept };
}

/** Nothing else stands inside code: what can be cut is cut around it, links inside it fall away. */
function withoutOverlap({ text, entities }: FormattedText): FormattedText {
  const code = entities.filter(isCode).sort(inOrder);
  let rest = entities.filter((entity) => !isCode(entity));
  for (const block of code) {
    rest = rest.flatMap((entity) => {
      if (!overlap(entity, block)) return [entity];
      if (!splittableTypes.includes(entity.type)) return contains(block, entity) ? [] : [entity];
      const end = entity.offset + entity.length;
      const blockEnd = block.offset + block.length;
      const before = { ...entity, length: block.offset - entity.offset };
      const after = { ...entity, offset: blockEnd, length: end - blockEnd };
      return [before, after].filter(({ length }) => length > 0);
    });
  }
  return { text, entities: [...code, ...rest].sort(inOrder) };
}

function isCode({ type }: MessageEntity): boolean {
  return type === "code" || type === "pre";
}

/** A found entity may stand inside a bold text or a quotation, but not across code or a link. */
function excludes(written: MessageEntity, found: MessageEntity): boolean {
  if (!overlap(written, found)) return false;
  return isCode(written) || written.type === "text_link" || written.type === "custom_emoji";
}

function overlap(one: MessageEntity, other: MessageEntity): boolean {
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}

function contains(outer: MessageEntity, inner: MessageEntity): boolean {
  return outer.offset <= inner.offset && inner.offset + inner.length <= outer.offset + outer.length;
}

function inOrder(one: MessageEntity, other: MessageEntity): number {
  return one.offset - other.offset || other.length - one.length;
}

/** The patterns stand in tdlib's MessageEntity.cpp; those for links and addresses are simpler here. The first match wins. */
const patterns: [type: string, pattern: RegExp][] = [
  [
    "url",
    /(?<![\w@/.])(?:https?:\/\/[^\s<>"]*[^\s<>".,;:!?'()\]]|(?:[a-z0-9-]+\.)+(?:com|org|net|id|io|me)(?:\/[^\s<>"]*[^\s<>".,;:!?'()\]])?)(?![\w@-])/giu,
  ],
  ["email", /(?<![\w.+-])[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}(?!\w)/giu],
  ["bot_command", /(?<![\p{L}\p{N}_/<>])\/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\p{L}\p{N}_/<>@])/gu],
  ["mention", /(?<![\p{L}\p{N}_/])@[a-zA-Z0-9_]{2,32}(?![\p{L}\p{N}_])/gu],
  ["hashtag", /(?<![\p{L}\p{N}_#@])#(?=[\p{L}\p{N}_]*\p{L})[\p{L}\p{N}_]{1,256}(?![\p{L}\p{N}_#])/gu],
];

function foundIn(text: string): MessageEntity[] {
  const found: MessageEntity[] = [];
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (!found.some((other) => overlap(other, entity))) found.push(entity);
    }
  }
  return found;
}
